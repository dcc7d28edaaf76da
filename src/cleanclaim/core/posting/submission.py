"""Sending a version of a claim, and what the acknowledgements do to it."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from cleanclaim.core.claim import Adjustment, LineAdjudication, PriorAdjudication
from cleanclaim.core.claim.stages import (
    FREQUENCY_CODES,
    IN_FLIGHT,
    REJECTED,
    Owner,
    Stage,
    Standing,
    SubmissionKind,
    stage_after_acknowledgement,
    submission_refusal,
    version_letter,
)
from cleanclaim.core.edi.acknowledgements import ClaimAcknowledgement
from cleanclaim.core.ledger import Ref
from cleanclaim.core.posting.draft import Decision, Draft, refuse
from cleanclaim.core.posting.state import Adjudication, ClaimState, Policy, Rows, WorkItem

_CORRECTIONS = frozenset({SubmissionKind.REPLACEMENT, SubmissionKind.VOID})


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What the next version of a claim is; the writer takes the rest from the claim."""

    claim: Ref
    version: int
    kind: SubmissionKind
    claim_number: str
    frequency_code: str
    payer_control_number: str


def submission_plan(
    rows: Rows, claim: Ref, kind: SubmissionKind, policy: Policy, day: date
) -> Plan:
    """Decide whether a version may go out now, and as what.

    Raises:
        Refusal: With the code and sentence of the guard that says no.
    """
    draft = Draft(rows, day, f"send/{claim}", policy)
    state = draft.claim(claim)
    refusal = submission_refusal(_standing(draft, state, day), kind)
    if refusal is not None:
        refuse(*refusal)
    corrects = kind in _CORRECTIONS
    version = state.version + 1
    return Plan(
        claim=claim,
        version=version,
        kind=kind,
        claim_number=state.number_base + version_letter(version),
        frequency_code=FREQUENCY_CODES[kind],
        payer_control_number=state.payer_control_numbers[-1] if corrects else "",
    )


def _standing(draft: Draft, state: ClaimState, day: date) -> Standing:
    window = draft.policy.corrected_claim_window_days
    begun = state.first_adjudicated
    waits = state.stage == Stage.FORWARDED and state.forwarded_until is not None
    until = state.forwarded_until or date.min
    return Standing(
        stage=state.stage,
        rank=state.rank,
        version=state.version,
        planned=state.planned,
        in_flight=state.in_flight,
        was_adjudicated=begun is not None,
        has_payer_control_number=bool(state.payer_control_numbers),
        takes_corrections=state.takes_corrections,
        is_within_window=window is None or begun is None or day <= begun + timedelta(window),
        is_held=draft.is_held(state.claim, "submission"),
        crossover_ends=until.isoformat(),
        is_waiting=waits and day < until,
    )


def version_sent(rows: Rows, plan: Plan, day: date) -> Decision:
    """Note that a version left: the payer has to act, and what asked for it is done."""
    draft = Draft(rows, day, f"send/{plan.claim}")
    note_sent(draft, plan)
    return draft.decision()


def note_sent(draft: Draft, plan: Plan) -> None:
    """Note on a work sheet that a version left."""
    state = draft.claim(plan.claim)
    draft.set_claim(
        plan.claim,
        stage=Stage.TRANSMITTED,
        owner=Owner.PAYER,
        version=plan.version,
        number=plan.claim_number,
        numbers=(*state.numbers, plan.claim_number),
        planned=None,
        in_flight=plan.kind,
        forwarded_until=None,
    )
    done = ("rejection_resolution", "secondary_ready", "crossover_late")
    for kind in done:
        draft.close_item(kind, plan.claim)
    if plan.kind in _CORRECTIONS:
        draft.close_item("denial_resolution", plan.claim)
        draft.open_item(WorkItem(kind="claim_follow_up", subject=plan.claim, owner=Owner.PAYER))


def acknowledge(rows: Rows, facts: Iterable[ClaimAcknowledgement], day: date) -> Decision:
    """Move claims by acknowledgements of their current versions; late ones change nothing.

    Why: acknowledgements arrive in any order, and a rejection is no denial: the claim never
    entered adjudication, so there is no money, no denial case and no replacement.
    """
    draft = Draft(rows, day, "ack")
    by_number = {state.number: ref for ref, state in rows.claims.items() if state.number}
    for fact in facts:
        claim = by_number.get(fact.claim_number)
        if claim is None:
            continue
        state = draft.claim(claim)
        numbers = state.payer_control_numbers
        if fact.payer_control_number and fact.payer_control_number not in numbers:
            # A candidate until an adjudication confirms it, so it stands before those.
            draft.set_claim(claim, payer_control_numbers=(fact.payer_control_number, *numbers))
        stage = stage_after_acknowledgement(state.stage, fact.stage)
        if stage == state.stage:
            continue
        draft.close_item("no_ack", claim)
        if stage in REJECTED:
            again = state.in_flight if state.in_flight in _CORRECTIONS else state.planned
            draft.set_claim(claim, stage=stage, owner=Owner.US, in_flight=None, planned=again)
            draft.close_item("claim_follow_up", claim)
            draft.open_item(WorkItem(kind="rejection_resolution", subject=claim))
        else:
            draft.set_claim(claim, stage=stage, owner=Owner.PAYER)
    return draft.decision()


