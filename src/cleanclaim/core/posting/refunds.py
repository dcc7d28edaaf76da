"""Credits and refunds: who asks, who approves, what is owed back; four eyes above a limit."""

from cleanclaim.core.ledger import Line, Ref
from cleanclaim.core.ledger.makers import (
    contractual_by_person,
    insurance,
    refund_approved,
    unapplied,
)
from cleanclaim.core.ledger.makers import patient as patient_line
from cleanclaim.core.posting.draft import Act, Decision, Draft, refuse
from cleanclaim.core.posting.settle import allowed_cents, reowner, restage
from cleanclaim.core.posting.state import Refund, Rows, WorkItem


def _close_exceptions(draft: Draft, claim: Ref) -> None:
    for item in draft.items_of(claim):
        if item.kind in ("posting_exception", "overpayment", "underpayment"):
            draft.close_item(item.kind, item.subject)


def _ask_payer_refund(draft: Draft, claim: Ref, act: Act) -> None:
    draft.open_item(WorkItem(kind="credit_balance", subject=claim))
    draft.open_item(WorkItem(kind="refund_approval", subject=claim, requested_by=act.by))


def overpayment_confirm(
    rows: Rows, claim: Ref, line: Ref, contract_cents: int, act: Act
) -> Decision:
    """Confirm that a payer paid above the contract: the excess becomes a credit to refund."""
    draft = Draft(rows, act.day, f"confirm/{claim}/{line}/{act.name}", act.policy)
    allowed = next(
        (
            allowed_cents(item.remit)
            for one in rows.adjudications.values()
            if one.claim == claim and not one.reversed_by
            for item in one.lines
            if item.line == line
        ),
        0,
    )
    excess = allowed - contract_cents
    if excess <= 0:
        refuse("not_overpaid", "the payer allowed no more than the contract")
    state = draft.claim(claim)
    draft.post(contractual_by_person(state.place(draft.line(claim, line)), excess))
    _close_exceptions(draft, claim)
    _ask_payer_refund(draft, claim, act)
    restage(draft, claim)
    return draft.decision()


def credit_classify(rows: Rows, claim: Ref, act: Act) -> Decision:
    """Classify a payer's credit on a claim as one to refund."""
    draft = Draft(rows, act.day, f"classify/{claim}/{act.name}", act.policy)
    if draft.claim(claim).balance_cents >= 0:
        refuse("no_credit", "this claim has no credit at its payer")
    _close_exceptions(draft, claim)
    _ask_payer_refund(draft, claim, act)
    restage(draft, claim)
    return draft.decision()


def _check_approver(draft: Draft, subject: Ref, cents: int, act: Act) -> None:
    asked = draft.item("refund_approval", subject)
    if asked is None:
        refuse("refund_not_requested", "nobody has asked for this refund")
    limit = act.policy.refund_second_person_above_cents
    if asked.requested_by == act.by and limit is not None and cents > limit:
        refuse("second_person_needed", "requester and approver are the same person")
    if asked.amount_cents and asked.amount_cents != cents:
        refuse("other_amount", "the amount is not the one that was asked for")


def payer_refund_approve(rows: Rows, claim: Ref, cents: int, act: Act) -> Decision:
    """Approve the refund of a payer's credit; it is owed from now on.

    Raises:
        Refusal: `second_person_needed`, `no_credit`.
    """
    draft = Draft(rows, act.day, f"refund/{claim}/{act.name}", act.policy)
    _check_approver(draft, claim, cents, act)
    state = draft.claim(claim)
    left, owed = cents, []
    for line in state.lines:
        part = min(left, -line.balance_cents)
        if part > 0:
            entry = draft.post(refund_approved(part, insurance(state.place(line))))
            owed.append(entry.lines[1])
            left -= part
    if left:
        refuse("no_credit", "the credit at the payer is smaller than that")
    name = draft.entries[0].key
    draft.changed.refunds[name] = Refund(
        name=name,
        amount_cents=cents,
        status="approved",
        owed=tuple(owed),
        payer=state.payer,
        claim=claim,
    )
    draft.close_item("refund_approval", claim)
    if not any(line.balance_cents < 0 for line in draft.claim(claim).lines):
        draft.close_item("credit_balance", claim)
    restage(draft, claim)
    return draft.decision()


def _patient_credits(draft: Draft, person: Ref) -> list[tuple[Line, int]]:
    """List a patient's credits: on lines first, then unapplied money."""
    out = [
        (patient_line(claim.place(line)), -line.patient_cents)
        for claim in draft.claims().values()
        if claim.patient == person
        for line in claim.lines
        if line.patient_cents < 0
    ]
    ahead = draft.patient(person).unapplied_cents
    if ahead > 0:
        out.append((unapplied(person), ahead))
    return out


def patient_refund_request(rows: Rows, person: Ref, cents: int, act: Act) -> Decision:
    """Ask for the refund of a patient's credit; nothing is posted before approval.

    Raises:
        Refusal: `refunds_held` while a reversal waits for its correction, `no_credit`.
    """
    draft = Draft(rows, act.day, f"refund/{person}/{act.name}", act.policy)
    if draft.is_held(person, "refunds"):
        refuse("refunds_held", "a payer's reversal waits for its correction: no refund yet")
    if sum(credit for _, credit in _patient_credits(draft, person)) < cents:
        refuse("no_credit", "the patient has a smaller credit than that")
    draft.open_item(
        WorkItem(
            kind="refund_approval",
            subject=person,
            about="patient",
            requested_by=act.by,
            amount_cents=cents,
        )
    )
    return draft.decision()


def patient_refund_approve(rows: Rows, person: Ref, cents: int, act: Act) -> Decision:
    """Approve a patient's refund; it is owed from now on.

    Raises:
        Refusal: `second_person_needed`, `refunds_held`, `no_credit`.
    """
    draft = Draft(rows, act.day, f"refund/{person}/{act.name}", act.policy)
    _check_approver(draft, person, cents, act)
    if draft.is_held(person, "refunds"):
        refuse("refunds_held", "a payer's reversal waits for its correction: no refund yet")
    left, owed = cents, []
    for debit, credit in _patient_credits(draft, person):
        part = min(left, credit)
        if part:
            entry = draft.post(refund_approved(part, debit, person))
            owed.append(entry.lines[1])
            left -= part
    if left:
        refuse("no_credit", "the patient has a smaller credit than that")
    name = draft.entries[0].key
    draft.changed.refunds[name] = Refund(
        name=name, amount_cents=cents, status="approved", owed=tuple(owed), patient=person
    )
    draft.close_item("refund_approval", person)
    claims = [claim for claim in draft.claims().values() if claim.patient == person]
    if not (
        any(claim.patient_cents < 0 for claim in claims) or draft.patient(person).unapplied_cents
    ):
        draft.close_item("credit_balance", person)
    reowner(draft, [claim.claim for claim in claims])
    return draft.decision()
