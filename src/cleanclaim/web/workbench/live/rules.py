"""The own rules: the list, the editor with its problems, the back-test."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from cleanclaim.apps.claims.public import Wanted, claims_listed
from cleanclaim.apps.payers.public import payer_list
from cleanclaim.apps.rules.public import (
    LISTED_AT_MOST,
    Pack,
    Ruled,
    RuleStep,
    RuleTrial,
    packs_listed,
    rule_get,
    rules_listed,
    trial_last,
)
from cleanclaim.apps.tenancy.public import is_allowed
from cleanclaim.core.scrub.language import OwnRule, Problem, Scope
from cleanclaim.kernel.finding import Severity
from cleanclaim.platform.ui.frame import Action, Method
from cleanclaim.platform.ui.marks import Shape, Status
from cleanclaim.web.workbench.live.desk import Desk, desk
from cleanclaim.web.workbench.live.findings import stage_status
from cleanclaim.web.workbench.pages.edits import (
    EditClaimRow,
    RuleField,
    RulePage,
    RuleRow,
    RulesPage,
    TriedView,
)
from cleanclaim.web.workbench.pages.parts import Empty, Job, Option

_STATES = {
    "draft": Status(Shape.DRAFT, "Draft"),
    "active": Status(Shape.DONE, "Active"),
    "ended": Status(Shape.IDLE, "Ended"),
}
_SEVERITIES = {"blocks": "Holds the claim", "warns": "Warns", "informs": "Informs"}
_NO_DATE = Problem(0, 0, "a day such as 2026-01-31")
_COUNTS = (
    *("claims", "stopped", "denied", "partly_paid", "paid", "open"),
    *("denied_cents", "paid_cents", "missed_denied", "failed"),
)


def rules_page(request: HttpRequest) -> RulesPage:
    """Fill the list of own rules."""
    with desk(request, "read", "rule") as place:
        may = is_allowed(place.person.role, "create", "rule")
        new = Action(words="New rule", href=reverse("rules:rule-new"), is_primary=True)
        return RulesPage(
            rows=(
                *(_row(place, one) for one in rules_listed(place.grant)),
                *(_pack_row(pack, rule) for pack in packs_listed() for rule in pack.own_rules()),
            ),
            new=new if may else None,
            empty=Empty(
                truth="There is no rule of your own yet.",
                until="The product's own rules check every claim all the same.",
            ),
        )


def _row(place: Desk, one: Ruled) -> RuleRow:
    row = one.version
    client = place.client(row.practice_id) if row.practice_id else "All practices"
    return RuleRow(
        words=_title(one),
        href=reverse("rules:rule", args=[row.id]),
        status=_STATES[one.state],
        scope=f"{client}, payer {row.payer_id}" if row.payer_id else client,
        message=row.message,
        severity=_SEVERITIES[row.severity],
        from_date=row.effective_date,
        until=row.end_date,
    )


def _pack_row(pack: Pack, rule: OwnRule) -> RuleRow:
    scope = f"Pack {pack.name}, all companies"
    return RuleRow(
        words=f"{rule.rule_id}, version {rule.version}",
        href="",
        status=_STATES["active"],
        scope=f"{scope}, payer {rule.scope.payer_id}" if rule.scope.payer_id else scope,
        message=rule.message,
        severity=_SEVERITIES[rule.severity],
        from_date=rule.effective_date,
        until=rule.end_date,
    )


def _title(one: Ruled) -> str:
    return f"{one.version.rule_id}, version {one.version.version}"


def rule_page(request: HttpRequest, version_id: UUID | None) -> RulePage:
    """Fill the editor with a version, or empty for a new rule."""
    with desk(request, "read" if version_id else "create", "rule") as place:
        if version_id is None:
            values = {"severity": "blocks", "effective_date": place.today.isoformat()}
            return _page(place, "New rule", values, {})
        found = rule_get(place.grant, version_id)
        if found is None:
            raise Http404
        return _page(place, _title(found), _values(found), {}, found)


def rule_page_again(
    place: Desk, values: Mapping[str, str], problems: dict[str, Problem]
) -> RulePage:
    """Fill the editor with what was typed and what is wrong with it."""
    return _page(place, values.get("rule_id") or "New rule", values, problems)


def rule_typed(values: Mapping[str, str]) -> tuple[OwnRule, int | None, dict[str, Problem]]:
    """Read the form: the rule, its practice, and the days that are none."""
    problems: dict[str, Problem] = {}

    def day(name: str) -> date | None:
        text = values.get(name, "").strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            problems[name] = _NO_DATE
            return None

    first, last = day("effective_date"), day("end_date")
    if first is None:
        problems["effective_date"] = _NO_DATE
    severity = values.get("severity", "")
    practice = values.get("practice", "")
    rule = OwnRule(
        rule_id=values.get("rule_id", "").strip().upper(),
        when=values.get("when", "").replace("\r\n", "\n"),
        message=values.get("message", "").strip(),
        severity=Severity(severity) if severity in _SEVERITIES else Severity.BLOCKS,
        scope=Scope(payer_id=values.get("payer", "")),
        effective_date=first or date.min,
        end_date=last,
        field=values.get("field", "").strip(),
        fix=values.get("fix", "").strip(),
        source=values.get("source", "").strip(),
    )
    return rule, int(practice) if practice.isdecimal() else None, problems


def _values(found: Ruled) -> dict[str, str]:
    row = found.version
    names = ("rule_id", "when", "message", "severity", "field", "fix", "source")
    return {name: getattr(row, name) for name in names} | {
        "payer": row.payer_id,
        "practice": str(row.practice_id or ""),
        "effective_date": row.effective_date.isoformat(),
        "end_date": row.end_date.isoformat() if row.end_date else "",
    }


def _page(
    place: Desk,
    title: str,
    values: Mapping[str, str],
    problems: dict[str, Problem],
    found: Ruled | None = None,
) -> RulePage:
    may = is_allowed(place.person.role, "create", "rule")
    test = found.tested if found else None
    trial = trial_last(place.grant, found.version.id) if found else None
    return RulePage(
        title=title,
        fields=_fields(place, values, problems),
        save_href=reverse("rules:rule-save") if may else "",
        check_href=reverse("rules:rule-check"),
        fields_href=reverse("rules:rule-fields"),
        back_href=reverse("rules:rules"),
        status=_STATES[found.state] if found else None,
        test=_test(place, test) if test else None,
        job=_job(trial) if trial else None,
        problem=trial.problem if trial else "",
        actions=_actions(found) if found and may else (),
    )


def _job(trial: RuleTrial) -> Job | None:
    """Draw a back-test that waits or goes on."""
    if trial.state not in (RuleTrial.State.WAITING, RuleTrial.State.RUNNING):
        return None
    is_waiting = trial.state == RuleTrial.State.WAITING
    return Job(
        words="Trying the rule on the last 90 days",
        done=trial.looked,
        total=trial.total,
        left_words="waits for a worker" if is_waiting else "claims",
        poll_href=reverse("rules:rule", args=[trial.rule_version_id]),
    )


def _actions(found: Ruled) -> tuple[Action, ...]:
    def action(words: str, name: str, *, off_because: str = "", key: str = "") -> Action:
        href = reverse(f"rules:rule-{name}", args=[found.version.id])
        return Action(words=words, href=href, method=Method.POST, off_because=off_because, key=key)

    tried = action("Try on the last 90 days", "try", key="t")
    if found.state == "active":
        return (tried, action("End", "end"))
    if found.state == "ended":
        return (tried,)
    why = "" if found.tested else "Try it first."
    if found.tested and found.tested.detail["failed"]:
        why = "It fails on past claims."
    return (tried, action("Activate", "activate", off_because=why))


def _fields(
    place: Desk, values: Mapping[str, str], problems: dict[str, Problem]
) -> tuple[RuleField, ...]:
    payers = [Option("", "All payers")]
    payers += [Option(row.payer_id, row.name) for row in payer_list()]
    practices = [Option("", "All practices")]
    practices += [Option(str(key), row.name) for key, row in place.practices.items()]
    severities = [Option(name, words) for name, words in _SEVERITIES.items()]

    def one(name: str, words: str, hint: str = "", **more: object) -> RuleField:
        value = values.get(name, "")
        problem = problems.get(name)
        if problem:
            more["problem"] = problem.message
            more["before"] = value[max(problem.start - 40, 0) : problem.start]
            more["marked"] = value[problem.start : problem.end]
        return RuleField(name=name, words=words, value=value, hint=hint, **more)  # type: ignore[arg-type]

    condition = 'For example: line.procedure_code in ["99202".."99215"] and line.units > 1'
    return (
        one("rule_id", "Rule", "Capital letters, digits and hyphens, such as UHC-95"),
        one("practice", "Practice", options=tuple(practices)),
        one("payer", "Payer", options=tuple(payers)),
        one("when", "Stops when", condition, rows=5, has_names=True),
        one("message", "Says", "What is wrong and what to do; {line.units} shows a field", rows=2),
        one("severity", "Does", options=tuple(severities)),
        one("field", "Points at", "The name of a field, or empty", has_names=True),
        one("fix", "Proposes", 'set line.units to 1, or add "59" to line.modifiers, or empty'),
        one("source", "Because of", "The payer's page or contract"),
        one("effective_date", "From day of service", "As 2026-01-31"),
        one("end_date", "To day of service", "Empty: open"),
    )


def _test(place: Desk, step: RuleStep) -> TriedView:
    ids = tuple(UUID(one) for one in step.detail["ids"])
    listed = claims_listed(place.grant, Wanted(ids=ids), limit=LISTED_AT_MOST).rows if ids else []
    return TriedView(
        on_date=step.at.date(),
        rows=tuple(
            EditClaimRow(
                number=row.number,
                href=reverse("workbench:claim", args=[row.id]),
                client=place.client(row.practice_id),
                payer=row.payer.name,
                status=stage_status(row),
                codes="",
                age_days=(place.today - row.service_date).days,
                charge_cents=row.charge_cents,
            )
            for row in listed
        ),
        **{name: step.detail[name] for name in _COUNTS},
    )
