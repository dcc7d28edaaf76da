"""The public privacy page under each tenant's address, with history, evidence and data."""

from datetime import UTC, datetime
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from cleanclaim.apps.privacy.in_force import policy_loaded, proofs_here, versions_folder
from cleanclaim.apps.privacy.loading import Loaded
from cleanclaim.apps.privacy.pages import KINDS, page_data, page_for, page_html
from cleanclaim.core.privacy.page import Page
from cleanclaim.kernel.refusal import Refusal

_NAMES = {
    "page": "privacy-page",
    "evidence": "privacy-evidence",
    "history": "privacy-history",
    "data": "privacy-data",
}

_FOOT = {"page": "Privacy policy", "history": "All versions", "evidence": "Evidence"}


@login_not_required
@require_safe
def privacy_page(request: HttpRequest, tenant: str, kind: str = "page") -> HttpResponse:
    """Show the page, its evidence or its history; `kind` is one of `pages.KINDS`."""
    page = _page(_loaded(tenant))
    links = {name: reverse(view, args=[tenant]) for name, view in _NAMES.items()}
    body = page_html(page, kind if kind in KINDS else "page", links)
    # The fragment comes from our own template, which escapes what it shows.
    context = {
        "page": page,
        "body": mark_safe(body),  # noqa: S308  see above
        "site_name": page.operator,
        "home_href": links["page"],
        "foot_links": [{"words": words, "href": links[name]} for name, words in _FOOT.items()],
        "tenant_class": f"tenant-{page.tenant}",
    }
    return render(request, "privacy/page.html", context)


@login_not_required
@require_safe
def privacy_data(_request: HttpRequest, tenant: str) -> HttpResponse:
    """Give the machine-readable twin of the page."""
    loaded = _loaded(tenant)
    page = _page(loaded)
    if loaded.tenant is None:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    return JsonResponse(page_data(page, loaded.tenant))


def _loaded(tenant: str) -> Loaded:
    try:
        return policy_loaded(tenant, datetime.now(UTC).date())
    except Refusal as refusal:
        raise Http404 from refusal


def _page(loaded: Loaded) -> Page:
    return page_for(loaded, proofs_here(datetime.now(UTC)), archive=versions_folder())
