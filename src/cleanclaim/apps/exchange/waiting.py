"""Files that wait for a person: parked ones are applied again or set aside, with a reason."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from cleanclaim.apps.exchange.models import InboundFile, Interchange
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.files.store import file_name

_S = InboundFile.State


def inbound_waiting(grant: Grant, state: str = _S.PARKED, limit: int = 200) -> list[InboundFile]:
    """Give files in a state, those of the grant's practices and those of nobody yet."""
    return list(_visible(grant).filter(state=state).order_by("received_at", "id")[:limit])


def inbound_counts(grant: Grant, kinds: Iterable[str] = ()) -> dict[str, int]:
    """Count files that are received or parked, by state."""
    rows = _visible(grant).filter(state__in=(_S.RECEIVED, _S.PARKED))
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    return dict(rows.values("state").annotate(count=Count("id")).values_list("state", "count"))


def inbound_get(grant: Grant, file_id: UUID) -> InboundFile | None:
    """Give one file, or None."""
    found: InboundFile | None = _visible(grant).filter(id=file_id).first()
    return found


def _visible(grant: Grant) -> QuerySet[InboundFile]:
    rows = InboundFile.objects.under(grant).select_related("file", "connection")
    seen: QuerySet[InboundFile] = rows.filter(
        Q(practice_id=None) | Q(practice_id__in=grant.practice_ids)
    )
    return seen


def inbound_name(row: InboundFile) -> str:
    """Open the name under which a file came in."""
    return file_name(row.file)


def inbound_apply_again(grant: Grant, file_id: UUID) -> None:
    """Let a parked file be read again, because what parked it is mended.

    Raises:
        Refusal: `wrong_state`: it is not parked.
    """
    _move(grant, file_id, _S.RECEIVED, "", None)


def inbound_set_aside(grant: Grant, file_id: UUID, reason: str, *, at: datetime) -> None:
    """Decide that a parked file is never applied.

    Raises:
        Refusal: `reason_missing`; `wrong_state`: it is not parked.
    """
    if not reason.strip():
        raise Refusal("reason_missing", "Say why this file is never applied.")
    _move(grant, file_id, _S.REFUSED, reason.strip(), at)


def _move(grant: Grant, file_id: UUID, state: str, reason: str, at: datetime | None) -> None:
    rows = InboundFile.objects.under(grant).filter(id=file_id, state=_S.PARKED)
    if not rows.update(state=state, reason=reason, applied_at=at):
        raise Refusal("wrong_state", "Somebody has decided about this file already.")
    audit_record(
        action="change", resource_type="file", resource_ids=[file_id], detail={"state": state}
    )


def interchange_get(grant: Grant, interchange_id: UUID) -> Interchange | None:
    """Give an interchange of the grant's practices, or None."""
    rows = Interchange.objects.under(grant).select_related("connection", "file")
    found: Interchange | None = rows.filter(id=interchange_id).first()
    return found


def interchanges_left(grant: Grant) -> dict[str, int]:
    """Count the interchanges that have no answer yet, by state."""
    rows = Interchange.objects.under(grant).exclude(state__in=("accepted", "rejected"))
    return dict(rows.values("state").annotate(count=Count("id")).values_list("state", "count"))
