"""Visits that wait for a coder: what the source says of them, and what the coder makes of it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db.models import Count, Sum

from cleanclaim.apps.encounters.models import Charge, Encounter, Intake
from cleanclaim.apps.encounters.records import EncounterRecord
from cleanclaim.core.intake import SourceCode
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.sealed.keyset import sealer

MOST_DIAGNOSES = 12


class CodedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One service as the coder codes it; pointers are positions in the diagnoses from 1."""

    procedure_code: str
    charge_cents: int
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    diagnosis_pointers: tuple[int, ...] = (1,)
    service_date: date | None = None


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """What a coder says of a visit."""

    diagnoses: tuple[str, ...]
    place_of_service: str
    lines: tuple[CodedLine, ...]


class Waiting(NamedTuple):
    """A visit that waits for a coder, with what its source says was found and done."""

    encounter: Encounter
    source_codes: tuple[SourceCode, ...]
    charges: list[Charge]


def encounters_left(grant: Grant) -> dict[str, int]:
    """Count the visits that no claim has taken up, by state; those that are billed are not asked.

    Why apart from all visits: it is asked every second while a day goes on.
    """
    states = (Encounter.State.WAITING_FOR_CODING, Encounter.State.CHARGE_READY)
    rows = Encounter.objects.under(grant).filter(state__in=states).values("state")
    return dict(rows.annotate(count=Count("id")).values_list("state", "count"))


def intakes_of_day(grant: Grant, day: date) -> dict[str, int]:
    """Add up how the rows of a day's sources ended: given, imported, waiting, already, refused."""
    names = ("given", "imported", "waiting", "already", "refused")
    rows = Intake.objects.under(grant).filter(taken_at__date=day)
    return {
        name: int(count or 0)
        for name, count in rows.aggregate(**{name: Sum(name) for name in names}).items()
    }


def intake_get(grant: Grant, intake_id: UUID) -> Intake | None:
    """Give one source that was taken in, with what was refused of it, or None."""
    found: Intake | None = Intake.objects.under(grant).filter(id=intake_id).first()
    return found


def encounters_waiting(
    grant: Grant, *, after: UUID | None = None, limit: int = 50
) -> list[Encounter]:
    """Give visits that wait for a coder, oldest first."""
    rows = Encounter.objects.under(grant).filter(state=Encounter.State.WAITING_FOR_CODING)
    if after is not None:
        rows = rows.filter(id__gt=after)
    return list(rows.select_related("rendering").order_by("id")[:limit])


def encounter_waiting(grant: Grant, encounter_id: UUID) -> Waiting | None:
    """Give one visit that waits for a coder, or None."""
    rows = Encounter.objects.under(grant).filter(state=Encounter.State.WAITING_FOR_CODING)
    row = rows.select_related("rendering").filter(id=encounter_id).first()
    if row is None:
        return None
    record = row.unseal(EncounterRecord, sealer(row.practice_id))
    charges = Charge.objects.under(grant, practice_id=row.practice_id)
    own = charges.filter(encounter=row, voided_at=None).order_by("ordinal")
    return Waiting(row, record.source_codes, list(own))


def encounter_code(grant: Grant, encounter_id: UUID, coded: Coding, *, at: datetime) -> None:
    """Code a visit; it becomes a claim with the next turn of the trip.

    Charges that came in without what a claim needs are taken back, those of the coder stand.

    Raises:
        Refusal: `no_longer_waiting`: somebody coded it meanwhile; `not_coded`: a diagnosis, a
            place or a line is missing; `bad_pointer`: a line points at no diagnosis.
    """
    _refuse_incomplete(coded)
    rows = Encounter.objects.under(grant).select_for_update().filter(id=encounter_id)
    row = rows.first()
    if row is None or row.state != Encounter.State.WAITING_FOR_CODING:
        raise Refusal("no_longer_waiting", "Somebody has coded this visit meanwhile.")
    held = Charge.objects.under(grant, practice_id=row.practice_id).filter(encounter=row)
    numbers = [int(one.line_number) for one in held if one.line_number.isdecimal()]
    first = max([held.count(), *numbers]) + 1
    held.filter(voided_at=None).update(voided_at=at)
    Charge.objects.bulk_create(_charges(row, coded.lines, first))
    row.diagnoses, row.place_of_service = list(coded.diagnoses), coded.place_of_service
    row.state = Encounter.State.CHARGE_READY
    row.save(update_fields=["diagnoses", "place_of_service", "state"])
    audit_record(
        action="code",
        resource_type="encounter",
        resource_ids=[row.id],
        practice_id=row.practice_id,
    )


def _refuse_incomplete(coded: Coding) -> None:
    if not (coded.diagnoses and coded.place_of_service and coded.lines):
        raise Refusal("not_coded", "A claim needs a diagnosis, a place of service and a line.")
    if len(coded.diagnoses) > MOST_DIAGNOSES:
        raise Refusal("too_many", f"A claim has {MOST_DIAGNOSES} diagnoses at most.")
    for number, line in enumerate(coded.lines, 1):
        wrong = [at for at in line.diagnosis_pointers if not 1 <= at <= len(coded.diagnoses)]
        if wrong or not line.diagnosis_pointers:
            raise Refusal("bad_pointer", f"Line {number} points at a diagnosis that is not there.")


def _charges(row: Encounter, lines: Sequence[CodedLine], first: int) -> list[Charge]:
    return [
        Charge(
            practice_id=row.practice_id,
            encounter=row,
            line_number=str(first + ordinal - 1),
            ordinal=ordinal,
            procedure_code=line.procedure_code,
            modifiers=list(line.modifiers),
            units=line.units,
            charge_cents=line.charge_cents,
            service_date=line.service_date or row.service_date,
            diagnosis_pointers=list(line.diagnosis_pointers),
            is_self_pay=not row.coverages,
        )
        for ordinal, line in enumerate(lines, 1)
    ]
