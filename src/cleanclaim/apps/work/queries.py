"""Reading work items, holds and timers."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum

from cleanclaim.apps.work.models import Hold, Timer, WorkItem
from cleanclaim.core.privacy import Grant


def items_open(
    grant: Grant,
    practice_id: int,
    *,
    claims: Iterable[str] = (),
    subjects: Iterable[str] = (),
) -> list[WorkItem]:
    """Give the open items about these claims or other subjects."""
    ids = list(claims)
    rows = WorkItem.objects.under(grant, practice_id=practice_id).exclude(state="done")
    about = Q(subject_id__in=[*ids, *subjects]) | Q(claim_id__in=ids)
    return list(rows.filter(about).order_by("opened_at", "id"))


def _awake(day: date | None) -> Q:
    """Items that wait for somebody now: those that are pended come back on their day."""
    asleep = Q(state="pended", pended_until__gt=day) if day else Q(pk=None)
    return ~Q(state="done") & ~asleep


def item_get(grant: Grant, item_id: UUID) -> WorkItem | None:
    """Give one item that is not done, or None."""
    rows = WorkItem.objects.under(grant).exclude(state="done")
    found: WorkItem | None = rows.filter(id=item_id).first()
    return found


def items_list(
    grant: Grant, *, kind: str = "", day: date | None = None, limit: int = 100
) -> list[WorkItem]:
    """Give open items of the grant's practices, oldest first; with a day, pended ones sleep."""
    rows = WorkItem.objects.under(grant).filter(_awake(day))
    if kind:
        rows = rows.filter(kind=kind)
    return list(rows.order_by("opened_at", "id")[:limit])


def items_of_claims(
    grant: Grant, kind: str, claims: Iterable[UUID], *, day: date | None = None
) -> dict[UUID, WorkItem]:
    """Give the items of a queue about these claims, by claim."""
    rows = _queued(grant, kind, day).filter(claim_id__in=list(claims))
    return {item.claim_id: item for item in rows.order_by("-opened_at", "-id")}


def claims_queued(grant: Grant, kind: str, *, day: date | None = None) -> "QuerySet[WorkItem]":
    """Give the ids of the claims of a queue, as a part of another query: a queue may be long."""
    return _queued(grant, kind, day).exclude(claim_id=None).values("claim_id")


def _queued(grant: Grant, kind: str, day: date | None) -> "QuerySet[WorkItem]":
    rows: QuerySet[WorkItem] = WorkItem.objects.under(grant).filter(_awake(day), kind=kind)
    return rows


def items_counts(grant: Grant, *, day: date | None = None) -> list[dict[str, Any]]:
    """Count open items: one row for each kind and owner with number, dollars and oldest."""
    rows = WorkItem.objects.under(grant).filter(_awake(day))
    grouped = rows.values("kind", "owner").annotate(
        count=Count("id"), stake_cents=Sum("stake_cents"), oldest=Min("opened_at")
    )
    return list(grouped.order_by("kind", "owner"))


def holds_active(
    grant: Grant, practice_id: int, subjects: Iterable[str]
) -> list[tuple[str, str, str]]:
    """Give kind, subject and what is held, for these subjects."""
    rows = Hold.objects.under(grant, practice_id=practice_id)
    found = rows.filter(subject_id__in=list(subjects), is_active=True)
    return list(found.values_list("kind", "subject_id", "what"))


def timers_active(grant: Grant, practice_id: int, claims: Iterable[UUID]) -> list[Timer]:
    """Give the running timers of claims."""
    rows = Timer.objects.under(grant, practice_id=practice_id)
    return list(rows.filter(claim_id__in=list(claims), is_active=True))


def items_claims(grant: Grant, kind: str, limit: int = 5_000) -> list[UUID]:
    """Give the claims that the open items of a kind are about, oldest item first."""
    rows = WorkItem.objects.under(grant).filter(kind=kind).exclude(state="done")
    found = rows.exclude(claim_id=None).order_by("opened_at", "id")
    return list(found.values_list("claim_id", flat=True)[:limit])
