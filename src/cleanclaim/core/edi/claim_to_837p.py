"""Professional claims of ours to the typed 837P."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from cleanclaim.core.claim import (
    Ambulance,
    Claim,
    ClaimDates,
    Coverage,
    Facility,
    Patient,
    Provider,
)
from cleanclaim.core.edi import parties_837 as who
from cleanclaim.core.edi.lines_837p import (
    adjustments_to_wire,
    line_to_wire,
)
from cleanclaim.kernel.refusal import Refusal
from cleanclaim_x12.typed import claims as wire
from cleanclaim_x12.typed.details import Transport
from cleanclaim_x12.typed.parties import Party
from cleanclaim_x12.typed.parts import (
    Amount,
    Condition,
    Contact,
    DatePeriod,
    HealthCareCode,
    Note,
    Paperwork,
    Reference,
)
from cleanclaim_x12.typed.t837p import ProfessionalBatch, ProfessionalClaim

# Fields and the qualifiers that they travel under, in the order of the guide.
DATES = (
    ("onset", "431"),
    ("initial_treatment", "454"),
    ("last_seen", "304"),
    ("acute_manifestation", "453"),
    ("accident", "439"),
    ("last_menstrual_period", "484"),
    ("last_xray", "455"),
    ("disability_start", "360"),
    ("disability_end", "361"),
    ("last_worked", "297"),
    ("return_to_work", "296"),
    ("admission", "435"),
    ("discharge", "096"),
    ("assumed_care", "090"),
    ("relinquished_care", "091"),
)
REFERENCES = (
    ("mammography_number", "EW"),
    ("referral_number", "9F"),
    ("prior_authorization_number", "G1"),
    ("payer_control_number", "F8"),
    ("clia_number", "X4"),
)
_DISABILITY = "314"
MEDICARE = frozenset({"MA", "MB"})


def batch_head(
    reference: str,
    submitter: Party,
    receiver: Party,
    day: date,
    time: str,
    *,
    reports: bool = False,
) -> ProfessionalBatch:
    """Make the head of a batch; `reports` where its claims are reported, not charged."""
    return ProfessionalBatch(
        reference=reference,
        created_date=day,
        created_time=time,
        transaction_type="RP" if reports else "CH",
        submitter=submitter,
        receiver=receiver,
    )


def submitter_party(name: str, exchange_id: str, contact: str, phone: str) -> Party:
    """Make the loop of who submits."""
    return Party(
        entity_code="41",
        entity_type="2",
        last_name=name,
        id_qualifier="46",
        id=exchange_id,
        contacts=(Contact("IC", contact, "TE", phone),),
    )


def receiver_party(name: str, exchange_id: str) -> Party:
    """Make the loop of who receives."""
    return Party(
        entity_code="40", entity_type="2", last_name=name, id_qualifier="46", id=exchange_id
    )


def claims_to_837p(claims: Iterable[Claim]) -> list[ProfessionalClaim]:
    """Write claims so that equal billing providers and subscribers share their levels."""
    billing: dict[tuple[Provider, object], wire.BillingProvider] = {}
    out = []
    for claim in claims:
        typed = claim_to_837p(claim)
        typed.billing = billing.setdefault(
            (claim.billing, claim.pay_to), typed.billing or wire.BillingProvider()
        )
        out.append(typed)
    return out


def claim_to_837p(claim: Claim) -> ProfessionalClaim:
    """Write one claim with its levels.

    Raises:
        Refusal: `plan_disclosure_restricted`: a line must reach no health plan.
    """
    if any(line.plan_disclosure_restricted for line in claim.lines):
        code, words = "plan_disclosure_restricted", "a restricted line must reach no health plan"
        raise Refusal(code, words)
    coverage = claim.coverage
    is_own = coverage.relationship_code == "18"
    out = ProfessionalClaim(
        billing=_billing(claim),
        subscriber=_subscriber(claim, coverage),
        patient=None if is_own else _patient(claim.patient, coverage),
        control_number=claim.claim_number,
        charge_cents=claim.charge_cents,
        facility_code=claim.place_of_service,
        facility_qualifier="B",
        frequency_code=claim.frequency_code,
        provider_signature="Y" if claim.provider_signature else "N",
        assignment_code=claim.assignment_code,
        benefits_assignment=coverage.benefits_assigned,
        release_code=coverage.release_of_information,
        patient_signature=coverage.signature_source,
        special_program=claim.special_program_code,
        delay_reason=claim.delay_reason_code,
        dates=tuple(_dates(claim.dates)),
        paperwork=tuple(
            Paperwork(kind, how, "AC" if number else "", number)
            for kind, how, number in claim.attachments
        ),
        amounts=(Amount("F5", claim.patient_paid_cents),) if claim.patient_paid_cents else (),
        references=tuple(
            Reference(code, getattr(claim, field))
            for field, code in REFERENCES
            if getattr(claim, field)
        ),
        notes=(Note("ADD", claim.note),) if claim.note else (),
        codes=tuple(
            HealthCareCode("ABF" if at else "ABK", one.code)
            for at, one in enumerate(claim.diagnoses)
        ),
        other_payers=[
            _other_payer(claim, one)
            for one in sorted(claim.coverages, key=lambda one: one.rank)
            if one.rank != claim.payer_rank
        ],
        lines=[line_to_wire(line, at, claim) for at, line in enumerate(claim.lines, 1)],
    )
    _causes_to_wire(claim, out)
    _providers_to_wire(claim, out)
    if claim.ambulance:
        _ambulance_to_wire(claim.ambulance, out)
    return out


def _billing(claim: Claim) -> wire.BillingProvider:
    billing = claim.billing
    return wire.BillingProvider(
        provider_code="BI" if billing.taxonomy_code else "",
        taxonomy_code=billing.taxonomy_code,
        provider=who.provider_party("85", billing),
        pay_to_address=who.facility_party("87", claim.pay_to) if claim.pay_to else None,
    )


def _subscriber(claim: Claim, coverage: Coverage) -> wire.Subscriber:
    is_own = coverage.relationship_code == "18"
    payer, patient = coverage.payer, claim.patient
    other_id = claim.billing.other_id
    out = wire.Subscriber(
        rank=who.RANKS[coverage.rank - 1],
        relationship_code="18" if is_own else "",
        group_number=coverage.group_number,
        group_name="" if coverage.group_number else coverage.group_name,
        insurance_type_code=_insurance_type(coverage),
        filing_indicator=payer.filing_indicator,
        person=who.subscriber_party(coverage, patient),
        payer=who.payer_party(payer, (Reference("G2", other_id),) if other_id else ()),
    )
    if is_own:
        _body_facts(patient, out)
    return out


def _insurance_type(coverage: Coverage) -> str:
    """Say why Medicare is not primary; nothing elsewhere."""
    is_later_medicare = coverage.rank > 1 and coverage.payer.filing_indicator in MEDICARE
    return coverage.insurance_type_code if is_later_medicare else ""


def _body_facts(patient: Patient, out: wire.Subscriber | wire.Patient) -> None:
    out.death_date = patient.death_date
    out.pregnant = "Y" if patient.is_pregnant else ""
    if patient.weight_pounds:
        out.weight_unit, out.weight = "01", patient.weight_pounds  # type: ignore[assignment]


def _patient(patient: Patient, coverage: Coverage) -> wire.Patient:
    person = who.person_party("QC", patient.name, patient.address)
    person.birth_date, person.gender = patient.birth_date, patient.sex
    out = wire.Patient(relationship_code=coverage.relationship_code, person=person)
    _body_facts(patient, out)
    return out


def _causes_to_wire(claim: Claim, out: ProfessionalClaim) -> None:
    codes = [one.code for one in claim.related_causes][:3]
    for at, code in enumerate(codes, 1):
        setattr(out, f"cause_{at}", code)
    out.cause_state = next((one.state for one in claim.related_causes if one.state), "")
    out.cause_country = next((one.country for one in claim.related_causes if one.country), "")


def _providers_to_wire(claim: Claim, out: ProfessionalClaim) -> None:
    """Name providers and places only where they are not the billing provider's own."""
    if claim.referring:
        out.referring_providers = [who.provider_party("DN", claim.referring)]
    if claim.rendering and not _is_same(claim.rendering, claim.billing):
        out.rendering_provider = who.provider_party("82", claim.rendering, "PE")
    if claim.facility and not _is_office(claim.facility, claim.billing):
        out.service_facility = who.facility_party("77", claim.facility)
    if claim.supervising:
        out.supervising_provider = who.provider_party("DQ", claim.supervising)


