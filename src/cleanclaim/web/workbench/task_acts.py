"""What people do with work that is no claim: each form makes one service call."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from cleanclaim.apps.claims.public import (
    CoverageFacts,
    PayerFacts,
    ProviderFacts,
    claims_search,
    scrub_check,
    unconfirmed_get,
    unconfirmed_settle,
)
from cleanclaim.apps.exchange.public import (
    inbound_apply_again,
    inbound_set_aside,
    interchange_mark_sent,
    interchange_send_again,
)
from cleanclaim.apps.patients.public import PatientRecord
from cleanclaim.apps.remittance.public import (
    matters_load,
    parked_claim_match,
    parked_line_match,
    parked_refund,
    remittance_drop,
    remittance_get,
    remittances_of_trace,
    remittances_supersede,
)
from cleanclaim.apps.statements.public import (
    credit_classify,
    item_close,
    patient_refund_approve,
    patient_refund_request,
    payer_refund_approve,
)
from cleanclaim.apps.tenancy.public import refuse_unless
from cleanclaim.apps.work.public import WorkItem, item_get, items_pend, note_add
from cleanclaim.core.claim import Patient
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.web.workbench.acting import acted
from cleanclaim.web.workbench.forms import (
    AmountForm,
    ClaimNumberForm,
    NoteForm,
    PendForm,
    PickForm,
    ReasonForm,
)
from cleanclaim.web.workbench.live.confirming import FORMS, RESOURCES
from cleanclaim.web.workbench.live.desk import Desk, desk
from cleanclaim.web.workbench.live.lists import queue_page
from cleanclaim.web.workbench.live.remedies import charge_choices
from cleanclaim.web.workbench.live.tasks import DRAFTS, FILES
from cleanclaim.web.workbench.views import draw_queue

type Typed = dict[str, Any]


class Verb(NamedTuple):
    """One thing that can be done with an item.

    Args:
        action: Of the access table.
        resource: Of the access table.
        form: Reads what was typed; None where nothing is.
        work: Does it inside the scope and says what was done.
    """

    action: str
    resource: str
    form: Callable[[HttpRequest, Desk, WorkItem], Form] | None
    work: Callable[[Desk, WorkItem, Typed], str]


def _plain(kind: type[Form]) -> Callable[[HttpRequest, Desk, WorkItem], Form]:
    return lambda request, _place, _item: kind(request.POST)


def _line_form(request: HttpRequest, place: Desk, item: WorkItem) -> Form:
    held = matters_load(place.grant, item.practice_id, "parked", name=item.subject_id)
    found = held.get(item.subject_id)
    choices = charge_choices(place, found) if found else []
    return PickForm(request.POST, label="Line of the claim", choices=choices)


def _noted(place: Desk, item: WorkItem, typed: Typed) -> None:
    note_add(
        place.grant,
        item.practice_id,
        typed["key"],
        item.subject_id,
        typed["reason"],
        at=place.at,
    )


def _pend(place: Desk, item: WorkItem, typed: Typed) -> str:
    until = items_pend(
        place.grant, item.practice_id, str(item.id), typed["days"], at=place.at, day=place.today
    )
    if typed["reason"]:
        words = f"Pended to {until:%Y-%m-%d}: {typed['reason']}"
        key = typed["key"] or uuid4()
        note_add(place.grant, item.practice_id, key, item.subject_id, words, at=place.at)
    return f"Pended to {until:%Y-%m-%d}"


def _note(place: Desk, item: WorkItem, typed: Typed) -> str:
    note_add(
        place.grant, item.practice_id, typed["key"], item.subject_id, typed["text"], at=place.at
    )
    return "Note kept"


def _aside(place: Desk, item: WorkItem, typed: Typed) -> str:
    item_close(place.money(item.practice_id, typed["key"]), item.kind, item.subject_id)
    _noted(place, item, typed)
    return "Set aside"


def _match_claim(place: Desk, item: WorkItem, typed: Typed) -> str:
    found = claims_search(place.grant, typed["number"])
    if len(found) != 1:
        many = "Several claims bear" if found else "No claim bears"
        raise Refusal("no_such_claim", f"{many} this number: type our claim number.")
    parked_claim_match(place.money(item.practice_id), item.subject_id, str(found[0]))
    return "Matched and posted"


def _match_line(place: Desk, item: WorkItem, typed: Typed) -> str:
    parked_line_match(place.money(item.practice_id), item.subject_id, typed["choice"])
    return "Matched and posted"


def _refund(place: Desk, item: WorkItem, typed: Typed) -> str:
    parked_refund(place.money(item.practice_id), item.subject_id)
    _noted(place, item, typed)
    return "Owed back to the payer"


def _drop(place: Desk, item: WorkItem, typed: Typed) -> str:
    remittance_drop(place.money(item.practice_id), UUID(item.subject_id))
    _noted(place, item, typed)
    return "Closed; it is never posted"


def _classify(place: Desk, item: WorkItem, _typed: Typed) -> str:
    credit_classify(place.money(item.practice_id), item.subject_id)
    return "Classified; the refund waits for approval"


def _refund_payer(place: Desk, item: WorkItem, typed: Typed) -> str:
    money = place.money(item.practice_id, typed["key"])
    payer_refund_approve(money, item.subject_id, typed["amount"])
    return "Refund approved"


def _refund_ask(place: Desk, item: WorkItem, typed: Typed) -> str:
    money = place.money(item.practice_id, typed["key"])
    patient_refund_request(money, item.subject_id, typed["amount"])
    return "Refund asked for"


def _refund_patient(place: Desk, item: WorkItem, typed: Typed) -> str:
    money = place.money(item.practice_id, typed["key"])
    patient_refund_approve(money, item.subject_id, typed["amount"])
    return "Refund approved"


VERBS = {
    "pend": Verb("change", "work_item", _plain(PendForm), _pend),
    "note": Verb("change", "work_item", _plain(NoteForm), _note),
    "aside": Verb("change", "work_item", _plain(ReasonForm), _aside),
    "match-claim": Verb("post", "remittance", _plain(ClaimNumberForm), _match_claim),
    "match-line": Verb("post", "remittance", _line_form, _match_line),
    "refund": Verb("post", "remittance", _plain(ReasonForm), _refund),
    "classify": Verb("post", "ledger", None, _classify),
    "refund-payer": Verb("write_off", "ledger", _plain(AmountForm), _refund_payer),
    "refund-ask": Verb("post", "ledger", _plain(AmountForm), _refund_ask),
    "refund-patient": Verb("write_off", "ledger", _plain(AmountForm), _refund_patient),
    "drop": Verb("post", "remittance", _plain(ReasonForm), _drop),
}


@require_POST
def item(request: HttpRequest, item: UUID, verb: str) -> HttpResponse:
    """Do one thing with a work item; the next of its queue is shown then."""
    known = VERBS.get(verb)
    if known is None:
        raise Http404
    with desk(request, known.action, known.resource) as place:
        row = _row(place, item)
        form = known.form(request, place, row) if known.form else None

    def work() -> str:
        with desk(request, known.action, known.resource) as there:
            return known.work(there, _row(there, item), form.cleaned_data if form else {})

    return _answered(request, row, form or True, work)


def _row(place: Desk, item_id: UUID) -> WorkItem:
    row = item_get(place.grant, item_id)
    if row is None:
        raise Refusal("no_such_item", "Somebody has settled this already.")
    return row


def _answered(
    request: HttpRequest, row: WorkItem, form: Form | bool, work: Callable[[], str]
) -> HttpResponse:
    queue = row.kind.replace("_", "-")
    return acted(
        request,
        form,
        work,
        to=reverse("workbench:queue", args=[queue]),
        again=lambda: _again(request, queue, str(row.id)),
    )


def _again(request: HttpRequest, queue: str, chosen: str) -> HttpResponse:
    return draw_queue(request, queue_page(request, queue, chosen))


@require_POST
def arrived(request: HttpRequest, item: UUID) -> HttpResponse:
    """Note that a file whose sending was cut short reached the partner."""
    return _interchange(request, item, is_there=True)


@require_POST
def send_again(request: HttpRequest, item: UUID) -> HttpResponse:
    """Let a file whose sending was cut short leave again."""
    return _interchange(request, item, is_there=False)


def _interchange(request: HttpRequest, item_id: UUID, *, is_there: bool) -> HttpResponse:
    with desk(request, "send", "claim") as place:
        row = _row(place, item_id)
    act = interchange_mark_sent if is_there else interchange_send_again

    def work() -> str:
        # It opens its own scope, as every sending does.
        act(place.grant, row.practice_id, UUID(row.subject_id), at=place.at)
        return "Noted as arrived" if is_there else "It leaves again with the next turn"

    return _answered(request, row, True, work)


@require_POST
def supersede(request: HttpRequest, item: UUID) -> HttpResponse:
    """Let another remittance of the same number take the place of one that is not posted."""
    with desk(request, "post", "remittance") as place:
        row = _row(place, item)
        held = remittance_get(place.grant, UUID(row.subject_id))
        others = remittances_of_trace(place.grant, held) if held else []
        choices = [(str(one.id), str(one.id)) for one in others]
        money = place.money(row.practice_id)
    form = PickForm(request.POST, label="Remittance to post", choices=choices)

    def work() -> str:
        # It opens its own scopes, as every posting does.
        remittances_supersede(money, UUID(row.subject_id), UUID(form.cleaned_data["choice"]))
        return "Posted in its place"

    return _answered(request, row, form, work)


@require_POST
def file(request: HttpRequest, file: UUID, verb: str) -> HttpResponse:
    """Apply a parked file again, or set it aside."""
    if verb not in ("again", "aside"):
        raise Http404
    form = ReasonForm(request.POST) if verb == "aside" else True

    def work() -> str:
        with desk(request, "create", "file") as place:
            if isinstance(form, bool):
                inbound_apply_again(place.grant, file)
                return "It is read again with the next turn"
            inbound_set_aside(place.grant, file, form.cleaned_data["reason"], at=place.at)
            return "Set aside"

    return acted(
        request,
        form,
        work,
        to=reverse("workbench:queue", args=[FILES]),
        again=lambda: _again(request, FILES, str(file)),
    )


@require_POST
def draft(request: HttpRequest, kind: str, thing: UUID) -> HttpResponse:
    """Confirm a provider, payer, patient or coverage, and free the claims it held."""
    if kind not in FORMS:
        raise Http404
    refuse_unless(request.user.role, "change", RESOURCES[kind])  # type: ignore[union-attr]
    form = FORMS[kind](request.POST)

    def work() -> str:
        with desk(request, "change", RESOURCES[kind]) as place:
            facts = _facts(place, kind, thing, form)
            freed = unconfirmed_settle(
                place.grant, kind, thing, facts, check=scrub_check(place.today), at=place.at
            )
        return f"Confirmed; {freed} claim{'' if freed == 1 else 's'} checked again"

    return acted(
        request,
        form,
        work,
        to=reverse("workbench:queue", args=[DRAFTS]),
        again=lambda: _again(request, DRAFTS, f"{kind}.{thing}"),
    )


def _facts(
    place: Desk, kind: str, thing: UUID, form: Any
) -> ProviderFacts | PayerFacts | CoverageFacts | Patient:
    typed = form.cleaned_data
    if kind == "provider":
        return ProviderFacts(**typed)
    if kind == "payer":
        return PayerFacts(**typed)
    if kind == "coverage":
        return CoverageFacts(**typed)
    held = unconfirmed_get(place.grant, kind, thing).what
    if not isinstance(held, PatientRecord):
        raise Refusal("erased", "The person's data was erased.")
    patient: Patient = form.patient(held.patient)
    return patient
