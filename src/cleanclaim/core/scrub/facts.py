"""What a rule may know besides the claim: payer, history, credentials, authorizations, the visit.

All of it is handed in, compact and immutable; a rule that needs a fact which is not known stays
silent, because guessing holds claims that are right.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

ACCEPTED, DENIED, VOIDED, PENDING = "accepted", "denied", "voided", "pending"


class CodeRange(msgspec.Struct, frozen=True, array_like=True):
    """Codes from `first` to `last`, both included, of the same length; one code: both the same."""

    first: str
    last: str

    def holds(self, code: str) -> bool:
        """Say whether a code lies in the range.

        >>> CodeRange("70010", "79999").holds("70450"), CodeRange("E0100", "E8002").holds("E0099")
        (True, False)
        """
        return len(code) == len(self.first) and self.first <= code <= self.last


class AuthorizationRule(msgspec.Struct, frozen=True, kw_only=True):
    """A payer wants an authorization for these codes; `places` empty means anywhere."""

    codes: tuple[CodeRange, ...]
    places: frozenset[str] = frozenset()


class AttachmentRule(msgspec.Struct, frozen=True, kw_only=True):
    """A payer wants a document of this report type (PWK01) with these codes."""

    codes: tuple[CodeRange, ...]
    report_type: str


class FrequencyLimit(msgspec.Struct, frozen=True, kw_only=True):
    """A payer pays these codes once in so many days."""

    codes: tuple[CodeRange, ...]
    days: int


class CoverageCondition(msgspec.Struct, frozen=True, kw_only=True):
    """A payer's policy pays these codes for an age only, or with a document (PWK01)."""

    codes: tuple[CodeRange, ...]
    policy: str
    age_low: int = 0
    age_high: int = 150
    report_type: str = ""


class PayerProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What one payer wants and can do, as the contract, or else its manual, says.

    Args:
        kind: `medicare` (fee for service), `medicare_advantage`, `medicaid`, `commercial`,
            `tricare`, `workers_compensation`, `auto`; decides which public rules hold.
        filing_days: Days from service to arrival of an original; None: not known.
        corrected_filing_days: Days from the first decision to a replacement.
        secondary_filing_days: Days from the earlier payer's decision.
        bypass_on_either_line: An NCCI modifier counts on either code of a pair.
        bilateral_style: `modifier_50` one line, `two_lines` LT and RT, empty: either.
        frequency_codes: What it takes; Medicare Part B takes no 7 and no 8.
        telehealth_forms: Allowed (place, modifier) pairs; modifier empty: none needed.
        telehealth_codes: What it pays by telehealth; None: not known, not checked.
        no_consultations: It does not pay 99242-99255.
        contractor_number: The Medicare contractor whose coverage policies hold.
        charge_outlier_factor: A charge above this many times the expected amount is odd.
    """

    payer_id: str
    kind: str = "commercial"
    filing_days: int | None = None
    corrected_filing_days: int | None = None
    secondary_filing_days: int | None = None
    filing_warning_days: int = 15
    follows_ncci: bool = True
    bypass_on_either_line: bool = False
    bilateral_style: str = ""
    frequency_codes: frozenset[str] = frozenset({"1", "7", "8"})
    telehealth_forms: frozenset[tuple[str, str]] = frozenset()
    telehealth_codes: frozenset[str] | None = None
    no_consultations: bool = False
    requires_referral: bool = False
    requires_rendering: bool = True
    requires_ndc: bool = False
    authorization_rules: tuple[AuthorizationRule, ...] = ()
    attachment_rules: tuple[AttachmentRule, ...] = ()
    frequency_limits: tuple[FrequencyLimit, ...] = ()
    coverage_conditions: tuple[CoverageCondition, ...] = ()
    contractor_number: str = ""
    locality: str = ""
    charge_outlier_factor: int = 10
    eligibility_days: int = 30

    @property
    def is_medicare(self) -> bool:
        """Say whether it is Medicare fee for service."""
        return self.kind == "medicare"


class HistoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an earlier claim for the same patient, in short."""

    claim_number: str
    service_date: date
    procedure_code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    charge_cents: int = 0
    rendering_npi: str = ""
    billing_npi: str = ""
    taxonomy_code: str = ""
    place_of_service: str = ""
    status: str = ACCEPTED


