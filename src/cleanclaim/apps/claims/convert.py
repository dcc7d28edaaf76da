"""Rows to core records and back; no decisions."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import msgspec

from cleanclaim.apps.encounters.public import Charge, Encounter, EncounterRecord
from cleanclaim.apps.patients.public import Coverage, CoverageRecord, PatientRecord
from cleanclaim.apps.payers.public import Payer
from cleanclaim.apps.practices.public import Practice, Provider
from cleanclaim.core import claim as core
from cleanclaim.core.claim.restriction import is_laboratory
from cleanclaim.core.claim.stages import LineOutcome, Outcome, Owner, Stage, SubmissionKind
from cleanclaim.core.intake import claim_over_foreign
from cleanclaim.core.posting.state import ClaimState, LineState


class Sources(NamedTuple):
    """The rows and opened records that one claim is put together from."""

    practice: Practice
    encounter: Encounter
    record: EncounterRecord
    charges: list[Charge]
    patient: PatientRecord
    coverages: list[tuple[Coverage, CoverageRecord]]
    rendering: Provider | None


def claim_from_sources(sources: Sources, *, number: str, rank: int) -> core.Claim:
    """Put a claim together as it would go to the payer of a rank.

    Args:
        sources: Rows and records; charges in the order of the lines.
        number: Claim number of the version.
        rank: Which of the coverages, counted from 1.
    """
    encounter, record = sources.encounter, sources.record
    lines = tuple(_line(charge) for charge in sources.charges)
    ours = core.Claim(
        claim_number=number,
        payer_rank=rank,
        coverages=tuple(
            _coverage(position, *pair) for position, pair in enumerate(sources.coverages, 1)
        ),
        patient=sources.patient.patient,
        billing=_billing(sources.practice),
        rendering=_rendering(sources),
        referring=record.referring,
        place_of_service=encounter.place_of_service,
        diagnoses=tuple(core.Diagnosis(code=code) for code in encounter.diagnoses),
        lines=lines,
        related_causes=record.related_causes,
        dates=record.dates,
        prior_authorization_number=record.prior_authorization_number,
        referral_number=record.referral_number,
        clia_number=sources.practice.clia_number if any(map(is_laboratory, lines)) else "",
        patient_paid_cents=record.patient_paid_cents,
    )
    if record.foreign is None:
        return ours
    return claim_over_foreign(ours, record.foreign, [one.ordinal for one in sources.charges])


def _billing(practice: Practice) -> core.Provider:
    return core.Provider(
        npi=practice.npi,
        name=practice.name,
        taxonomy_code=practice.taxonomy_code,
        tax_id=practice.tax_id,
        address=msgspec.convert(practice.address, core.Address) if practice.address else None,
        phone=practice.phone,
    )


def _rendering(sources: Sources) -> core.Provider | None:
    row = sources.rendering
    if row is None or row.npi == sources.practice.npi:
        return None
    return core.Provider(
        npi=row.npi, name=row.last, first=row.first, taxonomy_code=row.taxonomy_code
    )


def _line(charge: Charge) -> core.ClaimLine:
    return core.ClaimLine(
        line_number=charge.line_number,
        procedure_code=charge.procedure_code,
        charge_cents=charge.charge_cents,
        service_date=charge.service_date,
        modifiers=tuple(charge.modifiers),
        units=Decimal(charge.units).normalize() + 0,
        unit_code=charge.unit_code,
        diagnosis_pointers=tuple(charge.diagnosis_pointers),
        drug=msgspec.convert(charge.drug, core.Drug, strict=False) if charge.drug else None,
        plan_disclosure_restricted=charge.is_restricted,
    )


def _coverage(rank: int, row: Coverage, record: CoverageRecord) -> core.Coverage:
    return core.Coverage(
        rank=rank,
        payer=core.Payer(
            payer_id=row.payer.payer_id,
            name=row.payer.name,
            filing_indicator=row.payer.filing_indicator,
        ),
        subscriber=record.subscriber,
        relationship_code=row.relationship_code,
        group_number=record.group_number,
        group_name=record.group_name,
        plan_name=record.plan_name,
        insurance_type_code=record.insurance_type_code,
        start_date=row.start_date,
        end_date=row.end_date,
    )


class LineRow(NamedTuple):
    """What posting reads of a claim's line and its charge; `LINE_VALUES` gives the fields."""

    claim_id: UUID
    ordinal: int
    outcome: str
    expected_cents: int | None
    open_cents: int
    patient_cents: int
    charge_key: str
    charge_id: UUID
    line_number: str
    procedure_code: str
    modifiers: list[str]
    units: Decimal
    charge_cents: int
    service_date: date
    is_restricted: bool


