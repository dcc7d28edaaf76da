"""Asking by hand: a request as JSON, and what the rules say of a word, for a privacy officer."""

from collections.abc import Iterator

import msgspec

from cleanclaim.apps.privacy.loading import Loaded
from cleanclaim.core.privacy import Fact, Request
from cleanclaim.core.privacy.page_text import sentence
from cleanclaim.core.privacy.policy import Rule
from cleanclaim.kernel.refusal import Refusal


class Asked(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A question as a person writes it; each fact is `true`, `false` or left out."""

    action: str
    categories: list[str]
    purpose: str
    recipient: str
    subject: str = "patient"
    facts: dict[str, bool] = {}
    task: str = ""
    role: str = ""


def request_read(text: str) -> Request:
    """Read a question; its facts count as looked up, since it asks what if.

    Raises:
        Refusal: `request_unreadable` with what is wrong.
    """
    try:
        asked = msgspec.json.decode(text.encode(), type=Asked)
    except msgspec.DecodeError as error:
        raise Refusal("request_unreadable", f"This is no request: {error}.") from error
    return Request(
        action=asked.action,
        categories=frozenset(asked.categories),
        purpose=asked.purpose,
        recipient=asked.recipient,
        subject=asked.subject,
        facts=tuple(Fact(name, holds, "what-if") for name, holds in asked.facts.items()),
        task=asked.task,
        role=asked.role,
    )


def explained(loaded: Loaded, word: str) -> list[str]:
    """Explain a rule by its id, or list the rules that speak of a word.

    Returns:
        Lines for a person; empty where no rule has that id or word.
    """
    policy = loaded.policy
    if policy is None:
        return []
    kinds = ((policy.floors, "Floor"), (policy.denies, "Deny"), (policy.allows, "Allow"))
    lines: list[str] = []
    for rules, kind in kinds:
        for rule in rules:
            if rule.rule_id == word:
                lines += [f"{kind} {rule.rule_id}: {sentence(rule.because)}", *_reach(loaded, rule)]
            elif word in rule.categories | rule.purposes | rule.recipients | {
                *rule.when,
                *rule.unless,
            }:
                lines.append(f"{kind} {rule.rule_id}: {sentence(rule.because)}")
    return lines


def _reach(loaded: Loaded, rule: Rule) -> Iterator[str]:
    policy = loaded.policy
    if policy is None:
        return
    words = policy.words
    yield f"  actions: {', '.join(sorted(rule.actions))}"
    for name in ("categories", "purposes", "recipients", "subjects"):
        known, here = getattr(words, name), getattr(rule, name)
        told = "all" if len(here) == len(known) else ", ".join(known[w] for w in sorted(here))
        yield f"  {name}: {told}"
    for title, facts in (("only if", rule.when), ("unless", rule.unless)):
        if facts:
            yield f"  {title} " + " and ".join(words.facts[name] for name in facts)
    if rule.field_set:
        yield f"  fields: {rule.field_set}"
    if rule.clauses:
        yield f"  clauses: {', '.join(rule.clauses)}"
