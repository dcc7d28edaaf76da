"""What the documentation of visits says: minutes, levels, who was there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from cleanclaim.apps.encounters.models import Charge, Documented, Encounter
from cleanclaim.core.intake.terms import VisitRow
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record

WHOLE_VISIT = ""


def documents_keep(grant: Grant, practice_id: int, rows: Sequence[VisitRow]) -> int:
    """Keep what is documented of visits; what was said of the same line or visit gives way.

    Raises:
        Refusal: `unknown_encounter`; then nothing is written.
    """
    numbers = {row.encounter_number for row in rows}
    known = Encounter.objects.under(grant, practice_id=practice_id).filter(number__in=numbers)
    ids = dict(known.values_list("number", "id"))
    for at, row in enumerate(rows, 2):
        if row.encounter_number not in ids:
            raise Refusal("unknown_encounter", f"Row {at} names a visit that is not here.")
    Documented.objects.under(grant, practice_id=practice_id).bulk_create(
        [
            Documented(
                practice_id=practice_id,
                encounter_id=ids[row.encounter_number],
                ordinal=row.line or 0,
                content=row.told,
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["practice_id", "encounter", "ordinal"],
        update_fields=["content"],
    )
    audit_record(
        action="change",
        resource_type="encounter",
        resource_ids=list(ids.values()),
        practice_id=practice_id,
    )
    return len(rows)


def documents_for(
    grant: Grant, practice_id: int, encounter_ids: Iterable[UUID]
) -> dict[UUID, dict[str, dict[str, Any]]]:
    """Give what is documented of visits: by line number, and of the whole visit under `""`."""
    rows = Documented.objects.under(grant, practice_id=practice_id)
    said = list(rows.filter(encounter_id__in=set(encounter_ids)))
    charges = Charge.objects.under(grant, practice_id=practice_id).filter(
        encounter_id__in={row.encounter_id for row in said if row.ordinal}, voided_at=None
    )
    lines = (
        {(charge.encounter_id, charge.ordinal): charge.line_number for charge in charges}
        if any(row.ordinal for row in said)
        else {}
    )
    found: dict[UUID, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in said:
        line = lines.get((row.encounter_id, row.ordinal)) if row.ordinal else WHOLE_VISIT
        if line is not None:
            found[row.encounter_id][line] = row.content
    return found
