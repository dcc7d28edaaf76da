"""The lists of terms that a company enters: prices, contracts, credentials, permissions, answers.

Each record is one row of a list that `sheet.read_sheet` reads; its fields are the columns.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from cleanclaim.kernel import npi
from cleanclaim.kernel.money import parse_cents

type Day = Annotated[date, Meta(description="a day such as 2026-01-31")]
type Code = Annotated[
    str, Meta(pattern="^[0-9A-Z][0-9]{3}[0-9A-Z]$", description="a procedure code such as 99213")
]
type Modifier = Annotated[
    str, Meta(pattern="^([0-9A-Z]{2})?$", description="a modifier of two characters")
]
type Place = Annotated[
    str, Meta(pattern="^([0-9]{2})?$", description="a place of service of two digits")
]
type Dollars = Annotated[
    str, Meta(pattern=r"^[0-9]{1,7}(\.[0-9]{1,2})?$", description="an amount such as 125.00")
]
type Codes = Annotated[
    str,
    Meta(
        pattern="^[0-9A-Z]{5}(-[0-9A-Z]{5})?$",
        description="codes and ranges such as 97110-97140 99213",
    ),
]
type Clia = Annotated[
    str, Meta(pattern="^[0-9]{2}D[0-9]{7}$", description="a CLIA number such as 05D1234567")
]
type TelehealthForm = Annotated[
    str, Meta(pattern="^[0-9]{2}-[0-9A-Z]{0,2}$", description="place and modifier such as 10-95")
]
type Filled = Annotated[str, Meta(min_length=1, max_length=80, description="1 to 80 letters")]


class FeeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A price for one unit: of the charge master, or of the named contract's fee schedule.

    Args:
        contract: Whose fee schedule; not given in a charge master.
        provider_npi: For this rendering provider only; likewise payer, plan, place, modifier.
    """

    key: ClassVar[tuple[str, ...]] = (
        *("contract", "code", "payer_id", "plan", "provider_npi"),
        *("place", "modifier", "start_date"),
    )

    code: Code
    amount: Dollars
    start_date: Day
    end_date: Day | None = None
    contract: str = ""
    payer_id: str = ""
    plan: str = ""
    provider_npi: str = ""
    place: Place = ""
    modifier: Modifier = ""

    def __post_init__(self) -> None:
        """Refuse a price that no day or provider could have."""
        _ordered(self.start_date, self.end_date)
        _providers(self.provider_npi)

    @property
    def amount_cents(self) -> int:
        """Give the price in cents."""
        return parse_cents(self.amount)


class ContractRow(msgspec.Struct, frozen=True, kw_only=True):
    """How a payer pays this practice, from a day to a day.

    Args:
        method: `schedule` the contract's own fees, `medicare` the physician fee schedule, `charge`
            a share of the charge; each times `percent`.
        locality: Medicare contractor and locality joined, `0211202`, for `medicare`.
    """

    key: ClassVar[tuple[str, ...]] = ("contract", "start_date")

    contract: Filled
    payer_id: Filled
    start_date: Day
    end_date: Day | None = None
    method: Literal["schedule", "medicare", "charge"] = "schedule"
    percent: Decimal = Decimal(100)
    plan: str = ""
    provider_npis: tuple[str, ...] = ()
    locality: str = ""
    lesser_of_charge: bool = True

    def __post_init__(self) -> None:
        """Refuse days, shares and places that no contract could have."""
        _ordered(self.start_date, self.end_date)
        _providers(*self.provider_npis)
        if not 0 < self.percent <= 1000:
            raise ValueError("a percent is above 0 and at most 1000")
        if self.method == "medicare" and not self.locality:
            raise ValueError("a share of Medicare's schedule needs the locality")


class CredentialRow(msgspec.Struct, frozen=True, kw_only=True):
    """A provider's standing with a payer, from a day to a day."""

    key: ClassVar[tuple[str, ...]] = ("provider_npi", "payer_id", "effective_date")

    provider_npi: Filled
    payer_id: Filled
    effective_date: Day
    end_date: Day | None = None
    status: Literal["effective", "pending", "ended", "denied"] = "effective"

    def __post_init__(self) -> None:
        """Refuse days and identifiers that no span could have."""
        _ordered(self.effective_date, self.end_date)
        _providers(self.provider_npi)


class EnrollmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """The practice's enrollment for an electronic transaction with a payer."""

    key: ClassVar[tuple[str, ...]] = ("payer_id", "transaction", "effective_date")

    payer_id: Filled
    effective_date: Day
    transaction: Literal["837P", "837I", "835", "270", "276"] = "837P"
    status: Literal["active", "pending", "ended"] = "active"


class CertificateRow(msgspec.Struct, frozen=True, kw_only=True):
    """The CLIA certificate of the practice's laboratory."""

    key: ClassVar[tuple[str, ...]] = ("clia_number", "start_date")

    clia_number: Clia
    level: Literal["waiver", "ppm", "compliance", "accreditation"]
    start_date: Day
    end_date: Day

    def __post_init__(self) -> None:
        """Refuse days that no certificate could have."""
        _ordered(self.start_date, self.end_date)


