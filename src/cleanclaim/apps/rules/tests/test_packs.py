"""Packs: read whole or refused, replaced by a higher version, above every company's own rules."""

from datetime import date

import pytest

from cleanclaim.apps.rules.public import (
    Plans,
    pack_drop,
    pack_keep,
    pack_read,
    pack_rules,
    packs_listed,
)
from cleanclaim.core.scrub.language import OwnRule, Scope
from cleanclaim.kernel.refusal import Refusal

DAY = date(2026, 3, 1)
PACK = """
name = "sample"
version = 1

[[rules]]
rule_id = "ALL-1"
when = "line.units > 2"
message = "More than two units of {line.procedure_code}: bill two."
effective_date = 2026-01-01

[[rules]]
rule_id = "PAYER-1"
payer_id = "60054"
when = "line.units > 3"
message = "More than three units: bill three."
severity = "warns"
effective_date = 2026-01-01
end_date = 2026-06-30
"""


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))


REFUSED = [
    ("name = ", "can't be read"),
    (PACK.replace("when", "wenn"), "can't be read"),
    (PACK.replace("line.units > 2", "line.unit > 2"), "ALL-1, when, at 0: no field is called"),
    (PACK.replace("ALL-1", "all 1"), "all 1, rule_id"),
    (PACK.replace("PAYER-1", "ALL-1"), "ALL-1: twice"),
    (PACK.replace("version = 1", "version = 0"), "a version from 1 on"),
    (PACK.replace('"sample"', '"../sample"'), "letters, digits and hyphens"),
    (PACK.replace("2026-06-30", "2025-06-30"), "before the first"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_a_pack_that_can_not_be_run_is_refused_whole(text, words):
    with pytest.raises(Refusal, match=words.replace("(", r"\(")):
        pack_keep(text)
    assert packs_listed() == []


def test_a_pack_gives_way_to_a_higher_version_only():
    pack_keep(PACK)
    pack_keep(PACK)
    changed = PACK.replace("> 2", "> 1")
    with pytest.raises(Refusal, match="give a higher one"):
        pack_keep(changed)
    pack_keep(changed.replace("version = 1", "version = 2"))
    assert [pack.version for pack in packs_listed()] == [2]
    assert {rule.version for rule in pack_rules()} == {2}
    pack_drop("sample")
    assert pack_rules() == ()
    with pytest.raises(Refusal, match="no pack"):
        pack_drop("sample")


def test_packs_stand_above_companies_and_a_narrower_rule_goes_before_them():
    pack_keep(PACK)
    company = OwnRule(
        rule_id="ALL-1",
        when="line.units > 5",
        message="Six.",
        scope=Scope(tenant="1"),
        effective_date=date(2026, 1, 1),
    )
    expected = [
        (1, "60054", DAY, {"ALL-1": "line.units > 5", "PAYER-1": "line.units > 3"}),
        (1, "87726", DAY, {"ALL-1": "line.units > 5"}),
        (2, "87726", DAY, {"ALL-1": "line.units > 2"}),
        (2, "60054", date(2026, 6, 30), {"ALL-1": "line.units > 2", "PAYER-1": "line.units > 3"}),
        (2, "60054", date(2026, 7, 1), {"ALL-1": "line.units > 2"}),
        (2, "60054", date(2025, 12, 31), {}),
    ]
    for tenant_id, payer_id, day, wanted in expected:
        plan = Plans(tenant_id, 1, (*pack_rules(), company)).plan(payer_id, day)
        assert {one.rule.rule_id: one.rule.when for one in plan.own_rules} == wanted


def test_a_pack_says_where_its_findings_come_from():
    (rule, _) = pack_read(PACK).own_rules()
    assert rule.source == "pack sample version 1"
