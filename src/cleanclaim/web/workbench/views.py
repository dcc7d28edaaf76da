"""Thin views: one call for the page record, one template, nothing decided here."""

from datetime import date
from typing import Any, Protocol, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from cleanclaim.platform.ui.frame import Frame, KeyHint
from cleanclaim.web.workbench import keys
from cleanclaim.web.workbench.pages import (
    AgeingLinesPage,
    AgeingPage,
    BoardPage,
    ClaimListPage,
    ClaimPage,
    DepositListPage,
    EditsPage,
    RemittancePage,
    RulePage,
    RulesPage,
    RunPage,
    WorthPage,
)
from cleanclaim.web.workbench.pages.work import TaskListPage
from cleanclaim.web.workbench.sheet import SHEET


class Pages(Protocol):
    """What fills the page records; `settings.WORKBENCH_PAGES` names it.

    Each function reads the filters and keyset marks from `request.GET`, asks the doors of the
    capabilities within the scope of the signed-in person, and raises `Http404` for what is not
    there or not visible.
    """

    def frame(
        self, request: HttpRequest, title: str, here: str, hints: tuple[KeyHint, ...]
    ) -> Frame:
        """Fill the shell; `hints` are for the key bar, `keys.SHEET` is the whole sheet."""

    def board(self, request: HttpRequest, day: date | None) -> BoardPage:
        """Fill the day board; None is the last day."""

    def queue(self, request: HttpRequest, queue: str) -> ClaimListPage | TaskListPage:
        """Fill the workbench with one queue; an empty name is the person's own first queue."""

    def claims(self, request: HttpRequest) -> ClaimListPage:
        """Fill the wide claim list, with the search of `q`."""

    def claim(self, request: HttpRequest, claim: str, tab: str) -> ClaimPage:
        """Fill the claim page with one tab: lines, edits, remits, ledger or x12."""

    def deposits(self, request: HttpRequest) -> DepositListPage:
        """Fill the deposits."""

    def remittance(self, request: HttpRequest, remittance: str) -> RemittancePage:
        """Fill a remittance page."""

    def ageing(self, request: HttpRequest) -> AgeingPage:
        """Fill the ageing, grouped as `by` says: payer, practice or provider."""

    def ageing_lines(self, request: HttpRequest) -> AgeingLinesPage:
        """Fill the ledger lines behind one figure of the ageing."""

    def ageing_export(self, request: HttpRequest) -> HttpResponse:
        """Send the ageing and its ledger lines as a workbook."""

    def run(self, request: HttpRequest, run: str) -> RunPage:
        """Fill the page of a run."""

    def edits(self, request: HttpRequest) -> EditsPage:
        """Fill the edits queue, grouped as `by` says; `key` chooses the row that is opened."""

    def rules(self, request: HttpRequest) -> RulesPage:
        """Fill the list of own rules."""

    def rule(self, request: HttpRequest, version: UUID | None) -> RulePage:
        """Fill the editor with a version; None is a new rule."""

    def worth(self, request: HttpRequest) -> WorthPage:
        """Fill the report of which rules earn their keep."""


def pages() -> Pages:
    """Give what fills the page records."""
    return cast("Pages", import_string(settings.WORKBENCH_PAGES))


@require_safe
def board(request: HttpRequest, day: date | None = None) -> HttpResponse:
    """Show the day."""
    page = pages().board(request, day)
    return draw_page(request, "board", page, "Day", "day", keys.BOARD)


@require_safe
def queue(request: HttpRequest, queue: str = "") -> HttpResponse:
    """Show the workbench: queues, list, item."""
    return draw_queue(request, pages().queue(request, queue))


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """Show the claim list."""
    page = pages().claims(request)
    return draw_page(request, "claims", page, page.title, "claims", keys.CLAIMS)


@require_safe
def claim(request: HttpRequest, claim: str, tab: str = "lines") -> HttpResponse:
    """Show a claim."""
    return draw_claim(request, claim, tab)


@require_safe
def deposits(request: HttpRequest) -> HttpResponse:
    """Show the deposits."""
    page = pages().deposits(request)
    return draw_page(request, "deposits", page, "Deposits", "deposits", keys.ROWS)


