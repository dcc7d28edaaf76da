"""What one claim of a remittance posts: payment, adjustments, and where the rest goes.

The rules, in the order they are applied to a line: the payment posts in full; then what is the
patient's moves to the next payer or the patient; then ordinary adjustments. Neither of the last
two takes the line's balance at this payer below zero: what finds no balance is kept as
information and shown to a person. A denial and what an earlier payer caused post nothing.
"""

from collections.abc import Iterable
from datetime import date

import msgspec

from cleanclaim.core.claim.stages import LineOutcome
from cleanclaim.core.ledger import Entry, Ref, period_of
from cleanclaim.core.ledger.makers import (
    Source,
    mirror,
    payer_adjustment,
    payer_payment,
    reallocation,
    suspense,
    to_next_payer,
    to_patient,
)
from cleanclaim.core.posting.draft import Draft, Unposted
from cleanclaim.core.posting.matching import MANUAL, lines_match
from cleanclaim.core.posting.state import (
    AdjudicatedLine,
    Adjudication,
    ClaimState,
    LineState,
    Parked,
    WorkItem,
)
from cleanclaim.core.remit import (
    Cas,
    Denial,
    RemitClaim,
    RemitLine,
    field_of,
    is_denial,
    route_of,
)
from cleanclaim.core.remit.denials import (
    BUNDLING,
    CAPITATED,
    DUPLICATE,
    INFORMATIONAL,
    KNOWN_CARCS,
)
from cleanclaim.kernel.money import share_cents


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What the claims of a remittance need to know of it."""

    remittance: Ref
    trace: str
    payer: Ref | None
    payment_date: date

    @property
    def source(self) -> Source:
        """Say where its money comes from."""
        return Source(self.remittance, self.trace, payer=self.payer)


class Step(msgspec.Struct, kw_only=True):
    """One claim of a remittance while it is posted."""

    head: Header
    claim: Ref
    remit: RemitClaim
    source: Source
    back_period: str = ""
    entries: list[Entry] = msgspec.field(default_factory=list)
    denials: list[Denial] = msgspec.field(default_factory=list)
    unknown: bool = False
    unposted: bool = False

    @property
    def name(self) -> str:
        """Name it for people: remittance and the payer's or our number."""
        return (
            f"{self.head.remittance}/{self.remit.payer_control_number or self.remit.claim_number}"
        )


# --- lines


def post_line(draft: Draft, step: Step, line: Ref, remit: RemitLine, shares: Iterable[Cas]) -> None:
    """Post one matched line; `shares` are its parts of adjustments of the whole claim."""
    extra = tuple(shares)
    paid = remit.paid_cents - sum(item.amount_cents for item in extra)
    adjustments = [*remit.adjustments, *extra]
    if paid:
        place = draft.claim(step.claim).place(draft.line(step.claim, line))
        _post(draft, step, payer_payment(place, paid, step.source))
    for item in sorted(adjustments, key=lambda item: item.group != "PR"):
        _post_adjustment(draft, step, line, item, remit)
    outcome = line_outcome(paid, adjustments)
    if outcome is None and draft.line(step.claim, line).outcome == LineOutcome.NONE:
        outcome = LineOutcome.DENIED
    if outcome is not None:
        draft.set_line(step.claim, line, outcome=outcome)


def _post(draft: Draft, step: Step, entry: Entry) -> None:
    part = f"/c{step.remit.ordinal}"
    step.entries.append(draft.post(entry, part, step.back_period))


def _post_adjustment(draft: Draft, step: Step, line: Ref, item: Cas, remit: RemitLine) -> None:
    if item.carc not in KNOWN_CARCS:
        step.unknown = True
        return
    if (item.group, item.carc) == ("OA", "23") or not item.amount_cents:
        return
    if is_denial(item.group, item.carc):
        if item.carc not in INFORMATIONAL:
            step.denials.append(_denial(line, item, remit))
        return
    claim = draft.claim(step.claim)
    state = draft.line(step.claim, line)
    room = max(state.balance_cents, 0) if item.amount_cents > 0 else item.amount_cents
    cents = min(item.amount_cents, room)
    if item.amount_cents != cents:
        step.unposted = True
        draft.unposted.append(Unposted(line, item.reason, item.amount_cents - cents))
    if not cents:
        return
    place = claim.place(state)
    if item.group != "PR":
        _post(draft, step, payer_adjustment(place, item.group, item.carc, cents))
        return
    following = next_place(draft, claim, line)
    if following is not None:
        other, there = following
        target = other.place(there)
        _post(draft, step, to_next_payer(place, target, item.reason, cents))
    elif claim.bars_patient:
        step.unposted = True
        draft.unposted.append(Unposted(line, item.reason, cents))
    else:
        _post(draft, step, to_patient(place, item.reason, cents))


