"""What payers say about a claim as a whole: MIA, MOA, and status codes (STC)."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

import msgspec

from cleanclaim_x12.typed.parts import Item


class InpatientAdjudication(Item, frozen=True):
    """MIA: what a payer decided on an inpatient claim; elements by their position."""

    notation: ClassVar[str] = (
        "covered_days pps_cents lifetime_days drg_cents remark_1 dsh_cents msp_cents"
        " capital_cents capital_fsp_cents capital_hsp_cents capital_dsh_cents old_capital_cents"
        " capital_ime_cents hsp_drg_cents cost_report_days fsp_drg_cents claim_pps_cents"
        " outlier_cents indirect_cents professional_cents remark_2 remark_3 remark_4 remark_5"
        " capital_exception_cents"
    )
    covered_days: Decimal | None = None
    pps_cents: int | None = None
    lifetime_days: Decimal | None = None
    drg_cents: int | None = None
    remark_1: str = ""
    dsh_cents: int | None = None
    msp_cents: int | None = None
    capital_cents: int | None = None
    capital_fsp_cents: int | None = None
    capital_hsp_cents: int | None = None
    capital_dsh_cents: int | None = None
    old_capital_cents: int | None = None
    capital_ime_cents: int | None = None
    hsp_drg_cents: int | None = None
    cost_report_days: Decimal | None = None
    fsp_drg_cents: int | None = None
    claim_pps_cents: int | None = None
    outlier_cents: int | None = None
    indirect_cents: int | None = None
    professional_cents: int | None = None
    remark_2: str = ""
    remark_3: str = ""
    remark_4: str = ""
    remark_5: str = ""
    capital_exception_cents: int | None = None
    place: int = 0


class OutpatientAdjudication(Item, frozen=True):
    """MOA: what a payer decided on an outpatient claim, with up to five remark codes."""

    notation: ClassVar[str] = (
        "rate payable_cents remark_1 remark_2 remark_3 remark_4 remark_5 esrd_cents"
        " professional_cents"
    )
    rate: Decimal | None = None
    payable_cents: int | None = None
    remark_1: str = ""
    remark_2: str = ""
    remark_3: str = ""
    remark_4: str = ""
    remark_5: str = ""
    esrd_cents: int | None = None
    professional_cents: int | None = None
    place: int = 0


class StatusCode(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One composite of an STC: category (`A1`, `F2`), status, whom it is about."""

    category: str
    status: str = ""
    entity: str = ""
    code_list: str = ""


class Status(Item, frozen=True):
    """STC: what became of a claim, a line or a batch.

    Args:
        codes: One to three.
        status_date: When this became its status.
        action: STC03: `WQ` accepted, `U` rejected.
        charge_cents: STC04.
        paid_cents: STC05.
    """

    codes: tuple[StatusCode, ...]
    status_date: date | None = None
    action: str = ""
    charge_cents: int | None = None
    paid_cents: int | None = None
    adjudicated_date: date | None = None
    payment_method: str = ""
    remittance_date: date | None = None
    trace_number: str = ""
    text: str = ""
    place: int = 0


class ProviderAdjustment(Item, frozen=True):
    """One adjustment of a PLB: positive lowers the payment.

    Args:
        provider_id: PLB01.
        fiscal_date: PLB02, the end of the provider's fiscal year.
        reason_code: `WO` overpayment recovery, `L6` interest, `FB` forwarding balance …
        reference: What it belongs to.
    """

    provider_id: str
    fiscal_date: date | None
    reason_code: str
    reference: str
    cents: int
    place: int = 0


class Remark(Item, frozen=True):
    """LQ: a remark code (`HE` with a RARC, `RX` with an NCPDP reject code)."""

    notation: ClassVar[str] = "qualifier code"
    qualifier: str
    code: str = ""
    place: int = 0
