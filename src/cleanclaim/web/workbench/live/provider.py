"""What fills the page records of the workbench; `settings.WORKBENCH_PAGES` names it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cleanclaim.apps.tenancy.public import Person as Someone
from cleanclaim.platform.ui.frame import Frame, KeyHint, Person, Place, Toast
from cleanclaim.web.workbench import keys
from cleanclaim.web.workbench.live.ageing import ageing_export, ageing_lines_page, ageing_page
from cleanclaim.web.workbench.live.board import board_page
from cleanclaim.web.workbench.live.bound import refusal_told
from cleanclaim.web.workbench.live.claim import claim_page
from cleanclaim.web.workbench.live.edits import edits_page, worth_page
from cleanclaim.web.workbench.live.lists import claims_page, queue_page
from cleanclaim.web.workbench.live.remittance import deposits_page, remittance_page
from cleanclaim.web.workbench.live.rules import rule_page, rules_page
from cleanclaim.web.workbench.live.runs import run_page
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

_PLACES = (
    ("day", "Day", "workbench:board", "b"),
    ("work", "Work", "workbench:work", "q"),
    ("claims", "Claims", "workbench:claims", "c"),
    ("edits", "Edits", "rules:edits", "e"),
    ("deposits", "Deposits", "workbench:deposits", "d"),
    ("reports", "Reports", "workbench:ageing", "r"),
)


# What the sheet promises elsewhere and these pages can't do yet: nobody is told of it.
_NOT_YET = frozenset(
    {
        "choose",
        "claim",
        "copy cell above",
        "next claim",
        "previous, next day",
        "today",
    }
)


def _working(hints: tuple[KeyHint, ...]) -> tuple[KeyHint, ...]:
    return tuple(hint for hint in hints if hint.does not in _NOT_YET)


class LivePages:
    """The product's own pages."""

    def frame(
        self, request: HttpRequest, title: str, here: str, hints: tuple[KeyHint, ...]
    ) -> Frame:
        """Fill the shell."""
        person: Someone = request.user  # type: ignore[assignment]
        initials = "".join(part[0] for part in person.name.split()[:2]).upper()
        return Frame(
            title=title,
            here=here,
            person=Person(name=person.name, initials=initials, role=person.role.replace("_", " ")),
            places=tuple(
                Place(name=name, words=words, href=reverse(view), key=key)
                for name, words, view, key in _PLACES
            ),
            scope_words=person.tenant.name,
            search_href=reverse("workbench:claims"),
            search_text=request.GET.get("q", ""),
            sign_out_href=reverse("account_logout"),
            keys=_working(hints),
            sheet=_working(keys.SHEET),
            idle_seconds=900,
            awake_href=reverse("workbench:awake"),
            problem=refusal_told(request),
            toast=next((Toast(words=str(one)) for one in messages.get_messages(request)), None),
        )

    def board(self, request: HttpRequest, day: date | None) -> BoardPage:
        """Fill the day board."""
        return board_page(request, day)

    def queue(self, request: HttpRequest, queue: str) -> ClaimListPage | TaskListPage:
        """Fill the workbench with one queue."""
        return queue_page(request, queue)

    def claims(self, request: HttpRequest) -> ClaimListPage:
        """Fill the claim list."""
        return claims_page(request)

    def claim(self, request: HttpRequest, claim: str, tab: str) -> ClaimPage:
        """Fill the claim page."""
        return claim_page(request, claim, tab)

    def deposits(self, request: HttpRequest) -> DepositListPage:
        """Fill the deposits."""
        return deposits_page(request)

    def remittance(self, request: HttpRequest, remittance: str) -> RemittancePage:
        """Fill a remittance page."""
        return remittance_page(request, remittance)

    def ageing(self, request: HttpRequest) -> AgeingPage:
        """Fill the ageing."""
        return ageing_page(request)

    def ageing_lines(self, request: HttpRequest) -> AgeingLinesPage:
        """Fill the ledger lines behind a figure."""
        return ageing_lines_page(request)

    def ageing_export(self, request: HttpRequest) -> HttpResponse:
        """Send the ageing and its ledger lines as a workbook."""
        return ageing_export(request)

    def run(self, request: HttpRequest, run: str) -> RunPage:
        """Fill the page of a run."""
        return run_page(request, run)

    def edits(self, request: HttpRequest) -> EditsPage:
        """Fill the edits queue."""
        return edits_page(request)

    def rules(self, request: HttpRequest) -> RulesPage:
        """Fill the list of own rules."""
        return rules_page(request)

    def rule(self, request: HttpRequest, version: UUID | None) -> RulePage:
        """Fill the editor of a rule."""
        return rule_page(request, version)

    def worth(self, request: HttpRequest) -> WorthPage:
        """Fill the report of which rules earn their keep."""
        return worth_page(request)


PAGES = LivePages()
