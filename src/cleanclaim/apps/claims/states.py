"""The store of claims as posting knows them: load, decide elsewhere, save what changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from cleanclaim.apps.claims.convert import (
    LINE_VALUES,
    ClaimRow,
    LineRow,
    line_to_row,
    state_from_rows,
    state_to_row,
)
from cleanclaim.apps.claims.models import Claim, ClaimEvent, ClaimLine, PayerNumber
from cleanclaim.apps.ledger.public import entries_post
from cleanclaim.apps.payers.public import payers_by_id
from cleanclaim.apps.work.public import (
    ItemNote,
    holds_active,
    holds_save,
    items_open,
    items_save,
    timers_active,
    timers_save,
)
from cleanclaim.core.claim.stages import Owner
from cleanclaim.core.ledger import Account, Entry
from cleanclaim.core.ledger.accounts import ADJUSTMENT_ACCOUNTS
from cleanclaim.core.posting.draft import Decision
from cleanclaim.core.posting.state import ClaimState, Hold, Rows, Timer, WorkItem
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import rows_insert, rows_update

_RECEIVABLE = frozenset({Account.INSURANCE, Account.PATIENT})


class Happening(NamedTuple):
    """What is written into the timeline of the claims that a decision moved."""

    event: str
    proof: str = ""


def claims_load(
    grant: Grant, practice_id: int, ids: Iterable[str], *, with_lines: bool = True
) -> dict[str, ClaimState]:
    """Load claims with their lines, locked for this writer.

    Args:
        grant: Opens the practice's claims.
        practice_id: Whose.
        ids: Which claims.
        with_lines: False where no money moves; such states are saved without their sums.

    Returns:
        States by id; ids that are not there are left out.
    """
    wanted = set(ids)
    if not wanted:
        return {}
    rows = Claim.objects.under(grant, practice_id=practice_id).filter(id__in=wanted)
    locked = rows.select_for_update().order_by("id").values_list(*ClaimRow._fields)
    claims = list(map(ClaimRow._make, locked))
    payers = payers_by_id({row.payer_id for row in claims})
    lines: dict[UUID, list[LineRow]] = defaultdict(list)
    if with_lines:
        found = ClaimLine.objects.under(grant, practice_id=practice_id)
        found = found.filter(claim_id__in=[row.id for row in claims]).order_by("ordinal")
        for line in map(LineRow._make, found.values_list(*LINE_VALUES)):
            lines[line.claim_id].append(line)
    return {
        str(row.id): state_from_rows(row, payers[row.payer_id], lines[row.id]) for row in claims
    }


def chains_load(
    grant: Grant, practice_id: int, ids: Iterable[str], *, with_lines: bool = True
) -> dict[str, ClaimState]:
    """Load claims with the claims that follow them."""
    claims = claims_load(grant, practice_id, ids, with_lines=with_lines)
    following = {str(state.next_claim) for state in claims.values() if state.next_claim}
    return claims | claims_load(grant, practice_id, following - set(claims), with_lines=with_lines)


def rows_load(
    grant: Grant, practice_id: int, ids: Iterable[str], *, with_lines: bool = True
) -> Rows:
    """Load claims with their open items, holds and timers, and where money moves those that follow.

    `with_lines` is as `claims_load` has it.
    """
    load = chains_load if with_lines else claims_load
    claims = load(grant, practice_id, ids, with_lines=with_lines)
    if not claims:
        return Rows()
    refs = list(claims)
    patients = {str(state.patient) for state in claims.values()}
    rows = Rows(claims=dict(claims))
    items_add(grant, practice_id, rows, claims=refs, subjects=patients)
    for kind, subject, what in holds_active(grant, practice_id, [*refs, *patients]):
        rows.holds[kind, subject, what] = Hold(kind=kind, subject=subject, what=what)
    for timer in timers_active(grant, practice_id, claims):
        rows.timers[timer.kind, str(timer.claim_id)] = Timer(
            kind=timer.kind, claim=str(timer.claim_id), due=timer.due_date
        )
    return rows


def items_add(
    grant: Grant,
    practice_id: int,
    rows: Rows,
    *,
    claims: Iterable[str] = (),
    subjects: Iterable[str] = (),
) -> None:
    """Add the open items about these claims and other subjects to loaded rows."""
    for item in items_open(grant, practice_id, claims=claims, subjects=subjects):
        # What a claim is worth is its stake; only a refund asks for an amount of its own.
        has_amount = item.kind == "refund_approval" and item.subject_kind == "patient"
        rows.items[item.kind, item.subject_id] = WorkItem(
            kind=item.kind,
            subject=item.subject_id,
            owner=Owner(item.owner),
            about=item.subject_kind,
            claim=str(item.claim_id) if item.claim_id else None,
            requested_by=item.requested_by,
            amount_cents=item.stake_cents if has_amount else 0,
        )


def claims_of(grant: Grant, practice_id: int, patients: Iterable[str]) -> list[str]:
    """Give the ids of all claims of patients."""
    rows = Claim.objects.under(grant, practice_id=practice_id)
    return [str(i) for i in rows.filter(patient_id__in=list(patients)).values_list("id", flat=True)]


def decision_save(
    grant: Grant,
    practice_id: int,
    decision: Decision,
    *,
    at: datetime,
    what: Happening,
    with_lines: bool = True,
) -> None:
    """Store what a decision changed: entries, claims, lines, items, holds, timers, timeline.

    `with_lines` is as the rows were loaded: without lines no sum is written either.
    """
    entries_post(grant, practice_id, decision.entries, at=at)
    _claims_save(practice_id, decision, at, with_lines=with_lines)
    _payer_numbers_save(grant, practice_id, decision.rows.claims.values())
    events_add(grant, practice_id, decision.rows.claims.values(), at, what)
    items_save(
        grant,
        practice_id,
        _notes(grant, practice_id, decision, with_lines=with_lines),
        at=at,
    )
    holds = decision.rows.holds.values()
    if holds:
        rows = [(hold.kind, str(hold.subject), hold.what, hold.is_active) for hold in holds]
        holds_save(grant, practice_id, rows, at=at)
    timers = decision.rows.timers.values()
    if timers:
        running = [(one.kind, str(one.claim), one.due, one.is_active) for one in timers]
        timers_save(grant, practice_id, running)


def _payer_numbers_save(grant: Grant, practice_id: int, states: Iterable[ClaimState]) -> None:
    """Let claims be found by the numbers that payers gave them, once and for good."""
    rows = [
        {
            "tenant_id": grant.tenant_id,
            "practice_id": practice_id,
            "number": number,
            "claim_id": state.claim,
        }
        for state in states
        for number in dict.fromkeys(state.payer_control_numbers)
    ]
    if rows:
        rows_insert(PayerNumber, rows, skip_same_key=("practice_id", "number", "claim_id"))


def _claims_save(practice_id: int, decision: Decision, at: datetime, *, with_lines: bool) -> None:
    states = decision.rows.claims.values()
    sums = claim_sums(decision.entries)
    rows = []
    for state in states:
        row = {"practice_id": practice_id, **state_to_row(state), "changed_at": at}
        if with_lines:
            row |= {"open_cents": state.balance_cents, "patient_cents": state.patient_cents}
            row |= sums.pop(str(state.claim), NO_SUMS)._asdict()
        rows.append(row)
    rows_update(Claim, ("practice_id", "id"), rows, added=ClaimSums._fields)
    if not with_lines:
        return
    others = [
        {"practice_id": practice_id, "id": claim, **cents._asdict()}
        for claim, cents in sums.items()
        if cents != NO_SUMS
    ]
    rows_update(Claim, ("practice_id", "id"), others, added=ClaimSums._fields)
    rows_update(
        ClaimLine,
        ("practice_id", "claim_id", "charge_id"),
        (
            {"practice_id": practice_id, "claim_id": state.claim, **line_to_row(line)}
            for state in states
            for line in state.lines
        ),
    )


class ClaimSums(NamedTuple):
    """What entries added to the sums of a claim, in the names of its columns."""

    charge_cents: int
    paid_cents: int
    adjusted_cents: int


NO_SUMS = ClaimSums(0, 0, 0)


def claim_sums(entries: Iterable[Entry]) -> dict[str, ClaimSums]:
    """Split what entries did to each claim.

    An entry that only moves a debt between payers and patient changes none of the sums.
    """
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for entry in entries:
        if all(line.account in _RECEIVABLE for line in entry.lines):
            continue
        for line in entry.lines:
            if line.claim is None:
                continue
            mine = sums[str(line.claim)]
            if line.account == Account.CHARGES:
                mine[0] -= line.amount_cents
                mine[1] -= line.amount_cents
            elif line.account in ADJUSTMENT_ACCOUNTS:
                mine[2] += line.amount_cents
                mine[1] -= line.amount_cents
            elif line.account in _RECEIVABLE:
                mine[1] -= line.amount_cents
    return {claim: ClaimSums(*cents) for claim, cents in sums.items()}


def events_add(
    grant: Grant,
    practice_id: int,
    states: Iterable[ClaimState],
    at: datetime,
    what: Happening,
) -> None:
    """Write what happened into the timelines of claims."""
    rows_insert(
        ClaimEvent,
        (
            {
                "id": new_id(),
                "tenant_id": grant.tenant_id,
                "practice_id": practice_id,
                "claim_id": state.claim,
                "at": at,
                "actor": grant.actor,
                "event": what.event,
                "stage": state.stage,
                "proof": what.proof,
                "detail": {},
            }
            for state in states
        ),
    )


def _notes(
    grant: Grant, practice_id: int, decision: Decision, *, with_lines: bool
) -> list[ItemNote]:
    """Write items with what is at stake: without lines the rows tell what is open on a claim."""
    notes = [_note(item, decision.rows.claims) for item in decision.rows.items.values()]
    ids = [one.claim_id for one in notes if one.claim_id and one.is_open]
    if with_lines or not ids:
        return notes
    rows = Claim.objects.under(grant, practice_id=practice_id).filter(id__in=ids)
    stakes = {str(key): cents for key, cents in rows.values_list("id", "open_cents")}
    return [
        msgspec.structs.replace(one, stake_cents=stakes.get(one.claim_id or "", one.stake_cents))
        for one in notes
    ]


def _note(item: WorkItem, claims: Mapping[object, ClaimState]) -> ItemNote:
    claim = str(item.claim) if item.claim else None
    if claim is None and item.about == "claim":
        claim = str(item.subject)
    state = claims.get(claim)
    return ItemNote(
        kind=item.kind,
        subject_id=str(item.subject),
        subject_kind=item.about,
        claim_id=claim,
        owner=item.owner,
        is_open=item.is_open,
        stake_cents=item.amount_cents or (state.balance_cents if state else 0),
        requested_by=item.requested_by,
    )
