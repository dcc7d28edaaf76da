"""The day board and a running day."""

from datetime import date

from cleanclaim.platform.ui.frame import Choice
from cleanclaim.platform.ui.marks import Shape
from cleanclaim.web.workbench.pages import (
    BoardPage,
    Job,
    JobFound,
    KeyFigure,
    OwnerNext,
    RunPage,
    RunStage,
    Stage,
    Stuck,
    StuckRow,
    TrendView,
)
from cleanclaim.web.workbench.tests.example.lists import TODAY
from cleanclaim.web.workbench.tests.example.money import ageing_table

_STAGES = """
Encounters|To code|64|1418200|warning|3 without charges, oldest 5 d
Claims|Scrub and hold|182|7192670|warning|23 blocking edits, 41 held
Sent|Waiting for answers|96|3810440|blocked|4 no acknowledgement, 2 d
Accepted|At the payer|611|20322080|warning|87 past usual time
Paid|This month|1204|31402290|blocked|2 remits not balanced
"""
_FIGURES = """
Days in A/R
32.6
d
1.2 d better than last month
1
(A/R \N{MINUS SIGN} credits) / (charges of 90 d / 90)
90 days to 2026-11-22
40 38 41 39 36 37 35 33 35 33 30 29

First-pass acceptance
94.8
%
0.6 points better
1
accepted on first sending / first sendings
2,716 of 2,865, 30 d
80 82 81 85 88 86 89 95

Denied at first answer
6.9
%
0.4 points worse
0
claims denied on remit / claims remitted
181 of 2,623, 30 d
6.1 6.3 6.0 6.4 6.2 6.5 6.5 6.9

Net collection
96.4
%
0.3 points better
1
payments / (charges \N{MINUS SIGN} contract adjustments)
service cohort, 90 d or older
95 95.1 95.3 95.2 95.8 96 96 96.4

A/R over 90 days
8.3
%
0.5 points better
1
A/R older than 90 d / all A/R
$22,697.50
9.9 9.8 9.6 9.6 9.5 9.3 9.2 8.3
"""
_OWNERS = "Us 205 7941215 71,Coder 64 1418200 5,Client 44 1193040 19,Provider 20 964025 12"
_STUCK = """
blocked|CC-102911, no answer, Demo Medicaid|64200|71
held|CC-103710, waits for enrollment|118000|19
blocked|EFT 00TEST87440, no remit|391240|4
blocked|Remit 00TEST88121, 41.30 open|4130|5
warning|Encounter E-5581, no charges|0|5
"""
_DAYS = (
    "38.9 39.4 39.0 38.2 38.6 37.9 37.1 37.6 38.0 37.2 36.5 36.1 36.8 36.4 35.7 35.2 35.9 35.1"
    " 34.3 34.9 34.2 33.7 34.4 33.8 33.0 32.6"
)


def board_page(*, is_running: bool = False) -> BoardPage:
    return BoardPage(
        on_date=TODAY,
        as_of="as of 07:40, ledger closed through October",
        scopes=(
            Choice(words="All clients", href="/", is_current=True),
            Choice(words="By client", href="/?by=client"),
        ),
        stages=tuple(_stage(line) for line in _STAGES.strip().splitlines()),
        figures=tuple(_figure(text) for text in _FIGURES.strip().split("\n\n")),
        ageing=ageing_table(),
        ageing_basis="age from service date",
        ageing_href="/reports/ageing/",
        owners=tuple(
            _owner(*text.split()) for text in f"{_OWNERS},Payer 620 21226910 71".split(",")
        ),
        stuck=tuple(_stuck(line) for line in _STUCK.strip().splitlines()),
        stuck_count=160,
        stuck_href="/work/stuck/",
        trend=TrendView(
            words="Days in A/R",
            note="26 weeks",
            values=tuple(map(float, _DAYS.split())),
            first_date=date(2026, 5, 31),
            last_date=date(2026, 11, 22),
            last_words="32.6",
            goal=35.0,
            goal_words="goal 35",
            sentence="Days in A/R fell from 38.9 to 32.6 over 26 weeks",
            table_href="/reports/days/",
        ),
        job=job("/runs/r1/", "Billing day 2026-11-23") if is_running else None,
        export_href="/day/2026-11-23/export.xlsx",
    )


def job(poll_href: str, words: str) -> Job:
    return Job(
        words=words,
        done=741,
        total=1180,
        left_words="about 40 s left",
        found=(
            JobFound(Shape.DONE, "702 accepted"),
            JobFound(Shape.HELD, "23 held", "/work/held/"),
            JobFound(Shape.BLOCKED, "2 stopped", "/work/blocking-edits/"),
        ),
        href="/runs/r1/",
        poll_href=poll_href,
    )


def run_page() -> RunPage:
    rows = (
        (Shape.DONE, "Read encounters", 1180, 1180, "claims", "2.1 s"),
        (Shape.DONE, "Make claims", 1180, 1180, "claims", "2.6 s"),
        (Shape.DONE, "Check", 1180, 1180, "claims", "1.9 s"),
        (Shape.DONE, "Send", 1157, 1157, "claims", "0.7 s"),
        (Shape.WAITING, "Read answers", 741, 1157, "claims", "6.0 s"),
        (Shape.IDLE, "Post remittances", 0, 0, "claims", ""),
        (Shape.IDLE, "Next payer or patient", 0, 0, "claims", ""),
    )
    return RunPage(
        title="Billing day 2026-11-23",
        started_words="started 07:38:04 by Dana Fictional",
        job=job("/runs/r1/", "Reading answers"),
        stages=tuple(
            RunStage(shape=shape, words=words, done=done, total=total, unit=unit, seconds_words=s)
            for shape, words, done, total, unit, s in rows
        ),
        charged_cents=71926700,
        paid_cents=20310455,
        adjusted_cents=30120010,
        patient_cents=4410020,
        open_cents=17086215,
    )


def _stage(line: str) -> Stage:
    words, note, count, cents, shape, stuck = line.split("|")
    return Stage(
        words=words,
        note=note,
        count=int(count),
        amount_cents=int(cents),
        href=f"/claims/?stage={words.lower()}",
        stuck=Stuck(Shape(shape), stuck, "/work/"),
    )


def _figure(text: str) -> KeyFigure:
    words, figure, unit, change, better, formula, window, values = text.split("\n")
    return KeyFigure(
        words=words,
        figure=figure,
        unit=unit,
        change=change,
        is_better=better == "1",
        formula=formula,
        window=window,
        href="/reports/lines/",
        values=tuple(map(float, values.split())),
    )


def _owner(words: str, count: str, cents: str, age: str) -> OwnerNext:
    return OwnerNext(
        words=words,
        count=int(count),
        amount_cents=int(cents),
        oldest_days=int(age),
        href=f"/claims/?owner={words.lower()}",
    )


def _stuck(line: str) -> StuckRow:
    shape, words, cents, age = line.split("|")
    return StuckRow(
        shape=Shape(shape), words=words, href="/work/", amount_cents=int(cents), age_days=int(age)
    )
