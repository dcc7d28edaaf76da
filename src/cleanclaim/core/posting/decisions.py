"""What people and rules decide about money and claims; each is one function, none guesses."""

import msgspec

from cleanclaim.core.claim.stages import IN_FLIGHT, Owner, Stage
from cleanclaim.core.ledger import Account, Line, Ref
from cleanclaim.core.ledger.makers import (
    Source,
    insurance,
    refund_approved,
    to_next_payer,
    to_patient,
    write_off,
)
from cleanclaim.core.ledger.makers import patient as patient_line
from cleanclaim.core.posting.claims import (
    Header,
    Step,
    adjudicate,
    next_place,
    post_line,
    reverse,
    reversed_adjudication,
)
from cleanclaim.core.posting.draft import Act, Decision, Draft, refuse
from cleanclaim.core.posting.matching import claim_outcome
from cleanclaim.core.posting.remittance import remittances_restate
from cleanclaim.core.posting.settle import (
    claim_settle,
    credit_check,
    reowner,
    restage,
)
from cleanclaim.core.posting.state import (
    AdjudicatedLine,
    Parked,
    Refund,
    Rows,
    WorkItem,
)
from cleanclaim.core.remit import is_denial

# --- parked parts of a remittance


def _parked(draft: Draft, name: str) -> Parked:
    found = draft.given.parked.get(name)
    if found is None or not found.is_open:
        refuse("not_parked", "there is no such parked item")
    return found


def _unpark(draft: Draft, item: Parked) -> None:
    draft.changed.parked[item.name] = msgspec.structs.replace(item, is_open=False)
    draft.close_item("posting_exception", item.name)
    remittances_restate(draft, item.remittance)


def _step_of(item: Parked, claim: Ref) -> Step:
    head = Header(
        remittance=item.remittance, trace="", payer=item.payer, payment_date=item.payment_date
    )
    source = Source(item.remittance, suspense=item.name, payer=item.payer)
    return Step(head=head, claim=claim, remit=item.remit, source=source)


def parked_line_match(rows: Rows, name: str, line: Ref, act: Act) -> Decision:
    """Let a person say which line a parked part of a claim speaks of; it is posted there."""
    draft = Draft(rows, act.day, f"match/{name}", act.policy)
    item = _parked(draft, name)
    if item.line is None or item.claim is None:
        refuse("not_a_line", "this parked item is a whole claim: match it with a claim")
    step = _step_of(item, item.claim)
    earlier = draft.given.adjudications.get(item.adjudication)
    draft.line(item.claim, line)
    post_line(draft, step, line, item.line, item.claim_adjustments)
    draft.matched_by[line] = f"person: {act.by}"
    if earlier is not None:
        seen = AdjudicatedLine(line=line, remit=item.line, matched_by=f"person: {act.by}")
        draft.changed.adjudications[item.adjudication] = msgspec.structs.replace(
            earlier,
            lines=(*earlier.lines, seen),
            entries=(*earlier.entries, *step.entries),
        )
    _unpark(draft, item)
    if step.denials:
        draft.denials.extend(step.denials)
        draft.open_item(WorkItem(kind="denial_resolution", subject=item.claim))
    state = draft.claim(item.claim)
    has_denial = draft.item("denial_resolution", item.claim) is not None
    outcome = claim_outcome(state, is_forwarded=False, has_denial=has_denial)
    draft.set_claim(item.claim, outcome=outcome)
    restage(draft, item.claim)
    return draft.decision()


def parked_claim_match(rows: Rows, name: str, claim: Ref, act: Act) -> Decision:
    """Let a person say which claim a parked claim of a remittance is; it is posted there."""
    draft = Draft(rows, act.day, f"match/{name}", act.policy)
    item = _parked(draft, name)
    if item.line is not None:
        refuse("not_a_claim", "this parked item is a line: match it with a line")
    if draft.claim(claim).stage == Stage.DRAFT:
        refuse("not_charged", "this claim was never charged to that payer")
    step = _step_of(item, claim)
    if item.remit.is_reversal:
        said = [one for one in rows.adjudications.values() if one.claim == claim]
        earlier = reversed_adjudication(item.remit, said)
        if earlier is None:
            refuse("nothing_to_reverse", "no adjudication of this claim has these amounts")
        reverse(draft, step, earlier)
    else:
        adjudicate(draft, step)
    claim_settle(draft, [step])
    _unpark(draft, item)
    if not item.remit.is_reversal:
        restage(draft, claim)
    return draft.decision()


def parked_refund(rows: Rows, name: str, act: Act) -> Decision:
    """Decide that parked money is not ours; it is owed back to the payer."""
    draft = Draft(rows, act.day, f"refund/{name}", act.policy)
    item = _parked(draft, name)
    if item.amount_cents < 0:
        refuse("not_refundable", "the payer has taken this money: match it with what it reverses")
    if item.amount_cents:
        debit = Line(Account.UNAPPLIED_INSURANCE, 0, item.payer, suspense=name)
        entry = draft.post(refund_approved(item.amount_cents, debit))
        draft.changed.refunds[name] = Refund(
            name=name,
            amount_cents=item.amount_cents,
            status="approved",
            owed=(entry.lines[1],),
            payer=item.payer,
        )
    _unpark(draft, item)
    return draft.decision()


# --- write-offs and who is asked next


class WriteOff(msgspec.Struct, frozen=True, kw_only=True):
    """What is written off; without a line all lines of the claim, without cents all of it.

    Without a reason it is the one that the payer refused each line for.
    """

    claim: Ref
    reason: str = ""
    line: Ref | None = None
    amount_cents: int | None = None


