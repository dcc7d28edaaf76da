"""Money by hand: each form makes one service call."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cleanclaim.apps.claims.public import Claim, claim_get, claims_search
from cleanclaim.apps.payers.public import payers_by_id
from cleanclaim.apps.remittance.public import (
    Eob,
    EobLine,
    deposit_take,
    eob_charges,
    eob_post,
)
from cleanclaim.apps.statements.public import deposit_bring, payment_take, refund_pay
from cleanclaim.core.posting.cash import Eft, Received
from cleanclaim.kernel.money import show_cents
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.web.workbench import keys
from cleanclaim.web.workbench.acting import acted
from cleanclaim.web.workbench.forms import BankForm, EobForm, PaymentForm, RefundForm, TransferForm
from cleanclaim.web.workbench.live.desk import Desk, desk
from cleanclaim.web.workbench.live.payments import (
    eob_page,
    grid_cents,
    payer_choices,
    payments_page,
    practice_choices,
)
from cleanclaim.web.workbench.views import draw_page

_HERE = "acts:payments"


@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """Show the forms of money by hand."""
    return _drawn(request)


def _drawn(request: HttpRequest) -> HttpResponse:
    with desk(request, "post", "ledger") as place:
        page = payments_page(request, place)
    return draw_page(request, "forms", page, page.title, "deposits", keys.PLAIN)


@require_POST
def payment(request: HttpRequest) -> HttpResponse:
    """Take a patient's payment."""
    form = PaymentForm(request.POST)

    def work() -> str:
        typed = form.cleaned_data
        with desk(request, "post", "ledger") as place:
            row = _claim(place, typed["claim"])
            payment_take(
                place.money(row.practice_id),
                Received(
                    payment=typed["receipt"],
                    patient=str(row.patient_id),
                    tender=typed["tender"],
                    amount_cents=typed["amount"],
                    is_prepayment=typed["is_prepayment"],
                    number=typed["receipt"] if typed["tender"] == "check" else "",
                ),
            )
        return f"Payment of {show_cents(typed['amount'])} taken"

    return _acted(request, form, work)


@require_POST
def transfer(request: HttpRequest) -> HttpResponse:
    """Take a payer's transfer or check that came without an 835."""
    with desk(request, "post", "ledger") as place:
        form = TransferForm(request.POST, practices=practice_choices(place), payers=payer_choices())

    def work() -> str:
        typed = form.cleaned_data
        payer_id = UUID(typed["payer"])
        with desk(request, "post", "ledger") as place:
            payer = payers_by_id([payer_id])[payer_id]
            money = place.money(int(typed["practice"]))
            deposit_take(
                money.grant,
                money.practice_id,
                None,
                Eft(
                    trace=typed["trace"],
                    payer_trace_id=payer.trace_originator or payer.payer_id,
                    amount_cents=typed["amount"],
                ),
                policy=money.policy,
                at=money.at,
                day=money.day,
            )
        return f"Transfer of {show_cents(typed['amount'])} taken"

    return _acted(request, form, work)


@require_POST
def bank(request: HttpRequest) -> HttpResponse:
    """Note that cash and checks went to the bank."""
    with desk(request, "post", "ledger") as place:
        form = BankForm(request.POST, practices=practice_choices(place))

    def work() -> str:
        typed = form.cleaned_data
        with desk(request, "post", "ledger") as place:
            deposit_bring(place.money(int(typed["practice"]), typed["slip"]), typed["amount"])
        return f"Deposit of {show_cents(typed['amount'])} noted"

    return _acted(request, form, work)


@require_POST
def refund(request: HttpRequest) -> HttpResponse:
    """Note that an approved refund was paid."""
    form = RefundForm(request.POST)

    def work() -> str:
        typed = form.cleaned_data
        with desk(request, "post", "ledger") as place:
            row = _claim(place, typed["claim"])
            whom = {"payer": row.payer_id, "patient": row.patient_id}[typed["to"]]
            money = place.money(row.practice_id, typed["key"])
            refund_pay(money, typed["amount"], **{typed["to"]: str(whom)})
        return f"Refund of {show_cents(typed['amount'])} noted"

    return _acted(request, form, work)


def _claim(place: Desk, number: str) -> Claim:
    found = claims_search(place.grant, number)
    row = claim_get(place.grant, found[0]) if found else None
    if row is None:
        raise Refusal("no_such_claim", "No claim bears this number.")
    return row


@require_http_methods(["GET", "POST"])
def eob(request: HttpRequest, claim: UUID) -> HttpResponse:
    """Type a paper explanation of benefits in, and post it."""
    if request.method == "GET":
        return _eob(request, claim)
    with desk(request, "post", "remittance") as place:
        row, charges = eob_charges(place.money(0), claim)
        money = place.money(row.practice_id)
    form = EobForm(request.POST)

    def work() -> str:
        typed = form.cleaned_data
        lines = [
            EobLine(
                allowed_cents=line["allowed_cents"],
                paid_cents=line["paid_cents"] or 0,
                contract_cents=line["contract_cents"] or 0,
                patient_cents=line["patient_cents"] or 0,
            )
            for line in grid_cents(request.POST, len(charges))
        ]
        said = Eob(
            trace=typed["trace"],
            payment_date=typed["payment_date"],
            method=typed["method"],
            patient_reason=typed["patient_reason"],
            denial_reason=next(iter(typed["denial_reason"]), ""),
            lines=tuple(lines),
        )
        eob_post(money, claim, said)  # it opens its own scopes, as every posting does
        return f"Posted: {show_cents(sum(line.paid_cents for line in lines))} paid"

    return acted(
        request,
        form,
        work,
        to=reverse("workbench:claim", args=[claim]),
        again=lambda: _eob(request, claim),
    )


def _eob(request: HttpRequest, claim: UUID) -> HttpResponse:
    with desk(request, "post", "remittance") as place:
        page = eob_page(request, place, claim)
    return draw_page(request, "eob", page, page.title, "claims", keys.EOB)


def _acted(request: HttpRequest, form: Form, work: Callable[[], str]) -> HttpResponse:
    return acted(request, form, work, to=reverse(_HERE), again=lambda: _drawn(request))
