"""Reading encounters and their charges."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count

from cleanclaim.apps.encounters.models import Charge, Encounter
from cleanclaim.core.privacy import Grant


def encounters_to_bill(
    grant: Grant, practice_id: int, limit: int, *, is_sent: bool = False
) -> list[Encounter]:
    """Give coded encounters that no claim has taken up, oldest first, locked for this writer.

    Rows that another writer holds are left to it. `is_sent`: those sent by another system instead.
    """
    rows = Encounter.objects.under(grant, practice_id=practice_id)
    state = Encounter.State.SENT_ELSEWHERE if is_sent else Encounter.State.CHARGE_READY
    ready = rows.filter(state=state).order_by("id")
    return list(ready.select_for_update(skip_locked=True)[:limit])


def charges_for_encounters(
    grant: Grant, practice_id: int, ids: Iterable[UUID]
) -> dict[UUID, list[Charge]]:
    """Give the charges of encounters in their order, voided ones left out."""
    found: dict[UUID, list[Charge]] = defaultdict(list)
    rows = Charge.objects.under(grant, practice_id=practice_id)
    for row in rows.filter(encounter_id__in=set(ids), voided_at=None).order_by("ordinal"):
        found[row.encounter_id].append(row)
    return found


def charges_by_id(grant: Grant, practice_id: int, ids: Iterable[str]) -> dict[str, Charge]:
    """Give charges by id, voided ones too."""
    rows = Charge.objects.under(grant, practice_id=practice_id).filter(id__in=list(ids))
    return {str(row.id): row for row in rows.select_related("encounter")}


def encounter_counts(grant: Grant) -> dict[str, int]:
    """Count encounters of the grant's practices by state."""
    rows = Encounter.objects.under(grant).values("state").annotate(count=Count("id"))
    return dict(rows.order_by("state").values_list("state", "count"))
