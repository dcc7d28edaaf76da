"""Deposits, and the remittance page: the payer's document left, our claims right."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from cleanclaim.apps.remittance.public import (
    Adjudication,
    Remittance,
    adjudications_of,
    parked_of,
    placed_cents,
    remittance_document,
    remittance_get,
    remittances_listed,
)
from cleanclaim.core.remit import RemitClaim, RemitLine
from cleanclaim.core.remit import Remittance as Content
from cleanclaim.platform.ui.marks import Shape, Status
from cleanclaim.web.workbench.live.desk import Desk, desk, mark, opaque
from cleanclaim.web.workbench.live.words import reason_of
from cleanclaim.web.workbench.pages import (
    Deposit,
    DepositListPage,
    DocumentClaim,
    DocumentLine,
    Empty,
    MatchRow,
    Pager,
    ProviderLevel,
    RemittanceDocument,
    RemittancePage,
)
from cleanclaim.web.workbench.states import status_of


def deposits_page(request: HttpRequest) -> DepositListPage:
    """Fill the list of remittances."""
    with desk(request, "read", "remittance") as place:
        rows, has_older = remittances_listed(place.grant, after=mark(request, "after"))
        placed = placed_cents(place.grant, [row.id for row in rows])
        older = f"{request.path}?after={rows[-1].id}" if rows and has_older else ""
        return DepositListPage(
            count=len(rows),
            rows=tuple(_deposit(place, row, placed.get(row.id, 0)) for row in rows),
            pager=Pager(shown=len(rows), next_href=older),
            empty=Empty(truth="No remittance has come in.") if not rows else None,
            by_hand_href=reverse("acts:payments") if place.may("post", "ledger") else "",
        )


def _state(row: Remittance) -> Status:
    """A state may name another remittance after a colon; the page shows the state alone."""
    return status_of("remittance", row.state.partition(":")[0])


def _deposit(place: Desk, row: Remittance, placed: int) -> Deposit:
    is_posted = row.posted_at is not None
    return Deposit(
        href=reverse("workbench:remittance", args=[row.id]),
        status=_state(row),
        payer=row.payer_name,
        trace=row.trace,
        practice=place.client(row.practice_id),
        paid_date=row.payment_date,
        age_days=(place.today - row.payment_date).days,
        claims=row.claim_count,
        transfer_cents=row.amount_cents,
        # A posted remittance is placed whole: on claims, provider level, or parked by name.
        placed_cents=row.amount_cents if is_posted else placed,
    )


def remittance_page(request: HttpRequest, remittance: str) -> RemittancePage:
    """Fill the remittance page."""
    with desk(request, "read", "remittance") as place:
        row = remittance_get(place.grant, opaque(remittance))
        document = remittance_document(place.grant, row) if row else None
        if row is None or document is None:
            raise Http404
        done = {one.ordinal: one for one in adjudications_of(place.grant, row.id)}
        parked = {one.name: one for one in parked_of(place.grant, row.id)}
        here = reverse("workbench:remittance", args=[row.id])
        chosen = request.GET.get("claim", "")
        return RemittancePage(
            payer=row.payer_name,
            trace_words=row.trace,
            paid_date=row.payment_date,
            age_days=(place.today - row.payment_date).days,
            bank=_state(row),
            transfer_cents=row.amount_cents,
            placed_cents=row.amount_cents if row.posted_at else 0,
            document=_document(place, row, document, here, chosen),
            matches=tuple(
                _match(one, done.get(one.ordinal), row.id, set(parked), here, chosen)
                for one in document.claims
            ),
            back_href=reverse("workbench:deposits"),
            today=place.today,
        )


def _document(
    place: Desk, row: Remittance, document: Content, here: str, chosen: str
) -> RemittanceDocument:
    return RemittanceDocument(
        payer=document.payer_name,
        payer_note=f"Remittance advice, payer {document.payer_trace_id}",
        trace_words=document.method,
        trace=document.trace,
        paid_date=document.payment_date,
        payee=f"{place.client(row.practice_id)}, NPI {document.payee_npi}",
        claims=tuple(_claim(one, here, chosen, row.payment_date) for one in document.claims),
        provider_levels=tuple(
            ProviderLevel(code=one.reason_code, words=one.reference, amount_cents=-one.amount_cents)
            for one in document.provider_adjustments
        ),
        count_words=f"{len(document.claims)} claims, "
        f"{len(document.provider_adjustments)} provider level",
    )


def _claim(claim: RemitClaim, here: str, chosen: str, day: date) -> DocumentClaim:
    return DocumentClaim(
        id=str(claim.ordinal),
        patient=claim.patient_name,
        number=claim.claim_number,
        paid_cents=claim.paid_cents,
        lines=tuple(_line(line, day) for line in claim.lines),
        href=f"{here}?claim={claim.ordinal}",
        note="reversal" if claim.is_reversal else claim.payer_control_number,
        is_chosen=str(claim.ordinal) == chosen,
    )


def _line(line: RemitLine, day: date) -> DocumentLine:
    return DocumentLine(
        code="-".join((line.procedure_code, *line.modifiers)),
        charge_cents=line.charge_cents,
        allowed_cents=line.allowed_cents or 0,
        adjusted_cents=sum(cut.amount_cents for cut in line.adjustments if cut.group != "PR"),
        patient_cents=sum(cut.amount_cents for cut in line.adjustments if cut.group == "PR"),
        paid_cents=line.paid_cents,
        reasons=tuple(reason_of(cut, day) for cut in line.adjustments),
        is_different=bool(line.original_code),
    )


def _match(
    claim: RemitClaim,
    placed: Adjudication | None,
    remittance_id: UUID,
    parked: set[str],
    here: str,
    chosen: str,
) -> MatchRow:
    name = f"{remittance_id}/{claim.claim_number or claim.payer_control_number}"
    number_href = ""
    if placed is not None:
        shape, words = Shape.DONE, "Placed on the claim"
        number_href = reverse("workbench:claim", args=[placed.claim_id])
    elif name in parked:
        shape, words = Shape.HELD, "Parked: no such claim"
        number_href = reverse("workbench:queue", args=["posting-exception"])
    else:
        shape, words = Shape.WAITING, "Not placed"
    return MatchRow(
        shape=shape,
        words=claim.patient_name or claim.claim_number,
        number=claim.claim_number,
        number_href=number_href,
        match=words,
        paid_cents=claim.paid_cents,
        href=f"{here}?claim={claim.ordinal}",
        is_chosen=str(claim.ordinal) == chosen,
    )
