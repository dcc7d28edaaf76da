"""Coding a visit, changing a claim by hand, and the type-ahead of codes for both."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cleanclaim.apps.claims.public import (
    Edit,
    LineEdit,
    claim_edit,
    claim_editable,
    scrub_check,
)
from cleanclaim.apps.codes.public import Step, code_step, codes_search
from cleanclaim.apps.encounters.public import CodedLine, Coding, VisitChange, encounter_code
from cleanclaim.apps.tenancy.public import refuse_unless
from cleanclaim.core.codes.release import Table
from cleanclaim.web.workbench import keys
from cleanclaim.web.workbench.acting import acted
from cleanclaim.web.workbench.forms import CodeLines, EditLines, VisitForm
from cleanclaim.web.workbench.live.desk import desk
from cleanclaim.web.workbench.live.typed import coding_page, edit_form, edit_page
from cleanclaim.web.workbench.views import draw_page

_READ, _WRITE = "GET", "POST"
_TABLES = {
    "diagnosis": (Table.DIAGNOSIS,),
    "procedure": (Table.HCPCS, Table.CPT),
}
_ASKS = {
    "side": "Choose the side",
    "seventh": "Choose the 7th character",
    "detail": "Choose what is documented",
}
_FOUND_AT_MOST = 8


@require_http_methods([_READ, _WRITE])
def code(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Code a visit."""
    if request.method == _READ:
        return _coding(request, encounter)
    form, lines = VisitForm(request.POST), CodeLines(request.POST, prefix="line")
    is_right = form.is_valid() and lines.is_valid()

    def work() -> str:
        with desk(request, "change", "encounter") as place:
            encounter_code(place.grant, encounter, _coded(form, lines), at=place.at)
        return "Coded; it becomes a claim with the next turn"

    refuse_unless(request.user.role, "change", "encounter")  # type: ignore[union-attr]
    return acted(
        request,
        is_right,
        work,
        to=reverse("workbench:queue", args=["to-be-coded"]),
        again=lambda: _coding(request, encounter),
    )


def _coding(request: HttpRequest, encounter: UUID) -> HttpResponse:
    with desk(request, "change", "encounter") as place:
        page = coding_page(request, place, encounter)
    return draw_page(request, "typed", page, page.title, "work", keys.PLAIN)


def _coded(form: VisitForm, lines: Any) -> Coding:
    return Coding(
        diagnoses=form.cleaned_data["diagnoses"],
        place_of_service=form.cleaned_data["place_of_service"],
        lines=tuple(
            CodedLine(
                procedure_code=line["procedure_code"],
                charge_cents=line["charge_cents"],
                modifiers=line["modifiers"],
                units=line["units"],
                diagnosis_pointers=line["diagnosis_pointers"],
                service_date=line["service_date"],
            )
            for line in lines.kept()
        ),
    )


@require_http_methods([_READ, _WRITE])
def edit(request: HttpRequest, claim: UUID) -> HttpResponse:
    """Change a claim by hand."""
    if request.method == _READ:
        return _editing(request, claim)
    with desk(request, "change", "claim") as place:
        form = edit_form(request, place, claim_editable(place.grant, claim))
    lines = EditLines(request.POST, prefix="line")
    is_right = form.is_valid() and lines.is_valid()

    def work() -> str:
        provider, order = form.chosen()
        wanted = Edit(
            visit=VisitChange(
                diagnoses=form.cleaned_data["diagnoses"],
                place_of_service=form.cleaned_data["place_of_service"],
                rendering_id=provider,
                coverages=order,
                prior_authorization_number=form.cleaned_data["prior_authorization_number"],
            ),
            lines=tuple(
                LineEdit(**{key: line[key] for key in LineEdit.__struct_fields__})
                for line in lines.kept()
            ),
        )
        with desk(request, "change", "claim") as place:
            changes = claim_edit(
                place.grant,
                claim,
                wanted,
                form.cleaned_data["seen"],
                check=scrub_check(place.today),
                at=place.at,
                day=place.today,
            )
        return f"Saved and checked again: {len(changes)} change{'' if len(changes) == 1 else 's'}"

    return acted(
        request,
        is_right,
        work,
        to=reverse("workbench:claim-tab", args=[claim, "edits"]),
        again=lambda: _editing(request, claim),
    )


def _editing(request: HttpRequest, claim: UUID) -> HttpResponse:
    with desk(request, "change", "claim") as place:
        page = edit_page(request, place, claim)
    return draw_page(request, "typed", page, page.title, "claims", keys.PLAIN)


@require_safe
def codes(request: HttpRequest) -> JsonResponse:
    """Find codes for what is being typed, valid on the day of service.

    A part of a diagnosis code is completed step by step: what has to be chosen next, the side or
    the 7th character, is answered with its choices.
    """
    refuse_unless(request.user.role, "read", "encounter")  # type: ignore[union-attr]
    words = request.GET.get("q", "")[:60].strip()
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return JsonResponse({"codes": []})
    kind = request.GET.get("of", "")
    step = code_step(words.replace(".", "").upper(), day) if kind == "diagnosis" else None
    if isinstance(step, Step) and step.choices:
        choices = [
            {"code": one.code, "words": one.words, "whole": one.is_billable} for one in step.choices
        ]
        return JsonResponse({"codes": choices, "ask": _ASKS[step.kind]})
    tables = _TABLES.get(kind, ())
    hits = [hit for table in tables for hit in codes_search(words, day, table, _FOUND_AT_MOST)]
    return JsonResponse(
        {
            "codes": [
                {"code": hit.code, "words": hit.words, "whole": hit.is_billable}
                for hit in sorted(hits, key=lambda one: -one.score)[:_FOUND_AT_MOST]
            ]
            if words
            else []
        }
    )
