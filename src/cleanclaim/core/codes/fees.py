"""Records of the price tables: fee schedules, geographic factors, MS-DRG."""

from decimal import Decimal
from typing import final

from cleanclaim.core.codes.records import Dated

ZERO = Decimal(0)


@final
class PhysicianFee(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """A row of the Medicare physician fee schedule's relative values.

    Args:
        modifier: Empty, `26`, `TC` or `53`.
        status: `A` active, `B` bundled, `C` carrier priced, `I` not valid for Medicare …
        global_days: `000`, `010`, `090`, `MMM`, `XXX`, `YYY`, `ZZZ`.
        pc_tc: Professional and technical component, `0`-`9`.
        pre_percent: Share of the global package before, in, after surgery, as fractions of 1.
        multiple: Multiple procedures, `0`-`7` and `9`; `bilateral` `0`-`3`, `9`;
            `assistant`, `co_surgeon`, `team` `0`, `1`, `2`, `9`.
        conversion_factor: Dollars for one relative value unit.
        qpp_conversion_factor: Since 2026, for participants of alternative payment models;
            zero where the release has only one factor.
    """

    code: str
    modifier: str = ""
    status: str = ""
    not_used_for_medicare: bool = False
    work_rvu: Decimal = ZERO
    nonfacility_pe_rvu: Decimal = ZERO
    facility_pe_rvu: Decimal = ZERO
    malpractice_rvu: Decimal = ZERO
    nonfacility_total: Decimal = ZERO
    facility_total: Decimal = ZERO
    nonfacility_not_paid: bool = False
    facility_not_paid: bool = False
    pc_tc: str = ""
    global_days: str = ""
    pre_percent: Decimal = ZERO
    intra_percent: Decimal = ZERO
    post_percent: Decimal = ZERO
    multiple: str = ""
    bilateral: str = ""
    assistant: str = ""
    co_surgeon: str = ""
    team: str = ""
    endoscopic_base: str = ""
    conversion_factor: Decimal = ZERO
    qpp_conversion_factor: Decimal = ZERO
    supervision: str = ""
    calculation_flag: str = ""
    imaging_family: str = ""
    opps_nonfacility_pe: Decimal = ZERO
    opps_facility_pe: Decimal = ZERO
    opps_malpractice: Decimal = ZERO

    @property
    def key(self) -> str:
        """Give code and modifier joined."""
        return self.code + self.modifier


@final
class Gpci(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """Geographic factors of a payment locality; `mac` five digits, `locality` two."""

    mac: str
    locality: str
    state: str = ""
    name: str = ""
    work: Decimal = ZERO
    practice_expense: Decimal = ZERO
    malpractice: Decimal = ZERO

    @property
    def key(self) -> str:
        """Give contractor and locality joined."""
        return self.mac + self.locality


@final
class AnesthesiaFactor(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """Dollars for one anesthesia unit in a payment locality."""

    mac: str
    locality: str
    name: str = ""
    factor: Decimal = ZERO
    qpp_factor: Decimal = ZERO

    @property
    def key(self) -> str:
        """Give contractor and locality joined."""
        return self.mac + self.locality


@final
class Price(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """A price of the clinical laboratory, drug (ASP) or outpatient hospital (OPPS) schedule.

    Args:
        amount: Dollars, up to three decimals for drugs; None where the schedule sets none.
        dosage: What one unit is, for drugs.
        status: OPPS status indicator, laboratory indicator.
        group: OPPS ambulatory payment classification.
        weight: OPPS relative weight.
    """

    code: str
    modifier: str = ""
    amount: Decimal | None = None
    dosage: str = ""
    status: str = ""
    group: str = ""
    weight: Decimal | None = None
    words: str = ""

    @property
    def key(self) -> str:
        """Give code and modifier joined."""
        return self.code + self.modifier


@final
class Drg(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """An MS-DRG; `kind` is `P` surgical, `M` medical or empty, `mdc` may be empty."""

    code: str
    title: str
    mdc: str = ""
    kind: str = ""
    weight: Decimal | None = None
    geometric_days: Decimal | None = None
    arithmetic_days: Decimal | None = None

    @property
    def key(self) -> str:
        """Give the three digits."""
        return self.code
