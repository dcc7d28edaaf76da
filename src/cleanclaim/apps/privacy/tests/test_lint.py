from pathlib import Path

import pytest
import yaml

from cleanclaim.apps.privacy.tests.files import TENANTS, TODAY, document, findings, redated, text
from cleanclaim.core.privacy.source import Document, document_read
from cleanclaim.kernel.finding import Finding

A, B = "usmed", "umbs"


@pytest.mark.parametrize("tenant", TENANTS)
def test_the_shipped_files_are_clean(tenant):
    assert findings(tenant) == []


DEFECTS = yaml.safe_load((Path(__file__).parent / "lint_defects.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda row: f"{row['finding']}-{row['line']}")
def test_each_defect_is_named_with_its_line(defect):
    tenant = defect["tenant"]
    assert defect["out"] in text(tenant)
    changed = redated(text(tenant).replace(defect["out"], defect["put"], 1))
    named = [item for item in findings(tenant, changed) if item.code == defect["finding"]]
    lines = changed.splitlines()
    pointed = {lines[int(item.place.partition(":")[2]) - 1] for item in named}
    assert any(defect["line"] in content for content in pointed), pointed


def test_a_changed_file_needs_a_new_date():
    changed = text(A).replace("P18M", "P12M", 1)
    assert [f.code for f in findings(A, changed)] == ["POLICY-DATE-UNMOVED"]
    assert findings(A, redated(changed)) == []


def test_a_new_version_needs_a_later_date_than_the_one_in_force():
    changed = text(A).replace("P18M", "P12M", 1)
    fresh = redated(changed, day="2026-11-22")
    assert {f.code for f in findings(A, fresh)} == {"POLICY-DATE-UNMOVED"}
    later = redated(changed)
    assert findings(A, later, published=document(A)) == []
    forged = later.replace('{version: "1", date: 2026-11-22', '{version: "0", date: 2025-11-22')
    forged = forged.replace("date: 2026-12-01", "date: 2026-11-22")
    codes = {f.code for f in findings(A, forged, published=document(A))}
    assert codes == {"POLICY-DATE-UNMOVED"}


def test_an_old_notice_is_refused():
    year_later = TODAY.replace(year=2027)
    assert findings(B, today=year_later) == []
    late = findings(B, today=year_later.replace(day=23))
    assert [f.code for f in late] == ["POLICY-NOTICE-OLD"]
    assert late[0].place.startswith("umbs.yaml:")


def test_a_sentence_needs_a_check_that_exists():
    codes = [f.code for f in findings(A, checks=frozenset())]
    assert set(codes) == {"POLICY-CLAIM-UNCHECKED"}


@pytest.mark.parametrize(
    ("source", "line"),
    [("a: [", 1), ("- a", 1), ("a: 1\nb: 2\na: 3", 3), ("a:\n  b: 1\n  b: 2", 3)],
)
def test_what_cannot_be_read_is_a_finding(source, line):
    found = document_read("x.yaml", source)
    assert isinstance(found, Finding)
    assert (found.code, found.place) == ("POLICY-SYNTAX", f"x.yaml:{line}")


def test_values_and_lines_are_kept():
    found = document_read("x.yaml", "a: 2024-03-18\nb: [1, true, null]\nc:\n  d: x\n")
    assert isinstance(found, Document)
    assert found.data == {"a": "2024-03-18", "b": [1, True, None], "c": {"d": "x"}}
    assert found.place("c", "d") == "x.yaml:4"
    assert found.place("c", "missing") == "x.yaml:3"
