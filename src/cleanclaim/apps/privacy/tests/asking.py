"""Random questions: most of them near some rule, with facts that mostly please the asker."""

import msgspec

from cleanclaim.core.privacy import Fact, Request
from cleanclaim.core.privacy.policy import ACTIONS
from cleanclaim.core.privacy.snapshot import best_facts


def request_random(chance, policy):
    words = policy.words
    reach = chance.choice((*policy.allows, *policy.floors, *policy.denies))

    def word(near, known):
        return chance.choice(sorted(near if near and chance.random() < 0.9 else known))

    near = sorted(reach.categories)
    picked = chance.sample(near, min(len(near), chance.choice((1, 1, 2, 4))))
    if chance.random() < 0.1:
        picked.append(chance.choice(sorted(words.categories)))
    request = Request(
        action=word(reach.actions, ACTIONS),
        categories=frozenset(picked),
        purpose=word(reach.purposes, words.purposes),
        recipient=word(reach.recipients, words.recipients),
        subject=word(reach.subjects, words.subjects),
    )
    return with_facts(request, facts_random(chance, policy, request))


def facts_random(chance, policy, request):
    facts = []
    for fact in best_facts(policy, request):
        luck = chance.random()
        if luck < 0.85:
            facts.append(fact)
        elif luck < 0.95:
            facts.append(Fact(fact.name, not fact.holds, "random"))
    return tuple(facts)


def with_facts(request, facts):

    return msgspec.structs.replace(request, facts=facts)


def all_good(policy, **question):
    """The question with every fact as the asker would like it."""
    question["categories"] = frozenset(question["categories"])
    bare = Request(**question)
    return with_facts(bare, best_facts(policy, bare))


def without(request, name):
    return with_facts(request, tuple(fact for fact in request.facts if fact.name != name))


def turned(request, name):
    return with_facts(
        request,
        tuple(
            Fact(fact.name, not fact.holds, fact.evidence) if fact.name == name else fact
            for fact in request.facts
        ),
    )
