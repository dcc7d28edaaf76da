"""Own rules: saved when they compile, in force when tried, guarded like every row."""

from datetime import date

import pytest
from django.db import Error, transaction

from cleanclaim.apps.rules.models import RuleVersion
from cleanclaim.apps.rules.public import (
    Plans,
    rule_activate,
    rule_backtest,
    rule_end,
    rule_get,
    rule_save,
    rules_active,
    rules_listed,
)
from cleanclaim.core.scrub.language import OwnRule, Scope, rules_in_force
from cleanclaim.kernel.finding import Severity
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope

DAY = date(2026, 3, 1)


def written(when="line.units > 2", *, rule_id="UNITS-2", payer_id="", severity=Severity.BLOCKS):
    return OwnRule(
        rule_id=rule_id,
        when=when,
        message="More than two units of {line.procedure_code}: bill two.",
        severity=severity,
        scope=Scope(payer_id=payer_id),
        effective_date=date(2026, 1, 1),
    )


@pytest.fixture
def office(tenant, grant_for, now):
    grant = grant_for(tenant.id, 1, 2)
    with scope(grant, at=now):
        yield grant


def test_what_does_not_compile_is_refused_with_its_place_and_not_written(office, now):
    problems = rule_save(office, written("line.unit > 2"), practice_id=None, at=now)
    assert (problems["when"].start, problems["when"].end) == (0, 9)
    assert "did you mean line.units?" in problems["when"].message
    assert rule_save(office, written(rule_id="units 2"), practice_id=None, at=now).keys() == {
        "rule_id"
    }
    assert rules_listed(office) == []


def test_a_rule_is_in_force_only_after_a_test_and_until_its_end(office, now):
    row = rule_save(office, written(), practice_id=None, at=now)
    with pytest.raises(Refusal, match="past claims"):
        rule_activate(office, row.id, at=now)
    assert rules_active(office) == []
    rule_backtest(office, row.id, [], at=now)
    rule_activate(office, row.id, at=now)
    assert [rule.rule_id for rule in rules_active(office)] == ["UNITS-2"]
    with pytest.raises(Refusal, match="active"):
        rule_activate(office, row.id, at=now)
    second = rule_save(office, written("line.units > 3"), practice_id=None, at=now)
    assert second.version == 2
    rule_backtest(office, second.id, [], at=now)
    rule_activate(office, second.id, at=now)
    chosen = rules_in_force(rules_active(office), Scope(tenant=str(row.tenant_id)), DAY)
    assert [rule.version for rule in chosen] == [2]
    rule_end(office, second.id, at=now)
    assert rules_active(office) == []
    assert {one.state for one in rules_listed(office)} == {"ended"}


def test_versions_and_steps_are_never_changed(office, now):
    row = rule_save(office, written(), practice_id=None, at=now)
    for change in (
        lambda: RuleVersion.objects.filter(id=row.id).update(when="true"),
        lambda: RuleVersion.objects.filter(id=row.id).delete(),
    ):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_a_rule_of_a_practice_is_hidden_from_who_does_not_work_for_it(tenant, grant_for, now):
    with scope(grant_for(tenant.id, 1, 2), at=now):
        row = rule_save(grant_for(tenant.id, 1, 2), written(), practice_id=2, at=now)
    other = grant_for(tenant.id, 1)
    with scope(other, at=now):
        assert rules_listed(other) == []
        assert rule_get(other, row.id) is None
        with pytest.raises(Refusal, match="cover"):
            rule_save(other, written(), practice_id=2, at=now)


def test_a_plan_holds_the_rules_of_practice_and_payer_and_no_warning_of_eligibility(office, now):
    for rule, practice_id in (
        (written(rule_id="ALL"), None),
        (written(rule_id="ONE"), 1),
        (written(rule_id="TWO"), 2),
        (written(rule_id="PAYER", payer_id="60054"), None),
    ):
        row = rule_save(office, rule, practice_id=practice_id, at=now)
        rule_backtest(office, row.id, [], at=now)
        rule_activate(office, row.id, at=now)
    plans = Plans(office.tenant_id, 1, rules_active(office))
    codes = {
        payer: [own.code for own in plans.plan(payer, DAY).own_rules] for payer in ("60054", "1")
    }
    assert codes == {
        "60054": ["SCRUB-OWN-ALL", "SCRUB-OWN-ONE", "SCRUB-OWN-PAYER"],
        "1": ["SCRUB-OWN-ALL", "SCRUB-OWN-ONE"],
    }
    assert plans.plan("1", date(2025, 12, 31)).own_rules == ()
    assert "ELG-002" not in {rule.rule_id for rule in plans.plan("1", DAY).rules}
    knowing = Plans(office.tenant_id, 1, [], knows_eligibility=True)
    assert "ELG-002" in {rule.rule_id for rule in knowing.plan("1", DAY).rules}
    assert plans.plan("1", DAY) is Plans(office.tenant_id, 1, rules_active(office)).plan("1", DAY)
