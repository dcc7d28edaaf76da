"""Provider-level adjustments: money between payer and provider beside the claims.

X12 counts them as what is taken from the payment: positive reduces it, negative adds to it. The
bank must tie, so every one is posted; what it means decides only the other side.
"""

import re

import msgspec

from cleanclaim.core.claim.stages import Owner, Stage
from cleanclaim.core.ledger import Account, Entry, Line, Ref
from cleanclaim.core.ledger.makers import insurance, money, plb
from cleanclaim.core.posting.claims import Header
from cleanclaim.core.posting.draft import Draft
from cleanclaim.core.posting.settle import restage
from cleanclaim.core.posting.state import Capitation, ClaimState, OpenPlb, WorkItem
from cleanclaim.core.remit import ProviderAdjustment, Remittance
from cleanclaim.kernel.money import share_cents

_PLAIN = frozenset({"L6", "50", "51", "L3", "IR", "LE", "SL", "E3", "IP", "BN", "CT"})


def plbs_post(draft: Draft, head: Header, content: Remittance) -> None:
    """Post all provider-level adjustments of a remittance."""
    items = list(content.provider_adjustments)
    for refund in [item for item in items if item.reason_code == "72"]:
        partner = next(
            (
                item
                for item in items
                if item.reason_code == "WO"
                and item.reference == refund.reference
                and item.amount_cents == -refund.amount_cents
            ),
            None,
        )
        if partner is not None:
            items.remove(partner)
            items.remove(refund)
            _acknowledge(draft, head, refund, with_money=True)
    reversed_numbers = {claim.claim_number for claim in content.claims if claim.is_reversal}
    for item in items:
        code, claim = item.reason_code, claim_named(draft, item.reference)
        if code == "WO" and item.amount_cents > 0:
            _recoup(draft, head, item, claim)
        elif code == "FB" and item.amount_cents > 0:
            _carry_back(draft, head, item)
        elif code == "72" and claim and reversed_numbers.intersection(claim.numbers):
            _refund_arrived(draft, head, item, claim)
        elif code in _PLAIN:
            _plain(draft, head, item, claim)
        else:
            announced = code in ("FB", "WO") and item.amount_cents < 0
            _announce(draft, head, item, claim, Owner.PAYER if announced else Owner.US)


def claim_named(draft: Draft, reference: str) -> ClaimState | None:
    """Find the one claim that a free-text reference names by our number or the payer's."""
    words = set(reference.replace(",", " ").split())
    found = [
        claim
        for claim in draft.claims().values()
        if words.intersection(claim.numbers) or words.intersection(claim.payer_control_numbers)
    ]
    return found[0] if len(found) == 1 else None


def _part(item: ProviderAdjustment) -> str:
    return f"/plb{item.ordinal}"


def _plain(draft: Draft, head: Header, item: ProviderAdjustment, claim: ClaimState | None) -> None:
    entry = plb(item.reason_code, item.amount_cents, head.source)
    if claim is not None:
        lines = (msgspec.structs.replace(line, claim=claim.claim) for line in entry.lines)
        entry = Entry(entry.event, tuple(lines))
    draft.post(entry, _part(item))
    if item.reason_code == "CT" and item.amount_cents < 0:
        named = draft.policy.capitation_months
        told = named.get(str(head.remittance)) or named.get(head.trace)
        months = told or months_of(item.reference) or (f"{head.payment_date:%Y-%m}",)
        name = f"{head.remittance}{_part(item)}"
        draft.changed.capitations[name] = Capitation(
            name=name, payer=head.payer, amount_cents=-item.amount_cents, months=tuple(months)
        )


def months_of(reference: str) -> tuple[str, ...]:
    """Read the months that a capitation reference names; empty if it names none.

    >>> months_of("202604-06"), months_of("X")
    (('2026-04', '2026-05', '2026-06'), ())
    """
    found = re.fullmatch(r"(\d{4})(\d\d)(?:-(\d\d))?", reference)
    if found is None:
        return ()
    first, last = int(found[2]), int(found[3] or found[2])
    return tuple(f"{found[1]}-{month:02d}" for month in range(first, last + 1))


def _recoupment_line(head: Header, item: ProviderAdjustment, cents: int, claim: Ref | None) -> Line:
    return Line(
        Account.RECOUPMENT,
        cents,
        None if item.reason_code == "FB" else head.payer,
        claim=claim,
        plb=item.reason_code,
        remittance=head.remittance,
    )


def _announce(
    draft: Draft,
    head: Header,
    item: ProviderAdjustment,
    claim: ClaimState | None,
    owner: Owner,
) -> None:
    """Post an amount that a later remittance or a person has to resolve."""
    ref = claim.claim if claim else None
    against = (_recoupment_line(head, item, item.amount_cents, ref),)
    draft.post(plb(item.reason_code, item.amount_cents, head.source, against), _part(item))
    _keep_open(draft, head, item, -item.amount_cents, ref)
    _open(draft, head, owner)


def _keep_open(
    draft: Draft, head: Header, item: ProviderAdjustment, left_cents: int, claim: Ref | None
) -> None:
    name = f"{head.remittance}{_part(item)}"
    draft.changed.plbs[name] = OpenPlb(
        name=name,
        remittance=head.remittance,
        payer=head.payer,
        code=item.reason_code,
        reference=item.reference,
        trace=head.trace,
        left_cents=left_cents,
        claim=claim,
    )


def _open(draft: Draft, head: Header, owner: Owner) -> None:
    draft.open_item(
        WorkItem(kind="plb_open", subject=head.remittance, owner=owner, about="remittance")
    )


