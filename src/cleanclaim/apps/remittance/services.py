"""Remittances and bank money: taken in once, posted in batches, parked where a person must look."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import batched
from typing import NamedTuple
from uuid import UUID

import msgspec

from cleanclaim.apps.claims.public import Happening, chains_load, items_add, rows_load
from cleanclaim.apps.exchange.public import InboundFile
from cleanclaim.apps.payers.public import Payer, payers_by_exchange_id, payers_by_trace
from cleanclaim.apps.remittance.models import Deposit, Remittance
from cleanclaim.apps.remittance.store import (
    adjudications_load,
    claims_named,
    ordinals_posted,
    posting_load,
    posting_save,
    remittance_changes,
    remittances_changed,
    remittances_load,
)
from cleanclaim.core.posting.cash import Eft, eft_receive
from cleanclaim.core.posting.claims import Header
from cleanclaim.core.posting.remittance import (
    Group,
    groups_of,
    groups_post,
    header_of,
    remittance_close,
    remittance_receive,
)
from cleanclaim.core.posting.state import Policy, Rows
from cleanclaim.core.privacy import Grant
from cleanclaim.core.remit import Remittance as Content
from cleanclaim.core.remit import remittance_digest, remittance_imbalances
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.scope import scope

BATCH = 200


def remittance_take(  # noqa: PLR0913  a remittance, its file, the switches and the moment
    grant: Grant,
    practice_id: int,
    file: InboundFile | None,
    content: Content,
    *,
    policy: Policy,
    at: datetime,
    day: date,
) -> tuple[Remittance, bool]:
    """Take a remittance in: new, a duplicate, unbalanced, or in conflict with one that is here.

    Args:
        grant: Opens the practice's claims and payments.
        practice_id: The payee.
        file: Where it was read.
        content: What it says.
        policy: The tenant's switches.
        at: The instant of the writing.
        day: Posting day.

    Returns:
        The row, and whether it may be posted now.
    """
    digest = remittance_digest(content)
    rows = Remittance.objects.under(grant, practice_id=practice_id)
    same = rows.filter(file=file, trace=content.trace, digest=digest).first() if file else None
    if same is not None:
        return same, same.state == "posting"
    payer = payer_of(content)
    # Only where it does not add up, the claims that it names are told so.
    named = _numbers(content) if remittance_imbalances(content) else ()
    loaded = rows_load(grant, practice_id, claims_named(grant, practice_id, named))
    loaded.remittances, loaded.deposits = remittances_load(grant, practice_id, trace=content.trace)
    items_add(grant, practice_id, loaded, subjects=[one.name for one in loaded.deposits.values()])
    ref = new_id()
    decision = remittance_receive(
        loaded, str(ref), content, str(payer.id) if payer else None, policy, day
    )
    row = Remittance(
        id=ref,
        practice_id=practice_id,
        file=file,
        payer=payer,
        payer_trace_id=content.payer_trace_id,
        trace=content.trace,
        payee=content.key[2],
        digest=digest,
        amount_cents=content.amount_cents,
        method=content.method,
        payment_date=content.payment_date,
        payer_name=content.payer_name,
        claim_count=len(content.claims),
        received_at=at,
        **remittance_changes(decision.rows.remittances.pop(str(ref)), at),
    )
    row.save(force_insert=True)
    posting_save(grant, practice_id, decision, at=at, what=Happening("remittance received"))
    return row, bool(decision.to_post)


def payer_of(content: Content) -> Payer | None:
    """Find the payer of a remittance: by trace originator, else by its identifier; or nobody."""
    by_trace = payers_by_trace(content.payer_trace_id)
    if len(by_trace) == 1:
        return by_trace[0]
    named = payers_by_exchange_id([content.payer_id]) if content.payer_id else {}
    return named.get(content.payer_id)


def remittance_post(
    grant: Grant, practice_id: int, remittance_id: UUID, *, policy: Policy, at: datetime, day: date
) -> int:
    """Post a remittance that may be posted, a transaction for each batch of its claims.

    Why it can be cut short at any point: each batch posts entries with natural keys and an
    adjudication for each claim; a batch that is there already is passed over.

    Returns:
        Claims of the remittance that were posted in this run.
    """
    posting: _Posting | None = None
    batches: list[tuple[Group, ...]] = []
    posted = 0
    while posting is None or batches:
        with scope(grant, at=at):
            row = _row(grant, practice_id, remittance_id)
            if row.state != "posting" or row.content is None:
                break
            if posting is None:
                content = msgspec.json.decode(bytes(row.content), type=Content)
                head = header_of(str(row.id), content, str(row.payer_id) if row.payer_id else None)
                posting = _Posting(grant, practice_id, policy, at, day, head, content)
                batches = _batches(posting)
            batch = batches.pop(0)
            posted += _batch_post(posting, batch, is_last=not batches)
    return posted


class _Posting(NamedTuple):
    """One remittance that is being posted, and by whom."""

    grant: Grant
    practice_id: int
    policy: Policy
    at: datetime
    day: date
    head: Header
    content: Content


def _batches(posting: _Posting) -> list[tuple[Group, ...]]:
    """Split a remittance's claims into batches, one at least; no batch looks at another."""
    grant, practice_id, content = posting.grant, posting.practice_id, posting.content
    named = claims_named(grant, practice_id, _numbers(content))
    claims = chains_load(grant, practice_id, named, with_lines=False)
    groups = groups_of(content, posting.head.payer, list(claims.values()))
    return list(batched(groups, BATCH, strict=False)) or [()]


