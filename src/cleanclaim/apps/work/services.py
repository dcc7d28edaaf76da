"""Writing work items, holds and timers: opened once, closed with the day."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db.models import Q

from cleanclaim.apps.work.models import Hold, Timer, WorkItem
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.dates import add_business_days
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import Row, rows_insert, rows_put, rows_update

FOLLOW_UP = "claim_follow_up"
LONGEST_PEND_DAYS = 90


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
        (kind, subject_id): (item_id, state)
        for item_id, kind, subject_id, state in rows.filter(
            subject_id__in={note.subject_id for note in notes}
        ).values_list("id", "kind", "subject_id", "state")
    }
    rows_insert(
        WorkItem,
        (
            _row(grant, practice_id, note, at)
            for note in notes
            if note.is_open and (note.kind, note.subject_id) not in held
        ),
    )
    rows_update(
        WorkItem,
        ("id",),
        (
            {
                "id": known[0],
                "owner": note.owner,
                "state": known[1] if note.is_open else WorkItem.State.DONE,
                "closed_at": None if note.is_open else at,
            }
            for note in notes
            if (known := held.get((note.kind, note.subject_id)))
        ),
    )


def _row(grant: Grant, practice_id: int, note: ItemNote, at: datetime) -> Row:
    return {
        "id": new_id(),
        "tenant_id": grant.tenant_id,
        "practice_id": practice_id,
        "kind": note.kind,
        "subject_kind": note.subject_kind,
        "subject_id": note.subject_id,
        "claim_id": note.claim_id,
        "owner": note.owner,
        "state": WorkItem.State.OPEN,
        "words": note.words,
        "requested_by": note.requested_by,
        "stake_cents": note.stake_cents,
        "opened_at": at,
    }


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
    rows_put(
        Hold,
        ("practice_id", "kind", "subject_id", "what"),
        (
            {
                "id": new_id(),
                "tenant_id": grant.tenant_id,
                "practice_id": practice_id,
                "kind": kind,
                "subject_id": subject_id,
                "what": what,
                "is_active": is_active,
                "changed_at": at,
            }
            for kind, subject_id, what, is_active in holds
        ),
    )


def timers_save(
    grant: Grant, practice_id: int, timers: Iterable[tuple[str, str, date, bool]]
) -> None:
    """Start and stop timers: kind, claim, due day, whether it runs."""
    rows_put(
        Timer,
        ("practice_id", "kind", "claim_id"),
        (
            {
                "id": new_id(),
                "tenant_id": grant.tenant_id,
                "practice_id": practice_id,
                "kind": kind,
                "claim_id": claim_id,
                "due_date": due_date,
                "is_active": is_active,
            }
            for kind, claim_id, due_date, is_active in timers
        ),
    )


def items_pend(
    grant: Grant, practice_id: int, subject: str, days: int, *, at: datetime, day: date
) -> date:
    """Let what is open about a subject sleep for some business days.

    A claim that nothing is open about gets an item to follow up, so that it comes back as well.

    Args:
        subject: Id of the claim or other subject, or of one item.
        days: Business days.

    Returns:
        The day on which it comes back.

    Raises:
        Refusal: `pend_days`: none, or too many.
    """
    if not 1 <= days <= LONGEST_PEND_DAYS:
        raise Refusal("pend_days", f"Pend for 1 to {LONGEST_PEND_DAYS} business days.")
    until = add_business_days(day, days)
    rows = WorkItem.objects.under(grant, practice_id=practice_id).exclude(state="done")
    mine = rows.filter(_about(subject))
    ids = list(mine.values_list("id", flat=True))
    if not ids:
        note = ItemNote(kind=FOLLOW_UP, subject_id=subject, claim_id=subject)
        item_open(grant, practice_id, note, at=at)
        ids = list(mine.values_list("id", flat=True))
    rows.filter(id__in=ids).update(state=WorkItem.State.PENDED, pended_until=until)
    _recorded("pend", practice_id, ids, until=until.isoformat())
    return until


def items_assign(grant: Grant, practice_id: int, subject: str, person_id: UUID | None) -> None:
    """Give what is open about a subject to somebody, or back to everybody.

    Raises:
        Refusal: `nothing_open`: there is nothing to give.
    """
    rows = WorkItem.objects.under(grant, practice_id=practice_id).exclude(state="done")
    ids = list(rows.filter(_about(subject)).values_list("id", flat=True))
    if not ids:
        raise Refusal("nothing_open", "Nothing is open here: write a note or pend it instead.")
    rows.filter(id__in=ids).update(assignee_id=person_id)
    _recorded("assign", practice_id, ids, to=str(person_id or "everybody"))


def item_done(grant: Grant, practice_id: int, item_id: UUID, *, at: datetime) -> None:
    """Close one item that a person has settled.

    Raises:
        Refusal: `no_such_item`: it is closed already.
    """
    rows = WorkItem.objects.under(grant, practice_id=practice_id).exclude(state="done")
    if not rows.filter(id=item_id).update(state=WorkItem.State.DONE, closed_at=at):
        raise Refusal("no_such_item", "Somebody has closed this already.")
    _recorded("close", practice_id, [item_id])


def _about(subject: str) -> Q:
    """Items about a claim or another subject, or the one item of this id."""
    try:
        UUID(subject)
    except ValueError:
        return Q(subject_id=subject)
    return Q(subject_id=subject) | Q(claim_id=subject) | Q(id=subject)


def _recorded(action: str, practice_id: int, ids: list[UUID], **detail: object) -> None:
    audit_record(
        action=action,
        resource_type="work_item",
        resource_ids=ids,
        practice_id=practice_id,
        detail=detail,
    )
