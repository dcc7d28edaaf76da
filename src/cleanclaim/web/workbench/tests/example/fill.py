"""Fills the page records with the examples; `settings.WORKBENCH_PAGES` names it in tests."""

from types import SimpleNamespace

from django.http import Http404

from cleanclaim.platform.ui.frame import Choice, Frame, Person, Place, Toast
from cleanclaim.web.workbench import keys
from cleanclaim.web.workbench.tests.example import claim, day, edits, lists, money


def frame(request, title, here, hints):
    toast = None
    if "toast" in request.GET:
        toast = Toast(words="CC-104287 pended to 2026-11-27")
    return Frame(
        title=title,
        here=here,
        places=tuple(
            Place(name=name, words=words, href=href, key=key)
            for name, words, href, key in (
                ("day", "Day", "/", "b"),
                ("work", "Work", "/work/", "q"),
                ("claims", "Claims", "/claims/", "c"),
                ("edits", "Edits", "/edits/", "e"),
                ("deposits", "Deposits", "/deposits/", "d"),
                ("reports", "Reports", "/reports/ageing/", "r"),
            )
        ),
        person=Person(name="Dana Fictional", initials="DF", role="follow-up"),
        scopes=(
            Choice(words="All clients", href="?scope=all", is_current=True),
            Choice(words="Example Orthopedics", href="?scope=exo"),
        ),
        search_href="/claims/",
        search_text=request.GET.get("q", ""),
        sign_out_href="/accounts/logout/",
        keys=hints,
        sheet=keys.SHEET,
        notice="Synthetic data. Every person and number is made up.",
        idle_seconds=int(request.GET.get("idle", "900")),
        awake_href="/awake/",
        toast=toast,
    )


def _board(request, _day):
    return day.board_page(is_running="running" in request.GET)


def _queue(request, queue):
    if queue == "empty":
        return lists.empty_page()
    return lists.queue_page(request.GET.get("item", "104287"))


def _claims(request):
    return lists.claims_page(request.GET.get("q", ""))


def _claim(request, number, tab):
    if number == "missing":
        raise Http404
    return claim.claim_page(tab, int(request.GET.get("segment", "0")))


def _remittance(request, _number):
    return money.remittance_page(is_x12=request.GET.get("view") == "x12")


def _ageing(request):
    return money.ageing_page(request.GET.get("by", "payer"))


PAGES = SimpleNamespace(
    frame=frame,
    board=_board,
    queue=_queue,
    claims=_claims,
    claim=_claim,
    deposits=lambda _request: money.deposits_page(),
    remittance=_remittance,
    ageing=_ageing,
    ageing_lines=lambda _request: money.ageing_lines_page(),
    run=lambda _request, _number: day.run_page(),
    edits=lambda request: edits.edits_page(request.GET.get("by", "rule")),
    rules=lambda _request: edits.rules_page(),
    rule=lambda request, _version: edits.rule_page(is_running="running" in request.GET),
    worth=lambda _request: edits.worth_page(),
)