@require_safe
def remittance(request: HttpRequest, remittance: str) -> HttpResponse:
    """Show a remittance."""
    page = pages().remittance(request, remittance)
    title = f"Remit {page.document.trace}"
    return draw_page(request, "remittance", page, title, "deposits", keys.REMITTANCE)


@require_safe
def ageing(request: HttpRequest) -> HttpResponse:
    """Show A/R by age."""
    page = pages().ageing(request)
    return draw_page(request, "ageing", page, "A/R by age", "reports", keys.PLAIN)


@require_safe
def ageing_lines(request: HttpRequest) -> HttpResponse:
    """Show the ledger lines behind a figure."""
    page = pages().ageing_lines(request)
    return draw_page(request, "ageing_lines", page, "Ledger lines", "reports", keys.ROWS)


@require_safe
def ageing_export(request: HttpRequest) -> HttpResponse:
    """Send the ageing as a workbook."""
    return pages().ageing_export(request)


@require_safe
def run(request: HttpRequest, run: str) -> HttpResponse:
    """Show a run, live while it goes on."""
    page = pages().run(request, run)
    if _target(request) == "run":
        return _draw(request, "workbench/parts/run.html", {"page": page})
    if _target(request) == "job":  # the strip of the board
        return _draw(request, "workbench/parts/job.html", {"job": page.job, "target": "#job"})
    return draw_page(request, "run", page, page.title, "day", keys.PLAIN)


@require_safe
def edits(request: HttpRequest) -> HttpResponse:
    """Show what holds claims, by rule, payer or practice."""
    page = pages().edits(request)
    return draw_page(request, "edits", page, "Edits", "edits", keys.ROWS)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the own rules."""
    page = pages().rules(request)
    return draw_page(request, "rules", page, "Own rules", "edits", keys.ROWS)


@require_safe
def rule(request: HttpRequest, version: UUID | None = None) -> HttpResponse:
    """Show one version in the editor, or an empty editor; a back-test asks for its part again."""
    page = pages().rule(request, version)
    if _target(request) != "job":
        return draw_page(request, "rule", page, page.title, "edits", keys.PLAIN)
    if page.job is None:  # it has ended: the whole page has something new
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _draw(request, "workbench/parts/job.html", {"job": page.job, "target": "#job"})


@require_safe
def worth(request: HttpRequest) -> HttpResponse:
    """Show which rules earn their keep."""
    page = pages().worth(request)
    return draw_page(request, "rule_worth", page, "Rules", "edits", keys.PLAIN)


@require_safe
def awake(_request: HttpRequest) -> HttpResponse:
    """Answer to a sign of life; the session's middleware has noted it."""
    return HttpResponse(status=204)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """Show the sheet of parts and states."""
    return draw_page(request, "sheet", SHEET, "Parts and states", "", keys.PLAIN)


def _target(request: HttpRequest) -> str:
    """Id of the part that htmx asks for; a page restored from history is asked for whole."""
    if request.headers.get("HX-History-Restore-Request"):
        return ""
    return str(request.headers.get("HX-Target", ""))


def draw_queue(request: HttpRequest, page: ClaimListPage | TaskListPage) -> HttpResponse:
    """Draw a queue, or its item alone where the list asks for it."""
    kind = "task" if isinstance(page, TaskListPage) else "claim"
    if _target(request) == "item":
        part = {"task": "task_item", "claim": "item"}[kind]
        return _draw(request, f"workbench/parts/{part}.html", {"item": page.item})
    template = {"task": "tasks", "claim": "claims"}[kind]
    hints = keys.TASKS if kind == "task" else keys.LIST
    return draw_page(request, template, page, f"{page.title}, Work", "work", hints)


def draw_claim(request: HttpRequest, claim: str, tab: str) -> HttpResponse:
    """Draw the claim page with one tab."""
    page = pages().claim(request, claim, tab)
    return draw_page(request, "claim", page, page.number, "claims", keys.CLAIM)


def draw_page(
    request: HttpRequest,
    template: str,
    page: object,
    title: str,
    here: str,
    hints: tuple[KeyHint, ...],
) -> HttpResponse:
    """Draw a whole page within its frame."""
    frame = pages().frame(request, title, here, hints)
    return _draw(request, f"workbench/{template}.html", {"page": page, "frame": frame})


def _draw(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Target", "Cookie"])
    response["Cache-Control"] = "no-store"
    return response
