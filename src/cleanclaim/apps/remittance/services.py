"""Remittances and bank money: taken in once, posted in batches, parked where a person must look."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import batched
from typing import NamedTuple
from uuid import UUID

import msgspec

from cleanclaim.apps.claims.public import Happening, rows_load
from cleanclaim.apps.exchange.public import InboundFile
from cleanclaim.apps.payers.public import Payer, payers_by_exchange_id, payers_by_trace
from cleanclaim.apps.remittance.models import Deposit, Remittance
from cleanclaim.apps.remittance.store import (
    claims_named,
    content_kept,
    posting_load,
    posting_save,
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
    known, deposits = remittances_load(grant, practice_id, trace=content.trace)
    payer = payer_of(content)
    row = Remittance(
        practice_id=practice_id,
        file=file,
        payer=payer,
        payer_trace_id=content.payer_trace_id,
        trace=content.trace,
        payee=content.key[2],
        digest=digest,
        is_held_back=True,
        amount_cents=content.amount_cents,
        method=content.method,
        payment_date=content.payment_date,
        payer_name=content.payer_name,
        claim_count=len(content.claims),
        content=content_kept(content),
        state="received",
        received_at=at,
    )
    row.save(force_insert=True)
    # Only where it does not add up, the claims that it names are told so.
    named = _numbers(content) if remittance_imbalances(content) else ()
    loaded = rows_load(grant, practice_id, claims_named(grant, practice_id, named))
    loaded.remittances |= known
    loaded.deposits |= deposits
    decision = remittance_receive(
        loaded, str(row.id), content, str(payer.id) if payer else None, policy, day
    )
    posting_save(grant, practice_id, decision, at=at, what=Happening("remittance received"))
    row.refresh_from_db()
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
    run = _Run(grant, practice_id, policy, at, day)
    with scope(grant, at=at):
        row = _row(grant, practice_id, remittance_id)
        if row.state != "posting" or row.content is None:
            return 0
        content = msgspec.json.decode(bytes(row.content), type=Content)
        payer = str(row.payer_id) if row.payer_id else None
        head = header_of(str(row.id), content, payer)
        named = claims_named(grant, practice_id, _numbers(content))
        rows = posting_load(grant, practice_id, claims=named, with_history=len(named) <= BATCH)
        groups = groups_of(content, payer, list(rows.claims.values()))
        if len(named) <= BATCH:
            rows.remittances |= remittances_load(grant, practice_id, trace=content.trace)[0]
            posted = _batch_post(run, head, rows, groups)
            _close(run, row, content)
            return posted
    posted = 0
    for batch in batched(groups, BATCH, strict=False):
        with scope(grant, at=at):
            claims = [str(claim) for one in batch for _, claim, _ in one.parts if claim]
            rows = posting_load(grant, practice_id, claims=claims, with_history=True)
            rows.remittances |= remittances_load(grant, practice_id, trace=content.trace)[0]
            posted += _batch_post(run, head, rows, batch)
    with scope(grant, at=at):
        row = _row(grant, practice_id, remittance_id)
        if row.state == "posting":
            _close(run, row, content)
    return posted


class _Run(NamedTuple):
    """What one posting was given."""

    grant: Grant
    practice_id: int
    policy: Policy
    at: datetime
    day: date


def _batch_post(run: _Run, head: Header, rows: Rows, groups: Sequence[Group]) -> int:
    todo = [group for group in groups if not _is_posted(rows, head.remittance, group)]
    decision = groups_post(rows, head, todo, run.policy, run.day)
    what = Happening("adjudicated", head.trace)
    posting_save(run.grant, run.practice_id, decision, at=run.at, what=what)
    return sum(len(group.parts) for group in todo)


def _close(run: _Run, row: Remittance, content: Content) -> None:
    grant, practice_id = run.grant, run.practice_id
    payer = str(row.payer_id) if row.payer_id else None
    head = header_of(str(row.id), content, payer)
    named = claims_named(grant, practice_id, _numbers(content) | _plb_numbers(content))
    needs_history = bool(content.provider_adjustments)
    rows = posting_load(
        grant,
        practice_id,
        claims=named if needs_history else (),
        with_history=needs_history,
        trace=content.trace,
    )
    rows.remittances |= remittances_changed(grant, practice_id, rows.parked.values())
    decision = remittance_close(rows, head, content, run.policy, run.day)
    what = Happening("provider adjustment", content.trace)
    posting_save(grant, practice_id, decision, at=run.at, what=what)


def _is_posted(rows: Rows, remittance: object, group: Group) -> bool:
    done = {(one.remittance, one.remit.ordinal) for one in rows.adjudications.values()} | {
        (one.remittance, one.remit.ordinal) for one in rows.parked.values()
    }
    return all((remittance, remit.ordinal) in done for remit, _, _ in group.parts)


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
