"""Money by hand: a patient's payment, a payer's transfer without an 835, the way to the bank."""

from django.http import HttpRequest
from django.urls import reverse

from cleanclaim.apps.payers.public import payer_list
from cleanclaim.platform.ui.frame import Action
from cleanclaim.web.workbench.forms import BankForm, PaymentForm, TransferForm
from cleanclaim.web.workbench.live.bound import bound
from cleanclaim.web.workbench.live.desk import Desk
from cleanclaim.web.workbench.pages.forms import FormView
from cleanclaim.web.workbench.pages.work import FormsPage


def practice_choices(place: Desk) -> list[tuple[str, str]]:
    """Give the practices as a form offers them."""
    return [(str(key), practice.name) for key, practice in place.practices.items()]


def payer_choices() -> list[tuple[str, str]]:
    """Give the payers as a form offers them."""
    return [(str(row.id), row.name) for row in payer_list()]


def payments_page(request: HttpRequest, place: Desk) -> FormsPage:
    """Fill the page of money by hand."""
    practices = practice_choices(place)
    return FormsPage(
        title="Money by hand",
        back=Action(words="Deposits", href=reverse("workbench:deposits"), key="Escape"),
        forms=(
            FormView(
                name="payment",
                form=bound(request, PaymentForm, "payment"),
                href=reverse("acts:payment"),
                words="Take the payment",
                summary="A patient pays",
                hint="It goes to what the patient owes, oldest first; the rest is kept ahead.",
                is_primary=True,
            ),
            FormView(
                name="transfer",
                form=bound(
                    request,
                    TransferForm,
                    "transfer",
                    practices=practices,
                    payers=payer_choices(),
                ),
                href=reverse("acts:transfer"),
                words="Take the transfer",
                summary="A payer paid, without an 835",
                hint="It waits under its number until a remittance explains it.",
            ),
            FormView(
                name="bank",
                form=bound(request, BankForm, "bank", practices=practices),
                href=reverse("acts:bank"),
                words="Note the deposit",
                summary="Cash and checks go to the bank",
                hint="The slip's number names the deposit: the same one again is taken once.",
            ),
        ),
    )