def next_place(draft: Draft, claim: ClaimState, line: Ref) -> tuple[ClaimState, LineState] | None:
    """Find the claim at the next payer that has this line."""
    if claim.next_claim is None:
        return None
    other = draft.claim(claim.next_claim)
    there = next((item for item in other.lines if item.line == line), None)
    return (other, there) if there else None


def _denial(line: Ref, item: Cas, remit: RemitLine) -> Denial:
    route = route_of(item.carc)
    return Denial(
        line=line,
        group=item.group,
        carc=item.carc,
        remarks=remit.remarks,
        field=field_of(remit.remarks),
        amount_cents=item.amount_cents,
        category=route.category,
        action=route.action,
    )


def line_outcome(paid_cents: int, adjustments: Iterable[Cas]) -> LineOutcome | None:
    """Say what the payer decided on a line; a duplicate decides nothing (None).

    >>> line_outcome(0, [Cas("PR", "1", 500)]).value, line_outcome(0, [Cas("CO", "16", 500)]).value
    ('pr_only', 'denied')
    """
    if paid_cents:
        return LineOutcome.PAID
    items = [item for item in adjustments if item.amount_cents]
    carcs = {item.carc for item in items}
    refused = {item.carc for item in items if is_denial(item.group, item.carc)}
    if refused == {DUPLICATE}:
        return None
    if refused - INFORMATIONAL:
        return LineOutcome.BUNDLED if refused <= BUNDLING else LineOutcome.DENIED
    if any(item.group == "PR" for item in items):
        return LineOutcome.PR_ONLY
    return LineOutcome.CAPITATED if carcs & CAPITATED else LineOutcome.INFORMATIONAL


# --- a claim that the payer adjudicated


def spread(remit: RemitClaim) -> list[list[Cas]]:
    """Spread the adjustments of a whole claim over its lines, to the cent.

    In proportion to what was paid on the lines, or to their charges where nothing was paid.
    """
    weights = [line.paid_cents for line in remit.lines]
    if not any(weights):
        weights = [line.charge_cents for line in remit.lines]
    out: list[list[Cas]] = [[] for _ in remit.lines]
    for item in remit.adjustments:
        for at, cents in enumerate(share_cents(item.amount_cents, weights)):
            if cents:
                out[at].append(Cas(item.group, item.carc, cents))
    return out


def with_lines(remit: RemitClaim, claim: ClaimState) -> RemitClaim:
    """Give a claim that was adjudicated as a whole the lines that it did not name."""
    if remit.lines:
        return remit
    ours = [line for line in claim.lines if not line.is_voided]
    weights = [line.charge_cents for line in ours]
    # Payments stand before the shares of the claim's own adjustments, as on the wire.
    gross = remit.paid_cents + sum(item.amount_cents for item in remit.adjustments)
    paid = share_cents(gross, weights)
    charged = share_cents(remit.charge_cents, weights)
    lines = tuple(
        RemitLine(
            ordinal=at,
            procedure_code=line.code,
            modifiers=line.modifiers,
            charge_cents=charged[at - 1],
            paid_cents=paid[at - 1],
            units=line.units,
            line_number=line.number,
            service_date=line.service_date,
        )
        for at, line in enumerate(ours, 1)
    )
    return msgspec.structs.replace(remit, lines=lines)


def adjudicate(draft: Draft, step: Step) -> None:
    """Post one adjudication of a claim and keep what the payer said."""
    claim = draft.claim(step.claim)
    step.remit = with_lines(step.remit, claim)
    remit = step.remit
    shares = spread(remit)
    lines: list[AdjudicatedLine] = []
    key = f"{step.head.remittance}/c{remit.ordinal}"
    for at, (ours, words) in enumerate(lines_match(claim, remit.lines)):
        theirs = remit.lines[at]
        if ours is None:
            _park_line(draft, step, theirs, shares[at], key)
            continue
        draft.matched_by[ours.line] = words
        draft.shares.extend((item.reason, ours.line, item.amount_cents) for item in shares[at])
        lines.append(AdjudicatedLine(line=ours.line, remit=theirs, matched_by=words))
        post_line(draft, step, ours.line, theirs, shares[at])
    _reallocate(draft, step)
    draft.changed.adjudications[key] = Adjudication(
        key=key,
        remittance=step.head.remittance,
        claim=step.claim,
        payment_date=step.head.payment_date,
        posted_on=draft.day,
        remit=msgspec.structs.replace(remit, lines=()),
        lines=tuple(lines),
        entries=tuple(step.entries),
    )


