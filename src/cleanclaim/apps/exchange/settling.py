"""What became of a send that was cut short: asked of the partner, else told by a person.

sending | unknown -> sealed when the temporary file could be withdrawn: surely not sent;
                  -> sent when a listing shows the file;
                  -> unknown otherwise: the partner has it, an answer will tell.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from cleanclaim.apps.exchange.models import Interchange
from cleanclaim.apps.exchange.services import SUBMIT_FAILURE, interchange_move
from cleanclaim.apps.exchange.ways import transport_for
from cleanclaim.apps.work.public import ItemNote, item_open
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.models.scope import scope
from cleanclaim.platform.transports.transport import Entry, NotSent

PATIENCE = timedelta(minutes=30)
_S = Interchange.State
_log = logging.getLogger(__name__)


def interchanges_settle(
    grant: Grant, practice_id: int, *, at: datetime, patience: timedelta = PATIENCE
) -> dict[str, int]:
    """Settle sends that were cut short; what stays unknown too long is shown to a person.

    Call it only while nobody else sends for this practice.

    Args:
        grant: Opens the practice's claims.
        practice_id: Whose interchanges.
        at: The instant of the writing.
        patience: How long an interchange may stay unknown before a person is asked.

    Returns:
        How many ended in each of the states sealed, sent and unknown.
    """
    counts = {str(state): 0 for state in (_S.SEALED, _S.SENT, _S.UNKNOWN)}
    with scope(grant, at=at):
        rows = Interchange.objects.under(grant, practice_id=practice_id)
        rows = rows.filter(state__in=(_S.SENDING, _S.UNKNOWN)).order_by("control_number")
        found = list(rows.select_related("connection", "file"))
    for held in found:
        state, proof = _asked(held)
        with scope(grant, at=at):
            row = interchange_locked(grant, practice_id, held.id)
            if row.state == held.state and (row.state, proof) != (state, row.proof):
                _told(grant, row, state, proof, at)
            if row.state == _S.UNKNOWN and at - row.made_at >= patience:
                failure_open(grant, row, "It is not known whether this file arrived.", at)
        counts[state] += 1
    return counts


def _asked(row: Interchange) -> tuple[str, str]:
    try:
        with transport_for(row.connection) as way:
            if way.withdraw(row.name):
                return _S.SEALED, "withdrawn before it was renamed"
            if Entry(name=row.name, size=row.file.size) in way.sent():
                return _S.SENT, "seen in a listing"
    except (NotSent, Refusal) as error:
        _log.warning("interchange %s can't be settled now: %s", row.id, type(error).__name__)
        return _S.UNKNOWN, "the partner can't be asked now"
    return _S.UNKNOWN, "renamed, and no longer in a listing"


def _told(grant: Grant, row: Interchange, state: str, proof: str, at: datetime) -> None:
    if row.state == state:
        rows = Interchange.objects.under(grant, practice_id=row.practice_id)
        rows.filter(id=row.id).update(proof=proof)
        return
    interchange_move(grant, row, state, at=at, proof=proof)


def failure_open(grant: Grant, row: Interchange, words: str, at: datetime) -> None:
    """Open the work item of an interchange that does not leave or may have left."""
    note = ItemNote(
        kind=SUBMIT_FAILURE, subject_id=str(row.id), subject_kind="interchange", words=words
    )
    item_open(grant, row.practice_id, note, at=at)


def interchange_mark_sent(
    grant: Grant, practice_id: int, interchange_id: UUID, *, at: datetime
) -> None:
    """Note that a person knows from the partner that an unknown interchange arrived.

    Raises:
        Refusal: Its state is another one.
    """
    _decided(grant, practice_id, interchange_id, _S.SENT, at)


def interchange_send_again(
    grant: Grant, practice_id: int, interchange_id: UUID, *, at: datetime
) -> None:
    """Let an unknown interchange leave again, identical bytes under the identical name.

    Raises:
        Refusal: Its state is another one.
    """
    _decided(grant, practice_id, interchange_id, _S.SEALED, at)


def _decided(
    grant: Grant, practice_id: int, interchange_id: UUID, state: str, at: datetime
) -> None:
    with scope(grant, at=at):
        row = interchange_locked(grant, practice_id, interchange_id)
        if row.state != _S.UNKNOWN:
            raise Refusal("wrong_state", f"The interchange is {row.state}, not unknown.")
        interchange_move(grant, row, state, at=at, proof=f"said by {grant.actor}")
        audit_record(
            action="change",
            resource_type="interchange",
            resource_ids=[row.id],
            detail={"state": state},
        )


def interchange_locked(grant: Grant, practice_id: int, interchange_id: UUID) -> Interchange:
    """Give an interchange, locked for this writer, with its connection and file."""
    rows = Interchange.objects.under(grant, practice_id=practice_id)
    found: Interchange = (
        rows.select_related("connection", "file")
        .select_for_update(of=("self",))
        .get(id=interchange_id)
    )
    return found