def _is_same(provider: Provider, billing: Provider) -> bool:
    """Say whether the billing provider's loop says all of a provider already."""
    has_more = provider.other_id or provider.taxonomy_code not in ("", billing.taxonomy_code)
    return bool(provider.npi) and provider.npi == billing.npi and not has_more


def _is_office(facility: Facility, billing: Provider) -> bool:
    """Say whether a place is the billing provider's own, which is not told again."""
    return facility.address == billing.address and facility.npi in ("", billing.npi)


def _dates(dates: ClaimDates) -> Iterator[DatePeriod]:
    """Give the dates that are known; a disability with both its ends is one period."""
    is_whole = dates.disability_start is not None and dates.disability_end is not None
    for field, code in DATES:
        day = getattr(dates, field)
        if day is None or (is_whole and field == "disability_end"):
            continue
        if is_whole and field == "disability_start":
            yield DatePeriod(_DISABILITY, day, dates.disability_end, format="RD8")
        else:
            yield DatePeriod(code, day)


def _ambulance_to_wire(ride: Ambulance, out: ProfessionalClaim) -> None:
    out.transport = Transport(reason_code=ride.reason_code, distance_unit="DH", distance=ride.miles)
    codes: dict[str, Any] = {
        f"code_{at}": code for at, code in enumerate(ride.condition_codes[:5], 1)
    }
    if codes:
        out.conditions = (Condition("07", "Y", **codes),)
    if ride.pick_up:
        out.pick_up = who.facility_party("PW", ride.pick_up)
    if ride.drop_off:
        out.drop_off = who.facility_party("45", ride.drop_off)


