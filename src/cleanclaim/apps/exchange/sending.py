"""Sending what is sealed, and fetching what partners put there for us.

Each step is committed before the next begins, so that after a kill the row says where we were:
`sending` means that a temporary file was laid and bytes may have left; see `settling`.
"""

import hashlib
import logging
from datetime import datetime
from uuid import UUID

from cleanclaim.apps.exchange.models import Connection, Interchange
from cleanclaim.apps.exchange.services import inbound_receive, interchange_move
from cleanclaim.apps.exchange.settling import failure_open, interchange_locked
from cleanclaim.apps.exchange.ways import is_poll_due, recipient_of, transport_for
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.files.store import file_read
from cleanclaim.platform.models.scope import scope, tenant_scope
from cleanclaim.platform.transports.transport import (
    Ambiguous,
    Disclosure,
    Entry,
    Missing,
    NotSent,
    Transport,
    refuse_undisclosed,
)

_S = Interchange.State
_log = logging.getLogger(__name__)


def interchanges_send(grant: Grant, practice_id: int, *, leave: Grant, at: datetime) -> int:
    """Send what is sealed, oldest first; each once.

    Args:
        grant: Opens the practice's claims.
        practice_id: Whose interchanges.
        leave: The leave to disclose them; it names the connection as the one recipient.
        at: The instant of the sending.

    Returns:
        How many were sent.

    Raises:
        Refusal: The leave is for another act, practice or recipient, or has ended.
    """
    with scope(grant, at=at):
        rows = Interchange.objects.under(grant, practice_id=practice_id).filter(state=_S.SEALED)
        rows = rows.select_related("connection").order_by("control_number")
        waiting = list(rows)
        for row in waiting:
            refuse_undisclosed(
                leave,
                tenant_id=row.tenant_id,
                practice_id=row.practice_id,
                categories=Interchange.data_categories,
                recipient=recipient_of(row.connection),
                at=at,
            )
    sent = 0
    for row in waiting:
        try:
            with transport_for(row.connection) as way:
                way.prepare(row.name)
                sent += _send(grant, row, way, leave=leave, at=at)
        except NotSent as error:
            _log.warning("interchange %s waits: %s", row.id, error)
    return sent


def _send(grant: Grant, held: Interchange, way: Transport, *, leave: Grant, at: datetime) -> bool:
    with scope(grant, at=at):
        row = interchange_locked(grant, held.practice_id, held.id)
        if row.state != _S.SEALED:
            return False
        interchange_move(grant, row, _S.SENDING, at=at)
        disclosure = Disclosure(
            grant=leave,
            tenant_id=row.tenant_id,
            practice_id=row.practice_id,
            categories=Interchange.data_categories,
            name=row.name,
            content=file_read(grant, row.file, Interchange.data_categories),
            at=at,
        )
        # Before any byte leaves, so that whatever happens there is no send without its record.
        _record(leave, row, disclosure.content, "begun")
    refused = ""
    try:
        receipt = way.send(disclosure)
        state, proof = _S.SENT, f"sha256 {receipt.digest[:16]}"
    except NotSent as error:
        state, proof = _S.SEALED, str(error)
    except Ambiguous as error:
        state, proof = _S.UNKNOWN, str(error)
    except Refusal as refusal:
        state, proof = _S.SEALED, refusal.message
        refused = refusal.message
    with scope(grant, at=at):
        row = interchange_locked(grant, held.practice_id, held.id)
        # An answer may have come before we wrote down that it was sent.
        if row.state == _S.SENDING:
            interchange_move(grant, row, state, at=at, proof=proof)
        _record(leave, row, disclosure.content, state)
        if refused:
            failure_open(grant, row, refused, at)
    return state == _S.SENT


def _record(leave: Grant, row: Interchange, content: bytes, outcome: str) -> None:
    """Record a disclosure that begins, or how it ended: bytes, recipient and leave."""
    audit_record(
        action="disclose",
        resource_type="interchange",
        resource_ids=[row.id],
        outcome=outcome,
        detail={
            "sha256": hashlib.sha256(content).hexdigest(),
            "is_listed": leave.accountable,
            "categories": sorted(leave.categories),
        },
        grant=leave,
    )


def inbox_poll(tenant_id: int, connection_id: UUID, *, actor: str, at: datetime) -> int:
    """Fetch what a partner put there for us; a file is removed there only when it is kept here.

    A partner that can't be reached, or is lost midway, is asked again the next time; how long
    after, its connection says.

    Returns:
        How many files were new.
    """
    fresh = 0
    with tenant_scope(tenant_id, actor=actor, at=at):
        connection = Connection.objects.get(id=connection_id)
        if not is_poll_due(connection, at):
            return 0
        Connection.objects.filter(id=connection_id).update(polled_at=at)
    try:
        with transport_for(connection) as way:
            for entry in way.waiting():
                fresh += _fetch(connection, way, entry, actor, at)
    except NotSent as error:
        _log.warning("connection %s can't be reached: %s", connection_id, error)
    return fresh


def _fetch(connection: Connection, way: Transport, entry: Entry, actor: str, at: datetime) -> bool:
    try:
        content = way.fetch(entry.name)
    except Missing:
        return False  # the listing was wrong, or somebody else took it
    if len(content) != entry.size:
        return False  # it grows still, or the listing is wrong: the next one will tell
    with tenant_scope(connection.tenant_id, actor=actor, at=at):
        _, is_new = inbound_receive(connection, entry.name, content, at=at)
    way.taken(entry.name)
    return is_new
