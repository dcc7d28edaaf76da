"""Long proofs: samples that change with the commit, and figures that are written down."""

import json
import random

import pytest
from proofs import Proof, run_seed

PROOFS = """
import pytest

@pytest.mark.proof
def test_laws(proof):
    cases = proof.choose(range(100), 3)
    proof.tell(cases=len(cases), chosen=list(cases))

@pytest.mark.proof
def test_silent(proof):
    assert proof.count(10, 2) in (10, 2)

@pytest.mark.proof
def test_wrong(proof):
    proof.tell(cases=proof.count(10, 2))
    assert proof.is_whole

@pytest.mark.proof
def test_absent(proof):
    pytest.skip("no samples here")

def test_ordinary():
    pass
"""


@pytest.fixture
def run(pytester, monkeypatch):
    pytester.makepyfile(test_some=PROOFS)
    pytester.makeini("[pytest]\nmarkers =\n    proof: long\n    kills: long\ntestpaths = .")

    def go(*words, whole=True, seed=1):
        monkeypatch.setenv("CLEANCLAIM_PROOF", "whole" if whole else "")
        monkeypatch.setenv("CLEANCLAIM_SEED", str(seed))
        told = pytester.runpytest_inprocess("-p", "proofs", "-p", "no:django", *words)
        path = pytester.path / "docs/reference/proof.json"
        known = json.loads(path.read_text()) if path.exists() else None
        return told.parseoutcomes(), known

    return go


def test_a_whole_run_writes_commit_seed_figures_and_date(run):
    outcomes, known = run("-m", "proof")
    assert outcomes == {"passed": 2, "failed": 1, "skipped": 1, "deselected": 1}
    laws = known["test_some.py::test_laws"]
    assert laws["cases"] == 100
    assert laws["result"] == "passed"
    assert laws["seed"] == 1
    assert {"commit", "date", "seconds"} < laws.keys()
    results = {name.partition("::")[2]: one["result"] for name, one in known.items()}
    assert results == {
        "test_laws": "passed",
        "test_silent": "failed",
        "test_wrong": "passed",
        "test_absent": "skipped",
    }


def test_an_ordinary_run_takes_a_sample_and_writes_nothing(run):
    outcomes, known = run(whole=False)
    assert outcomes == {"passed": 2, "failed": 2, "skipped": 1}
    assert known is None


def test_samples_change_with_the_commit_and_are_repeated_by_their_seed(monkeypatch):
    def chosen(commit):
        chance = random.Random(run_seed(commit))
        return Proof(is_whole=False, seed=0, random=chance).choose(range(100), 3)

    monkeypatch.delenv("CLEANCLAIM_SEED", raising=False)
    assert chosen("a") != chosen("b")
    assert chosen("a") == chosen("a-dirty")
    monkeypatch.setenv("CLEANCLAIM_SEED", "7")
    assert chosen("a") == chosen("b")


def test_a_run_of_some_keeps_the_others(run, pytester):
    run("-m", "proof")
    path = pytester.path / "docs/reference/proof.json"
    known = json.loads(path.read_text())
    path.write_text(
        json.dumps({name: one | {"cases": -1} for name, one in known.items()} | {"gone": {}})
    )
    _, known = run("-m", "proof", "-k", "laws")
    assert known["test_some.py::test_laws"]["cases"] == 100
    assert known["test_some.py::test_wrong"]["cases"] == -1
    assert "gone" in known
    _, known = run("-m", "proof")
    assert "gone" not in known
