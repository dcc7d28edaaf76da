"""Where a claim stands after its money moved: stage, outcome, owner, and what is left to do."""

from collections.abc import Sequence
from datetime import timedelta

from cleanclaim.core.claim.stages import LineOutcome, Outcome, Owner, Stage, SubmissionKind
from cleanclaim.core.ledger import Ref
from cleanclaim.core.ledger.makers import Place, allocate_prepayment
from cleanclaim.core.posting.claims import Step
from cleanclaim.core.posting.draft import Draft
from cleanclaim.core.posting.matching import claim_outcome
from cleanclaim.core.posting.state import ClaimState, Timer, WorkItem
from cleanclaim.core.remit import Denial, RemitLine, is_denial
from cleanclaim.core.remit.denials import DUPLICATE

_DECIDED = frozenset({Outcome.PAID, Outcome.PARTIALLY_PAID, Outcome.PR_ONLY, Outcome.FORWARDED})
_DONE = frozenset({Stage.CLOSED, Stage.VOIDED, Stage.DRAFT})


def closed_owner(claim: ClaimState) -> Owner:
    """Say who acts next on a claim that is settled at its payer."""
    if claim.patient_cents > 0:
        return Owner.PATIENT
    return Owner.US if claim.patient_cents < 0 else Owner.NONE


def restage(draft: Draft, claim: Ref, open_stage: Stage = Stage.ADJUDICATED) -> None:
    """Close an adjudicated claim if nothing is open on it, else say who has to act."""
    state = draft.claim(claim)
    items = draft.items_of(claim)
    if not items and not any(line.balance_cents for line in state.lines):
        draft.set_claim(claim, stage=Stage.CLOSED, owner=closed_owner(state))
        return
    waits = state.balance_cents > 0 and all(item.owner == Owner.PAYER for item in items)
    draft.set_claim(claim, stage=open_stage, owner=Owner.PAYER if waits else Owner.US)


def reowner(draft: Draft, claims: Sequence[Ref]) -> None:
    """Say anew who acts next on settled claims whose patient balance moved."""
    for claim in claims:
        state = draft.claim(claim)
        if state.stage == Stage.CLOSED:
            draft.set_claim(claim, owner=closed_owner(state))


def patient_places(draft: Draft, patient: Ref) -> list[tuple[Place, int]]:
    """List what a patient owes, oldest day of service first, then in line order."""
    due = [
        (line.service_date, line.order, claim.rank, claim.place(line), line.patient_cents)
        for claim in draft.claims().values()
        if claim.patient == patient
        for line in claim.lines
        if line.patient_cents > 0
    ]
    due += [
        (
            line.service_date,
            line.order,
            0,
            Place(None, None, 0, line.line, line.provider, patient),
            line.patient_cents,
        )
        for line in draft.patient(patient).lines
        if line.patient_cents > 0
    ]
    due.sort(key=lambda item: item[:3])
    return [(place, cents) for _, _, _, place, cents in due]


def prepayments_allocate(draft: Draft, patient: Ref, limit_cents: int | None = None) -> int:
    """Move a patient's unapplied money onto what is owed; gives what could not be placed."""
    left = draft.patient(patient).unapplied_cents
    if limit_cents is not None:
        left = min(left, limit_cents)
    for place, due in patient_places(draft, patient):
        cents = min(left, due)
        if cents > 0:
            draft.post(allocate_prepayment(cents, place), f"/pre-{place.line}")
            left -= cents
    return left


def credit_check(draft: Draft, patient: Ref) -> None:
    """Open a work item where a patient has a credit that nothing pending may still use."""
    claims = [claim for claim in draft.claims().values() if claim.patient == patient]
    credit = any(claim.patient_cents < 0 for claim in claims)
    credit = credit and not draft.is_held(patient, "refunds")
    spare = (
        draft.patient(patient).unapplied_cents > 0
        and any(claim.stage == Stage.CLOSED for claim in claims)
        and all(claim.stage in _DONE for claim in claims)
        and sum(claim.patient_cents for claim in claims) <= 0
    )
    if credit or spare:
        draft.open_item(WorkItem(kind="credit_balance", subject=patient, about="patient"))


