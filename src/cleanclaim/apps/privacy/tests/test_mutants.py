"""The proofs notice small wrong changes of the policy files and of the evaluator."""

from collections import Counter

import msgspec
import pytest

from cleanclaim.apps.privacy.tests.files import ROOT, TENANTS, policy
from cleanclaim.apps.privacy.tests.mutants import (
    evaluator_mutants,
    file_mutant_killer,
    file_mutants,
)
from cleanclaim.core.privacy.decision import decide, facts_needed
from cleanclaim.core.privacy.snapshot import answer, questions
from cleanclaim.core.privacy.tests.test_decision import ATTEMPTS, LISTED, attempt
from cleanclaim.core.privacy.tests.trial import POLICY

SURVIVORS = ROOT / "docs" / "reference" / "decisions" / "survivors.txt"


def listed():
    """Survivors with the reason for each: `F-08: purposes without x | the reason`."""
    lines = SURVIVORS.read_text(encoding="utf-8").splitlines()
    rows = [line.partition(" | ") for line in lines if line and not line.startswith("#")]
    assert all(reason for _, _, reason in rows)
    return {told for told, _, _ in rows}


@pytest.mark.proof
def test_wrong_policy_files_are_noticed(proof):
    mutants = proof.choose(file_mutants(), 60)
    counts, survivors = Counter(), set()
    for told, name, data, row_id in mutants:
        killer = file_mutant_killer(name, data, row_id)
        counts[killer or "survived"] += 1
        survivors |= set() if killer else {told}
    assert survivors <= listed()
    proof.tell(cases=len(mutants), by_killer=dict(counts))
    if proof.is_whole:
        total = counts.total() - counts["same"]
        assert counts["survived"] <= total * 0.02
        assert survivors == {told for told in listed() if not told.startswith("line")}


def is_noticed(namespace, asked):
    """Whether a changed evaluator answers any attempt or question otherwise."""
    changed = namespace["decide"]
    for row in (*ATTEMPTS, *LISTED):
        request = attempt(*row[:2])
        if _told(changed, POLICY, request) != _told(decide, POLICY, request):
            return True
        if namespace["facts_needed"](POLICY, request) != facts_needed(POLICY, request):
            return True
    return any(answer(rules, question, changed) != expected for rules, question, expected in asked)


def _told(ask, rules, request):
    """The answer as plain data, for a changed module has its own classes."""
    try:
        return msgspec.to_builtins(ask(rules, request))
    except (TypeError, KeyError, IndexError, ValueError) as error:
        return repr(error)


@pytest.mark.proof
def test_a_wrong_evaluator_is_noticed(proof):
    mutants = list(evaluator_mutants())
    step = proof.count(1, 20)
    asked = [
        (policy(tenant), question, answer(policy(tenant), question))
        for tenant in TENANTS
        for question in list(questions(policy(tenant)))[::step]
    ]
    survivors = [told for told, namespace in mutants if not is_noticed(namespace, asked)]
    proof.tell(cases=len(mutants), survivors=survivors)
    assert len(survivors) <= len(mutants) * 0.02, survivors
