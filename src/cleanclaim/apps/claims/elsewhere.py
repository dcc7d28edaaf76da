"""Claims that another system began: those it has sent are recorded, the others go on from here."""

from collections.abc import Sequence
from datetime import date, datetime

from cleanclaim.apps.claims.assemble import Assembled, claims_assemble
from cleanclaim.apps.claims.making import claims_insert
from cleanclaim.apps.claims.states import Happening, decision_save, rows_load
from cleanclaim.apps.claims.versions import versions_keep
from cleanclaim.apps.encounters.public import encounters_mark_billed, encounters_to_bill
from cleanclaim.core.posting.elsewhere import foreign_take, sent_plan
from cleanclaim.core.posting.remittance import decisions_join
from cleanclaim.core.privacy import Grant

_ORIGINAL = "1"
SENT = "sent_elsewhere"


def claims_record(
    grant: Grant, practice_id: int, *, at: datetime, day: date, limit: int = 200
) -> int:
    """Make the claims of encounters that another system has sent; nothing is sent from here.

    Each is charged, stands as transmitted under the other system's number, and what was sent is
    kept as its first version, so that an answer that names the number finds it.

    Args:
        grant: Opens the practice's patients, encounters and claims.
        practice_id: Whose.
        at: The instant of the writing.
        day: Posting day.
        limit: Encounters at most.

    Returns:
        How many encounters were taken up.
    """
    encounters = encounters_to_bill(grant, practice_id, limit, is_sent=True)
    billed = claims_assemble(grant, practice_id, encounters) if encounters else []
    if billed:
        claims_insert(grant, practice_id, billed, at=at, day=day)
        _take(grant, practice_id, billed, at=at, day=day, is_sent=True)
        sent = [
            (sent_plan(str(item.claim_id), item.foreign), item.foreign)
            for item in billed
            if item.foreign
        ]
        versions_keep(grant, practice_id, sent, at=at)
        encounters_mark_billed(grant, practice_id, [row.id for row in encounters])
    return len(encounters)


def foreign_place(
    grant: Grant, practice_id: int, billed: Sequence[Assembled], *, at: datetime, day: date
) -> None:
    """Put new claims of other systems where those left them, if not at the start."""
    begun = [
        item
        for item in billed
        if item.foreign
        and (item.foreign.payer_rank > 1 or item.foreign.frequency_code != _ORIGINAL)
    ]
    if begun:
        _take(grant, practice_id, begun, at=at, day=day, is_sent=False)


def _take(
    grant: Grant,
    practice_id: int,
    items: Sequence[Assembled],
    *,
    at: datetime,
    day: date,
    is_sent: bool,
) -> None:
    chains = {item.encounter.id: [str(one) for one in item.claim_ids] for item in items}
    rows = rows_load(grant, practice_id, [one for chain in chains.values() for one in chain])
    decision = decisions_join(
        foreign_take(rows, chains[item.encounter.id], item.foreign, day, is_sent=is_sent)
        for item in items
        if item.foreign
    )
    decision_save(grant, practice_id, decision, at=at, what=Happening(SENT if is_sent else "begun"))
