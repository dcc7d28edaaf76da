"""What a made-up payer knows of a claim, and what it decides about it."""

from datetime import date

import msgspec


class BillLine(msgspec.Struct, frozen=True, kw_only=True):
    """One service line as billed; `control` is the line control number to give back."""

    control: str
    code: str
    modifiers: tuple[str, ...]
    charge_cents: int
    units: str
    service_date: date


class Bill(msgspec.Struct, frozen=True, kw_only=True):
    """One claim as a payer reads it.

    Args:
        number: CLM01 of the sender.
        rank: `P`, `S`, `T`: the payer's place in the order.
        original_control_number: Our own number of the claim that a replacement or void names.
        prior_paid_cents: What earlier payers paid, for a secondary claim.
        prior_patient_cents: What earlier payers left to the patient, for a secondary claim.
    """

    number: str
    payer_id: str
    rank: str
    frequency_code: str
    original_control_number: str
    member_id: str
    patient_last: str
    patient_first: str
    billing_npi: str
    billing_tax_id: str
    billing_name: str
    place_of_service: str
    filing_indicator: str
    lines: tuple[BillLine, ...]
    prior_paid_cents: int = 0
    prior_patient_cents: int = 0

    @property
    def charge_cents(self) -> int:
        """Add up the lines."""
        return sum(line.charge_cents for line in self.lines)

    @property
    def fate(self) -> str:
        """Name the claim by what was done, not by numbers that a run gives out by chance.

        A claim that was mended and sent again bears another letter, and another fate.
        """
        done = " ".join(f"{one.code}={one.charge_cents}" for one in self.lines)
        letter = self.number.lstrip("0123456789")
        return f"{self.billing_npi} {self.member_id} {self.service_date} {done} {letter}"

    @property
    def service_date(self) -> date:
        """Give the first day of service."""
        return min(line.service_date for line in self.lines)


class Cut(msgspec.Struct, frozen=True):
    """Why less than billed is paid: group, reason, amount."""

    group_code: str
    reason_code: str
    amount_cents: int


class LineVerdict(msgspec.Struct, frozen=True):
    """What the payer decided on one line; remarks are RARCs."""

    line: BillLine
    paid_cents: int
    cuts: tuple[Cut, ...]
    remarks: tuple[str, ...] = ()

    @property
    def allowed_cents(self) -> int:
        """Give what the contract allows: paid, the patient's share and sequestration."""
        kept = (cut for cut in self.cuts if cut.group_code == "PR" or cut.reason_code == "253")
        return self.paid_cents + sum(cut.amount_cents for cut in kept)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What the payer decided on one claim.

    Args:
        status_code: CLP02: `1` primary, `2` secondary, `4` denied, `19` forwarded, `22` reversed.
        control_number: The payer's own number of the claim.
        forwarded_to: Payer that got it too.
    """

    bill: Bill
    status_code: str
    control_number: str
    lines: tuple[LineVerdict, ...]
    forwarded_to: str = ""

    @property
    def paid_cents(self) -> int:
        """Add up the lines."""
        return sum(line.paid_cents for line in self.lines)

    @property
    def patient_cents(self) -> int:
        """Add up what is left to the patient."""
        cuts = (cut for line in self.lines for cut in line.cuts)
        return sum(cut.amount_cents for cut in cuts if cut.group_code == "PR")


def reversed_verdict(verdict: Verdict) -> Verdict:
    """Take a verdict back: the same claim with every amount negated."""
    lines = tuple(
        LineVerdict(
            msgspec.structs.replace(item.line, charge_cents=-item.line.charge_cents),
            -item.paid_cents,
            tuple(Cut(cut.group_code, cut.reason_code, -cut.amount_cents) for cut in item.cuts),
        )
        for item in verdict.lines
    )
    return msgspec.structs.replace(verdict, status_code="22", lines=lines)