_OF_CHARGE = LineRow._fields[8:]
LINE_VALUES = (*LineRow._fields[:8], *(f"charge__{name}" for name in _OF_CHARGE))


class ClaimRow(NamedTuple):
    """What posting reads of a claim, in the names of its columns."""

    id: UUID
    patient_id: UUID
    payer_id: UUID
    provider_id: UUID | None
    level: int
    number: str
    numbers: list[str]
    version: int
    stage: str
    outcome: str
    owner: str
    planned: str
    in_flight: str
    payer_control_numbers: list[str]
    next_claim_id: UUID | None
    forwarded_until: date | None
    first_adjudicated: date | None
    bars_patient: bool


def state_from_rows(row: ClaimRow, payer: Payer, lines: Iterable[LineRow]) -> ClaimState:
    """Read a claim as posting knows it."""
    provider = _ref(row.provider_id)
    return ClaimState(
        claim=str(row.id),
        patient=str(row.patient_id),
        payer=str(row.payer_id),
        payer_code=payer.payer_id,
        rank=row.level,
        number_base=row.number,
        number=row.numbers[-1] if row.numbers else "",
        numbers=tuple(row.numbers),
        version=row.version,
        stage=Stage(row.stage),
        outcome=Outcome(row.outcome),
        owner=Owner(row.owner),
        planned=SubmissionKind(row.planned) if row.planned else None,
        in_flight=SubmissionKind(row.in_flight) if row.in_flight else None,
        payer_control_numbers=tuple(row.payer_control_numbers),
        next_claim=_ref(row.next_claim_id),
        forwarded_until=row.forwarded_until,
        first_adjudicated=row.first_adjudicated,
        takes_corrections=payer.takes_replacements,
        bars_patient=row.bars_patient,
        lines=tuple(_line_state(line, provider) for line in lines),
    )


def _line_state(line: LineRow, provider: str | None) -> LineState:
    return LineState(
        line=str(line.charge_id),
        number=line.line_number,
        code=line.procedure_code,
        modifiers=tuple(line.modifiers),
        units=line.units,
        charge_cents=line.charge_cents,
        service_date=line.service_date,
        order=line.ordinal,
        provider=provider,
        balance_cents=line.open_cents,
        patient_cents=line.patient_cents,
        expected_cents=line.expected_cents,
        outcome=LineOutcome(line.outcome),
        charge_key=line.charge_key,
        is_restricted=line.is_restricted,
    )


def state_to_row(state: ClaimState) -> dict[str, object]:
    """Give the columns that posting changes, without the sums; `id` finds the row."""
    return {
        "id": state.claim,
        "stage": state.stage,
        "outcome": state.outcome,
        "owner": state.owner,
        "version": state.version,
        "numbers": state.numbers,
        "payer_control_numbers": state.payer_control_numbers,
        "planned": state.planned or "",
        "in_flight": state.in_flight or "",
        "next_claim_id": state.next_claim,
        "forwarded_until": state.forwarded_until,
        "first_adjudicated": state.first_adjudicated,
        "bars_patient": state.bars_patient,
    }


def line_to_row(line: LineState) -> dict[str, object]:
    """Give the columns of a line that posting changes; `charge_id` finds the row in its claim."""
    return {
        "charge_id": line.line,
        "outcome": line.outcome,
        "open_cents": line.balance_cents,
        "patient_cents": line.patient_cents,
        "charge_key": line.charge_key,
    }


def _ref(value: UUID | None) -> str | None:
    return None if value is None else str(value)
