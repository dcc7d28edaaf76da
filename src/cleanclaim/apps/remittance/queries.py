"""Reading remittances: the list, one with what was placed of it, those of a claim."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Sum

from cleanclaim.apps.exchange.public import inbound_content
from cleanclaim.apps.remittance.models import Adjudication, Deposit, Matter, Remittance
from cleanclaim.core.edi import remittance_from_835
from cleanclaim.core.posting import state as core
from cleanclaim.core.privacy import Grant
from cleanclaim.core.remit import Remittance as Content
from cleanclaim_x12.typed.t835 import read_835


def remittances_listed(
    grant: Grant, *, after: UUID | None = None, state: str = "", limit: int = 50
) -> tuple[list[Remittance], bool]:
    """Give one page of remittances, newest first, and whether there are older ones."""
    rows = Remittance.objects.under(grant).select_related("payer")
    if state:
        rows = rows.filter(state=state)
    if after is not None:
        rows = rows.filter(id__lt=after)
    page = list(rows.order_by("-id")[: limit + 1])
    return page[:limit], len(page) > limit


def remittance_get(grant: Grant, remittance_id: UUID) -> Remittance | None:
    """Give one remittance, or None where the grant opens none of this id."""
    rows = Remittance.objects.under(grant).select_related("payer", "file")
    found: Remittance | None = rows.filter(id=remittance_id).first()
    return found


def remittance_document(grant: Grant, row: Remittance) -> Content | None:
    """Read what the payer wrote from the file that was kept."""
    if row.file_id is None:
        return _typed_in(grant, row)
    content = inbound_content(grant, row.file_id)
    for typed in read_835(content):
        document = remittance_from_835(typed)
        if document.trace == row.trace:
            return document
    return None


def _typed_in(grant: Grant, row: Remittance) -> Content:
    """Put together what was typed in by hand: what waits is kept whole, what is posted in parts."""
    if row.content is not None:
        return msgspec.json.decode(bytes(row.content), type=Content)
    said = [
        msgspec.json.decode(bytes(one.content), type=core.Adjudication)
        for one in adjudications_of(grant, row.id)
    ]
    return Content(
        payer_trace_id=row.payer_trace_id,
        trace=row.trace,
        payee_npi=row.payee,
        payer_name=row.payer_name,
        amount_cents=row.amount_cents,
        method=row.method,
        payment_date=row.payment_date,
        claims=tuple(
            msgspec.structs.replace(one.remit, lines=tuple(line.remit for line in one.lines))
            for one in said
        ),
    )


def adjudications_of(grant: Grant, remittance_id: UUID) -> list[Adjudication]:
    """Give what was placed of a remittance, in its order."""
    rows = Adjudication.objects.under(grant).filter(remittance_id=remittance_id)
    return list(rows.order_by("ordinal"))


def adjudications_of_claim(
    grant: Grant, claim_id: UUID
) -> list[tuple[Adjudication, core.Adjudication]]:
    """Give what payers said of a claim, oldest first, with its lines."""
    rows = Adjudication.objects.under(grant).filter(claim_id=claim_id)
    return [
        (row, msgspec.json.decode(bytes(row.content), type=core.Adjudication))
        for row in rows.select_related("remittance", "remittance__payer").order_by("id")
    ]


def parked_of(grant: Grant, remittance_id: UUID) -> list[Matter]:
    """Give the parts of a remittance that wait for a person."""
    rows = Matter.objects.under(grant).filter(kind="parked", remittance_id=remittance_id)
    return list(rows.filter(is_open=True).order_by("name"))


def placed_cents(grant: Grant, ids: list[UUID]) -> dict[UUID, int]:
    """Sum what was placed of remittances on claims."""
    rows = Adjudication.objects.under(grant).filter(remittance_id__in=ids)
    found: list[dict[str, Any]] = list(
        rows.values("remittance_id").annotate(cents=Sum("paid_cents"))
    )
    return {row["remittance_id"]: int(row["cents"] or 0) for row in found}


def remittances_of_trace(grant: Grant, row: Remittance) -> list[Remittance]:
    """Give the other remittances under the same number of the same payer, newest first."""
    rows = Remittance.objects.under(grant, practice_id=row.practice_id)
    same = rows.filter(trace=row.trace, payer_trace_id=row.payer_trace_id).exclude(id=row.id)
    return list(same.order_by("-id")[:20])


def deposit_by_name(grant: Grant, practice_id: int, name: str) -> Deposit | None:
    """Find a bank transfer by the name that its work item gives it."""
    rows = Deposit.objects.under(grant, practice_id=practice_id)
    found: Deposit | None = rows.filter(trace=name.removeprefix("EFT-")).order_by("-id").first()
    return found


def said_of_claims(grant: Grant, ids: Iterable[UUID]) -> dict[UUID, list[core.Adjudication]]:
    """Give what payers said of claims and have not taken back, oldest first, in one look."""
    rows = Adjudication.objects.under(grant).filter(claim_id__in=list(ids), reversed_by="")
    found: dict[UUID, list[core.Adjudication]] = defaultdict(list)
    for row in rows.order_by("id"):
        found[row.claim_id].append(msgspec.json.decode(bytes(row.content), type=core.Adjudication))
    return found


def claims_of_trace(grant: Grant, trace: str) -> list[UUID]:
    """Find the claims that were posted from remittances under a transfer or check number."""
    rows = Adjudication.objects.under(grant).filter(remittance__trace=trace)
    return list(rows.values_list("claim_id", flat=True).distinct()[:200])