# --- after the claims of a remittance are posted


def _settle_next(draft: Draft, step: Step) -> None:
    """Put the claim at the next payer where the transfers have left it."""
    claim = draft.claim(step.claim)
    if claim.next_claim is None:
        return
    other = draft.claim(claim.next_claim)
    ref = other.claim
    if not any(line.balance_cents for line in other.lines):
        if other.stage in (Stage.SECONDARY_READY, Stage.FORWARDED) and not other.version:
            draft.set_claim(ref, stage=Stage.DRAFT, owner=Owner.US, forwarded_until=None)
            draft.close_item("secondary_ready", ref)
            _drop_timer(draft, ref)
        elif other.stage in (Stage.ADJUDICATED, Stage.REOPENED):
            restage(draft, ref, other.stage)
    elif other.stage == Stage.DRAFT and step.remit.is_forwarded:
        until = step.head.payment_date + timedelta(draft.policy.crossover_wait_days)
        draft.set_claim(ref, stage=Stage.FORWARDED, owner=Owner.PAYER, forwarded_until=until)
        draft.changed.timers["crossover_late", ref] = Timer(
            kind="crossover_late", claim=ref, due=until
        )
    elif other.stage == Stage.DRAFT:
        draft.set_claim(ref, stage=Stage.SECONDARY_READY, owner=Owner.US)
        draft.open_item(WorkItem(kind="secondary_ready", subject=ref))
    elif other.stage == Stage.CLOSED:
        is_credit = any(line.balance_cents < 0 for line in other.lines)
        kind = "overpayment" if is_credit else "secondary_ready"
        draft.open_item(WorkItem(kind=kind, subject=ref))
        draft.set_claim(ref, stage=Stage.REOPENED, owner=Owner.US)


def claim_settle(draft: Draft, steps: Sequence[Step]) -> None:
    """Put one claim where the adjudications of one remittance leave it."""
    claim = draft.claim(steps[-1].claim)
    _settle_next(draft, steps[-1])
    said = [step for step in steps if not step.remit.is_reversal]
    if not said:
        _settle_reversal(draft, claim)
    elif _is_duplicate(claim, said):
        _settle_duplicate(draft, claim)
    else:
        _settle_adjudication(draft, claim, said, is_correction=len(said) < len(steps))


def _settle_adjudication(
    draft: Draft, claim: ClaimState, said: Sequence[Step], *, is_correction: bool
) -> None:
    ref, last = claim.claim, said[-1].remit
    answered = is_correction or last.claim_number in ("", claim.number) or not claim.version
    denials = [denial for step in said for denial in step.denials]
    numbers = dict.fromkeys(claim.payer_control_numbers)
    for step in said:
        numbers.pop(step.remit.payer_control_number, None)
        numbers[step.remit.payer_control_number] = None
    numbers.pop("", None)
    draft.set_claim(
        ref,
        outcome=claim_outcome(
            draft.claim(ref),
            is_forwarded=last.is_forwarded,
            has_denial=bool(denials),
        ),
        in_flight=None if answered else claim.in_flight,
        planned=None if answered else claim.planned,
        payer_control_numbers=tuple(numbers),
        first_adjudicated=claim.first_adjudicated or draft.day,
    )
    waits = ("crossover_late", "no_ack", "era_silence", "reversal_without_correction")
    for kind in (*waits, *(["claim_follow_up"] if answered else [])):
        draft.close_item(kind, ref)
    _drop_timer(draft, ref)
    if not denials:
        draft.lift("reversal_without_correction", claim.patient, "refunds")
    elif draft.claim(ref).patient_cents < 0:
        draft.hold("reversal_without_correction", claim.patient, "refunds")
    _settle_items(draft, ref, said, denials)
    restage(draft, ref)
    if not answered and claim.in_flight and draft.claim(ref).stage != Stage.CLOSED:
        draft.set_claim(ref, stage=claim.stage, owner=Owner.PAYER)


