"""What persons decide about remittances that wait: parked parts, conflicts, missing money."""

from uuid import UUID

import msgspec

from cleanclaim.apps.remittance.desk import Desk
from cleanclaim.apps.remittance.models import Remittance
from cleanclaim.apps.remittance.services import remittance_post
from cleanclaim.apps.remittance.store import claims_named, matters_load
from cleanclaim.core.posting import decisions, remittance, submission
from cleanclaim.core.posting.state import Parked, Rows
from cleanclaim.core.privacy import Grant
from cleanclaim.core.remit import Remittance as Content
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope


def parked_line_match(desk: Desk, name: str, charge_id: str) -> None:
    """Say which charge a parked part of a claim speaks of; it is posted there.

    Raises:
        Refusal: `not_parked`, `not_a_line`, `unknown_line`.
    """
    rows = _parked_rows(desk, name)
    desk.save(decisions.parked_line_match(rows, name, charge_id, desk.act), "matched by a person")


def parked_claim_match(desk: Desk, name: str, claim_id: str) -> None:
    """Say which claim a parked claim of a remittance is; it is posted there.

    Raises:
        Refusal: `not_parked`, `not_a_claim`, `not_charged`, `nothing_to_reverse`.
    """
    rows = _parked_rows(desk, name, claim_id)
    desk.save(decisions.parked_claim_match(rows, name, claim_id, desk.act), "matched by a person")


def parked_refund(desk: Desk, name: str) -> None:
    """Decide that parked money is not ours; it is owed back to the payer."""
    desk.save(decisions.parked_refund(_parked_rows(desk, name), name, desk.act), "not ours")


def _parked_rows(desk: Desk, name: str, claim_id: str = "") -> Rows:
    found: Parked | None = matters_load(desk.grant, desk.practice_id, "parked", name=name).get(name)
    if found is None:
        raise Refusal("not_parked", "There is no such parked item.")
    row = _row(desk.grant, desk.practice_id, str(found.remittance))
    claims = {claim_id, str(found.claim or "")} - {""}
    return desk.load(claims, with_history=True, trace=row.trace)


def remittance_drop(desk: Desk, remittance_id: UUID) -> None:
    """Close a remittance that waits as the payer's error; it is never posted.

    Raises:
        Refusal: `already_posted`.
    """
    row = _row(desk.grant, desk.practice_id, str(remittance_id))
    rows = desk.load(_named(desk, row), trace=row.trace)
    desk.save(remittance.remittance_drop(rows, str(row.id), desk.day), "remittance dropped")


def remittance_without_money(desk: Desk, remittance_id: UUID) -> None:
    """Tell a person that the money of a posted remittance has not come in time.

    Raises:
        Refusal: `timer_not_due`.
    """
    row = _row(desk.grant, desk.practice_id, str(remittance_id))
    rows = desk.load(trace=row.trace)
    decision = submission.remittance_without_money(rows, str(row.id), desk.day)
    desk.save(decision, "money has not come")


def remittances_supersede(desk: Desk, old_id: UUID, new_id: UUID) -> None:
    """Let a corrected remittance take the place of one that was never posted, and post it.

    Opens its own scopes, as every posting does.

    Raises:
        Refusal: `not_superseding`.
    """
    with scope(desk.grant, at=desk.at):
        row = _row(desk.grant, desk.practice_id, str(new_id))
        rows = desk.load(trace=row.trace)
        decision = remittance.remittances_supersede(rows, str(old_id), str(new_id), desk.day)
        desk.save(decision, "remittance superseded")
    remittance_post(
        desk.grant, desk.practice_id, new_id, policy=desk.policy, at=desk.at, day=desk.day
    )


def _row(grant: Grant, practice_id: int, remittance_id: str) -> Remittance:
    rows = Remittance.objects.under(grant, practice_id=practice_id)
    found = rows.filter(id=remittance_id).first()
    if found is None:
        raise Refusal("unknown_remittance", "There is no such remittance.")
    row: Remittance = found
    return row


def _named(desk: Desk, row: Remittance) -> list[str]:
    if row.content is None:
        return []
    content = msgspec.json.decode(bytes(row.content), type=Content)
    numbers = [n for one in content.claims for n in (one.claim_number, one.payer_control_number)]
    return claims_named(desk.grant, desk.practice_id, numbers)
