"""Charges: posted once, corrected by taking them back and posting new ones."""

from collections.abc import Sequence
from datetime import date

import msgspec

from cleanclaim.core.claim.stages import (
    ADJUDICATED,
    REJECTED,
    LineOutcome,
    Outcome,
    Owner,
    Stage,
    SubmissionKind,
)
from cleanclaim.core.ledger import Ref
from cleanclaim.core.ledger.makers import Place, charge, mirror, to_next_payer
from cleanclaim.core.ledger.makers import Source as MoneySource
from cleanclaim.core.posting.draft import Decision, Draft, refuse
from cleanclaim.core.posting.state import ClaimState, LineState, Rows


def charges_post(rows: Rows, claim: Ref, lines: Sequence[Ref], day: date) -> Decision:
    """Post the charges of a draft claim to its payer; the claim is ready to be sent."""
    draft = Draft(rows, day, f"charge/{claim}")
    state = draft.claim(claim)
    if state.stage != Stage.DRAFT:
        refuse("already_posted", "the charges of this claim are posted")
    for ref in lines:
        _post_charge(draft, state, draft.line(claim, ref))
    draft.set_claim(claim, stage=Stage.READY, owner=Owner.US)
    return draft.decision()


def _post_charge(draft: Draft, claim: ClaimState, line: LineState) -> None:
    entry = draft.post(charge(claim.place(line), line.charge_cents), f"/{line.number}")
    draft.set_line(claim.claim, line.line, charge_key=entry.key)


def self_pay_charges_post(
    rows: Rows, patient: Ref, lines: Sequence[LineState], day: date
) -> Decision:
    """Post charges that no payer hears of straight to the patient."""
    draft = Draft(rows, day, f"self-pay/{patient}")
    have = draft.patient(patient)
    known = {line.line for line in have.lines}
    new = tuple(line for line in lines if line.line not in known)
    draft.changed.patients[patient] = msgspec.structs.replace(have, lines=(*have.lines, *new))
    for line in new:
        place = Place(None, None, 0, line.line, line.provider, patient)
        draft.post(charge(place, line.charge_cents), f"/{line.number}")
    return draft.decision()


def _void_line(draft: Draft, claim: ClaimState, line: Ref) -> None:
    """Take a charge back; what payers posted on the line stands until they reverse it."""
    state = draft.line(claim.claim, line)
    if state.is_voided:
        refuse("already_voided", "this charge is taken back already")
    posted = charge(claim.place(state), state.charge_cents)
    posted = msgspec.structs.replace(posted, key=state.charge_key)
    draft.post(mirror(posted, MoneySource(None), "charge_void"), f"/void-{state.number}")
    draft.set_line(claim.claim, line, outcome=LineOutcome.VOIDED)


def charges_correct(
    rows: Rows, claim: Ref, changes: Sequence[tuple[Ref, LineState | None]], day: date
) -> Decision:
    """Correct charges: each old line is taken back, a new one stands in its place.

    Why: also where only a modifier changes, the payer has to be able to speak of both lines.

    Args:
        changes: The line that is taken back and the one that replaces it, or None.

    Raises:
        Refusal: A version is with the payer, or the claim is voided.
    """
    draft = Draft(rows, day, f"charge/{claim}")
    state = draft.claim(claim)
    if state.stage not in ADJUDICATED | REJECTED | {Stage.READY, Stage.SCRUB_HOLD}:
        refuse("in_flight", "a version is with the payer: wait for its answer")
    for old, new in changes:
        _void_line(draft, draft.claim(claim), old)
        if new is None:
            continue
        lines = draft.claim(claim).lines
        draft.set_claim(claim, lines=(*lines, new))
        _post_charge(draft, state, new)
    replaces = state.stage in ADJUDICATED
    draft.set_claim(
        claim,
        stage=Stage.READY,
        owner=Owner.US,
        planned=SubmissionKind.REPLACEMENT if replaces else state.planned,
    )
    return draft.decision()


def claim_payer_change(rows: Rows, claim: Ref, payer: Ref, day: date) -> Decision:
    """Ask another payer in the place of the one that a claim names: what is open moves there.

    Raises:
        Refusal: `sent_already`: the payer has heard of it.
    """
    draft = Draft(rows, day, f"payer/{claim}")
    state = draft.claim(claim)
    if state.version or state.stage not in {Stage.DRAFT, Stage.READY, Stage.SCRUB_HOLD}:
        refuse("sent_already", "a claim that was sent stays with its payer")
    for line in state.lines:
        if line.balance_cents > 0:
            here = state.place(line)
            there = msgspec.structs.replace(state, payer=payer).place(line)
            entry = to_next_payer(here, there, "order of payers", line.balance_cents)
            draft.post(entry, f"/{payer}/{line.number}")
    return draft.decision()


def claim_void_plan(rows: Rows, claim: Ref, day: date) -> Decision:
    """Decide to void a claim at the payer; money moves only when the payer reverses.

    Raises:
        Refusal: The payer has not adjudicated it, takes no voids, or a version is in flight.
    """
    draft = Draft(rows, day, f"void/{claim}")
    state = draft.claim(claim)
    if state.stage not in ADJUDICATED:
        refuse("wrong_stage", "only a claim that the payer has decided can be voided there")
    if not state.payer_control_numbers:
        refuse("no_payer_control_number", "a void needs the payer's number of the claim")
    if not state.takes_corrections:
        refuse("corrections_not_taken", "this payer takes no void: ask for a reopening")
    draft.set_claim(claim, stage=Stage.READY, owner=Owner.US, planned=SubmissionKind.VOID)
    draft.hold("void_in_progress", state.patient, "statements")
    return draft.decision()


def claim_void_complete(rows: Rows, claim: Ref, day: date) -> Decision:
    """Take back the charges of a voided claim once the payer's reversal is seen.

    Raises:
        Refusal: `void_not_reversed`: the payer has not reversed it yet.
    """
    draft = Draft(rows, day, f"void/{claim}")
    state = draft.claim(claim)
    waits = state.planned != SubmissionKind.VOID or state.in_flight is not None
    if waits or state.outcome != Outcome.REVERSED:
        refuse("void_not_reversed", "wait for the payer reversal")
    for line in state.lines:
        if not line.is_voided:
            _void_line(draft, state, line.line)
    draft.set_claim(claim, stage=Stage.VOIDED, owner=Owner.NONE, planned=None)
    draft.lift("void_in_progress", state.patient, "statements")
    return draft.decision()
