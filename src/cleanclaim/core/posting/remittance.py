"""A remittance from arrival to posted: identity, balance, groups of claims, what is left.

Large remittances are posted in batches: `remittance_receive` once, `groups_of` once, then
`groups_post` for as many groups as a transaction holds (no group looks at another), and at the
end `remittance_close`. `remittance_post` does all of it at once for small ones.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from cleanclaim.core.claim.stages import IN_FLIGHT, Owner, Stage
from cleanclaim.core.ledger import Ref
from cleanclaim.core.ledger.makers import suspense
from cleanclaim.core.posting.claims import (
    Header,
    Step,
    adjudicate,
    back_period_of,
    reverse,
    reversed_adjudication,
)
from cleanclaim.core.posting.draft import Decision, Draft, refuse
from cleanclaim.core.posting.index import Group, Index
from cleanclaim.core.posting.matching import claim_match
from cleanclaim.core.posting.plb import plbs_post
from cleanclaim.core.posting.settle import claim_settle, credit_check, prepayments_allocate
from cleanclaim.core.posting.state import (
    Adjudication,
    ClaimState,
    Parked,
    Policy,
    RemittanceState,
    Rows,
    WorkItem,
)
from cleanclaim.core.remit import (
    RemitClaim,
    Remittance,
    remittance_digest,
    remittance_imbalances,
)

_NOT_ADJUDICATED = frozenset({"23", "25"})


def header_of(remittance: Ref, content: Remittance, payer: Ref | None) -> Header:
    """Give what the claims of a remittance need to know of it."""
    return Header(
        remittance=remittance,
        trace=content.trace,
        payer=payer,
        payment_date=content.payment_date,
    )


def remittance_receive(
    rows: Rows,
    remittance: Ref,
    content: Remittance,
    payer: Ref | None,
    policy: Policy,
    day: date,
) -> Decision:
    """Decide whether a remittance that arrived is new, adds up, and may be posted.

    Why: one payment is one trace. The same content again is done already; other content under
    the same trace, and sums that do not hold, wait for a person.

    Returns:
        A decision without entries; `to_post` names the remittance if it may be posted now.
    """
    draft = Draft(rows, day, str(remittance), policy)
    digest = remittance_digest(content)
    same = [
        one
        for one in rows.remittances.values()
        if one.key == content.key and one.remittance != remittance
    ]
    state = RemittanceState(
        remittance=remittance,
        key=content.key,
        digest=digest,
        status="",
        amount_cents=content.amount_cents,
        is_without_money=content.is_without_money,
        content=content,
    )
    twin = next((one for one in same if one.digest == digest), None)
    if twin is not None:
        status = f"duplicate_of:{twin.remittance}"
    elif remittance_imbalances(content):
        status = "out_of_balance"
        draft.open_item(_about_remittance("remit_unbalanced", remittance))
        for claim, _ in _claims_named(content, payer, rows):
            if claim.stage in IN_FLIGHT:
                draft.set_claim(claim.claim, owner=Owner.US)
    elif any(one.is_posted for one in same):
        status = "parked_trace_conflict"
        draft.open_item(_about_remittance("posting_exception", remittance))
    elif same:
        status = "balanced_awaiting_decision"
        draft.open_item(_about_remittance("posting_exception", remittance))
    elif not (policy.post_before_eft_match or _has_money(rows, content)):
        status = "awaiting_eft"
    else:
        status = "posting"
        draft.to_post.append(remittance)
    if status in ("out_of_balance", "balanced_awaiting_decision"):
        draft.deposit_wait(rows.deposits.get(content.trace))
    draft.changed.remittances[remittance] = msgspec.structs.replace(state, status=status)
    return draft.decision()


def _has_money(rows: Rows, content: Remittance) -> bool:
    deposit = rows.deposits.get(content.trace)
    return content.is_without_money or (
        deposit is not None and deposit.amount_cents == content.amount_cents
    )


def _about_remittance(kind: str, remittance: Ref) -> WorkItem:
    return WorkItem(kind=kind, subject=remittance, about="remittance")


def _claims_named(
    content: Remittance, payer: Ref | None, rows: Rows
) -> list[tuple[ClaimState, str]]:
    near = _Near(list(rows.claims.values()))
    found = (claim_match(remit, payer, near(remit)) for remit in content.claims)
    return [(claim, words) for claim, words in found if claim is not None]


def groups_of(content: Remittance, payer: Ref | None, claims: Sequence[ClaimState]) -> list[Group]:
    """Split the claims of a remittance into groups that do not look at each other."""
    near = _Near(claims)
    parts: dict[object, list[tuple[RemitClaim, Ref | None, str]]] = {}
    patients: dict[object, Ref | None] = {}
    for remit in content.claims:
        claim, words = claim_match(remit, payer, near(remit))
        key = ("patient", claim.patient) if claim else ("alone", remit.claim_number)
        parts.setdefault(key, []).append((remit, claim.claim if claim else None, words))
        patients[key] = claim.patient if claim else None
    return [Group(patient=patients[key], parts=tuple(part)) for key, part in parts.items()]


class _Near:
    """Claims by every number that could name them, so that matching does not scan."""

    def __init__(self, claims: Sequence[ClaimState]) -> None:
        self.by_id = {claim.claim: claim for claim in claims}
        self.by_number: dict[str, list[ClaimState]] = {}
        for claim in claims:
            for number in (*claim.numbers, *claim.payer_control_numbers):
                self.by_number.setdefault(number, []).append(claim)

    def __call__(self, remit: RemitClaim) -> list[ClaimState]:
        """Give the candidates for one claim of a remittance."""
        found: dict[Ref, ClaimState] = {}
        for number in (remit.claim_number, remit.payer_control_number):
            for claim in self.by_number.get(number, ()):
                step: ClaimState | None = claim
                while step is not None and step.claim not in found:
                    found[step.claim] = step
                    step = self.by_id.get(step.next_claim) if step.next_claim else None
        return list(found.values())


def groups_post(
    rows: Rows, head: Header, groups: Sequence[Group], policy: Policy, day: date
) -> Decision:
    """Post many groups of a remittance; ten times the groups take ten times the time.

    Args:
        rows: What `group_post` asks for, of all the groups together.
    """
    index = Index(rows)
    return decisions_join(group_post(index.of(group), head, group, policy, day) for group in groups)


def group_post(rows: Rows, head: Header, group: Group, policy: Policy, day: date) -> Decision:
    """Post one group of claims of a remittance.

    Args:
        rows: At least: the group's claims and those at their next payers, the adjudications of
            claims that are reversed, the patient, their open work items and holds.
    """
    draft = Draft(rows, day, f"{head.remittance}", policy)
    steps: dict[Ref, list[Step]] = {}
    back = _back_periods(draft, group)
    for remit, claim, words in _in_order(draft, group):
        if claim is None or remit.status_code in _NOT_ADJUDICATED:
            _park_claim(draft, head, remit)
            continue
        if draft.claim(claim).stage == Stage.DRAFT:
            # Nothing of it was ever asked of this payer: the payer before has not answered.
            _park_claim(draft, head, remit, claim)
            continue
        step = Step(
            head=head,
            claim=claim,
            remit=remit,
            source=head.source,
            back_period=back.get(claim, ""),
        )
        if words != "CLP01":
            draft.matched_by["claim"] = words
        if remit.is_reversal:
            earlier = reversed_adjudication(remit, _standing(draft, claim))
            if earlier is None:
                _park_claim(draft, head, remit, claim)
                continue
            reverse(draft, step, earlier)
        else:
            adjudicate(draft, step)
        steps.setdefault(claim, []).append(step)
    if policy.auto_allocate_prepayments and group.patient is not None:
        prepayments_allocate(draft, group.patient)
    for done in steps.values():
        claim_settle(draft, done)
    if group.patient is not None and steps:
        credit_check(draft, group.patient)
    return draft.decision()


def _in_order(draft: Draft, group: Group) -> list[tuple[RemitClaim, Ref | None, str]]:
    """Put reversals of what is posted already first, so that corrections find open lines."""

    def is_later(part: tuple[RemitClaim, Ref | None, str]) -> bool:
        remit, claim, _ = part
        if claim is None or not remit.is_reversal:
            return True
        return reversed_adjudication(remit, _standing(draft, claim)) is None

    return sorted(group.parts, key=is_later)


def _standing(draft: Draft, claim: Ref) -> list[Adjudication]:
    every = {**draft.given.adjudications, **draft.changed.adjudications}
    return [item for item in every.values() if item.claim == claim]


def _back_periods(draft: Draft, group: Group) -> dict[Ref, str]:
    """Closed periods that reversals speak of; the correction beside one speaks of the same."""
    out: dict[Ref, str] = {}
    for remit, claim, _ in group.parts:
        if claim is not None and remit.is_reversal:
            earlier = reversed_adjudication(remit, _standing(draft, claim))
            if earlier is not None:
                out[claim] = back_period_of(draft, earlier)
    return out


def _park_claim(draft: Draft, head: Header, remit: RemitClaim, claim: Ref | None = None) -> None:
    """Park a claim of a remittance that has no place: its money in 1190, a person told."""
    name = f"{head.remittance}/{remit.claim_number or remit.payer_control_number}"
    if name in draft.changed.parked:  # the payer names it twice in one file
        name += f"/clp{remit.ordinal}"
    if remit.paid_cents:
        draft.post(suspense(head.source, remit.paid_cents, name), f"/c{remit.ordinal}")
    draft.changed.parked[name] = Parked(
        name=name,
        remittance=head.remittance,
        payer=head.payer,
        amount_cents=remit.paid_cents,
        payment_date=head.payment_date,
        remit=remit,
        claim=claim,
    )
    draft.open_item(WorkItem(kind="posting_exception", subject=name, about="parked", claim=claim))


def remittance_close(
    rows: Rows, head: Header, content: Remittance, policy: Policy, day: date
) -> Decision:
    """Post the provider-level adjustments and say where the remittance stands now.

    Args:
        rows: As after all groups: its parked parts, its deposit if the money came first,
            claims, refunds and open amounts that the adjustments name, and the remittances
            whose parked parts a reversal gave back.
    """
    draft = Draft(rows, day, str(head.remittance), policy)
    plbs_post(draft, head, content)
    remittances_restate(draft, head.remittance)
    return draft.decision()


def remittances_restate(draft: Draft, remittance: Ref) -> None:
    """Say where a remittance stands, and those whose parked parts a reversal gave back."""
    remittance_restate(draft, remittance)
    for other in draft.given.remittances.values():
        if other.status == "partially_posted" and other.remittance != remittance:
            remittance_restate(draft, other.remittance)


def remittance_restate(draft: Draft, remittance: Ref) -> None:
    """Say where a posted remittance stands, by its parked parts and its bank money."""
    rows = draft.given
    state = draft.changed.remittances.get(remittance) or rows.remittances[remittance]
    every = {**rows.parked, **draft.changed.parked}
    parked = sum(one.is_open for one in every.values() if one.remittance == remittance)
    trace = state.key[1]
    deposit = draft.changed.deposits.get(trace) or rows.deposits.get(trace)
    came = deposit is not None and deposit.amount_cents == state.amount_cents
    if parked:
        status = "partially_posted"
    elif state.is_without_money or came:
        status = "closed"
    else:
        status = "posted_awaiting_eft"
    if deposit is not None and came and deposit.status != "reconciled":
        draft.changed.deposits[trace] = msgspec.structs.replace(deposit, status="reconciled")
        draft.close_item("unmatched_eft", deposit.name)
    draft.close_item("unmatched_era", remittance)
    draft.changed.remittances[remittance] = msgspec.structs.replace(
        state, status=status, parked=parked, content=state.content if parked else None
    )


def remittance_post(
    rows: Rows, remittance: Ref, payer: Ref | None, policy: Policy, day: date
) -> Decision:
    """Post a whole remittance at once.

    Raises:
        Refusal: `already_posted`, or `not_kept` where its content is gone.
    """
    state = rows.remittances[remittance]
    content = state.content
    if state.is_posted:
        refuse("already_posted", "this remittance is posted")
    if content is None:
        refuse("not_kept", "the content of this remittance is gone")
    head = header_of(remittance, content, payer)
    groups = groups_of(content, payer, list(rows.claims.values()))
    claims = groups_post(rows, head, groups, policy, day)
    after = msgspec.structs.replace(
        rows, **{name: dict(getattr(rows, name)) for name in rows.__struct_fields__}
    )
    after.merge(claims.rows)
    return decisions_join([claims, remittance_close(after, head, content, policy, day)])


def decisions_join(decisions: Iterable[Decision]) -> Decision:
    """Put decisions that followed each other into one."""
    rows = Rows()
    matched: dict[Ref, str] = {}
    lists: dict[str, list[Any]] = {
        name: []
        for name in ("entries", "opened", "closed", "denials", "unposted", "shares", "to_post")
    }
    for one in decisions:
        rows.merge(one.rows)
        matched.update(one.matched_by)
        for name, values in lists.items():
            values.extend(getattr(one, name))
    joined = {name: tuple(values) for name, values in lists.items()}
    return Decision(rows=rows, matched_by=matched, **joined)


def remittances_supersede(rows: Rows, old: Ref, new: Ref, day: date) -> Decision:
    """Let a corrected remittance take the place of one that was never posted."""
    draft = Draft(rows, day, f"{new}")
    first, second = rows.remittances[old], rows.remittances[new]
    if first.is_posted or second.is_posted or first.key != second.key:
        refuse("not_superseding", "only a remittance that was never posted can be superseded")
    draft.changed.remittances[old] = msgspec.structs.replace(
        first, status=f"superseded_by:{new}", content=None
    )
    draft.changed.remittances[new] = msgspec.structs.replace(second, status="posting")
    for kind in ("remit_unbalanced", "posting_exception"):
        draft.close_item(kind, old)
        draft.close_item(kind, new)
    draft.to_post.append(new)
    return draft.decision()


def remittance_drop(rows: Rows, remittance: Ref, day: date) -> Decision:
    """Close a parked remittance as the payer's error; it is never posted."""
    draft = Draft(rows, day, f"{remittance}")
    state = rows.remittances[remittance]
    if state.is_posted:
        refuse("already_posted", "this remittance is posted")
    draft.changed.remittances[remittance] = msgspec.structs.replace(
        state, status="closed_not_posted", content=None
    )
    for kind in ("remit_unbalanced", "posting_exception"):
        draft.close_item(kind, remittance)
    named = _claims_named(state.content, None, rows) if state.content else []
    for claim, _ in named:
        if claim.stage in IN_FLIGHT and not draft.items_of(claim.claim):
            draft.set_claim(claim.claim, owner=Owner.PAYER)
    return draft.decision()