def write_off_post(rows: Rows, asked: WriteOff, act: Act) -> Decision:
    """Write off what the patient owes, or, where the patient owes nothing, what the payer does.

    Raises:
        Refusal: `needs_person`, `above_limit`, `nothing_open`.
    """
    draft = Draft(rows, act.day, f"write-off/{asked.claim}/{act.name}", act.policy)
    reason = asked.reason.replace("_", " ")
    lines = [line for line in draft.claim(asked.claim).lines if asked.line in (None, line.line)]
    of_patient = any(line.patient_cents > 0 for line in lines)
    due = [max(line.patient_cents if of_patient else line.balance_cents, 0) for line in lines]
    total = sum(due) if asked.amount_cents is None else asked.amount_cents
    if not total or total > sum(due):
        refuse("nothing_open", "less than that is open here")
    if reason == "small balance":
        limit = act.policy.small_balance_limit_cents
        if act.policy.small_balance_needs_person and not act.is_person:
            refuse("needs_person", "a person has to decide a small balance")
        if limit is not None and total > limit:
            refuse("above_limit", "this balance is above the limit for small balances")
    left = total
    for line, open_cents in zip(lines, due, strict=True):
        cents = min(left, open_cents)
        if cents:
            place = draft.claim(asked.claim).place(line)
            credit = patient_line(place) if of_patient else insurance(place)
            why = asked.reason or _denied_reason(draft, line.line)
            draft.post(write_off(why, cents, credit), f"/{line.number}")
            left -= cents
    _resettle(draft, asked.claim)
    return draft.decision()


def _denied_reason(draft: Draft, line: Ref) -> str:
    """Give the reason that the payer last refused a line for."""
    said = [
        cas.reason
        for one in draft.given.adjudications.values()
        if not one.reversed_by
        for item in one.lines
        if item.line == line
        for cas in item.remit.adjustments
        if is_denial(cas.group, cas.carc)
    ]
    return said[-1] if said else "denial"


_SETTLED_BY_ZERO = (
    "denial_resolution",
    "underpayment",
    "overpayment",
    "reversal_without_correction",
    "write_off_approval",
    "appeal_due",
)


def _resettle(draft: Draft, claim: Ref) -> None:
    """Close what a decision settled, and say who acts next."""
    state = draft.claim(claim)
    if state.stage in IN_FLIGHT:
        return
    if not any(line.balance_cents for line in state.lines):
        for kind in _SETTLED_BY_ZERO:
            draft.close_item(kind, claim)
    if state.stage == Stage.CLOSED:
        reowner(draft, [claim])
    elif state.stage in (Stage.ADJUDICATED, Stage.REOPENED):
        restage(draft, claim, state.stage)


def next_payer_bill(rows: Rows, claim: Ref, line: Ref | None, reason: str, act: Act) -> Decision:
    """Move what is open at a payer to the next one, because another payer has to pay first."""
    draft = Draft(rows, act.day, f"next/{claim}/{act.name}", act.policy)
    state = draft.claim(claim)
    for item in state.lines:
        if line not in (None, item.line) or item.balance_cents <= 0:
            continue
        there = next_place(draft, draft.claim(claim), item.line)
        if there is None:
            refuse("no_next_payer", "no other payer is known for this line")
        other, target = there
        entry = to_next_payer(state.place(item), other.place(target), reason, item.balance_cents)
        draft.post(entry, f"/{item.number}")
        draft.set_claim(other.claim, stage=Stage.SECONDARY_READY, owner=Owner.US)
        draft.open_item(WorkItem(kind="secondary_ready", subject=other.claim))
    if not draft.entries:
        refuse("nothing_open", "nothing is open here")
    _resettle(draft, claim)
    return draft.decision()


def patient_bill(rows: Rows, claim: Ref, line: Ref | None, reason: str, act: Act) -> Decision:
    """Ask the patient for what is open, by a decision with its reason.

    Raises:
        Refusal: `patient_barred` for Medicaid and QMB, whoever asks; `contractual` where the
            payer's contract forbids it.
    """
    draft = Draft(rows, act.day, f"bill/{claim}/{act.name}", act.policy)
    state = draft.claim(claim)
    if any(one.bars_patient for one in draft.claims().values() if one.patient == state.patient):
        refuse("patient_barred", "nothing may be asked of this patient")
    if any(
        cas.group == "CO"
        for one in rows.adjudications.values()
        if one.claim == claim and not one.reversed_by
        for item in one.lines
        if line in (None, item.line)
        for cas in item.remit.adjustments
        if cas.carc != "45"
    ):
        refuse("contractual", "the payer says CO: the patient does not owe this")
    for item in state.lines:
        if line in (None, item.line) and item.balance_cents > 0:
            entry = to_patient(state.place(item), reason, item.balance_cents)
            draft.post(entry, f"/{item.number}")
    if not draft.entries:
        refuse("nothing_open", "nothing is open here")
    _resettle(draft, claim)
    credit_check(draft, state.patient)
    return draft.decision()


def item_close(rows: Rows, kind: str, subject: Ref, act: Act) -> Decision:
    """Close a work item that a person has settled; the claim it kept open is looked at again."""
    draft = Draft(rows, act.day, f"item/{kind}/{subject}/{act.name}", act.policy)
    found = draft.item(kind, subject)
    if found is None:
        refuse("no_such_item", "there is no such open work item")
    draft.close_item(kind, subject)
    claim = subject if found.about == "claim" else found.claim
    if claim is not None and draft.claim(claim).stage in (Stage.ADJUDICATED, Stage.REOPENED):
        restage(draft, claim, draft.claim(claim).stage)
    return draft.decision()
