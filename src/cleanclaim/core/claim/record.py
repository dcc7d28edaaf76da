"""The claim of one version to one payer: everything that is checked, sent, and later compared."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from cleanclaim.core.claim.parties import Coverage, Facility, Patient, Provider


class ClaimKind(StrEnum):
    """Which of the three claims it is."""

    PROFESSIONAL = "P"
    INSTITUTIONAL = "I"
    DENTAL = "D"


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """A diagnosis code without its point; the first of a claim is the principal one."""

    code: str
    present_on_admission: str = ""


class Adjustment(msgspec.Struct, frozen=True, kw_only=True):
    """Why a payer paid less than billed: group `CO`, `PR`, `OA` or `PI`, reason, amount."""

    group_code: str
    reason_code: str
    amount_cents: int
    quantity: Decimal | None = None


class LineAdjudication(msgspec.Struct, frozen=True, kw_only=True):
    """What an earlier payer decided on one line.

    Args:
        payer_id: The earlier payer's `payer_id` in the claim's coverages.
        procedure_code: As that payer adjudicated it, which may differ from the billed one.
    """

    payer_id: str
    paid_cents: int
    procedure_code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    adjustments: tuple[Adjustment, ...] = ()
    paid_date: date | None = None
    remaining_patient_cents: int | None = None


class PriorAdjudication(msgspec.Struct, frozen=True, kw_only=True):
    """What an earlier payer decided on the whole claim; amounts of lines stand on the lines."""

    payer_id: str
    paid_cents: int
    adjustments: tuple[Adjustment, ...] = ()
    payer_control_number: str = ""
    paid_date: date | None = None
    remaining_patient_cents: int | None = None


class Drug(msgspec.Struct, frozen=True, kw_only=True):
    """The drug of a line: eleven-digit NDC, amount and its unit (`UN`, `ML`, `GR`, `F2`, `ME`)."""

    ndc: str
    quantity: Decimal
    unit_code: str
    prescription_number: str = ""


class ClaimLine(msgspec.Struct, frozen=True, kw_only=True):
    """One service line.

    Args:
        line_number: Our line control number, given back by the payer; unique in the claim.
        procedure_code: HCPCS or CPT; empty on an institutional line with a revenue code alone.
        modifiers: Up to four, in order.
        charge_cents: For the whole line, not for a unit.
        unit_code: `UN` units or `MJ` minutes.
        diagnosis_pointers: Positions from 1 in the claim's diagnoses, most important first.
        plan_disclosure_restricted: Paid by the patient, must reach no health plan (45 CFR 164.522).
    """

    line_number: str
    procedure_code: str
    charge_cents: int
    service_date: date
    end_date: date | None = None
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    unit_code: str = "UN"
    diagnosis_pointers: tuple[int, ...] = ()
    place_of_service: str = ""
    revenue_code: str = ""
    description: str = ""
    is_emergency: bool = False
    is_epsdt: bool = False
    is_family_planning: bool = False
    rendering: Provider | None = None
    ordering: Provider | None = None
    referring: Provider | None = None
    supervising: Provider | None = None
    facility: Facility | None = None
    drug: Drug | None = None
    prior_authorization_number: str = ""
    referral_number: str = ""
    clia_number: str = ""
    note: str = ""
    tooth_number: str = ""
    tooth_surfaces: tuple[str, ...] = ()
    oral_cavity_codes: tuple[str, ...] = ()
    adjudications: tuple[LineAdjudication, ...] = ()
    plan_disclosure_restricted: bool = False


class RelatedCause(msgspec.Struct, frozen=True, kw_only=True):
    """What the condition comes from: `AA` auto, `EM` employment, `OA` other accident."""

    code: str
    state: str = ""
    country: str = ""


class ClaimDates(msgspec.Struct, frozen=True, kw_only=True):
    """The dates a claim may carry besides those of its lines."""

    onset: date | None = None
    initial_treatment: date | None = None
    last_seen: date | None = None
    acute_manifestation: date | None = None
    accident: date | None = None
    last_menstrual_period: date | None = None
    last_xray: date | None = None
    disability_start: date | None = None
    disability_end: date | None = None
    last_worked: date | None = None
    return_to_work: date | None = None
    assumed_care: date | None = None
    relinquished_care: date | None = None
    admission: date | None = None
    discharge: date | None = None


class Ambulance(msgspec.Struct, frozen=True, kw_only=True):
    """Ambulance transport: reason `A`-`E`, miles, condition codes, pick-up and drop-off."""

    reason_code: str
    miles: Decimal
    condition_codes: tuple[str, ...] = ()
    pick_up: Facility | None = None
    drop_off: Facility | None = None


class InstitutionalFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What only an institutional claim carries; `type_of_bill` has three digits."""

    type_of_bill: str
    statement_from: date
    statement_to: date
    admission_hour: str = ""
    discharge_hour: str = ""
    admission_type: str = ""
    admission_source: str = ""
    discharge_status: str = ""
    admitting_diagnosis: str = ""
    reason_for_visit: tuple[str, ...] = ()
    external_causes: tuple[Diagnosis, ...] = ()
    drg_code: str = ""
    procedures: tuple[tuple[str, date], ...] = ()
    condition_codes: tuple[str, ...] = ()
    occurrence_codes: tuple[tuple[str, date], ...] = ()
    occurrence_spans: tuple[tuple[str, date, date], ...] = ()
    value_codes: tuple[tuple[str, int], ...] = ()
    attending: Provider | None = None
    operating: Provider | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a claim to one payer.

    Args:
        claim_number: The patient control number of this version, at most 20 of `A-Z0-9-`.
        payer_rank: Which of `coverages` it goes to.
        coverages: All payers known for these services, in rank order.
        frequency_code: `1` original, `7` replacement, `8` void.
        payer_control_number: The payer's number of the claim that 7 or 8 names.
        assignment_code: `A` assigned, `B` laboratory only, `C` not assigned.
        is_encounter: Reported, not charged: capitation.
    """

    claim_number: str
    kind: ClaimKind = ClaimKind.PROFESSIONAL
    payer_rank: int = 1
    coverages: tuple[Coverage, ...]
    patient: Patient
    billing: Provider
    pay_to: Facility | None = None
    rendering: Provider | None = None
    referring: Provider | None = None
    supervising: Provider | None = None
    facility: Facility | None = None
    place_of_service: str
    frequency_code: str = "1"
    payer_control_number: str = ""
    diagnoses: tuple[Diagnosis, ...]
    lines: tuple[ClaimLine, ...]
    assignment_code: str = "A"
    provider_signature: bool = True
    related_causes: tuple[RelatedCause, ...] = ()
    dates: ClaimDates = ClaimDates()
    prior_authorization_number: str = ""
    referral_number: str = ""
    clia_number: str = ""
    mammography_number: str = ""
    delay_reason_code: str = ""
    special_program_code: str = ""
    patient_paid_cents: int = 0
    note: str = ""
    attachments: tuple[tuple[str, str, str], ...] = ()
    ambulance: Ambulance | None = None
    institutional: InstitutionalFacts | None = None
    prior_adjudications: tuple[PriorAdjudication, ...] = ()
    is_encounter: bool = False

    @property
    def coverage(self) -> Coverage:
        """Give the coverage that this version goes to."""
        return next(item for item in self.coverages if item.rank == self.payer_rank)

    @property
    def charge_cents(self) -> int:
        """Add up the lines."""
        return sum(line.charge_cents for line in self.lines)

    @property
    def first_service_date(self) -> date:
        """Give the earliest day of service, which dates every code look-up of the claim."""
        return min(line.service_date for line in self.lines)
