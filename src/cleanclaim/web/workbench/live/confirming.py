"""Drafts that hold claims, as forms: a provider, a payer, a patient, a coverage."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cleanclaim.apps.claims.public import Unconfirmed, unconfirmed_words
from cleanclaim.apps.patients.public import Coverage, CoverageRecord, PatientRecord
from cleanclaim.apps.payers.public import Payer
from cleanclaim.apps.practices.public import Provider
from cleanclaim.platform.ui.frame import Action
from cleanclaim.web.workbench.forms import CoverageForm, PatientForm, PayerForm, ProviderForm
from cleanclaim.web.workbench.live.bound import bound
from cleanclaim.web.workbench.live.desk import Desk
from cleanclaim.web.workbench.pages.claims import Fact
from cleanclaim.web.workbench.pages.forms import FormView
from cleanclaim.web.workbench.pages.work import TaskItem

FORMS: dict[str, Any] = {
    "provider": ProviderForm,
    "payer": PayerForm,
    "patient": PatientForm,
    "coverage": CoverageForm,
}
# Who may confirm what: the resource of the access table whose `change` is asked.
RESOURCES = {
    "provider": "provider",
    "payer": "payer",
    "patient": "patient",
    "coverage": "patient",
}
_WHY = {
    "provider": "Came in with a visit and is not known here. Compare with the NPI registry.",
    "payer": "Came in with a visit and is not known here. Compare with the clearinghouse's list.",
    "patient": "Came in with a visit and is not known here. Compare with the card and the chart.",
    "coverage": "Came in with a visit and is not known here. Compare with the card.",
}
_DIFFERS = (
    "The number of this patient came in with another name or birth date. Here stands what we "
    "hold: correct it, or confirm that it is right."
)


def draft_item(request: HttpRequest, place: Desk, one: Unconfirmed) -> TaskItem:
    """Fill the right pane for a draft: what came in, to be completed and confirmed."""
    resource = RESOURCES[one.kind]
    count = len(one.claims)
    form = FormView(
        name="confirm",
        form=bound(request, FORMS[one.kind], "confirm", initial=_initial(one)),
        href=reverse("acts:draft", args=[one.kind, one.id]),
        words=f"Confirm, and check {count} claim{'' if count == 1 else 's'} again",
        hint="The claims it held are checked again at once.",
        is_primary=True,
    )
    may = place.may("change", resource) and one.what is not None
    return TaskItem(
        title=unconfirmed_words(one),
        why=_DIFFERS if one.differs else _WHY[one.kind],
        stake_cents=one.charge_cents,
        stake_words=f"held, {count} claim{'' if count == 1 else 's'}",
        facts=(
            Fact(label="Kind", value=one.kind.capitalize()),
            Fact(label="Client", value=place.client(one.practice_id)),
            *(
                ()
                if may
                else (Fact(label="Confirmed by", value=f"those who may change a {resource}"),)
            ),
        ),
        links=tuple(
            Action(
                words="Open a claim it holds",
                href=reverse("workbench:claim", args=[claim]),
                key="o",
            )
            for claim in one.claims[:1]
        ),
        forms=(form,) if may else (),
    )


def _initial(one: Unconfirmed) -> dict[str, object]:
    match one.what:
        case Provider() as row:
            return {name: getattr(row, name) for name in ("last", "first", "npi", "taxonomy_code")}
        case Payer() as row:
            return {name: getattr(row, name) for name in ("name", "payer_id", "filing_indicator")}
        case (Coverage() as coverage, CoverageRecord() as record):
            return {
                "member_id": record.subscriber.member_id,
                "group_number": record.group_number,
                "rank": coverage.rank,
            }
        case PatientRecord() as record:
            patient = record.patient
            address = patient.address
            return {
                "last": patient.name.last,
                "first": patient.name.first,
                "birth_date": patient.birth_date,
                "sex": patient.sex or "U",
                "line_1": address.line_1 if address else "",
                "city": address.city if address else "",
                "state": address.state if address else "",
                "zip_code": address.zip_code if address else "",
            }
    return {}