def _opens(draft: Draft, head: Header, code: str) -> list[OpenPlb]:
    every = {**draft.given.plbs, **draft.changed.plbs}
    return [
        item
        for item in every.values()
        if item.code == code and item.payer == head.payer and item.left_cents > 0
    ]


def _use(draft: Draft, opens: list[OpenPlb], cents: int) -> int:
    """Use announced amounts up, oldest first; gives what was not covered."""
    for item in opens:
        used = min(cents, item.left_cents)
        if not used:
            continue
        cents -= used
        draft.changed.plbs[item.name] = msgspec.structs.replace(
            item, left_cents=item.left_cents - used
        )
        every = {**draft.given.plbs, **draft.changed.plbs}
        if not any(
            other.left_cents for other in every.values() if other.remittance == item.remittance
        ):
            draft.close_item("plb_open", item.remittance)
    return cents


def _carry_back(draft: Draft, head: Header, item: ProviderAdjustment) -> None:
    """Post a balance that the payer forwarded earlier and takes now."""
    opens = _opens(draft, head, "FB")
    opens.sort(key=lambda one: item.reference not in (one.trace, one.reference))
    against = (_recoupment_line(head, item, item.amount_cents, None),)
    draft.post(plb("FB", item.amount_cents, head.source, against), _part(item))
    left = _use(draft, opens, item.amount_cents)
    if left:
        _keep_open(draft, head, item, -left, None)
        _open(draft, head, Owner.US)


def _recoup(draft: Draft, head: Header, item: ProviderAdjustment, claim: ClaimState | None) -> None:
    """Post what a payer takes back: from an accrued refund, a deferral, or the claim itself."""
    if claim is None:
        _announce(draft, head, item, None, Owner.US)
        return
    left = item.amount_cents
    against: list[Line] = []
    for refund in list({**draft.given.refunds, **draft.changed.refunds}.values()):
        if refund.claim == claim.claim and refund.status == "approved" and left:
            parts = share_cents(
                min(left, refund.amount_cents), [ln.amount_cents for ln in refund.owed]
            )
            against += [
                msgspec.structs.replace(line, amount_cents=cents, plb="WO")
                for line, cents in zip(refund.owed, parts, strict=True)
                if cents
            ]
            left -= sum(parts)
            draft.changed.refunds[refund.name] = msgspec.structs.replace(
                refund, status="settled_by_recoupment"
            )
    opens = [one for one in _opens(draft, head, "WO") if one.claim == claim.claim]
    deferred = left - _use(draft, opens, left)
    if deferred:
        against.append(_recoupment_line(head, item, deferred, claim.claim))
        left -= deferred
    if left:
        against += _reinstated(draft, head, claim, left)
    draft.post(plb("WO", item.amount_cents, head.source, tuple(against)), _part(item))
    if left:
        draft.open_item(WorkItem(kind="overpayment", subject=claim.claim))
        restage(draft, claim.claim, Stage.REOPENED)


def _reinstated(draft: Draft, head: Header, claim: ClaimState, cents: int) -> list[Line]:
    """Make the claim's lines open again, in proportion to what was paid on them."""
    paid = paid_on_lines(draft, claim)
    lines = [line for line in claim.lines if not line.is_voided]
    weights = [paid.get(line.line, 0) for line in lines]
    return [
        msgspec.structs.replace(
            insurance(claim.place(line), part), plb="WO", remittance=head.remittance
        )
        for line, part in zip(lines, share_cents(cents, weights), strict=True)
        if part
    ]


def paid_on_lines(draft: Draft, claim: ClaimState) -> dict[Ref, int]:
    """Sum what this payer's standing adjudications paid on each line."""
    paid: dict[Ref, int] = {}
    every = {**draft.given.adjudications, **draft.changed.adjudications}
    for item in every.values():
        if item.claim != claim.claim or item.reversed_by:
            continue
        for entry in item.entries:
            if entry.event not in ("era_payment", "suspense_release"):
                continue
            for line in entry.lines:
                if line.account == Account.INSURANCE and line.line is not None:
                    paid[line.line] = paid.get(line.line, 0) - line.amount_cents
    return paid


def _refund_arrived(
    draft: Draft, head: Header, item: ProviderAdjustment, claim: ClaimState
) -> None:
    """Post a refund of ours that the payer acknowledges by reversing the claim in this file."""
    claim = draft.claim(claim.claim)
    weights = [max(line.balance_cents, 0) for line in claim.lines]
    parts = share_cents(item.amount_cents, weights)
    against = tuple(
        msgspec.structs.replace(
            insurance(claim.place(line), part), plb="72", remittance=head.remittance
        )
        for line, part in zip(claim.lines, parts, strict=True)
        if part
    )
    draft.post(plb("72", item.amount_cents, head.source, against), _part(item))
    _acknowledge(draft, head, item, with_money=False)
    restage(draft, claim.claim)


def _acknowledge(draft: Draft, head: Header, item: ProviderAdjustment, *, with_money: bool) -> None:
    """Mark our refund as arrived; with its recoupment in the file both sides stand on 1040."""
    if with_money:
        sides = tuple(
            msgspec.structs.replace(money(head.source, cents), plb="72")
            for cents in (-item.amount_cents, item.amount_cents)
        )
        draft.post(Entry("plb_72", sides), _part(item))
    claim = claim_named(draft, item.reference)
    for refund in list({**draft.given.refunds, **draft.changed.refunds}.values()):
        if claim and refund.claim == claim.claim and refund.status in ("approved", "paid"):
            draft.changed.refunds[refund.name] = msgspec.structs.replace(
                refund, status="acknowledged_by_payer"
            )
