"""All decisions of a policy on paper, and what a change of the policy changes in them.

Words that no rule tells apart are asked once, as a class, so that the paper stays whole and short.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

import msgspec

from cleanclaim.core.privacy.decision import Decision, Fact, Request, decide, facts_needed
from cleanclaim.core.privacy.policy import ACTIONS, Policy, Rule

type Words = tuple[str, ...]
type Decide = Callable[[Policy, Request], Decision]

_DIMENSIONS = ("purposes", "recipients", "subjects", "categories")


class Question(msgspec.Struct, frozen=True):
    """Questions that every policy at hand answers alike: any of the words may stand in."""

    action: str
    purposes: Words
    recipients: Words
    subjects: Words
    categories: Words

    @property
    def count(self) -> int:
        """Count the single questions in it."""
        return len(self.purposes) * len(self.recipients) * len(self.subjects) * len(self.categories)

    def request(self, facts: tuple[Fact, ...] = ()) -> Request:
        """Ask the first of them."""
        return Request(
            action=self.action,
            categories=frozenset(self.categories[:1]),
            purpose=self.purposes[0],
            recipient=self.recipients[0],
            subject=self.subjects[0],
            facts=facts,
        )


def questions(*policies: Policy) -> Iterator[Question]:
    """Yield every question that any of the policies has a word on, in a fixed order.

    What is left out is denied by all of them, because no rule speaks about it.
    """
    rules = [rule for policy in policies for rule in _rules(policy)]
    narrow = [rule for rule in rules if not _is_everywhere(rule, policies[0])]
    purposes, recipients, subjects, categories = (
        _classes(rules, name, _known(policies, name)) for name in _DIMENSIONS
    )
    reach = product(ACTIONS, purposes, recipients, subjects)
    for action, purpose, recipient, subject in reach:
        spoken = [
            rule
            for rule in narrow
            if purpose[0] in rule.purposes
            and recipient[0] in rule.recipients
            and subject[0] in rule.subjects
            and action in rule.actions
        ]
        for category in categories:
            if any(category[0] in rule.categories for rule in spoken):
                yield Question(action, purpose, recipient, subject, category)


def best_facts(policy: Policy, request: Request) -> tuple[Fact, ...]:
    """Give all facts that a question depends on, each as the asker would like it."""
    wanted = {name for rule in policy.allows for name in rule.when}
    # Where a floor speaks only when something is wrong, nothing is wrong and nothing lifts it.
    wanted |= {name for rule in policy.floors if not rule.when for name in rule.unless}
    return tuple(
        Fact(name, holds=name in wanted, evidence="snapshot")
        for name in facts_needed(policy, request)
    )


def answer(policy: Policy, question: Question, ask: Decide = decide) -> str:
    """Write the answer to a question: `no` or `yes`, the rule, and what each fact changes.

    Args:
        policy: Whose answer.
        question: What is asked, with all facts as the asker would like them.
        ask: The evaluator, so that a changed one can be put to the test.

    Returns:
        For example `yes UA-03 if baa_active:F-03 crosses_practice=no:F-11`: denied by the rule
        behind the colon as soon as the fact is otherwise.
    """
    facts = best_facts(policy, question.request())
    decision = ask(policy, question.request(facts))
    if not decision.is_allowed:
        return f"no {decision.rule}".rstrip()
    conditions = []
    for number, fact in enumerate(facts):
        turned = msgspec.structs.replace(fact, holds=not fact.holds)
        rest = (*facts[:number], turned, *facts[number + 1 :])
        other = ask(policy, question.request(rest))
        if other != decision:
            name = fact.name if fact.holds else f"{fact.name}=no"
            lifted = _lifted(policy, question, rest, other, ask)
            conditions.append(f"{name}{'+' if other.is_allowed else ':'}{other.rule}{lifted}")
    duties = ",".join(decision.obligations)
    tail = f" if {' '.join(sorted(conditions))}" if conditions else ""
    listed = " listed" if decision.accountable else ""
    return f"yes {decision.rule} {decision.field_set or '-'} {duties or '-'}{listed}{tail}"


def _lifted(
    policy: Policy, question: Question, facts: tuple[Fact, ...], decision: Decision, ask: Decide
) -> str:
    """Say which facts lift the floor that denied, and whether they do: `/required_by_law`."""
    floor = next((rule for rule in policy.floors if rule.rule_id == decision.rule), None)
    if floor is None or not floor.when or not floor.unless:
        return ""
    lifting = tuple(
        msgspec.structs.replace(fact, holds=True) if fact.name in floor.unless else fact
        for fact in facts
    )
    lifts = ask(policy, question.request(lifting)).is_allowed
    return f"/{'+'.join(floor.unless)}{'' if lifts else '!'}"


def snapshot_text(policy: Policy) -> str:
    """Write all decisions of a policy, one line for all questions with one answer."""
    answers = [(question, answer(policy, question)) for question in questions(policy)]
    told = [(question, reply) for question, reply in answers if reply != "no"]
    total = sum(question.count for question, _ in told)
    lines = "".join(
        f"{question.action} | {_shown(question, policy)} | {reply}\n"
        for question, reply in _merged(told)
    )
    return (
        f"# All decisions of {policy.tenant}: {total} questions that a rule answers; the rest is"
        " denied.\n# action | purposes | recipients | subjects | categories | answer\n" + lines
    )


def _merged(told: list[tuple[Question, str]]) -> list[tuple[Question, str]]:
    """Put questions together that differ in one dimension and have one answer."""
    for name in ("subjects", "categories", "recipients", "purposes"):
        groups: dict[tuple[Question, str], list[str]] = {}
        for question, reply in told:
            bare = msgspec.structs.replace(question, **{name: ()})
            groups.setdefault((bare, reply), []).extend(getattr(question, name))
        told = [
            (msgspec.structs.replace(bare, **{name: tuple(sorted(words))}), reply)
            for (bare, reply), words in groups.items()
        ]
    return told


def _shown(question: Question, policy: Policy) -> str:
    parts = []
    for name in _DIMENSIONS:
        words, known = getattr(question, name), getattr(policy.words, name)
        missing = [f"-{word}" for word in sorted(known) if word not in words]
        parts.append(" ".join(["all", *missing] if len(missing) < len(known) / 4 else words))
    return " | ".join(parts)


def policy_diff(old: Policy, new: Policy) -> list[str]:
    """Say in words what a change allows, denies or changes, what is newly allowed first."""
    parts: dict[str, list[tuple[Question, str]]] = {part: [] for part in _PARTS}
    for question in questions(old, new):
        before, after = answer(old, question), answer(new, question)
        if before != after:
            parts[_part(before, after)].append((question, f"before: {before}; after: {after}"))
    return [
        f"{part}: {_in_words(question, old, new)} [{told}]"
        for part, found in parts.items()
        for question, told in _merged(found)
    ]


_PARTS = ("Now allowed", "No longer allowed", "Allowed on other terms", "Denied by another rule")


def _part(before: str, after: str) -> str:
    was, is_now = before.startswith("yes"), after.startswith("yes")
    if was != is_now:
        return _PARTS[0] if is_now else _PARTS[1]
    return _PARTS[2] if was else _PARTS[3]


def _in_words(question: Question, old: Policy, new: Policy) -> str:
    def names(kind: str) -> str:
        words = getattr(question, kind)
        known = {**getattr(old.words, kind), **getattr(new.words, kind)}
        return "all" if len(words) == len(known) else ", ".join(known[word] for word in words)

    return (
        f"{question.action} {names('categories')} of {names('subjects')}"
        f" for {names('purposes')} with {names('recipients')}"
    )


def _rules(policy: Policy) -> tuple[Rule, ...]:
    return (*policy.floors, *policy.denies, *policy.allows, *policy.obligations)


def _is_everywhere(rule: Rule, policy: Policy) -> bool:
    """Say whether a rule speaks of every purpose and recipient, so that it opens no question."""
    return not (
        rule.purposes < policy.words.purposes.keys()
        or rule.recipients < policy.words.recipients.keys()
        or rule.subjects < policy.words.subjects.keys()
    )


def _known(policies: Iterable[Policy], name: str) -> list[str]:
    return sorted({word for policy in policies for word in getattr(policy.words, name)})


def _classes(rules: Sequence[Rule], name: str, known: Iterable[str]) -> list[Words]:
    """Put words together that no rule tells apart."""
    found: dict[tuple[bool, ...], list[str]] = {}
    for word in known:
        traits = tuple(word in getattr(rule, name) for rule in rules)
        # A category's being health data decides the list of disclosures, whatever the rules say.
        found.setdefault((*traits, word.startswith("phi")), []).append(word)
    return [tuple(words) for words in found.values()]
