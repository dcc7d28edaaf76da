"""The edits queue, the own rules with their editor, and what each rule earned."""

from datetime import date

from cleanclaim.platform.ui.frame import Action, Choice, Method
from cleanclaim.platform.ui.marks import Shape, Status
from cleanclaim.web.workbench.pages import (
    EditClaimRow,
    EditRow,
    EditsPage,
    Empty,
    Job,
    Option,
    RuleField,
    RulePage,
    RuleRow,
    RulesPage,
    TriedView,
    WorthPage,
    WorthRow,
)
from cleanclaim.web.workbench.states import status_of
from cleanclaim.web.workbench.tests.example.lists import TODAY

_ROWS = """
SCRUB-NCCI-002|4|91200|0|0|6
SCRUB-AUTH-001|3|143000|0|0|12
SCRUB-OWN-SMP-95|2|30800|5|77000|2
SCRUB-CHG-002|0|0|7|104300|3
"""
_WORTH = """
SCRUB-NCCI-002|61|55|0|2|2|0|24800|0|91200
SCRUB-AUTH-001|19|16|0|0|0|0|0|0|143000
SCRUB-OWN-SMP-95|12|4|6|6|1|5|11000|52000|30800
"""


def edits_page(by: str = "rule") -> EditsPage:
    rows = [line.split("|") for line in _ROWS.strip().splitlines()]
    return EditsPage(
        head=by.capitalize(),
        groups=tuple(
            Choice(words=name.capitalize(), href=f"/edits/?by={name}", is_current=name == by)
            for name in ("rule", "payer", "practice")
        ),
        rows=tuple(
            EditRow(
                words=words,
                href="/edits/?by=rule&key=1",
                is_current=at == 0,
                **dict(
                    zip(
                        ("held", "held_cents", "warned", "warned_cents", "age_days"),
                        map(int, numbers),
                        strict=True,
                    )
                ),
            )
            for at, (words, *numbers) in enumerate(rows)
        ),
        claims=_claims(),
        claims_title="SCRUB-NCCI-002",
        is_cut=False,
        rules_href="/rules/",
        worth_href="/reports/rules/",
        empty=Empty(truth="No claim is held or warned of."),
        notices=(
            "ICD-10-CM 2026 ended on 2026-09-30: codes that it does not hold are not checked.",
        ),
    )


def _claims() -> tuple[EditClaimRow, ...]:
    return tuple(
        EditClaimRow(
            number=number,
            href="/claims/c104287/edits/",
            client="Example Orthopedics",
            payer="Sample Mutual PPO",
            status=status_of("claim", "scrub_hold"),
            codes="SCRUB-NCCI-002",
            age_days=6,
            charge_cents=cents,
        )
        for number, cents in (("104287", 56300), ("104291", 34900))
    )


def rules_page() -> RulesPage:
    rule = RuleRow(
        words="SMP-95, version 2",
        href="/rules/01a201c7-e889-76b1-b49a-3d0cf40b809c/",
        status=Status(Shape.DONE, "Active"),
        scope="All practices, payer EXM01",
        message="{line.procedure_code} at home needs 95 for this payer.",
        severity="Holds the claim",
        from_date=date(2026, 1, 1),
        until=None,
    )
    pack = RuleRow(
        words="ALL-1, version 1",
        href="",
        status=Status(Shape.DONE, "Active"),
        scope="Pack sample, all companies",
        message="More than two units: bill two.",
        severity="Warns",
        from_date=date(2026, 1, 1),
        until=date(2026, 12, 31),
    )
    return RulesPage(
        rows=(rule, pack),
        new=Action(words="New rule", href="/rules/new/", is_primary=True),
        empty=Empty(truth="There is no rule of your own yet."),
    )


def rule_page(*, is_running: bool = False) -> RulePage:
    wrong = RuleField(
        name="when",
        words="Stops when",
        value='line.place = "10" and line.unit > 1',
        hint="For example: line.units > 1",
        rows=5,
        has_names=True,
        problem="no field is called line.unit; did you mean line.units?",
        before='line.place = "10" and ',
        marked="line.unit",
    )
    payer = RuleField(
        name="payer", words="Payer", options=(Option("", "All"), Option("EXM01", "Sample Mutual"))
    )
    job = Job(words="Trying the rule on the last 90 days", done=1200, total=4100)
    return RulePage(
        title="SMP-95, version 2",
        fields=(RuleField(name="rule_id", words="Rule", value="SMP-95"), payer, wrong),
        save_href="/rules/save/",
        check_href="/rules/check/",
        fields_href="/rules/fields/",
        back_href="/rules/",
        status=Status(Shape.DRAFT, "Draft"),
        test=None if is_running else _test(),
        job=job if is_running else None,
        problem="",
        actions=(
            Action(words="Try on the last 90 days", href="#", method=Method.POST, key="t"),
            Action(words="Activate", href="#", method=Method.POST, off_because="Try it first."),
        ),
    )


def _test() -> TriedView:
    return TriedView(
        on_date=TODAY,
        claims=4100,
        stopped=38,
        denied=21,
        partly_paid=4,
        paid=9,
        open=4,
        denied_cents=231000,
        paid_cents=88000,
        missed_denied=3,
        failed=0,
        rows=_claims(),
    )


def worth_page() -> WorthPage:
    names = ("stopped", "mended", "overridden", "passed", "denied", "paid")
    cents = ("denied_cents", "paid_cents", "waiting_cents")
    rows = [line.split("|") for line in _WORTH.strip().splitlines()]
    return WorthPage(
        since=date(2025, 11, 23),
        rows=tuple(
            WorthRow(code=code, **dict(zip((*names, *cents), map(int, numbers), strict=True)))
            for code, *numbers in rows
        ),
        back_href="/edits/",
        empty=Empty(truth="No rule has found anything yet."),
    )