def _batch_post(posting: _Posting, groups: Sequence[Group], *, is_last: bool) -> int:
    """Post a batch; the last one brings the provider-level adjustments and the close."""
    grant, practice_id, _, at, day, head, content = posting
    parts = [(remit, claim) for group in groups for remit, claim, _ in group.parts if claim]
    named = claims_named(grant, practice_id, _plb_numbers(content)) if is_last else []
    rows = posting_load(
        grant, practice_id, claims={*named, *(claim for _, claim in parts)}, trace=head.trace
    )
    taken_back = {claim for remit, claim in parts if remit.is_reversal}
    rows.adjudications |= adjudications_load(grant, practice_id, {*named, *taken_back})
    done = ordinals_posted(grant, practice_id, head.remittance)
    done |= {one.remit.ordinal for one in rows.parked.values() if one.remittance == head.remittance}
    todo = [one for one in groups if not done.issuperset(part[0].ordinal for part in one.parts)]
    decision = groups_post(rows, head, todo, posting.policy, day)
    what = Happening("adjudicated", head.trace)
    posting_save(grant, practice_id, decision, at=at, what=what)
    if is_last:
        rows.merge(decision.rows)
        _close(posting, rows)
    return sum(len(group.parts) for group in todo)


def _close(posting: _Posting, rows: Rows) -> None:
    grant, practice_id, policy, at, day, head, content = posting
    parked = [one for one in rows.parked.values() if one.is_open]
    rows.remittances |= remittances_changed(grant, practice_id, parked)
    decision = remittance_close(rows, head, content, policy, day)
    what = Happening("provider adjustment", head.trace)
    posting_save(grant, practice_id, decision, at=at, what=what)


def _numbers(content: Content) -> set[str]:
    return {
        number
        for claim in content.claims
        for number in (claim.claim_number, claim.payer_control_number)
        if number
    }


def _plb_numbers(content: Content) -> set[str]:
    words = {item.reference for item in content.provider_adjustments}
    return words | {part for word in words for part in word.replace("-", " ").split()}


def _row(grant: Grant, practice_id: int, remittance_id: UUID) -> Remittance:
    rows = Remittance.objects.under(grant, practice_id=practice_id)
    found: Remittance = rows.select_for_update().get(id=remittance_id)
    return found


def deposit_take(  # noqa: PLR0913  a transfer, its file, the switches and the moment
    grant: Grant,
    practice_id: int,
    file: InboundFile | None,
    transfer: Eft,
    *,
    policy: Policy,
    at: datetime,
    day: date,
) -> Deposit:
    """Take a bank transfer in; the same trace again is done already."""
    held = Deposit.objects.under(grant, practice_id=practice_id)
    same = held.filter(trace=transfer.trace, payer_trace_id=transfer.payer_trace_id).first()
    if same is not None:
        found: Deposit = same
        return found
    row = Deposit(
        practice_id=practice_id,
        file=file,
        payer_trace_id=transfer.payer_trace_id,
        trace=transfer.trace,
        amount_cents=transfer.amount_cents,
        deposit_date=day,
        state="seen",
        received_at=at,
    )
    row.save(force_insert=True)
    rows = posting_load(grant, practice_id, trace=transfer.trace)
    rows.deposits.pop(transfer.trace, None)  # the row that was just made
    decision = eft_receive(rows, transfer, policy, day)
    row.state = decision.rows.deposits[transfer.trace].status
    row.save(update_fields=["state"])
    posting_save(grant, practice_id, decision, at=at, what=Happening("bank transfer"))
    waiting = Remittance.objects.under(grant, practice_id=practice_id)
    waiting.filter(id__in=decision.to_post).update(state="posting", is_held_back=False)
    return row


def deposit_apply(  # noqa: PLR0913  a transfer, its file, the switches and the moment
    grant: Grant,
    practice_id: int,
    file: InboundFile | None,
    transfer: Eft,
    *,
    policy: Policy,
    at: datetime,
    day: date,
) -> int:
    """Take a bank transfer in, and post the remittances that waited for it.

    Returns:
        Claims that were posted because of it.
    """
    with scope(grant, at=at):
        deposit_take(grant, practice_id, file, transfer, policy=policy, at=at, day=day)
        rows = Remittance.objects.under(grant, practice_id=practice_id)
        waiting = rows.filter(trace=transfer.trace, state="posting").values_list("id", flat=True)
        ids = list(waiting)
    return sum(
        remittance_post(grant, practice_id, one, policy=policy, at=at, day=day) for one in ids
    )
