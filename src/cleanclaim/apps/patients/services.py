"""Taking in patients and coverages as encounters name them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from cleanclaim.apps.patients.keys import member_key, name_key, number_key
from cleanclaim.apps.patients.models import Coverage, Patient
from cleanclaim.apps.patients.records import CoverageRecord, PatientRecord
from cleanclaim.apps.payers.public import Payer, payers_by_exchange_id, payers_draft
from cleanclaim.core import claim as core
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.models.bulk import models_insert
from cleanclaim.platform.sealed.keyset import Sealer, sealer


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """A patient as an encounter names them: number, person, coverages in rank order."""

    number: str
    patient: core.Patient
    coverages: tuple[core.Coverage, ...]


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """Who an arrival is here.

    Args:
        coverages: Ids in the order of the arrival's coverages.
        drafts: What a person has to confirm before a claim may leave: `patient`,
            `patient_differs`, `payer`, `coverage`.
    """

    patient_id: UUID
    coverages: tuple[UUID, ...]
    drafts: tuple[str, ...]


def patients_take(
    grant: Grant,
    practice_id: int,
    arrivals: Sequence[Arrival],
    *,
    at: datetime,
    is_confirmed: bool = False,
) -> list[Taken]:
    """Find or make the patients and coverages of many encounters.

    Why drafts: a superbill is somebody's typing. An unknown patient, payer or coverage is kept as
    a draft, and a known number with another name or birth date is marked; both hold the claim.

    Args:
        grant: Opens the practice's patients.
        practice_id: Whose patients.
        arrivals: One for each encounter, in its order.
        at: The instant of the writing.
        is_confirmed: New ones are confirmed at once, because a person set them up.

    Returns:
        One answer for each arrival, in the same order.
    """
    by = sealer(practice_id)
    intake = _Intake(grant, practice_id, arrivals, by, at, is_confirmed)
    patients = _patients(intake)
    payers = _payers(arrivals)
    coverages = _coverages(intake, patients, payers)
    taken = []
    for arrival in arrivals:
        row = patients[arrival.number]
        own = [
            coverages[row.id, payers[item.payer.payer_id].id, item.subscriber.member_id]
            for item in arrival.coverages
        ]
        drafts = []
        if row.state == Patient.State.DRAFT:
            drafts.append("patient")
        elif _differs(row, arrival, by):
            drafts.append("patient_differs")
        if any(
            payers[item.payer.payer_id].state == Payer.State.DRAFT for item in arrival.coverages
        ):
            drafts.append("payer")
        if any(item.state == Coverage.State.DRAFT for item in own):
            drafts.append("coverage")
        taken.append(
            Taken(
                patient_id=row.id,
                coverages=tuple(item.id for item in own),
                drafts=tuple(drafts),
            )
        )
    return taken


class _Intake(NamedTuple):
    """What one call of `patients_take` was given."""

    grant: Grant
    practice_id: int
    arrivals: Sequence[Arrival]
    by: Sealer
    at: datetime
    is_confirmed: bool


def _patients(intake: _Intake) -> dict[str, Patient]:
    practice_id, arrivals = intake.practice_id, intake.arrivals
    keys = {item.number: number_key(practice_id, item.number) for item in arrivals}
    rows = Patient.objects.under(intake.grant, practice_id=practice_id)
    found = {bytes(row.number_key): row for row in rows.filter(number_key__in=keys.values())}
    fresh: dict[bytes, Patient] = {}
    for item in arrivals:
        key = keys[item.number]
        if key in found or key in fresh:
            continue
        row = Patient(
            practice_id=practice_id,
            number_key=key,
            name_key=name_key(practice_id, item.patient.name, item.patient.birth_date),
            state=Patient.State.CONFIRMED if intake.is_confirmed else Patient.State.DRAFT,
            made_at=intake.at,
        )
        row.seal(PatientRecord(number=item.number, patient=item.patient), intake.by)
        fresh[key] = row
    models_insert(fresh.values())
    found |= fresh
    return {number: found[key] for number, key in keys.items()}


def _payers(arrivals: Sequence[Arrival]) -> dict[str, Payer]:
    named = {item.payer.payer_id: item.payer for one in arrivals for item in one.coverages}
    known = payers_by_exchange_id(named)
    unknown = [payer for key, payer in named.items() if key not in known]
    return known | payers_draft(unknown) if unknown else known


def _coverages(
    intake: _Intake, patients: dict[str, Patient], payers: dict[str, Payer]
) -> dict[tuple[UUID, UUID, str], Coverage]:
    practice_id, arrivals = intake.practice_id, intake.arrivals
    wanted = {
        (
            patients[one.number].id,
            payers[item.payer.payer_id].id,
            item.subscriber.member_id,
        ): item
        for one in arrivals
        for item in one.coverages
    }
    keys = {full: member_key(practice_id, full[2]) for full in wanted}
    rows = Coverage.objects.under(intake.grant, practice_id=practice_id)
    rows = rows.filter(patient_id__in={full[0] for full in wanted})
    known = {(row.patient_id, row.payer_id, bytes(row.member_key)): row for row in rows}
    found: dict[tuple[UUID, UUID, str], Coverage] = {}
    fresh = []
    for full, item in wanted.items():
        row = known.get((full[0], full[1], keys[full]))
        if row is None:
            row = Coverage(
                practice_id=practice_id,
                patient_id=full[0],
                payer_id=full[1],
                rank=item.rank,
                relationship_code=item.relationship_code,
                member_key=keys[full],
                start_date=item.start_date,
                end_date=item.end_date,
                state=Coverage.State.CONFIRMED if intake.is_confirmed else Coverage.State.DRAFT,
                made_at=intake.at,
            )
            row.seal(
                CoverageRecord(
                    subscriber=item.subscriber,
                    group_number=item.group_number,
                    group_name=item.group_name,
                    plan_name=item.plan_name,
                    insurance_type_code=item.insurance_type_code,
                ),
                intake.by,
            )
            fresh.append(row)
        found[full] = row
    models_insert(fresh)
    return found


def _differs(row: Patient, arrival: Arrival, by: Sealer) -> bool:
    """Say whether a known number comes with another person's name or birth date."""
    held = row.unseal(PatientRecord, by).patient
    said = arrival.patient
    return (held.name.last.upper(), held.name.first.upper(), held.birth_date) != (
        said.name.last.upper(),
        said.name.first.upper(),
        said.birth_date,
    )


