"""Writing work items, holds and timers: opened once, closed with the day."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from cleanclaim.apps.work.models import Hold, Timer, WorkItem
from cleanclaim.core.privacy import Grant


class ItemNote(msgspec.Struct, frozen=True, kw_only=True):
    """A work item as a step writes it; `is_open` False closes it."""

    kind: str
    subject_id: str
    subject_kind: str = "claim"
    claim_id: str | None = None
    owner: str = "us"
    is_open: bool = True
    stake_cents: int = 0
    words: str = ""
    requested_by: str = ""


def items_save(grant: Grant, practice_id: int, notes: Iterable[ItemNote], *, at: datetime) -> None:
    """Open, change or close items; the same kind for the same subject is open once."""
    notes = list(notes)
    if not notes:
        return
    rows = WorkItem.objects.under(grant, practice_id=practice_id).exclude(state="done")
    held = {
        (row.kind, row.subject_id): row
        for row in rows.filter(subject_id__in={note.subject_id for note in notes})
    }
    fresh, changed = [], []
    for note in notes:
        row = held.get((note.kind, note.subject_id))
        if row is None and note.is_open:
            fresh.append(_row(practice_id, note, at))
        elif row is not None:
            row.owner = note.owner
            if not note.is_open:
                row.state, row.closed_at = WorkItem.State.DONE, at
            changed.append(row)
    WorkItem.objects.bulk_create(fresh)
    WorkItem.objects.bulk_update(changed, ["owner", "state", "closed_at"])


def _row(practice_id: int, note: ItemNote, at: datetime) -> WorkItem:
    return WorkItem(
        practice_id=practice_id,
        kind=note.kind,
        subject_kind=note.subject_kind,
        subject_id=note.subject_id,
        claim_id=note.claim_id,
        owner=note.owner,
        words=note.words,
        requested_by=note.requested_by,
        stake_cents=note.stake_cents,
        opened_at=at,
    )


def item_open(grant: Grant, practice_id: int, note: ItemNote, *, at: datetime) -> None:
    """Open one item, if the same is not open already."""
    items_save(grant, practice_id, [note], at=at)


def items_close(
    grant: Grant, practice_id: int, kind: str, subjects: Iterable[str], *, at: datetime
) -> None:
    """Close the items of a kind for these subjects."""
    rows = WorkItem.objects.under(grant, practice_id=practice_id).exclude(state="done")
    rows.filter(kind=kind, subject_id__in=list(subjects)).update(
        state=WorkItem.State.DONE, closed_at=at
    )


def holds_save(
    grant: Grant,
    practice_id: int,
    holds: Iterable[tuple[str, str, str, bool]],
    *,
    at: datetime,
) -> None:
    """Set and lift holds: kind, subject, what, whether it is active."""
    rows = Hold.objects.under(grant, practice_id=practice_id)
    for kind, subject_id, what, is_active in holds:
        rows.update_or_create(
            practice_id=practice_id,
            kind=kind,
            subject_id=subject_id,
            what=what,
            defaults={"is_active": is_active, "changed_at": at},
        )


def timers_save(
    grant: Grant, practice_id: int, timers: Iterable[tuple[str, str, date, bool]]
) -> None:
    """Start and stop timers: kind, claim, due day, whether it runs."""
    rows = Timer.objects.under(grant, practice_id=practice_id)
    for kind, claim_id, due_date, is_active in timers:
        rows.update_or_create(
            practice_id=practice_id,
            kind=kind,
            claim_id=claim_id,
            defaults={"due_date": due_date, "is_active": is_active},
        )
