import pytest

from cleanclaim.core.privacy import Batch, Fact, Request, decide, facts_needed
from cleanclaim.core.privacy.tests.trial import POLICY, ask

YES, NO = True, False


def fact(name, holds, evidence="row:1"):
    return Fact(name, holds, evidence)


# what is changed in the ordinary question | facts | outcome, rule
ATTEMPTS = [
    ({}, [("self_pay", NO)], "allowed U-01"),
    ({}, [("self_pay", YES)], "denied F-06"),
    ({}, [], "denied F-06"),
    ({"recipient": "vendor"}, [], "denied F-03"),
    ({"recipient": "vendor"}, [("baa_active", NO)], "denied F-03"),
    ({"recipient": "vendor"}, [("baa_active", YES)], "allowed U-01"),
    ({"purpose": "marketing"}, [("self_pay", NO)], "denied F-01"),
    ({"categories": {"phi.notes"}}, [("self_pay", NO)], "denied U-02"),
    ({"categories": {"phi.notes"}}, [("self_pay", NO), ("payer_request", YES)], "denied U-02"),
    (
        {"categories": {"phi.notes"}},
        [("self_pay", NO), ("payer_request", YES), ("author_signed", YES)],
        "allowed U-02",
    ),
    (
        {"categories": {"phi.notes"}},
        [("self_pay", NO), ("payer_request", YES, ""), ("author_signed", YES)],
        "denied U-02",
    ),
    (
        {"categories": {"phi.notes"}},
        [("self_pay", NO), ("payer_request", NO), ("author_signed", YES)],
        "denied U-02",
    ),
    ({"action": "use", "recipient": "self"}, [], "allowed U-03"),
    ({"action": "use", "recipient": "self", "subject": "child"}, [], "denied "),
    ({"action": "use", "recipient": "self", "purpose": "request"}, [], "denied "),
    ({"action": "use", "recipient": "vendor"}, [], "denied "),
    (
        {"action": "use", "recipient": "self", "subject": "child", "categories": {"web.ip"}},
        [],
        "denied U-90",
    ),
    (
        {"action": "use", "recipient": "self", "subject": "child", "categories": {"web.ip"}},
        [("choice", NO)],
        "denied ",
    ),
    ({"purpose": "request"}, [("self_pay", NO)], "allowed U-04"),
    ({"purpose": "request", "recipient": "self"}, [], "allowed U-04"),
    ({"purpose": "request", "categories": {"phi"}}, [("self_pay", NO)], "allowed U-04"),
    ({"purpose": "request", "categories": {"web.ip"}}, [], "allowed U-04"),
    ({"purpose": "request"}, [("self_pay", NO), ("choice", YES)], "allowed U-04"),
    ({"categories": {"phi.name", "phi.notes"}}, [("self_pay", NO)], "denied "),
    ({"categories": {"web.ip"}}, [], "denied "),
    ({"action": "use"}, [], "denied "),
    ({"categories": {"phi.nmae"}}, [("self_pay", NO)], "unknown "),
    ({"categories": set()}, [("self_pay", NO)], "unknown "),
    ({"purpose": "biling"}, [("self_pay", NO)], "unknown "),
    ({"recipient": "nobody"}, [("self_pay", NO)], "unknown "),
    ({"action": "sell"}, [("self_pay", NO)], "unknown "),
    ({"subject": "dog"}, [("self_pay", NO)], "unknown "),
]


def attempt(changed, facts):
    words = {name: frozenset(v) if isinstance(v, set) else v for name, v in changed.items()}
    return ask(**words, facts=tuple(fact(*item) for item in facts))


@pytest.mark.parametrize(("changed", "facts", "expected"), ATTEMPTS)
def test_every_attempt_has_its_outcome(changed, facts, expected):
    decision = decide(POLICY, attempt(changed, facts))
    assert f"{decision.outcome} {decision.rule}" == expected


# what is changed | facts | whether it belongs into the list of disclosures
LISTED = [
    ({}, [("self_pay", NO)], False),
    ({"purpose": "request"}, [("self_pay", NO)], True),
    ({"purpose": "request", "categories": {"phi"}}, [("self_pay", NO)], True),
    ({"purpose": "request", "recipient": "self"}, [], False),
    ({"purpose": "request", "categories": {"web.ip"}}, [], False),
    ({"purpose": "request", "categories": {"web.ip", "phi.name"}}, [("self_pay", NO)], True),
    ({"purpose": "request"}, [("self_pay", NO), ("choice", YES)], False),
    ({"purpose": "request"}, [("self_pay", NO), ("choice", NO)], True),
    ({"action": "use", "recipient": "self"}, [], False),
]


@pytest.mark.parametrize(("changed", "facts", "expected"), LISTED)
def test_disclosures_that_a_person_may_ask_about_are_marked(changed, facts, expected):
    decision = decide(POLICY, attempt(changed, facts))
    assert decision.is_allowed
    assert decision.accountable is expected


def test_a_fact_without_evidence_was_not_looked_up():
    decision = decide(POLICY, ask(facts=(fact("self_pay", NO, ""),)))
    assert (decision.outcome, decision.unchecked) == ("denied", ("self_pay",))


def test_a_fact_named_twice_is_a_bug():
    with pytest.raises(ValueError, match="twice"):
        ask(facts=(fact("self_pay", NO), fact("self_pay", YES)))


def test_the_asker_learns_what_to_look_up():
    assert facts_needed(POLICY, ask(facts=())) == ("self_pay",)
    assert facts_needed(POLICY, ask(recipient="vendor")) == ("baa_active",)


def test_reasons_are_sentences():
    def reason(changed, facts):
        return decide(POLICY, attempt(changed, facts)).because

    assert reason({}, [("self_pay", NO)]) == "Allowed: claims go to payers (U-01)."
    assert reason({}, []) == (
        "Not allowed: what the patient paid reaches no plan (F-06); "
        "nobody checked that the patient paid for it."
    )
    assert reason({"categories": {"phi.notes"}}, [("self_pay", NO)]) == (
        "Not allowed: U-02 asks first that the author signed and that the payer asked for it; "
        "nobody checked that the author signed or that the payer asked for it."
    )
    assert reason({"action": "use"}, []) == (
        "Not allowed: no rule lets us use names for billing with payers."
    )
    assert reason({"purpose": "biling"}, []) == "Not allowed: the policy does not know biling."


def test_an_allowed_act_names_its_duties_fields_and_clauses():
    decision = decide(POLICY, ask())
    assert decision.obligations == ("disclosure_event",)
    assert decision.field_set == "x12"
    assert decision.clauses == ("A-48",)
    assert decision.accountable is False


def test_a_batch_answers_as_decide_does_and_remembers():
    batch = Batch(POLICY)
    first = batch.decide(ask())
    assert first == decide(POLICY, ask())
    assert (
        batch.decide(Request(**{name: getattr(ask(), name) for name in ask().__struct_fields__}))
        is first
    )
