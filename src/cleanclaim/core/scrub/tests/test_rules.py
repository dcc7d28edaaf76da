"""Every rule against its table: one row per case, the expected places last.

The same rows prove the corrections (each removes its finding and adds none that blocks) and the
tables themselves: a seeded defect in a rule turns its table red.
"""

import ast
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import msgspec
import pytest

from cleanclaim.core.scrub import PRODUCT_PLAN, RulePlan, all_rules, apply_correction, run_plan
from cleanclaim.core.scrub.rule import Rule
from cleanclaim.core.scrub.tests.build import Builder
from cleanclaim.core.scrub.tests.mutants import Mutant, mutants_of, reached
from cleanclaim.kernel.finding import Severity

FOLDER = Path(__file__).parent / "tables"
PROPOSALS = re.compile(
    r"\b(set_field|(?:add|remove|swap)_modifier|remove_line|reorder_diagnoses)\("
)
RULES = {rule.rule_id: rule for rule in all_rules()}


class Row(msgspec.Struct, frozen=True):
    words: str
    text: str
    expected: tuple[str, ...]

    @property
    def names_values(self) -> bool:
        """Say whether the row tells the proposed correction too: `place:=value`, `:=-` none."""
        return any(":=" in item for item in self.expected)


@cache
def tables() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        rows: list[Row] = []
        for raw in path.read_text().splitlines():
            cells = [cell.strip() for cell in raw.split(" | ")]
            if len(cells) == 1 and raw and not raw.startswith("#"):
                rows = found.setdefault(raw.strip(), [])
            elif len(cells) == 3 and not raw.startswith("#"):
                places = () if cells[2] == "-" else tuple(cells[2].split())
                rows.append(Row(cells[0], cells[1], places))
    return found


@cache
def built(text: str):
    builder = Builder(text)
    return builder.claim(), builder.context()


def written(value: object) -> str:
    """Write a correction's value as the tables do: modifiers and codes with commas between."""
    if isinstance(value, list):
        return ",".join(item["code"] if isinstance(item, dict) else str(item) for item in value)
    return str(value)


def places(rule: Rule, row: Row) -> list[str]:
    """Give where a rule finds something, with the proposed value where the row names one."""
    claim, context = built(row.text)
    found = []
    for finding in run_plan(RulePlan([rule]), claim, context):
        place = finding.place or "."
        if finding.code == rule.code:
            fix = finding.correction
            value = f"{place}:={written(fix.value) if fix else '-'}"
            found.append(value if row.names_values else place)
        elif finding.code != "SCRUB-NOT-CHECKED":
            found.append(finding.code)
    return sorted(found)


def wrong_rows(rule: Rule) -> list[str]:
    return [
        f"{row.words}: {places(rule, row)}, expected {list(row.expected)}"
        for row in tables()[rule.rule_id]
        if places(rule, row) != sorted(row.expected)
    ]


def test_every_rule_has_a_table_and_every_table_a_rule():
    assert set(tables()) == set(RULES)


@pytest.mark.parametrize("rule_id", RULES)
def test_table(rule_id):
    rows = tables()[rule_id]
    assert any(row.expected for row in rows)
    assert any(not row.expected for row in rows)
    assert wrong_rows(RULES[rule_id]) == []


@pytest.mark.parametrize("rule_id", RULES)
def test_correction_removes_its_finding_and_adds_none_that_blocks(rule_id):
    rule = RULES[rule_id]
    for row in tables()[rule_id]:
        claim, context = built(row.text)
        before = run_plan(PRODUCT_PLAN, claim, context)
        for finding in before:
            if finding.code != rule.code or finding.correction is None:
                continue
            after = run_plan(PRODUCT_PLAN, apply_correction(claim, finding.correction), context)
            count = Counter(f.code for f in after)
            assert count[rule.code] < sum(f.code == rule.code for f in before), row.words
            new = Counter(f.code for f in after if f.severity is Severity.BLOCKS)
            new.subtract(f.code for f in before if f.severity is Severity.BLOCKS)
            assert +new == Counter(), f"{row.words}: {+new}"


def proposes(rule: Rule) -> bool:
    """Say whether a rule's text proposes corrections, be it in a function that it calls."""
    words = "".join(ast.unparse(tree) for tree in reached(rule.function).values())
    return bool(PROPOSALS.search(words))


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_that_can_propose_a_correction_does_so_in_its_table(rule_id):
    rule = RULES[rule_id]
    if not proposes(rule):
        return
    found = [
        finding
        for row in tables()[rule_id]
        for finding in run_plan(RulePlan([rule]), *built(row.text))
    ]
    assert any(finding.correction for finding in found if finding.code == rule.code)


@pytest.mark.parametrize("rule_id", RULES)
def test_findings_name_no_person_and_say_what_to_do(rule_id):
    for row in tables()[rule_id]:
        claim, context = built(row.text)
        for finding in run_plan(RulePlan([RULES[rule_id]]), claim, context):
            text = json.dumps(msgspec.to_builtins(finding))
            assert "Testowski" not in text
            assert "TESTMEMBER" not in text
            assert "Tess" not in text
            assert str(claim.patient.birth_date) not in text or row.words == "before birth"
            assert finding.message.endswith(".")
            assert finding.source


def killed(mutant: Mutant, rule: Rule) -> bool:
    """Say whether the rule's table turns red; a failing rule holds the claim, which is red too."""
    function = mutant.build()
    return bool(wrong_rows(msgspec.structs.replace(rule, function=function)))


@cache
def outcomes(rule_id: str) -> dict[str, bool]:
    """Give for each seeded defect that a rule can have whether its table turns red."""
    rule = RULES[rule_id]
    module = rule.function.__module__.rpartition(".")[2]
    return {f"{module} {m.words}": killed(m, rule) for m in mutants_of(rule.function)}


@pytest.mark.parametrize("rule_id", RULES)
def test_a_seeded_defect_turns_the_table_red(rule_id):
    assert any(outcomes(rule_id).values())


def test_every_seeded_defect_is_seen_by_some_table():
    dead: Counter[str] = Counter()
    for rule_id in RULES:
        for words, is_dead in outcomes(rule_id).items():
            dead[words] += is_dead
    alive = {words for words, count in dead.items() if not count}
    assert alive == SAME_ANYWAY


# Changes that make no difference to what a rule decides, only to its words or its speed.
SAME_ANYWAY = {
    "codes unknown_procedure: answer is Missing.NOT_ON_DAY to IsNot",
    "diagnoses invalid: answer is Missing.NOT_ON_DAY to IsNot",
    "filing _later_deadline: case.claim.payer_rank > 1 to GtE",
    "diagnoses _bad_seventh: length < len(code) to LtE",
    "ncci _edit: not column_1 or not column_2 to And",
    "patient OLDEST: one less",
    "patient OLDEST: one more",
    "special _stations: set(m) <= STATIONS to Lt",
    "units _add_on_hits: len(missing) > 5 to GtE",
    "visits consultation: row.code < '99250' to LtE",
}