def _drop_timer(draft: Draft, claim: Ref) -> None:
    key = ("crossover_late", claim)
    timer = draft.changed.timers.get(key) or draft.given.timers.get(key)
    if timer and timer.is_active:
        draft.changed.timers[key] = type(timer)(
            kind=timer.kind, claim=claim, due=timer.due, is_active=False
        )


def _settle_reversal(draft: Draft, claim: ClaimState) -> None:
    outcome = claim_outcome(claim, is_forwarded=False, has_denial=False)
    if claim.in_flight == SubmissionKind.VOID:
        draft.close_item("claim_follow_up", claim.claim)
        draft.set_claim(
            claim.claim,
            stage=Stage.ADJUDICATED,
            outcome=outcome,
            owner=Owner.US,
            in_flight=None,
            planned=SubmissionKind.VOID,
        )
        return
    waits = claim.in_flight == SubmissionKind.REPLACEMENT
    owner = Owner.PAYER if waits else Owner.US
    draft.set_claim(claim.claim, stage=Stage.REOPENED, outcome=outcome, owner=owner)
    draft.open_item(WorkItem(kind="reversal_without_correction", subject=claim.claim, owner=owner))
    draft.hold("reversal_without_correction", claim.patient, "refunds")


def _is_duplicate(claim: ClaimState, said: Sequence[Step]) -> bool:
    """Say whether the payer only says that it has decided this claim before, and it has."""
    denials = [denial for step in said for denial in step.denials]
    only = all(denial.carc == DUPLICATE for denial in denials)
    is_silent = not any(step.entries for step in said)
    return bool(denials) and only and is_silent and claim.outcome in _DECIDED


def _settle_duplicate(draft: Draft, claim: ClaimState) -> None:
    """A duplicate of a paid claim closes by itself: it changes neither money nor outcome."""
    if claim.in_flight is not None:
        draft.close_item("claim_follow_up", claim.claim)
        draft.set_claim(claim.claim, in_flight=None)
        restage(draft, claim.claim)


def _settle_items(
    draft: Draft, claim: Ref, said: Sequence[Step], denials: Sequence[Denial]
) -> None:
    if denials:
        draft.denials.extend(denials)
        draft.open_item(WorkItem(kind="denial_resolution", subject=claim))
    else:
        draft.close_item("denial_resolution", claim)
    for step in said:
        if step.unknown or step.unposted:
            name, about = step.name, "adjudication"
            draft.open_item(
                WorkItem(kind="posting_exception", subject=name, about=about, claim=claim)
            )
    over = any(line.balance_cents < 0 for line in draft.claim(claim).lines)
    under = False
    if draft.claim(claim).rank == 1:
        for difference in [d for step in said for d in _contract_differences(draft, step)]:
            over = over or difference > 0
            under = under or difference < 0
    for kind, holds in (("overpayment", over), ("underpayment", under)):
        if holds:
            draft.open_item(WorkItem(kind=kind, subject=claim))
        else:
            draft.close_item(kind, claim)


def _contract_differences(draft: Draft, step: Step) -> list[int]:
    """Allowed minus contract of each line that was paid or left to the patient."""
    out = []
    named = {line.number: line for line in draft.claim(step.claim).lines}
    adjudication = draft.changed.adjudications[f"{step.head.remittance}/c{step.remit.ordinal}"]
    states = {line.line: line for line in named.values()}
    for item in adjudication.lines:
        line = states[item.line]
        settled = line.outcome in (LineOutcome.PAID, LineOutcome.PR_ONLY)
        denied = any(is_denial(cas.group, cas.carc) for cas in item.remit.adjustments)
        if line.expected_cents is not None and settled and not denied:
            out.append(allowed_cents(item.remit) - line.expected_cents)
    return out


def allowed_cents(remit: RemitLine) -> int:
    """Compute what a payer allowed on a line: paid, left to the patient, and sequestered."""
    return remit.paid_cents + sum(
        item.amount_cents for item in remit.adjustments if item.group == "PR" or item.carc == "253"
    )
