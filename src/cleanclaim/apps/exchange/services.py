"""Files out and in. Numbers and bytes are committed before anything leaves the house."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from cleanclaim.apps.exchange.models import Connection, ControlNumber, InboundFile, Interchange
from cleanclaim.apps.exchange.sniff import file_kind
from cleanclaim.apps.work.public import items_close
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.files.store import file_put, file_read

SUBMIT_FAILURE = "submit_failure"
CONTROL_NUMBERS = 999_999_999


def connection_create(
    *, name: str, transport: str, settings: dict[str, Any], sender_id: str, receiver_id: str
) -> Connection:
    """Make a connection of the scope's tenant, or find it by name and bring it up to date."""
    found, _ = Connection.objects.update_or_create(
        name=name,
        defaults={
            "transport": transport,
            "settings": settings,
            "sender_id": sender_id,
            "receiver_id": receiver_id,
        },
    )
    made: Connection = found
    return made


def control_number_take(connection: Connection, practice_id: int, *, at: datetime) -> int:
    """Give out the next interchange control number of a connection; it is never given again."""
    Connection.objects.select_for_update().get(id=connection.id)
    rows = ControlNumber.objects.filter(connection=connection)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > CONTROL_NUMBERS:
        raise Refusal("control_numbers_used_up", "The connection needs another sender id.")
    ControlNumber.objects.create(
        connection=connection, number=number, practice_id=practice_id, made_at=at
    )
    return number


def control_numbers_continue(
    connection: Connection, practice_id: int, used: int, *, at: datetime
) -> None:
    """Go on after the numbers that another system used on this connection, so that none repeats."""
    Connection.objects.select_for_update().get(id=connection.id)
    if not ControlNumber.objects.filter(connection=connection, number__gte=used).exists():
        ControlNumber.objects.create(
            connection=connection, number=used, practice_id=practice_id, made_at=at
        )


def interchange_seal(
    practice_id: int,
    connection: Connection,
    control_number: int,
    content: bytes,
    *,
    at: datetime,
) -> Interchange:
    """Keep the bytes of an interchange under the name by which they will be sent."""
    name = f"{connection.sender_id.strip()}-{control_number:09d}.837"
    file, _ = file_put(content, name=name, kind="837", at=at)
    row = Interchange(
        practice_id=practice_id,
        connection=connection,
        control_number=control_number,
        name=name,
        file=file,
        made_at=at,
    )
    row.save(force_insert=True)
    return row


def interchange_move(
    grant: Grant,
    row: Interchange,
    state: str,
    *,
    at: datetime,
    proof: str = "",
) -> None:
    """Move an interchange to another state; answers win over what we believe of the sending."""
    S = Interchange.State  # noqa: N806  the states are a class
    allowed: dict[str, Iterable[str]] = {
        S.SENDING: (S.SEALED, S.UNKNOWN),
        S.SEALED: (S.SENDING, S.UNKNOWN),
        S.UNKNOWN: (S.SENDING,),
        S.SENT: (S.SENDING, S.UNKNOWN),
        S.ACCEPTED: (S.SENT, S.SENDING, S.UNKNOWN),
        S.REJECTED: (S.SENT, S.SENDING, S.UNKNOWN),
    }
    changes: dict[str, Any] = {"state": state}
    if proof:
        changes["proof"] = proof
    if state == S.SENT:
        changes["sent_at"] = at
    if state in (S.ACCEPTED, S.REJECTED):
        changes["answered_at"] = at
    rows = Interchange.objects.under(grant, practice_id=row.practice_id)
    if not rows.filter(id=row.id, state__in=allowed[state]).update(**changes):
        raise Refusal("wrong_state", f"An interchange that is {row.state} can't become {state}.")
    if row.state == S.UNKNOWN or state == S.SENT:
        items_close(grant, row.practice_id, SUBMIT_FAILURE, [str(row.id)], at=at)
    row.state = state


def inbound_receive(
    connection: Connection | None, name: str, content: bytes, *, at: datetime
) -> tuple[InboundFile, bool]:
    """Keep a file that came in; the same bytes again are counted and change nothing.

    Returns:
        The row, and whether it is new.
    """
    kind = file_kind(content)
    file, is_new = file_put(content, name=name, kind=kind, at=at)
    if not is_new:
        row = InboundFile.objects.filter(file=file).first()
        if row is not None:
            row.times_received += 1
            row.save(update_fields=["times_received"])
            return row, False
    row = InboundFile.objects.create(connection=connection, file=file, kind=kind, received_at=at)
    audit_record(
        action="receive", resource_type="file", resource_ids=[row.id], detail={"kind": kind}
    )
    return row, True


def inbound_move(
    row: InboundFile, state: str, *, at: datetime, practice_id: int | None = None, reason: str = ""
) -> None:
    """Note what became of a file: applied, parked for a person, or refused."""
    row.state, row.reason, row.applied_at = state, reason, at
    row.practice_id = practice_id or row.practice_id
    row.save(update_fields=["state", "reason", "applied_at", "practice_id"])


def inbound_to_do(kinds: Iterable[str], limit: int = 20) -> list[UUID]:
    """List files of these kinds that nobody has looked at, oldest first."""
    rows = InboundFile.objects.filter(state=InboundFile.State.RECEIVED, kind__in=list(kinds))
    return list(rows.order_by("received_at", "id").values_list("id", flat=True)[:limit])


def practice_of_control_number(connection_id: UUID | None, number: int) -> int | None:
    """Find the practice whose interchange bore a control number."""
    rows = ControlNumber.objects.filter(number=number)
    if connection_id is not None:
        rows = rows.filter(connection_id=connection_id)
    found = set(rows.values_list("practice_id", flat=True))
    return found.pop() if len(found) == 1 else None


def inbound_read(grant: Grant, file_id: UUID) -> tuple[InboundFile, bytes]:
    """Give an inbound file, locked for this writer, with its bytes."""
    rows = InboundFile.objects.select_related("file").select_for_update(of=("self",))
    row: InboundFile = rows.get(id=file_id)
    return row, file_read(grant, row.file, InboundFile.data_categories)
