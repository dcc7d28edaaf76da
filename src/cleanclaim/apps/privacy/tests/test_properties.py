"""Laws that hold for every question, shown on random ones."""

import msgspec
import pytest

from cleanclaim.apps.privacy.tests.asking import request_random, with_facts, without
from cleanclaim.apps.privacy.tests.files import TENANTS, document, policy
from cleanclaim.core.privacy import Batch, Request, decide, facts_needed

pytestmark = pytest.mark.parametrize("tenant", TENANTS)


@pytest.fixture(name="asked")
def asked_fixture(tenant, proof):
    count = proof.count(60_000, 3_000)
    proof.tell(cases=count)
    return [request_random(proof.random, policy(tenant)) for _ in range(count)]


@pytest.mark.proof
def test_removing_a_fact_never_allows(tenant, asked):
    rules = policy(tenant)
    turns = 0
    for request in asked:
        before = decide(rules, request)
        for fact in request.facts:
            after = decide(rules, without(request, fact.name))
            assert before.is_allowed or not after.is_allowed
            turns += before.is_allowed and not after.is_allowed
    assert turns > 100


@pytest.mark.proof
def test_a_tenant_only_narrows_what_the_floors_leave(tenant, asked):
    rules = policy(tenant)
    floors_alone = [rule.rule_id for rule in rules.floors]
    # Whatever a tenant may write, here a rule that allows everything, floors answer first.
    everything = _opened(rules)
    denied = 0
    for request in asked:
        decision, wide = decide(rules, request), decide(everything, request)
        if not wide.is_allowed:
            assert wide.rule in floors_alone
            assert not decision.is_allowed
            denied += 1
    assert denied > 100


@pytest.mark.proof
def test_no_health_data_reaches_advertising_whatever_is_asked(tenant, asked):
    rules = policy(tenant)
    seen = 0
    for request in asked:
        holds_phi = any(kind.startswith("phi") for kind in request.categories)
        is_marketing = request.purpose.startswith("marketing")
        is_ads = request.recipient.startswith("adtech") and request.action != "collect"
        if holds_phi and (is_marketing or is_ads):
            seen += 1
            assert not decide(rules, request).is_allowed
    assert seen > 50


@pytest.mark.proof
def test_an_answer_is_repeatable_and_remembered(tenant, asked):
    rules = policy(tenant)
    batch = Batch(rules)
    for request in asked[:2000]:
        decision = batch.decide(request)
        assert decision == decide(rules, request) == batch.decide(request)
        assert decision.policy_digest == rules.digest
        assert decision.because.startswith(("Allowed: ", "Not allowed: "))
        assert decision.because.endswith(".")


@pytest.mark.proof
def test_facts_that_are_not_needed_change_nothing(tenant, asked):
    rules = policy(tenant)
    for request in asked[:2000]:
        needed = facts_needed(rules, request)
        fewer = with_facts(request, tuple(f for f in request.facts if f.name in needed))
        assert decide(rules, fewer) == decide(rules, request)


def test_an_unknown_word_is_never_allowed(tenant):
    rules = policy(tenant)
    good = {
        "action": "use", "categories": frozenset({"phi.billing.claims"}),
        "purpose": "billing.claims", "recipient": "self", "subject": "patient",
    }  # fmt: skip
    for name in good:
        strange = frozenset({"phi.billing"}) if name == "categories" else "strange"
        assert decide(rules, Request(**(good | {name: strange}))).outcome == "unknown"


def _opened(rules):
    one = rules.allows[0]
    wide = msgspec.structs.replace(
        one,
        actions=frozenset().union(*(r.actions for r in (*rules.floors, *rules.allows))),
        categories=frozenset(rules.words.categories),
        purposes=frozenset(rules.words.purposes),
        recipients=frozenset(rules.words.recipients),
        subjects=frozenset(rules.words.subjects),
        when=(),
    )
    assert document("platform").data["floors"]
    return msgspec.structs.replace(rules, denies=(), allows=(wide,))
