"""Pages with one large form: coding a visit, changing a claim by hand."""

from itertools import permutations
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from cleanclaim.apps.claims.public import Editable, claim_editable, patient_names
from cleanclaim.apps.encounters.public import Waiting, encounter_waiting
from cleanclaim.apps.patients.public import coverages_by_id, patient_records
from cleanclaim.apps.practices.public import provider_list
from cleanclaim.kernel.money import show_cents
from cleanclaim.platform.ui.frame import Action
from cleanclaim.web.workbench.forms import (
    CodeLines,
    EditForm,
    EditLines,
    VisitForm,
    letters_of,
)
from cleanclaim.web.workbench.live.bound import bound, bound_lines
from cleanclaim.web.workbench.live.desk import Desk
from cleanclaim.web.workbench.pages.claims import Fact
from cleanclaim.web.workbench.pages.work import TypedPage

MOST_PAYERS = 3


def coding_page(request: HttpRequest, place: Desk, encounter_id: UUID) -> TypedPage:
    """Fill the page on which a visit is coded."""
    waiting = encounter_waiting(place.grant, encounter_id)
    if waiting is None:
        raise Http404
    row = waiting.encounter
    named = patient_records(place.grant, row.practice_id, [row.patient_id]).get(row.patient_id)
    name = f"{named.patient.name.last}, {named.patient.name.first}" if named else "Erased"
    return TypedPage(
        title=f"Code the visit of {row.service_date:%Y-%m-%d}",
        back=Action(words="To be coded", href=reverse("workbench:queue", args=["to-be-coded"])),
        facts=(
            Fact(label="Patient", value=name),
            Fact(label="Client", value=place.client(row.practice_id)),
            Fact(label="Provider", value=row.rendering.last if row.rendering else "none"),
            Fact(label="Visit no.", value=row.number),
        ),
        source=tuple((one.system, one.code, one.words) for one in waiting.source_codes),
        form=bound(
            request,
            VisitForm,
            "visit",
            initial={
                "diagnoses": " ".join(row.diagnoses),
                "place_of_service": row.place_of_service,
            },
        ),
        lines=bound_lines(request, CodeLines, "visit", initial=_coded(waiting)),
        href=reverse("acts:code", args=[row.id]),
        form_name="visit",
        words="Save the coding",
        search_href=reverse("acts:codes"),
        day=row.service_date.isoformat(),
        hint="It becomes a claim with the next turn, and is checked before it leaves. "
        "Empty lines are left out.",
    )


def _coded(waiting: Waiting) -> list[dict[str, Any]]:
    return [
        {
            "procedure_code": charge.procedure_code,
            "modifiers": " ".join(charge.modifiers),
            "diagnosis_pointers": letters_of(charge.diagnosis_pointers) or "A",
            "units": f"{charge.units.normalize():f}",
            "charge_cents": f"{charge.charge_cents // 100}.{charge.charge_cents % 100:02d}"
            if charge.charge_cents
            else "",
            "service_date": charge.service_date,
        }
        for charge in waiting.charges
    ]


def edit_page(request: HttpRequest, place: Desk, claim_id: UUID) -> TypedPage:
    """Fill the page on which a claim is changed by hand.

    Raises:
        Refusal: As `claim_editable`.
    """
    editable = claim_editable(place.grant, claim_id)
    row = editable.row
    name = patient_names(place.grant, [row]).get(row.patient_id, "Erased")
    is_decided = row.payer_control_numbers and row.first_adjudicated is not None
    return TypedPage(
        title=f"Edit claim {row.number}",
        back=Action(
            words=f"Claim {row.number}",
            href=reverse("workbench:claim", args=[row.id]),
            key="Escape",
        ),
        facts=(
            Fact(label="Patient", value=name),
            Fact(label="Client", value=place.client(row.practice_id)),
            Fact(label="Payer", value=row.payer.name),
            Fact(label="Charge", value=show_cents(editable.claim.charge_cents)),
        ),
        form=edit_form(request, place, editable),
        lines=bound_lines(request, EditLines, "edit", initial=_lines(editable)),
        href=reverse("acts:edit", args=[row.id]),
        form_name="edit",
        words="Save and check again",
        search_href=reverse("acts:codes"),
        day=row.service_date.isoformat(),
        hint="The payer has decided on this claim: what you save leaves as a replacement "
        "(frequency 7)."
        if is_decided
        else "What was sent stays as it was; the next version that leaves holds your changes.",
    )


def edit_form(request: HttpRequest, place: Desk, editable: Editable) -> EditForm:
    """Make the form of what a claim says for all of its lines."""
    row, claim = editable.row, editable.claim
    encounter = row.encounter
    return bound(
        request,
        EditForm,
        "edit",
        initial={
            "seen": editable.seen,
            "diagnoses": " ".join(one.code for one in claim.diagnoses),
            "place_of_service": claim.place_of_service,
            "provider": str(encounter.rendering_id or ""),
            "payers": ",".join(map(str, encounter.coverages)),
            "prior_authorization_number": claim.prior_authorization_number,
        },
        providers=[
            (str(one.id), f"{one.last}, {one.first}, NPI {one.npi}")
            for one in provider_list(place.grant, row.practice_id)
        ],
        orders=_orders(place, encounter.coverages),
    )


def _orders(place: Desk, coverages: list[UUID]) -> list[tuple[str, str]]:
    names = {row.id: row.payer.name for row, _ in coverages_by_id(place.grant, coverages)}
    orders = [tuple(coverages)]
    if len(coverages) <= MOST_PAYERS:
        orders += [one for one in permutations(coverages) if one != orders[0]]
    return [
        (",".join(map(str, order)), ", then ".join(names.get(one, "?") for one in order))
        for order in orders
    ]


def _lines(editable: Editable) -> list[dict[str, Any]]:
    return [
        {
            "charge": charge,
            "procedure_code": line.procedure_code,
            "modifiers": " ".join(line.modifiers),
            "diagnosis_pointers": letters_of(line.diagnosis_pointers),
            "units": f"{line.units:f}",
            "charge_cents": f"{line.charge_cents // 100}.{line.charge_cents % 100:02d}",
            "service_date": line.service_date,
        }
        for charge, line in zip(editable.charges, editable.claim.lines, strict=True)
    ]
