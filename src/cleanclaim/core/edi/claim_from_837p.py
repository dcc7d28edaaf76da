"""Professional claims, of ours or of another system, from the typed 837P in plain words."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from cleanclaim.core.claim import (
    Ambulance,
    Claim,
    ClaimDates,
    Coverage,
    Diagnosis,
    Patient,
    Payer,
    PriorAdjudication,
    Provider,
    RelatedCause,
)
from cleanclaim.core.edi import parties_837 as who
from cleanclaim.core.edi.claim_to_837p import DATES, REFERENCES
from cleanclaim.core.edi.lines_837p import adjustments_from_wire, line_from_wire
from cleanclaim.kernel.refusal import Refusal
from cleanclaim_x12.typed import claims as wire
from cleanclaim_x12.typed.parties import Party, date_of
from cleanclaim_x12.typed.t837p import ProfessionalClaim

SIGNED_BY_PROVIDER = "P"


def claim_from_837p(typed: ProfessionalClaim) -> Claim:
    """Read one claim, of ours or of another system, in plain words.

    Nothing is invented: what the file leaves out stays empty, for the findings to name.

    Raises:
        Refusal: `claim_incomplete`: no billing provider, subscriber or payer stands around it.
    """
    level, holder = typed.billing, typed.subscriber
    billing = who.provider_of(level.provider) if level else None
    if level is None or billing is None or holder is None or holder.person is None:
        code, words = "claim_incomplete", "billing provider or subscriber are missing"
        raise Refusal(code, words)
    rank = who.RANKS.find(holder.rank) + 1 or 1
    pos = typed.facility_code
    conditions = next((one for one in typed.conditions if one.category == "07"), None)
    codes = [getattr(conditions, f"code_{at}") for at in range(1, 6)] if conditions else []
    ride = typed.transport
    numbers: dict[str, Any] = {field: typed.reference(code) for field, code in REFERENCES}
    return Claim(
        claim_number=typed.control_number,
        payer_rank=rank,
        coverages=_coverages(typed, holder, rank),
        patient=_patient_from_wire(typed, holder),
        billing=_with_level(billing, level, holder),
        pay_to=who.facility_of(level.pay_to_address),
        rendering=who.provider_of(typed.rendering_provider),
        referring=who.provider_of(next(iter(typed.referring_providers), None)),
        supervising=who.provider_of(typed.supervising_provider),
        facility=who.facility_of(typed.service_facility),
        place_of_service=pos,
        frequency_code=typed.frequency_code,
        diagnoses=tuple(Diagnosis(code=one.code) for one in typed.diagnoses),
        lines=tuple(line_from_wire(line, pos) for line in typed.lines),
        assignment_code=typed.assignment_code,
        provider_signature=typed.provider_signature == "Y",
        related_causes=_causes(typed),
        dates=ClaimDates(**_dates(typed)),
        **numbers,
        delay_reason_code=typed.delay_reason,
        special_program_code=typed.special_program,
        patient_paid_cents=wire.amount_of(typed.amounts, "F5") or 0,
        note=next((one.text for one in typed.notes if one.code == "ADD"), ""),
        attachments=tuple(
            (one.report_type, one.transmission_code, one.control_number) for one in typed.paperwork
        ),
        ambulance=Ambulance(
            reason_code=ride.reason_code,
            miles=ride.distance if ride.distance is not None else Decimal(0),
            condition_codes=tuple(code for code in codes if code),
            pick_up=who.facility_of(typed.pick_up),
            drop_off=who.facility_of(typed.drop_off),
        )
        if ride
        else None,
        prior_adjudications=tuple(_priors(typed)),
        is_encounter=typed.batch is not None and typed.batch.transaction_type == "RP",
    )


def _with_level(
    billing: Provider, level: wire.BillingProvider, holder: wire.Subscriber
) -> Provider:
    """Add what stands outside the provider's own loop."""
    other_id = holder.payer.reference("G2") if holder.payer else ""
    return msgspec.structs.replace(
        billing, taxonomy_code=level.taxonomy_code, other_id=other_id or billing.other_id
    )


def _coverages(
    typed: ProfessionalClaim, holder: wire.Subscriber, rank: int
) -> tuple[Coverage, ...]:
    is_own = typed.patient is None
    relationship = "18" if is_own else typed.patient.relationship_code  # type: ignore[union-attr]
    own = _coverage(holder, holder.person, holder.payer, rank, relationship)
    own = msgspec.structs.replace(
        own,
        benefits_assigned=typed.benefits_assignment,
        release_of_information=typed.release_code,
        signature_source=_signature(typed.patient_signature),
    )
    others = [
        msgspec.structs.replace(
            _coverage(
                one,
                one.person,
                one.payer,
                who.RANKS.find(one.rank) + 1 or 1,
                one.relationship_code,
            ),
            benefits_assigned=one.benefits_assignment,
            release_of_information=one.release_code,
            signature_source=_signature(one.patient_signature),
        )
        for one in typed.other_payers
    ]
    return tuple(sorted([own, *others], key=lambda one: one.rank))


def _signature(code: str) -> str:
    """Keep the one code that 5010 knows; those of 4010 say what needs not be said any more."""
    return code if code == SIGNED_BY_PROVIDER else ""


def _coverage(
    level: wire.Subscriber | wire.OtherPayer,
    person: Party | None,
    payer: Party | None,
    rank: int,
    relationship: str,
) -> Coverage:
    payer = payer or Party()
    return Coverage(
        rank=rank,
        payer=Payer(
            payer_id=payer.id,
            name=payer.last_name,
            filing_indicator=level.filing_indicator,
            address=who.address_of(payer),
        ),
        subscriber=who.subscriber_of(person or Party()),
        relationship_code=relationship,
        group_number=level.group_number,
        group_name=level.group_name,
        insurance_type_code=level.insurance_type_code,
    )


def _patient_from_wire(typed: ProfessionalClaim, holder: wire.Subscriber) -> Patient:
    level = typed.patient or holder
    person = level.person or Party()
    return Patient(
        name=who.name_of(person),
        birth_date=person.birth_date or date.min,
        sex=person.gender,
        address=who.address_of(person),
        death_date=level.death_date,
        is_pregnant=level.pregnant == "Y",
        weight_pounds=int(level.weight) if level.weight else None,
    )


def _causes(typed: ProfessionalClaim) -> tuple[RelatedCause, ...]:
    codes = [code for code in (typed.cause_1, typed.cause_2, typed.cause_3) if code]
    return tuple(
        RelatedCause(
            code=code,
            state=typed.cause_state if code == "AA" else "",
            country=typed.cause_country if code == "AA" else "",
        )
        for code in codes
    )


def _dates(typed: ProfessionalClaim) -> dict[str, Any]:
    out: dict[str, Any] = {field: date_of(typed.dates, code) for field, code in DATES}
    whole = next((one for one in typed.dates if one.qualifier == "314"), None)
    if whole is not None:
        out["disability_start"], out["disability_end"] = whole.start, whole.end
    return out


def _priors(typed: ProfessionalClaim) -> list[PriorAdjudication]:
    out = []
    for one in typed.other_payers:
        paid = one.paid_cents
        if paid is None or one.payer is None:
            continue
        out.append(
            PriorAdjudication(
                payer_id=one.payer.id,
                paid_cents=paid,
                adjustments=adjustments_from_wire(one.adjustments),
                payer_control_number=one.payer.reference("F8"),
                paid_date=date_of(one.payer.dates, "573"),
                remaining_patient_cents=wire.amount_of(one.amounts, "EAF"),
            )
        )
    return out
