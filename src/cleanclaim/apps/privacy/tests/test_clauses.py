"""Every clause of both published policies has its test or the word open."""

from cleanclaim.apps.privacy.clauses import (
    OPEN,
    Clause,
    clauses_counted,
    clauses_missing_tests,
    clauses_read,
)
from cleanclaim.apps.privacy.reference import named_tests
from cleanclaim.apps.privacy.tests.files import TENANTS, document

HERE = "src/cleanclaim/apps/privacy/tests/test_clauses.py"


def test_every_clause_stands_once():
    ids = [clause.clause for clause in clauses_read()]
    expected = [f"A-{n}" for n in range(1, 75)] + [f"B-{n}" for n in range(1, 58)]
    assert ids == expected


def test_every_named_test_exists():
    assert clauses_missing_tests(clauses_read()) == []
    absent = Clause("A-1", "usmed", "x", f"{HERE}::test_that_is_not_there")
    nowhere = Clause("A-2", "usmed", "x", "src/nowhere.py::test_x")
    here = Clause("A-3", "usmed", "x", f"{HERE}::test_every_clause_stands_once")
    assert clauses_missing_tests([absent, nowhere, here]) == [absent.test, nowhere.test]


def test_nothing_open_is_claimed_on_a_page():
    is_open = {clause.clause for clause in clauses_read() if clause.test == OPEN}
    for tenant in TENANTS:
        claimed = {c for row in document(tenant).data["statements"] for c in row["clauses"]}
        assert claimed & is_open == set()


def test_rules_serve_clauses_of_their_own_tenant():
    known = {(clause.tenant, clause.clause) for clause in clauses_read()}
    for tenant in TENANTS:
        data = document(tenant).data
        rows = [*data["rules"], *data["collects"], *data["retention"], *data["statements"]]
        assert {(tenant, clause) for row in rows for clause in row["clauses"]} <= known


def test_the_count_is_known():
    counted = clauses_counted(clauses_read())
    assert {tenant: total for tenant, (_, total) in counted.items()} == {"usmed": 74, "umbs": 57}
    assert all(proven >= 15 for proven, _ in counted.values())


def test_sentences_and_clauses_name_their_tests():
    named = named_tests()
    assert any(test.endswith("::test_children_are_left_alone") for test in named)
    assert all("::test_" in test for test in named)