def claim_corrected(rows: Rows, claim: Ref, day: date) -> Decision:
    """Note that a rejected claim was mended and may be sent again."""
    draft = Draft(rows, day, f"mend/{claim}")
    state = draft.claim(claim)
    if state.stage not in REJECTED | {Stage.READY, Stage.SCRUB_HOLD, Stage.DRAFT}:
        refuse("wrong_stage", "only a claim that is with us can be changed")
    draft.set_claim(claim, stage=Stage.READY, owner=Owner.US)
    return draft.decision()


def claim_hold(rows: Rows, claim: Ref, kind: str, day: date) -> Decision:
    """Hold a claim back from being sent, for a named reason such as `credentialing`."""
    draft = Draft(rows, day, f"hold/{claim}")
    draft.claim(claim)
    draft.hold(kind, claim, "submission")
    return draft.decision()


def claim_release(rows: Rows, claim: Ref, kind: str, day: date) -> Decision:
    """Lift a hold of a claim."""
    draft = Draft(rows, day, f"hold/{claim}")
    draft.lift(kind, claim, "submission")
    return draft.decision()


_RINGS_IN: dict[str, frozenset[Stage]] = {
    "crossover_late": frozenset({Stage.FORWARDED}),
    "no_ack": IN_FLIGHT - {Stage.ACCEPTED_PAYER, Stage.PENDING},
    "era_silence": IN_FLIGHT,
    "timely_filing_risk": frozenset({Stage.DRAFT, Stage.READY, Stage.SCRUB_HOLD}) | REJECTED,
}


def timer_due(rows: Rows, kind: str, claim: Ref, day: date) -> Decision:
    """Let a timer ring: what it waited for has not come, so somebody of ours has to look.

    Raises:
        Refusal: `timer_not_due`: it is not the day, or what it waited for has come.
    """
    draft = Draft(rows, day, f"timer/{claim}")
    timer = rows.timers.get((kind, claim))
    is_early = timer is not None and (not timer.is_active or day < timer.due)
    if is_early or draft.claim(claim).stage not in _RINGS_IN.get(kind, frozenset()):
        refuse("timer_not_due", "this timer does not ring now")
    if timer is not None:
        draft.changed.timers[kind, claim] = msgspec.structs.replace(timer, is_active=False)
    draft.open_item(WorkItem(kind=kind, subject=claim))
    draft.set_claim(claim, owner=Owner.US)
    return draft.decision()


def remittance_without_money(rows: Rows, remittance: Ref, day: date) -> Decision:
    """Tell a person that the money of a posted remittance has not come in time."""
    draft = Draft(rows, day, f"timer/{remittance}")
    if rows.remittances[remittance].status != "posted_awaiting_eft":
        refuse("timer_not_due", "this remittance does not wait for money")
    draft.open_item(WorkItem(kind="unmatched_era", subject=remittance, about="remittance"))
    return draft.decision()


def prior_adjudications(
    payer_id: str, earlier: Iterable[Adjudication]
) -> tuple[PriorAdjudication | None, dict[Ref, LineAdjudication]]:
    """Say what an earlier payer decided, for the claim to the next one.

    Why: the next payer is told what the earlier one said, from the stored adjudications; net
    balances would lose the reasons.

    Args:
        payer_id: The earlier payer's identifier on the claim.
        earlier: That payer's adjudications; reversed ones and reversals are left out.

    Returns:
        The decision on the claim, and by our line; None and empty where there is none.
    """
    standing = [one for one in earlier if not one.reversed_by]
    if not standing:
        return None, {}
    last = standing[-1]
    whole = PriorAdjudication(
        payer_id=payer_id,
        paid_cents=sum(one.remit.paid_cents for one in standing),
        adjustments=tuple(
            Adjustment(group_code=c.group, reason_code=c.carc, amount_cents=c.amount_cents)
            for one in standing
            for c in one.remit.adjustments
        ),
        payer_control_number=last.remit.payer_control_number,
        paid_date=last.payment_date,
    )
    lines = {
        item.line: LineAdjudication(
            payer_id=payer_id,
            paid_cents=item.remit.paid_cents,
            procedure_code=item.remit.procedure_code,
            modifiers=item.remit.modifiers,
            units=item.remit.units,
            adjustments=tuple(
                Adjustment(group_code=c.group, reason_code=c.carc, amount_cents=c.amount_cents)
                for c in item.remit.adjustments
            ),
            paid_date=one.payment_date,
        )
        for one in standing
        for item in one.lines
    }
    return whole, lines