def _park_line(draft: Draft, step: Step, theirs: RemitLine, extra: list[Cas], key: str) -> None:
    name = f"{step.head.remittance}/{step.remit.claim_number}/svc{theirs.ordinal}"
    draft.matched_by[name.split("/", 1)[1]] = MANUAL
    if name in draft.changed.parked:
        name += f"/clp{step.remit.ordinal}"
    cents = theirs.paid_cents - sum(item.amount_cents for item in extra)
    if cents:
        draft.post(suspense(step.source, cents, name), f"/c{step.remit.ordinal}")
    draft.changed.parked[name] = Parked(
        name=name,
        remittance=step.head.remittance,
        payer=step.head.payer,
        amount_cents=cents,
        payment_date=step.head.payment_date,
        remit=msgspec.structs.replace(step.remit, lines=()),
        line=theirs,
        claim_adjustments=tuple(extra),
        claim=step.claim,
        adjudication=key,
    )
    draft.open_item(
        WorkItem(kind="posting_exception", subject=name, about="parked", claim=step.claim)
    )


def _reallocate(draft: Draft, step: Step) -> None:
    """Clear lines against each other where the claim as a whole is settled at this payer."""
    claim = draft.claim(step.claim)
    if claim.balance_cents:
        return
    over = [(line, -line.balance_cents) for line in claim.lines if line.balance_cents < 0]
    for short in claim.lines:
        due = max(short.balance_cents, 0)
        while due:
            credit, left = over.pop()
            cents = min(due, left)
            _post(draft, step, reallocation(claim.place(short), claim.place(credit), cents))
            due -= cents
            if left > cents:
                over.append((credit, left - cents))


# --- a reversal


def reversed_adjudication(
    remit: RemitClaim, earlier: Iterable[Adjudication]
) -> Adjudication | None:
    """Find the one earlier adjudication that a reversal takes back: numbers and amounts agree."""
    standing = [
        item
        for item in earlier
        if not item.reversed_by
        and item.remit.charge_cents == -remit.charge_cents
        and item.remit.paid_cents == -remit.paid_cents
    ]
    for wants_both in (True, False):
        found = [
            item
            for item in standing
            if (item.remit.payer_control_number == remit.payer_control_number)
            and (item.remit.claim_number == remit.claim_number or not wants_both)
        ]
        if len(found) == 1:
            return found[0]
    return None


def reverse(draft: Draft, step: Step, earlier: Adjudication) -> None:
    """Mirror every entry that an earlier adjudication posted; its lines stand open again."""
    for entry in earlier.entries:
        _post(draft, step, mirror(entry, step.source))
    for item in list(draft.given.parked.values()):
        if item.adjudication == earlier.key and item.is_open:
            _unpark_reversed(draft, step, item)
    key = f"{step.head.remittance}/c{step.remit.ordinal}"
    changed = draft.changed.adjudications
    changed[earlier.key] = msgspec.structs.replace(earlier, reversed_by=key)
    changed[key] = Adjudication(
        key=key,
        remittance=step.head.remittance,
        claim=step.claim,
        payment_date=step.head.payment_date,
        posted_on=draft.day,
        remit=step.remit,
        entries=tuple(step.entries),
        reversed_by=earlier.key,
    )
    for named in earlier.lines:
        if not draft.line(step.claim, named.line).is_voided:
            draft.set_line(step.claim, named.line, outcome=LineOutcome.REVERSED)


def _unpark_reversed(draft: Draft, step: Step, item: Parked) -> None:
    """Give back a part that was still parked when the payer took its claim back."""
    if item.amount_cents:
        entry = suspense(step.source, -item.amount_cents, item.name)
        draft.post(entry, f"/c{step.remit.ordinal}")
    draft.changed.parked[item.name] = msgspec.structs.replace(item, is_open=False)
    draft.close_item("posting_exception", item.name)


def back_period_of(draft: Draft, earlier: Adjudication) -> str:
    """Name the closed period that a reversal speaks of; empty while that period is open."""
    period = period_of(earlier.posted_on)
    return period if period in draft.given.closed_periods else ""