def _other_subscriber(coverage: Coverage) -> Party:
    """Name the holder of another coverage; loop 2330A has no place for birth date and sex."""
    party = who.subscriber_party(coverage, None)
    party.birth_date, party.gender = None, ""
    return party


def _other_payer(claim: Claim, coverage: Coverage) -> wire.OtherPayer:
    """Write another payer and, of an earlier one, what it decided on the whole claim."""
    payer = coverage.payer
    said = next((one for one in claim.prior_adjudications if one.payer_id == payer.payer_id), None)
    amounts, references, dates = [], [], []
    if said:
        amounts.append(Amount("D", said.paid_cents))
        if said.remaining_patient_cents is not None:
            amounts.append(Amount("EAF", said.remaining_patient_cents))
        if said.payer_control_number:
            references.append(Reference("F8", said.payer_control_number))
        on_lines = any(
            one.payer_id == payer.payer_id for line in claim.lines for one in line.adjudications
        )
        if said.paid_date and not on_lines:
            dates.append(DatePeriod("573", said.paid_date))
    party = who.payer_party(payer, tuple(references))
    party.dates = tuple(dates)
    return wire.OtherPayer(
        rank=who.RANKS[coverage.rank - 1],
        relationship_code=coverage.relationship_code,
        group_number=coverage.group_number,
        group_name="" if coverage.group_number else coverage.group_name,
        insurance_type_code=_insurance_type(coverage),
        filing_indicator=payer.filing_indicator,
        adjustments=adjustments_to_wire(said.adjustments) if said else (),
        amounts=tuple(amounts),
        benefits_assignment=coverage.benefits_assigned,
        release_code=coverage.release_of_information,
        patient_signature=coverage.signature_source,
        person=_other_subscriber(coverage),
        payer=party,
    )
