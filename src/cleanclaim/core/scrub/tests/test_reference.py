"""The generated pages are current, and the examples of the how-to run."""

import re
from pathlib import Path

import pytest

from cleanclaim.core.scrub import RulePlan, run_plan
from cleanclaim.core.scrub.reference import fields_page, rules_page
from cleanclaim.core.scrub.rule import REGISTRY
from cleanclaim.core.scrub.tests.build import Builder

DOCS = Path(__file__).parents[5] / "docs"
HOW_TO = DOCS / "how-to" / "add-a-scrub-rule.md"


@pytest.mark.parametrize(
    ("page", "make"), [("scrub-rules", rules_page), ("rule-fields", fields_page)]
)
def test_page_is_current(page, make):
    path = DOCS / "reference" / f"{page}.md"
    word = "rules" if page == "scrub-rules" else "fields"
    hint = f"python -m cleanclaim.core.scrub.reference {word} > docs/reference/{page}.md"
    assert path.read_text() == make(), hint


def test_the_how_to_runs(capsys):
    text = HOW_TO.read_text()
    space: dict = {}
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(re.sub(r"(?m)^   (?=\S|   )", "", block), space)  # noqa: S102  our own page
    printed = capsys.readouterr().out.splitlines()
    assert printed
    assert all(f"`{line}`" in text for line in printed)
    plan = RulePlan([REGISTRY.pop("EXA-001")])
    rows = re.search(r"EXA-001\n(.*?)```", text, re.DOTALL)[1].strip().splitlines()
    for words, claim, expected in ([c.strip() for c in row.split(" | ")] for row in rows):
        builder = Builder(claim)
        found = [f.place for f in run_plan(plan, builder.claim(), builder.context())]
        assert found == ([] if expected == "-" else [expected.removesuffix(":=")]), words
