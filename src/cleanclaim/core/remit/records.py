"""What a payer said, in plain words; nothing here knows our claims or our ledger."""

import hashlib
from datetime import date
from decimal import Decimal

import msgspec


class Cas(msgspec.Struct, frozen=True, gc=False):
    """One adjustment: group `CO`, `PR`, `OA` or `PI`, reason (CARC), amount."""

    group: str
    carc: str
    amount_cents: int
    quantity: Decimal | None = None

    @property
    def reason(self) -> str:
        """Give group and reason as people write them.

        >>> Cas("CO", "45", 100).reason
        'CO-45'
        """
        return f"{self.group}-{self.carc}"


class RemitLine(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One service line as it was adjudicated.

    Args:
        ordinal: Position in its claim, from 1.
        line_number: Our line control number given back; empty if the payer dropped it.
        procedure_code, modifiers: As adjudicated, not always as billed.
        original_code: As billed, where the payer changed it.
        remarks: Remark codes (RARC).
    """

    ordinal: int
    procedure_code: str
    modifiers: tuple[str, ...] = ()
    charge_cents: int
    paid_cents: int
    units: Decimal = Decimal(1)
    original_code: str = ""
    original_modifiers: tuple[str, ...] = ()
    line_number: str = ""
    service_date: date | None = None
    allowed_cents: int | None = None
    adjustments: tuple[Cas, ...] = ()
    remarks: tuple[str, ...] = ()


class RemitClaim(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One claim of a remittance.

    Args:
        ordinal: Position in the remittance, from 1.
        claim_number: Our patient control number, as the payer gives it back.
        status_code: `1`-`3` processed, `4` denied, `19`-`21` forwarded, `22` reversal.
        payer_control_number: The payer's own number of the claim.
        adjustments: Of the claim as a whole; those of lines stand on the lines.
        crossover_name, crossover_payer_id: To whom it was forwarded.
        patient_name, member_id: As the payer knows them; shown to people, never matched alone.
    """

    ordinal: int
    claim_number: str
    status_code: str
    charge_cents: int
    paid_cents: int
    patient_cents: int = 0
    filing_indicator: str = ""
    payer_control_number: str = ""
    facility_code: str = ""
    frequency_code: str = ""
    adjustments: tuple[Cas, ...] = ()
    lines: tuple[RemitLine, ...] = ()
    remarks: tuple[str, ...] = ()
    crossover_name: str = ""
    crossover_payer_id: str = ""
    patient_name: str = ""
    member_id: str = ""
    service_date: date | None = None
    interest_cents: int = 0

    @property
    def is_reversal(self) -> bool:
        """Say whether it takes an earlier adjudication back."""
        return self.status_code == "22"

    @property
    def is_forwarded(self) -> bool:
        """Say whether the payer sent the claim on to the next one."""
        return self.status_code in ("19", "20", "21")


class ProviderAdjustment(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Money between payer and provider beside the claims; positive takes from the payment."""

    ordinal: int
    provider_id: str
    reason_code: str
    reference: str = ""
    amount_cents: int
    fiscal_year_end: date | None = None


class Remittance(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One payment, or the notice that there is none, with everything that explains it.

    Args:
        payer_trace_id: The payer's identifier of the trace, `1` and its tax number.
        trace: Number of the check or transfer.
        payee_npi: Who is paid; `payee_tax_id` where that is how the payer names the payee.
        method: `ACH`, `CHK`, `FWT`, `BOP`, `NON` (no money comes).
        payment_date: Day of the payment; `production_date` is when the file was made.
    """

    payer_trace_id: str
    trace: str
    payee_npi: str = ""
    payee_tax_id: str = ""
    payer_name: str = ""
    payer_id: str = ""
    payee_name: str = ""
    amount_cents: int
    method: str
    payment_date: date
    production_date: date | None = None
    claims: tuple[RemitClaim, ...] = ()
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """Give the natural key: payer, trace, payee. One remittance is one trace."""
        return self.payer_trace_id, self.trace, self.payee_npi or self.payee_tax_id

    @property
    def is_without_money(self) -> bool:
        """Say whether no bank money belongs to it."""
        return self.method == "NON" or not self.amount_cents


def remittance_digest(remittance: Remittance) -> str:
    """Fingerprint the content of a payment, whatever file and order it came in.

    Why: the same payment arrives in files with other envelopes and control numbers; the same
    trace with other money must not pass as the same payment. Names and the day of production
    do not count.
    """
    claims = sorted(
        msgspec.json.encode(
            msgspec.structs.replace(claim, ordinal=0, patient_name="", crossover_name="")
        )
        for claim in remittance.claims
    )
    apart = sorted(
        msgspec.json.encode(msgspec.structs.replace(item, ordinal=0))
        for item in remittance.provider_adjustments
    )
    head = msgspec.json.encode(
        [remittance.key, remittance.amount_cents, remittance.method, remittance.payment_date]
    )
    return hashlib.blake2b(b"\n".join([head, *claims, b"", *apart]), digest_size=16).hexdigest()
