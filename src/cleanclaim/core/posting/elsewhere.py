"""Claims that another system began: what earlier payers paid there, and what was sent there."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from cleanclaim.core.claim import Adjustment, Claim, LineAdjudication
from cleanclaim.core.claim.stages import Owner, Stage, SubmissionKind
from cleanclaim.core.ledger import Account, Ref
from cleanclaim.core.ledger.makers import Source, bank_eft, to_next_payer
from cleanclaim.core.posting.claims import Header, Step, adjudicate
from cleanclaim.core.posting.draft import Decision, Draft
from cleanclaim.core.posting.matching import claim_outcome
from cleanclaim.core.posting.state import Rows
from cleanclaim.core.posting.submission import Plan, note_sent
from cleanclaim.core.remit import Cas, RemitClaim, RemitLine

_REPLACEMENT = "7"
_LEFT_OVER = "elsewhere"


def foreign_take(
    rows: Rows, claims: Sequence[Ref], foreign: Claim, day: date, *, is_sent: bool
) -> Decision:
    """Put the claims of a foreign visit where the other system left them.

    What earlier payers decided there is posted to their claims, which are closed; the payment is
    money that the practice has had. The whole rest is asked of the payer that the claim names.

    Args:
        rows: The visit's claims, charged to the first payer.
        claims: Their ids by rank.
        foreign: The claim as it came in.
        day: Posting day.
        is_sent: The other system has sent it; answers will name its number.
    """
    draft = Draft(rows, day, f"{_LEFT_OVER}/{claims[0]}")
    at = foreign.payer_rank - 1
    for earlier, following in pairwise(claims[: at + 1]):
        _settle(draft, earlier, following, foreign)
    is_replacement = foreign.frequency_code == _REPLACEMENT
    numbers = (foreign.payer_control_number,) if is_replacement else ()
    planned = SubmissionKind.REPLACEMENT if is_replacement else None
    draft.set_claim(
        claims[at],
        stage=Stage.READY,
        owner=Owner.US,
        planned=planned,
        payer_control_numbers=numbers,
    )
    if is_sent:
        note_sent(draft, sent_plan(claims[at], foreign))
    return draft.decision()


def sent_plan(claim: Ref, foreign: Claim) -> Plan:
    """Name the version that the other system sent."""
    if foreign.frequency_code == _REPLACEMENT:
        kind = SubmissionKind.REPLACEMENT
    else:
        kind = SubmissionKind.ORIGINAL if foreign.payer_rank == 1 else SubmissionKind.SECONDARY
    return Plan(
        claim=claim,
        version=1,
        kind=kind,
        claim_number=foreign.claim_number,
        frequency_code=foreign.frequency_code,
        payer_control_number=foreign.payer_control_number,
    )


def _settle(draft: Draft, ref: Ref, following: Ref, foreign: Claim) -> None:
    """Post what one earlier payer decided, and close its claim."""
    state = draft.claim(ref)
    payer_id = state.payer_code
    trace = f"{_LEFT_OVER}/{ref}"
    head = Header(remittance=trace, trace=trace, payer=state.payer, payment_date=draft.day)
    source = Source(None, trace, payer=state.payer)
    step = Step(head=head, claim=ref, remit=remit_of(foreign, payer_id), source=source)
    adjudicate(draft, step)
    draft.changed.adjudications.clear()  # the foreign claim keeps it; no remittance said it here
    cents = sum(
        line.amount_cents
        for entry in step.entries
        for line in entry.lines
        if line.account == Account.EFT_CLEARING
    )
    if cents:
        draft.post(bank_eft(trace, cents))
    for line in draft.claim(ref).lines:
        if line.balance_cents:
            place = draft.claim(ref).place(line)
            target = draft.claim(following).place(line)
            draft.post(to_next_payer(place, target, _LEFT_OVER, line.balance_cents))
    settled = draft.claim(ref)
    outcome = claim_outcome(settled, is_forwarded=False, has_denial=False)
    draft.set_claim(ref, stage=Stage.CLOSED, owner=Owner.NONE, outcome=outcome)


def remit_of(foreign: Claim, payer_id: str) -> RemitClaim:
    """Read what a claim says an earlier payer decided as that payer's own remittance says it."""
    whole = next((one for one in foreign.prior_adjudications if one.payer_id == payer_id), None)
    said = [
        (line, one)
        for line in foreign.lines
        for one in line.adjudications
        if one.payer_id == payer_id
    ]
    lines = tuple(
        RemitLine(
            ordinal=at,
            procedure_code=one.procedure_code,
            modifiers=one.modifiers,
            charge_cents=line.charge_cents,
            paid_cents=one.paid_cents,
            units=one.units,
            line_number=line.line_number,
            service_date=line.service_date,
            adjustments=_cuts(one),
        )
        for at, (line, one) in enumerate(said, 1)
    )
    return RemitClaim(
        ordinal=1,
        claim_number=foreign.claim_number,
        status_code="1",
        charge_cents=foreign.charge_cents,
        paid_cents=whole.paid_cents if whole else sum(one.paid_cents for _, one in said),
        payer_control_number=whole.payer_control_number if whole else "",
        adjustments=tuple(map(_cut, whole.adjustments)) if whole else (),
        lines=lines,
    )


def _cuts(one: LineAdjudication) -> tuple[Cas, ...]:
    return tuple(map(_cut, one.adjustments))


def _cut(one: Adjustment) -> Cas:
    return Cas(one.group_code, one.reason_code, one.amount_cents, one.quantity)
