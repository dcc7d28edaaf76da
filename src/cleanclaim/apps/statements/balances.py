"""What persons and rules decide about open balances: write off, ask the next payer, the patient."""

from cleanclaim.apps.claims.public import claims_load, items_add
from cleanclaim.apps.remittance.public import Desk
from cleanclaim.apps.statements.rows import patient_rows
from cleanclaim.apps.work.public import items_open
from cleanclaim.core.posting import decisions
from cleanclaim.core.posting.decisions import WriteOff
from cleanclaim.core.posting.state import Rows
from cleanclaim.kernel.refusal import Refusal


def write_off(desk: Desk, asked: WriteOff) -> None:
    """Write off what the patient owes on a claim, or, where that is nothing, what the payer does.

    Raises:
        Refusal: `needs_person`, `above_limit`, `nothing_open`.
    """
    rows = desk.load([str(asked.claim)], with_history=True)
    desk.save(decisions.write_off_post(rows, asked, desk.act), "written off")


def next_payer_bill(desk: Desk, claim: str, charge: str | None, reason: str) -> None:
    """Move what is open at a payer to the next one, because another payer has to pay first.

    Raises:
        Refusal: `no_next_payer`, `nothing_open`.
    """
    rows = desk.load([claim], with_history=True)
    decision = decisions.next_payer_bill(rows, claim, charge, reason, desk.act)
    desk.save(decision, "moved to the next payer")


def patient_bill(desk: Desk, claim: str, charge: str | None, reason: str) -> None:
    """Ask the patient for what is open on a claim.

    Raises:
        Refusal: `patient_barred`, `contractual`, `nothing_open`.
    """
    rows = _with_family(desk, claim)
    decision = decisions.patient_bill(rows, claim, charge, reason, desk.act)
    desk.save(decision, "moved to the patient")


def _with_family(desk: Desk, claim: str) -> Rows:
    found = claims_load(desk.grant, desk.practice_id, [claim]).get(claim)
    if found is None:
        raise Refusal("unknown_claim", "There is no such claim.")
    return patient_rows(desk, str(found.patient), with_history=True)


def item_close(desk: Desk, kind: str, subject: str) -> None:
    """Close a work item that a person has settled; the claim it kept open is looked at again.

    Raises:
        Refusal: `no_such_item`.
    """
    items = items_open(desk.grant, desk.practice_id, subjects=[subject])
    claims = {str(item.claim_id) for item in items if item.claim_id}
    rows = desk.load(claims)
    items_add(desk.grant, desk.practice_id, rows, subjects=[subject])
    desk.save(decisions.item_close(rows, kind, subject, desk.act), f"{kind} closed")