class AuthorizationRow(msgspec.Struct, frozen=True, kw_only=True):
    """An authorization or referral as the payer gave it; no codes: any, no units: no limit."""

    key: ClassVar[tuple[str, ...]] = ("patient_number", "payer_id", "number")

    patient_number: Filled
    payer_id: Filled
    number: Filled
    start_date: Day
    end_date: Day
    kind: Literal["authorization", "referral"] = "authorization"
    status: Literal["approved", "requested", "denied", "ended"] = "approved"
    codes: tuple[Codes, ...] = ()
    provider_npis: tuple[str, ...] = ()
    units: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse days and identifiers that no authorization could have."""
        _ordered(self.start_date, self.end_date)
        _providers(*self.provider_npis)


class EligibilityRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a payer answered about a patient's coverage from a day to a day.

    Args:
        start_date: First day of service that the answer speaks of; `end_date` the last.
        overlays: What else changes who pays: `hospice`, `medicare_advantage`, `home_health`, `snf`.
    """

    key: ClassVar[tuple[str, ...]] = ("patient_number", "payer_id", "checked_date", "start_date")

    patient_number: Filled
    payer_id: Filled
    checked_date: Day
    status: Literal["active", "inactive"]
    start_date: Day
    end_date: Day
    requires_referral: bool = False
    overlays: tuple[Literal["medicare_advantage", "hospice", "home_health", "snf"], ...] = ()

    def __post_init__(self) -> None:
        """Refuse days that no answer could have."""
        _ordered(self.start_date, self.end_date)


class StayRow(msgspec.Struct, frozen=True, kw_only=True):
    """An inpatient or skilled nursing stay of a patient; no last day: still there."""

    key: ClassVar[tuple[str, ...]] = ("patient_number", "admitted_date")

    patient_number: Filled
    admitted_date: Day
    discharged_date: Day | None = None
    kind: Literal["inpatient", "snf_part_a"] = "inpatient"

    def __post_init__(self) -> None:
        """Refuse days that no stay could have."""
        _ordered(self.admitted_date, self.discharged_date)


class VisitRow(msgspec.Struct, frozen=True, kw_only=True):
    """What the documentation of a visit says, of the whole visit or of one line.

    Args:
        line: The line, counted from 1; empty: the columns are about the whole visit.
        minutes: Documented time of the line; `level` its medical decision making, 1 to 4.
        modality: How patient and clinician met.
    """

    key: ClassVar[tuple[str, ...]] = ("encounter_number", "line")

    encounter_number: Filled
    line: Annotated[int, Meta(ge=1, le=999)] | None = None
    minutes: Annotated[int, Meta(ge=0, le=1440)] | None = None
    level: Annotated[int, Meta(ge=1, le=4)] | None = None
    single_dose_vial: bool | None = None
    concurrent_cases: Annotated[int, Meta(ge=0, le=99)] | None = None
    partner_modifier: Modifier | None = None
    abn_on_file: bool | None = None
    modality: Literal["in_person", "video", "audio"] | None = None
    is_new_problem: bool | None = None
    incident_to: bool | None = None
    supervision: Literal["present", "virtual"] | None = None
    resident_involved: bool | None = None
    split_shared: bool | None = None
    substantive_portion: bool | None = None
    locum_days: Annotated[int, Meta(ge=0, le=9999)] | None = None
    signature_on_file: bool | None = None
    substance_use_record: bool | None = None
    substance_use_consent: bool | None = None
    other_group_coverage: bool | None = None
    employer_size: Annotated[int, Meta(ge=0, le=9_999_999)] | None = None
    medicare_by_disability: bool | None = None
    renal_coordination: bool | None = None

    @property
    def told(self) -> dict[str, object]:
        """Give the filled columns by name, besides the key."""
        names = set(self.__struct_fields__) - set(self.key)
        return {name: value for name in sorted(names) if (value := getattr(self, name)) is not None}

    def __post_init__(self) -> None:
        """Refuse a row about a line that says something of the visit, and the other way round."""
        of_line = LINE_COLUMNS.intersection(self.told)
        if bool(of_line) != (self.line is not None) or (of_line and of_line != set(self.told)):
            raise ValueError("a row is about a line or about the whole visit, not about both")


LINE_COLUMNS = frozenset(
    {
        *("minutes", "level", "single_dose_vial", "concurrent_cases"),
        *("partner_modifier", "abn_on_file"),
    }
)


class PracticeRow(msgspec.Struct, frozen=True, kw_only=True):
    """What is so of the whole practice.

    Args:
        place_of_service: Where it usually works.
        known_since: The day since when all of its services are known here.
    """

    key: ClassVar[tuple[str, ...]] = ()

    place_of_service: Place = ""
    known_since: Day | None = None


class PayerRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a payer wants; an empty cell leaves what the product assumes of its kind.

    Args:
        authorization_codes: Needs an authorization for these, `70551-70553 97110`.
        telehealth_forms: Allowed pairs of place and modifier, `02-95 10-95`; `02-` without one.
    """

    key: ClassVar[tuple[str, ...]] = ("payer_id",)

    payer_id: Filled
    filing_days: int | None = None
    corrected_filing_days: int | None = None
    secondary_filing_days: int | None = None
    follows_ncci: bool | None = None
    bilateral_style: Literal["modifier_50", "two_lines"] | None = None
    no_consultations: bool | None = None
    requires_referral: bool | None = None
    requires_ndc: bool | None = None
    contractor_number: str | None = None
    locality: str | None = None
    eligibility_days: int | None = None
    authorization_codes: tuple[Codes, ...] = ()
    telehealth_forms: tuple[TelehealthForm, ...] = ()


def _ordered(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise ValueError("the last day lies before the first")


def _providers(*npis: str) -> None:
    if not all(npi.is_valid(one) for one in npis if one):
        raise ValueError("an NPI has a wrong check digit")