class HistoryClaim(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier claim for the same patient, in short; `decided_date` is the payer's first."""

    claim_number: str
    payer_id: str
    service_date: date
    status: str = ACCEPTED
    payer_control_number: str = ""
    decided_date: date | None = None


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """An inpatient stay; kind `inpatient` or `snf_part_a`; `discharged` None: still there."""

    admitted: date
    discharged: date | None
    kind: str = "inpatient"


class PatientHistory(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one patient's earlier services, this practice's and, if seen, others'.

    Args:
        years_known: How far back the lines reach; a rule that looks further stays silent.
    """

    lines: tuple[HistoryLine, ...] = ()
    claims: tuple[HistoryClaim, ...] = ()
    stays: tuple[Stay, ...] = ()
    years_known: int = 0


class CredentialingSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A provider is (or is not yet) in a payer's network from a day to a day."""

    npi: str
    payer_id: str
    status: str = "effective"
    effective_date: date | None = None
    end_date: date | None = None


class Authorization(msgspec.Struct, frozen=True, kw_only=True):
    """An authorization or referral as the payer gave it; `codes` and `npis` empty: any."""

    number: str
    payer_id: str
    start_date: date
    end_date: date
    kind: str = "authorization"
    status: str = "approved"
    codes: tuple[CodeRange, ...] = ()
    npis: frozenset[str] = frozenset()
    units_approved: Decimal | None = None
    units_used: Decimal = Decimal(0)


class Overlay(msgspec.Struct, frozen=True, kw_only=True):
    """What changes who pays Medicare services: `medicare_advantage`, `hospice` and so on."""

    kind: str
    start_date: date
    end_date: date | None = None


class Eligibility(msgspec.Struct, frozen=True, kw_only=True):
    """The last eligibility answer: `active`, `inactive` or `unknown` on the day of service."""

    status: str
    checked_date: date
    overlays: tuple[Overlay, ...] = ()
    requires_referral: bool = False


class ProviderFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What registries say of a provider.

    Args:
        kind: `physician`, `pa`, `np`, `cns`, `crna`, `cnm`, `therapist`, `organization` …
        is_deactivated: In NPPES.
        may_order: In Medicare's list of who may order and refer; None: not known.
    """

    npi: str
    kind: str = ""
    is_person: bool = True
    is_deactivated: bool = False
    may_order: bool | None = None


class LocationFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The place the claim comes from: its usual place of service and its CLIA certificate.

    Args:
        clia_level: `waiver`, `ppm` (provider-performed microscopy), `compliance`, `accreditation`.
    """

    place_of_service: str = ""
    clia_number: str = ""
    clia_level: str = ""
    clia_end_date: date | None = None


class LineFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the documentation of one line says; zero and empty mean "not documented here".

    Args:
        minutes: Documented time.
        level: Medical decision making, 1 straightforward … 4 high.
        single_dose_vial: The drug came from a vial for one patient.
        concurrent_cases: Most anesthesia cases the physician directed at once.
        partner_modifier: What the other anesthesia provider's claim carries.
        abn_on_file: An advance beneficiary notice is signed.
    """

    minutes: int = 0
    level: int = 0
    single_dose_vial: bool = False
    concurrent_cases: int = 0
    partner_modifier: str = ""
    abn_on_file: bool = False


class VisitFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the encounter behind the claim says; `lines` by line number.

    Args:
        modality: How patient and clinician met: `in_person`, `video`, `audio`, empty: not known.
        incident_to: Billed under a physician for a service that another person gave.
        supervision: `present`, `virtual` or empty.
        locum_days: Days in a row that a substitute has stood in.
        substance_use_record: Comes from a program under 42 CFR Part 2.
        employer_size: Of the patient's or spouse's employer, if they have group coverage.
    """

    lines: Mapping[str, LineFacts] = msgspec.field(default_factory=dict)
    modality: str = ""
    is_new_problem: bool = False
    incident_to: bool = False
    supervision: str = ""
    resident_involved: bool = False
    split_shared: bool = False
    substantive_portion: bool = True
    locum_days: int = 0
    signature_on_file: bool = True
    substance_use_record: bool = False
    substance_use_consent: bool = False
    other_group_coverage: bool = False
    employer_size: int = 0
    medicare_by_disability: bool = False
    renal_coordination: bool = False
