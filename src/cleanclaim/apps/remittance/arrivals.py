"""Files about money as they come in: 835s and bank files, routed to practices and taken in."""

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from uuid import UUID

from cleanclaim.apps.exchange.public import InboundFile, inbound_move, inbound_read
from cleanclaim.apps.practices.public import practice_by_npi, practice_list
from cleanclaim.apps.remittance.models import Remittance
from cleanclaim.apps.remittance.services import deposit_apply, remittance_post, remittance_take
from cleanclaim.core.edi import remittance_from_835
from cleanclaim.core.posting.cash import Eft
from cleanclaim.core.posting.state import Policy
from cleanclaim.core.privacy import Grant
from cleanclaim.core.remit import Remittance as Content
from cleanclaim.core.remit.ccd import BankTransfer, transfers_from_ccd
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope, tenant_scope
from cleanclaim_x12 import check
from cleanclaim_x12.typed.t835 import read_835

KINDS = ("835", "EFT")
_ENDS = ("X12-SE-", "X12-GE-", "X12-IEA-")
_NAME_LENGTH = 22  # what a bank entry holds of a name


def money_apply(
    grant: Grant, file_id: UUID, *, policy: Policy, at: datetime, day: date
) -> dict[str, int]:
    """Take in one file about money and post what may be posted.

    Args:
        grant: Opens all practices of the tenant.
        file_id: An inbound file of one of `KINDS`.
        policy: The tenant's switches.
        at: The instant of the writing.
        day: Posting day.

    Returns:
        How many remittances, posted claims and deposits it brought.
    """
    with tenant_scope(grant.tenant_id, actor=grant.actor, at=at):
        row, content = inbound_read(grant, file_id)
        if row.state != InboundFile.State.RECEIVED:
            return {}
    try:
        if row.kind == "EFT":
            return _bank(grant, row, content, policy=policy, at=at, day=day)
        return _remittances(grant, row, content, policy=policy, at=at, day=day)
    except Refusal as refusal:
        with tenant_scope(grant.tenant_id, actor=grant.actor, at=at):
            inbound_move(row, InboundFile.State.PARKED, at=at, reason=refusal.message)
        return {"parked": 1}


def _remittances(
    grant: Grant,
    row: InboundFile,
    content: bytes,
    *,
    policy: Policy,
    at: datetime,
    day: date,
) -> dict[str, int]:
    _refuse_damaged(content)
    counts = {"remittances": 0, "claims": 0}
    found = [remittance_from_835(typed) for typed in read_835(BytesIO(content))]
    routed = [(_practice_of(grant, one, at), one) for one in found]
    for practice_id, one in routed:
        with scope(grant, at=at):
            taken, may_post = remittance_take(
                grant, practice_id, row, one, policy=policy, at=at, day=day
            )
        counts["remittances"] += 1
        if may_post:
            counts["claims"] += remittance_post(
                grant, practice_id, taken.id, policy=policy, at=at, day=day
            )
    practice_id = routed[0][0] if routed else None
    with tenant_scope(grant.tenant_id, actor=grant.actor, at=at):
        inbound_move(row, InboundFile.State.APPLIED, at=at, practice_id=practice_id)
    return counts


def _refuse_damaged(content: bytes) -> None:
    """Refuse a file that does not end as it says: part of it may be missing."""
    for one in check(content, snip=1):
        if one.severity == "error" and one.code.startswith(_ENDS):
            raise Refusal(
                "damaged_file",
                f"The file does not end as it says ({one.code} in line {one.line}): "
                "ask its sender for a whole one.",
            )


def _practice_of(grant: Grant, content: Content, at: datetime) -> int:
    with tenant_scope(grant.tenant_id, actor=grant.actor, at=at):
        practice = practice_by_npi(content.payee_npi) if content.payee_npi else None
        if practice is None:
            found = [one for one in practice_list() if one.tax_id == content.payee_tax_id]
            practice = found[0] if len(found) == 1 else None
    if practice is None:
        raise Refusal("unknown_payee", "The payee of this remittance is no practice of ours.")
    return int(practice.id)


def _bank(
    grant: Grant,
    row: InboundFile,
    content: bytes,
    *,
    policy: Policy,
    at: datetime,
    day: date,
) -> dict[str, int]:
    transfers, findings = transfers_from_ccd(content)
    if findings:
        raise Refusal("bank_file_wrong", findings[0].message)
    routed = [(_account_of(grant, one, at), one) for one in transfers if one.trace]
    claims = 0
    for practice_id, one in routed:
        eft = Eft(trace=one.trace, payer_trace_id=one.payer_trace_id, amount_cents=one.amount_cents)
        claims += deposit_apply(grant, practice_id, row, eft, policy=policy, at=at, day=day)
    with tenant_scope(grant.tenant_id, actor=grant.actor, at=at):
        inbound_move(row, InboundFile.State.APPLIED, at=at)
    return {"deposits": len(routed), "claims": claims}


def _account_of(grant: Grant, transfer: BankTransfer, at: datetime) -> int:
    """Find whose money it is: by its remittance, else by the name the bank writes."""
    with scope(grant, at=at):
        rows = Remittance.objects.under(grant).filter(trace=transfer.trace)
        found = set(rows.values_list("practice_id", flat=True))
    if len(found) == 1:
        return int(found.pop())
    with tenant_scope(grant.tenant_id, actor=grant.actor, at=at):
        named = list(_named(transfer.payee_name))
    if len(named) != 1:
        raise Refusal("unknown_account", "No practice of ours has this account's name.")
    return named[0]


def _named(name: str) -> Iterable[int]:
    for practice in practice_list():
        if practice.name[:_NAME_LENGTH].strip().upper() == name.upper():
            yield int(practice.id)
