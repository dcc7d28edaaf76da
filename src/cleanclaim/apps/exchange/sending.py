"""Sending what is sealed, and settling what became of a send that was cut short.

Each step is committed before the next begins, so that after a kill the row says where we were:
`sending` means that bytes may have left. Only a listing or an answer makes it `sent` then.
"""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from cleanclaim.apps.exchange.models import Connection, Interchange
from cleanclaim.apps.exchange.services import inbound_receive, interchange_move
from cleanclaim.core.privacy import Grant, grant_allows
from cleanclaim.core.privacy.grant import grant_allows_action
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.files.store import file_read
from cleanclaim.platform.models.scope import scope, tenant_scope
from cleanclaim.platform.transports.folder import FolderTransport
from cleanclaim.platform.transports.transport import Ambiguous, Entry, NotSent, Transport


def transport_for(connection: Connection) -> Transport:
    """Open the way of a connection.

    Raises:
        Refusal: `unknown_transport`.
    """
    settings = connection.settings
    if connection.transport == "folder":
        return FolderTransport(Path(settings["to"]), Path(settings["from"]))
    raise Refusal("unknown_transport", f"There is no way called {connection.transport}.")


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
    sent = 0
    for interchange_id in _waiting(grant, practice_id, Interchange.State.SEALED, at):
        sent += _send(grant, practice_id, interchange_id, leave, at)
    return sent


def _waiting(grant: Grant, practice_id: int, state: str, at: datetime) -> list[UUID]:
    with scope(grant, at=at):
        rows = Interchange.objects.under(grant, practice_id=practice_id).filter(state=state)
        return list(rows.order_by("control_number").values_list("id", flat=True))


def _send(grant: Grant, practice_id: int, interchange_id: UUID, leave: Grant, at: datetime) -> bool:
    with scope(grant, at=at):
        row = _locked(grant, practice_id, interchange_id)
        if row.state != Interchange.State.SEALED:
            return False
        _refuse_without_leave(leave, row, at)
        interchange_move(grant, row, Interchange.State.SENDING, at=at)
        content = file_read(row.file)
    try:
        with transport_for(row.connection) as way:
            receipt = way.send(row.name, content)
        state = Interchange.State.SENT
        proof = f"sha256 {receipt.digest[:16]}"
    except NotSent as error:
        state, proof = Interchange.State.SEALED, str(error)
    except Ambiguous as error:
        state, proof = Interchange.State.UNKNOWN, str(error)
    with scope(grant, at=at):
        row = _locked(grant, practice_id, interchange_id)
        # An answer may have come before we wrote down that it was sent.
        if row.state == Interchange.State.SENDING:
            interchange_move(grant, row, state, at=at, proof=proof)
    return state == Interchange.State.SENT


def _refuse_without_leave(leave: Grant, row: Interchange, at: datetime) -> None:
    code = grant_allows_action(leave, "disclose") or grant_allows(
        leave,
        tenant_id=row.tenant_id,
        practice_id=row.practice_id,
        recipient=f"clearinghouse:connection:{row.connection_id}",
        categories=Interchange.data_categories,
        at=at,
    )
    if code is not None:
        raise Refusal(code, "The leave does not cover sending these claims to this partner.")


def interchanges_settle(grant: Grant, practice_id: int, *, at: datetime) -> dict[str, int]:
    """Settle sends that were cut short: what a listing shows was sent; the rest stays unknown.

    Call it when no sender of this practice runs: at the start of a worker.

    Returns:
        How many are `sent` by the listing and how many stay `unknown`.
    """
    counts = {"sent": 0, "unknown": 0}
    states = (Interchange.State.SENDING, Interchange.State.UNKNOWN)
    ids = [item for state in states for item in _waiting(grant, practice_id, state, at)]
    for interchange_id in ids:
        with scope(grant, at=at):
            row = _locked(grant, practice_id, interchange_id)
            with transport_for(row.connection) as way:
                is_listed = Entry(name=row.name, size=row.file.size) in way.sent()
            if is_listed:
                interchange_move(
                    grant, row, Interchange.State.SENT, at=at, proof="seen in a listing"
                )
            elif row.state == Interchange.State.SENDING:
                interchange_move(grant, row, Interchange.State.UNKNOWN, at=at)
            counts["sent" if is_listed else "unknown"] += 1
    return counts


def inbox_poll(tenant_id: int, connection_id: UUID, *, actor: str, at: datetime) -> int:
    """Fetch what a partner put there for us; a file is removed there only when it is kept here.

    Returns:
        How many files were new.
    """
    fresh = 0
    with tenant_scope(tenant_id, actor=actor, at=at):
        connection = Connection.objects.get(id=connection_id)
    with transport_for(connection) as way:
        for entry in way.waiting():
            content = way.fetch(entry.name)
            with tenant_scope(tenant_id, actor=actor, at=at):
                _, is_new = inbound_receive(connection, entry.name, content, at=at)
            fresh += is_new
            way.taken(entry.name)
    return fresh


def _locked(grant: Grant, practice_id: int, interchange_id: UUID) -> Interchange:
    rows = Interchange.objects.under(grant, practice_id=practice_id)
    found: Interchange = (
        rows.select_related("connection", "file")
        .select_for_update(of=("self",))
        .get(id=interchange_id)
    )
    return found