def patient_confirm(grant: Grant, practice_id: int, patient_id: UUID) -> None:
    """Confirm a draft, so that it holds no claim any more."""
    rows = Patient.objects.under(grant, practice_id=practice_id)
    changed = rows.filter(id=patient_id, state=Patient.State.DRAFT).update(
        state=Patient.State.CONFIRMED
    )
    if not changed:
        raise Refusal("wrong_state", "The patient is not a draft.")
    audit_record(action="confirm", resource_type="patient", resource_ids=[patient_id])


def coverage_correct(grant: Grant, practice_id: int, coverage_id: UUID, *, member_id: str) -> None:
    """Correct the member number of a coverage, as it stands on the card."""
    row = Coverage.objects.under(grant, practice_id=practice_id).get(id=coverage_id)
    by = sealer(practice_id)
    record = row.unseal(CoverageRecord, by)
    subscriber = msgspec.structs.replace(record.subscriber, member_id=member_id)
    row.seal(msgspec.structs.replace(record, subscriber=subscriber), by)
    row.member_key = member_key(practice_id, member_id)
    row.save(update_fields=["sealed", "member_key"])
    audit_record(action="correct", resource_type="coverage", resource_ids=[coverage_id])


def coverage_confirm(grant: Grant, practice_id: int, coverage_id: UUID) -> None:
    """Confirm a draft, so that it holds no claim any more."""
    rows = Coverage.objects.under(grant, practice_id=practice_id)
    changed = rows.filter(id=coverage_id, state=Coverage.State.DRAFT).update(
        state=Coverage.State.CONFIRMED
    )
    if not changed:
        raise Refusal("wrong_state", "The coverage is not a draft.")
    audit_record(action="confirm", resource_type="coverage", resource_ids=[coverage_id])


def patient_complete(
    grant: Grant, practice_id: int, patient_id: UUID, patient: core.Patient
) -> None:
    """Confirm a patient with the facts that a person checked; also one whose number came twice."""
    row = Patient.objects.under(grant, practice_id=practice_id).get(id=patient_id)
    by = sealer(practice_id)
    record = row.unseal(PatientRecord, by)
    row.seal(msgspec.structs.replace(record, patient=patient), by)
    row.name_key = name_key(practice_id, patient.name, patient.birth_date)
    row.state = Patient.State.CONFIRMED
    row.save(update_fields=["sealed", "name_key", "state"])
    audit_record(action="confirm", resource_type="patient", resource_ids=[patient_id])


def coverage_complete(
    grant: Grant,
    practice_id: int,
    coverage_id: UUID,
    *,
    member_id: str,
    group_number: str,
    rank: int,
) -> None:
    """Confirm a coverage as it stands on the card."""
    row = Coverage.objects.under(grant, practice_id=practice_id).get(id=coverage_id)
    by = sealer(practice_id)
    record = row.unseal(CoverageRecord, by)
    row.seal(msgspec.structs.replace(record, group_number=group_number), by)
    row.rank = rank
    row.save(update_fields=["sealed", "rank"])
    if record.subscriber.member_id != member_id:
        coverage_correct(grant, practice_id, coverage_id, member_id=member_id)
    coverage_confirm(grant, practice_id, coverage_id)
