"""Money by hand: a patient's payment, a payer's transfer without an 835, the way to the bank."""

import re
from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from cleanclaim.apps.claims.public import patient_names
from cleanclaim.apps.payers.public import payer_list
from cleanclaim.apps.remittance.public import eob_charges
from cleanclaim.platform.ui.frame import Action
from cleanclaim.web.workbench.forms import BankForm, EobForm, PaymentForm, RefundForm, TransferForm
from cleanclaim.web.workbench.live.bound import bound, is_sent
from cleanclaim.web.workbench.live.desk import Desk
from cleanclaim.web.workbench.pages.claims import Fact
from cleanclaim.web.workbench.pages.forms import FormView
from cleanclaim.web.workbench.pages.remittance import EntryLine, MatchWork
from cleanclaim.web.workbench.pages.work import EobPage, FormsPage


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
            FormView(
                name="refund",
                form=bound(request, RefundForm, "refund"),
                href=reverse("acts:refund"),
                words="Note the refund",
                summary="An approved refund is paid",
                hint="Refused where no refund of this amount is approved.",
            ),
        ),
    )


def eob_page(request: HttpRequest, place: Desk, claim_id: UUID) -> EobPage:
    """Fill the page on which a paper explanation of benefits is typed in.

    Raises:
        Refusal: As `eob_charges`.
    """
    row, charges = eob_charges(place.money(0), claim_id)
    typed = grid_cents(request.POST, len(charges)) if is_sent(request, "eob") else None
    lines = []
    for number, charge in enumerate(charges, 1):
        code = "-".join((charge.procedure_code, *charge.modifiers))
        said = typed[number - 1] if typed else {}
        lines.append(
            EntryLine(
                number=number, billed=code, payer=code, charge_cents=charge.charge_cents, **said
            )
        )
    name = patient_names(place.grant, [row]).get(row.patient_id, "Erased")
    return EobPage(
        title=f"Explanation of benefits, claim {row.number}",
        back=Action(
            words=f"Claim {row.number}",
            href=reverse("workbench:claim", args=[row.id]),
            key="Escape",
        ),
        facts=(
            Fact(label="Patient", value=name),
            Fact(label="Payer", value=row.payer.name),
            Fact(label="Service", value=f"{row.service_date:%Y-%m-%d}"),
        ),
        form=bound(request, EobForm, "eob", initial={"payment_date": place.today}),
        work=MatchWork(patient=name, number=row.number, lines=tuple(lines)),
        today=place.today,
        href=reverse("acts:eob", args=[row.id]),
    )


_COLUMNS = ("allowed", "paid", "contract", "patient")
_DOLLARS = re.compile(r"-?\d{1,8}(\.\d{1,2})?")


def grid_cents(typed: Mapping[str, str], count: int) -> list[dict[str, int | None]]:
    """Read the grid of a posting: whole cents by column; what is no amount is read as nothing.

    Nothing read is nothing posted: a line that does not add up is refused, and says so.

    >>> grid_cents({"paid-1": "12.5", "allowed-1": "x"}, 1)[0]["paid_cents"]
    1250
    """
    return [
        {f"{column}_cents": _cents(typed.get(f"{column}-{number}", "")) for column in _COLUMNS}
        for number in range(1, count + 1)
    ]


def _cents(text: str) -> int | None:
    plain = text.strip().replace(",", "")
    return int(Decimal(plain) * 100) if _DOLLARS.fullmatch(plain) else None
