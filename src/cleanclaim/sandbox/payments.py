"""835: one payment of one payer to one payee, adding up to the cent."""

import msgspec

from cleanclaim.kernel.money import format_cents
from cleanclaim.sandbox.bill import Bill, LineVerdict, Verdict
from cleanclaim.sandbox.letter import Letter
from cleanclaim.sandbox.world import WorldPayer

# A remittance has fewer filing indicators than a claim.
_INDICATORS = {"CI": "12", "BL": "12"}


class ProviderLevel(msgspec.Struct, frozen=True):
    """One PLB amount; positive takes from the payment."""

    code: str
    reference: str
    amount_cents: int


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """What is paid under one trace.

    Args:
        payee: Any claim of the one who is paid.
        fault_cents: Makes the first line that many cents wrong, on order.
    """

    payer: WorldPayer
    payee: Bill
    trace: str
    verdicts: tuple[Verdict, ...]
    adjustments: tuple[ProviderLevel, ...] = ()
    fault_cents: int = 0

    @property
    def amount_cents(self) -> int:
        """Give BPR02: what the claims pay less the provider-level amounts."""
        paid = sum(verdict.paid_cents for verdict in self.verdicts)
        return paid - sum(item.amount_cents for item in self.adjustments)


def write_payment(letter: Letter, payment: Payment) -> bytes:
    """Write an 835."""
    payer = payment.payer
    payee = payment.payee
    day = f"{letter.at:%Y%m%d}"
    amount = payment.amount_cents
    if amount:
        letter.add(
            *("BPR", "I", format_cents(amount), "C", "ACH", "CCP", "01", "111000025", "DA"),
            *("999001", payer.trace_originator, "", "01", "222000030", "DA", "999002", day),
        )
    else:
        letter.add("BPR", "H", "0", "C", "NON", *([""] * 11), day)
    letter.add("TRN", 1, payment.trace, payer.trace_originator)
    letter.add("DTM", 405, day)
    letter.add("N1", "PR", payer.name)
    letter.add("N3", "1 PAYER WAY")
    letter.add("N4", "DALLAS", "TX", "75201")
    letter.add("REF", "2U", payer.payer_id)
    letter.add("PER", "BL", "EDI", "TE", "5555550199")
    letter.add("N1", "PE", payee.billing_name, "XX", payee.billing_npi)
    letter.add("REF", "TJ", payee.billing_tax_id)
    if payment.verdicts:
        letter.add("LX", 1)
    for position, verdict in enumerate(payment.verdicts):
        _claim(letter, payer, verdict, payment.fault_cents if not position else 0)
    for item in payment.adjustments:
        reference = f"{item.code}:{item.reference}"
        year_end = f"{letter.at:%Y}1231"
        letter.add("PLB", payee.billing_npi, year_end, reference, format_cents(item.amount_cents))
    return letter.content("HP", "835", "005010X221A1")


def _claim(letter: Letter, payer: WorldPayer, verdict: Verdict, fault_cents: int) -> None:
    bill = verdict.bill
    charge = sum(item.line.charge_cents for item in verdict.lines)
    patient = verdict.patient_cents
    letter.add(
        *("CLP", bill.number, verdict.status_code, format_cents(charge)),
        *(format_cents(verdict.paid_cents), format_cents(patient) if patient > 0 else ""),
        *(_INDICATORS.get(payer.filing_indicator, payer.filing_indicator),),
        *(verdict.control_number, bill.place_of_service, "1"),
    )
    letter.add(
        "NM1", "QC", 1, bill.patient_last, bill.patient_first, "", "", "", "MI", bill.member_id
    )
    if verdict.forwarded_to:
        letter.add("NM1", "TT", 2, "NEXT PAYER", "", "", "", "", "PI", verdict.forwarded_to)
    letter.add("DTM", 232, f"{bill.service_date:%Y%m%d}")
    for position, item in enumerate(verdict.lines):
        _line(letter, item, fault_cents if not position else 0)


def _line(letter: Letter, item: LineVerdict, fault_cents: int) -> None:
    line = item.line
    code = ":".join(("HC", line.code, *line.modifiers))
    paid = item.paid_cents + fault_cents
    letter.add("SVC", code, format_cents(line.charge_cents), format_cents(paid), "", line.units)
    letter.add("DTM", 472, f"{line.service_date:%Y%m%d}")
    groups: dict[str, list[object]] = {}
    for cut in item.cuts:
        groups.setdefault(cut.group_code, []).extend(
            [cut.reason_code, format_cents(cut.amount_cents), ""]
        )
    for group, triplets in groups.items():
        letter.add("CAS", group, *triplets)
    letter.add("REF", "6R", line.control)
    if item.allowed_cents:
        letter.add("AMT", "B6", format_cents(item.allowed_cents))
    for remark in item.remarks:
        letter.add("LQ", "HE", remark)
