"""What people do with edits and own rules: forms come in here, each makes one service call."""

from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from cleanclaim.apps.claims.public import (
    claim_correction_accept,
    claim_finding_override,
    rule_trial_ask,
    scrub_check,
)
from cleanclaim.apps.rules.public import rule_activate, rule_check, rule_end, rule_save
from cleanclaim.apps.tenancy.public import refuse_unless
from cleanclaim.core.scrub.language import fields_beginning
from cleanclaim.web.workbench import keys
from cleanclaim.web.workbench.live.desk import desk
from cleanclaim.web.workbench.live.rules import rule_page_again, rule_typed
from cleanclaim.web.workbench.views import draw_page

_UNPROCESSABLE = 422


@require_safe
def fields(request: HttpRequest) -> JsonResponse:
    """Give the names of fields that begin with `q`, for type-ahead."""
    refuse_unless(request.user.role, "read", "rule")  # type: ignore[union-attr]
    found = fields_beginning(request.GET.get("q", "")[:60])
    return JsonResponse({"fields": [{"name": one.name, "kind": one.kind.value} for one in found]})


@require_POST
def check(request: HttpRequest) -> JsonResponse:
    """Say what is wrong with the texts as they stand in the editor; nothing is saved."""
    refuse_unless(request.user.role, "create", "rule")  # type: ignore[union-attr]
    written, _, problems = rule_typed(request.POST.dict())
    problems = rule_check(written) | problems
    told = {
        name: {"start": one.start, "end": one.end, "words": one.message}
        for name, one in problems.items()
    }
    return JsonResponse({"problems": told})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save the next version of a rule, or show what is wrong with it."""
    values = request.POST.dict()
    written, practice_id, problems = rule_typed(values)
    at = datetime.now(UTC)  # noqa: TID251  a page is an edge
    with desk(request, "create", "rule") as place:
        if not problems:
            saved = rule_save(place.grant, written, practice_id=practice_id, at=at)
            if not isinstance(saved, dict):
                return redirect("rules:rule", version=saved.id)
            problems = saved
        page = rule_page_again(place, values, rule_check(written) | problems)
    answer = draw_page(request, "rule", page, page.title, "edits", keys.PLAIN)
    answer.status_code = _UNPROCESSABLE
    return answer


@require_POST
def try_out(request: HttpRequest, version: UUID) -> HttpResponseRedirect:
    """Ask a worker to run a version over the last 90 days of claims."""
    at = datetime.now(UTC)  # noqa: TID251  a page is an edge
    with desk(request, "change", "rule") as place:
        rule_trial_ask(place.grant, version, at=at)
    return redirect("rules:rule", version=version)


@require_POST
def activate(request: HttpRequest, version: UUID) -> HttpResponseRedirect:
    """Put a version into force."""
    at = datetime.now(UTC)  # noqa: TID251  a page is an edge
    with desk(request, "change", "rule") as place:
        rule_activate(place.grant, version, at=at)
    return redirect("rules:rule", version=version)


@require_POST
def end(request: HttpRequest, version: UUID) -> HttpResponseRedirect:
    """Take a version out of force."""
    at = datetime.now(UTC)  # noqa: TID251  a page is an edge
    with desk(request, "change", "rule") as place:
        rule_end(place.grant, version, at=at)
    return redirect("rules:rule", version=version)


@require_POST
def override(request: HttpRequest, finding: UUID) -> HttpResponseRedirect:
    """Let a warning pass."""
    at = datetime.now(UTC)  # noqa: TID251  a page is an edge
    with desk(request, "change", "claim") as place:
        claim_id = claim_finding_override(place.grant, finding, at=at)
    return redirect("workbench:claim-tab", claim=str(claim_id), tab="edits")


@require_POST
def accept(request: HttpRequest, finding: UUID) -> HttpResponseRedirect:
    """Do what a finding proposes."""
    at = datetime.now(UTC)  # noqa: TID251  a page is an edge
    with desk(request, "change", "claim") as place:
        check_now = scrub_check(place.today)
        claim_id = claim_correction_accept(
            place.grant, finding, check=check_now, at=at, day=place.today
        )
    return redirect("workbench:claim-tab", claim=str(claim_id), tab="edits")
