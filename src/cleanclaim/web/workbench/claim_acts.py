"""What people do with a claim: notes, pending, decisions about its balance, changes by hand."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cleanclaim.apps.claims.public import (
    Claim,
    claim_get,
    claim_send_again,
    claim_void_plan,
    scrub_check,
)
from cleanclaim.apps.statements.public import next_payer_bill, patient_bill, write_off
from cleanclaim.apps.work.public import items_assign, items_pend, note_add
from cleanclaim.core.posting.decisions import WriteOff
from cleanclaim.web.workbench.acting import acted
from cleanclaim.web.workbench.forms import (
    MoneyReasonForm,
    NoteForm,
    PendForm,
    PickForm,
    ReasonForm,
)
from cleanclaim.web.workbench.live.deciding import WRITE_OFF_REASONS, people_choices
from cleanclaim.web.workbench.live.desk import Desk, desk
from cleanclaim.web.workbench.views import draw_claim

type Typed = dict[str, Any]


class Verb(NamedTuple):
    """One thing that can be done with a claim: what it needs, reads, does."""

    action: str
    resource: str
    form: Callable[[HttpRequest, Desk], Form] | None
    work: Callable[[Desk, Claim, Typed], str]


def _note(place: Desk, row: Claim, typed: Typed) -> str:
    note_add(place.grant, row.practice_id, typed["key"], str(row.id), typed["text"], at=place.at)
    return "Note kept"


def _pend(place: Desk, row: Claim, typed: Typed) -> str:
    until = items_pend(
        place.grant, row.practice_id, str(row.id), typed["days"], at=place.at, day=place.today
    )
    if typed["reason"]:
        words = f"Pended to {until:%Y-%m-%d}: {typed['reason']}"
        key = typed["key"] or uuid4()
        note_add(place.grant, row.practice_id, key, str(row.id), words, at=place.at)
    return f"Claim {row.number} pended to {until:%Y-%m-%d}"


def _assign(place: Desk, row: Claim, typed: Typed) -> str:
    person = UUID(typed["choice"]) if typed["choice"] else None
    items_assign(place.grant, row.practice_id, str(row.id), person)
    return f"Claim {row.number} given to {place.people[person] if person else 'everybody'}"


def _send_again(place: Desk, row: Claim, _typed: Typed) -> str:
    claim_send_again(
        place.grant, row.id, check=scrub_check(place.today), at=place.at, day=place.today
    )
    return f"Claim {row.number} is checked, and leaves again with the next turn"


def _void(place: Desk, row: Claim, typed: Typed) -> str:
    claim_void_plan(place.grant, row.practice_id, str(row.id), at=place.at, day=place.today)
    _reason(place, row, typed)
    return f"The void of claim {row.number} leaves with the next turn"


def _write_off(place: Desk, row: Claim, typed: Typed) -> str:
    asked = WriteOff(claim=str(row.id), reason=typed["reason"], amount_cents=typed["amount"])
    write_off(place.money(row.practice_id, typed["key"]), asked)
    return f"Written off on claim {row.number}"


def _bill_patient(place: Desk, row: Claim, typed: Typed) -> str:
    money = place.money(row.practice_id, typed["key"])
    patient_bill(money, str(row.id), None, typed["reason"])
    _reason(place, row, typed)
    return f"The patient is asked for what is open on claim {row.number}"


def _bill_next(place: Desk, row: Claim, typed: Typed) -> str:
    money = place.money(row.practice_id, typed["key"])
    next_payer_bill(money, str(row.id), None, typed["reason"])
    _reason(place, row, typed)
    return f"The next payer is asked for what is open on claim {row.number}"


def _reason(place: Desk, row: Claim, typed: Typed) -> None:
    note_add(place.grant, row.practice_id, typed["key"], str(row.id), typed["reason"], at=place.at)


def _plain(kind: type[Form]) -> Callable[[HttpRequest, Desk], Form]:
    return lambda request, _place: kind(request.POST)


VERBS = {
    "note": Verb("change", "work_item", _plain(NoteForm), _note),
    "pend": Verb("change", "work_item", _plain(PendForm), _pend),
    "assign": Verb(
        "change",
        "work_item",
        lambda request, place: PickForm(request.POST, label="Owner", choices=people_choices(place)),
        _assign,
    ),
    "send-again": Verb("send", "claim", None, _send_again),
    "void": Verb("send", "claim", _plain(ReasonForm), _void),
    "write-off": Verb(
        "write_off",
        "ledger",
        lambda request, _place: MoneyReasonForm(request.POST, choices=WRITE_OFF_REASONS),
        _write_off,
    ),
    "bill-patient": Verb("post", "ledger", _plain(ReasonForm), _bill_patient),
    "bill-next": Verb("post", "ledger", _plain(ReasonForm), _bill_next),
}


@require_POST
def claim(request: HttpRequest, claim: UUID, verb: str) -> HttpResponse:
    """Do one thing with a claim, and go back to where it was asked for."""
    known = VERBS.get(verb)
    if known is None:
        raise Http404
    with desk(request, known.action, known.resource, with_people=True) as place:
        form = known.form(request, place) if known.form else None

    def work() -> str:
        with desk(request, known.action, known.resource, with_people=True) as there:
            row = claim_get(there.grant, claim)
            if row is None:
                raise Http404
            return known.work(there, row, form.cleaned_data if form else {})

    return acted(
        request,
        form or True,
        work,
        to=_back(request, claim),
        again=lambda: draw_claim(request, str(claim), "lines"),
    )


def _back(request: HttpRequest, claim_id: UUID) -> str:
    """Give the place of ours that the form was sent from: a queue goes on with its next item."""
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return reverse("workbench:claim", args=[claim_id])
