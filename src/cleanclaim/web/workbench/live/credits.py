"""Credits and refunds in the queues: whose money it is, and who approves that it goes back."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from cleanclaim.apps.claims.public import claim_get, patient_names
from cleanclaim.apps.patients.public import patient_records
from cleanclaim.apps.work.public import WorkItem
from cleanclaim.kernel.money import show_cents
from cleanclaim.platform.ui.frame import Action, Method
from cleanclaim.web.workbench.forms import AmountForm
from cleanclaim.web.workbench.live.about import About, item_href
from cleanclaim.web.workbench.live.bound import bound
from cleanclaim.web.workbench.live.desk import Desk
from cleanclaim.web.workbench.live.words import item_words
from cleanclaim.web.workbench.pages.claims import Fact
from cleanclaim.web.workbench.pages.forms import FormView


def claim_about(request: HttpRequest, place: Desk, item: WorkItem) -> About:
    """Say what is known of a claim with a credit, and what can be done with it."""
    row = claim_get(place.grant, UUID(item.subject_id))
    if row is None:
        return About(item_words(item.kind))
    name = patient_names(place.grant, [row]).get(row.patient_id, "Erased")
    actions: tuple[Action, ...] = ()
    forms: tuple[FormView, ...] = ()
    if item.kind == "credit_balance" and place.may("post", "ledger"):
        actions = (
            Action(
                words="It is the payer's money",
                href=item_href(item, "classify"),
                method=Method.POST,
                is_primary=True,
                key="1",
            ),
        )
    if item.kind == "refund_approval" and place.may("write_off", "ledger"):
        forms = (_amount(request, item, "refund-payer", "Approve the refund"),)
    return About(
        f"{item_words(item.kind)}, claim {row.number}",
        facts=(
            Fact(label="Patient", value=name),
            Fact(label="Asked by", value=place.named(item.requested_by)),
        )
        if item.requested_by
        else (Fact(label="Patient", value=name),),
        links=(
            Action(words="Open claim", href=reverse("workbench:claim", args=[row.id]), key="o"),
        ),
        actions=actions,
        forms=forms,
    )


def patient_about(request: HttpRequest, place: Desk, item: WorkItem) -> About:
    """Say what is known of a patient's account with a credit, and what can be done with it."""
    patient_id = UUID(item.subject_id)
    found = patient_records(place.grant, item.practice_id, [patient_id]).get(patient_id)
    name = f"{found.patient.name.last}, {found.patient.name.first}" if found else "Erased"
    forms: tuple[FormView, ...] = ()
    if item.kind == "credit_balance" and place.may("post", "ledger"):
        forms = (_amount(request, item, "refund-ask", "Ask for a refund"),)
    if item.kind == "refund_approval" and place.may("write_off", "ledger"):
        forms = (_amount(request, item, "refund-patient", "Approve the refund"),)
    facts = [Fact(label="Patient", value=name)]
    if item.requested_by:
        facts.append(Fact(label="Asked by", value=place.named(item.requested_by)))
    return About(item_words(item.kind), facts=tuple(facts), forms=forms)


def _amount(request: HttpRequest, item: WorkItem, verb: str, words: str) -> FormView:
    initial = {"amount": show_cents(item.stake_cents)} if item.stake_cents > 0 else {}
    return FormView(
        name=verb,
        form=bound(request, AmountForm, verb, initial=initial),
        href=item_href(item, verb),
        words=words,
        is_primary=True,
    )
