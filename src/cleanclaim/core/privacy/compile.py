"""From the two files of a tenant to the policy that is asked."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from cleanclaim.core.privacy.policy import (
    ACTIONS,
    Accounting,
    Policy,
    Rule,
    Vocabulary,
    words_covered,
    words_touched,
)
from cleanclaim.core.privacy.source import Document, policy_digest

type Spelling = Callable[[Iterable[str], Iterable[str]], frozenset[str]]


def policy_from_documents(
    platform: Document,
    tenant: Document,
    field_sets: Mapping[tuple[str, str, str], frozenset[str]] | None = None,
) -> Policy:
    """Spell out the patterns of both files; the linter has passed them before.

    Args:
        platform: The shared words and floors.
        tenant: The rules of one tenant.
        field_sets: From (field set, task, role) to fields, made from the inventory.
    """
    words = vocabulary_from_document(platform)
    shared, own = platform.data, tenant.data
    rules = own["rules"]
    # A wide word such as `account` opens what the tenant lists of it and nothing else.
    listed = words_covered([row["category"] for row in own["collects"]], words.categories)
    return Policy(
        tenant=own["tenant"],
        digest=policy_digest(platform, tenant),
        words=words,
        floors=tuple(rule_from_row(words, row, words_touched) for row in shared["floors"]),
        denies=tuple(
            rule_from_row(words, row, words_touched) for row in rules if row["effect"] == "deny"
        ),
        allows=tuple(
            _narrowed(rule_from_row(words, row, words_covered), listed)
            for row in rules
            if row["effect"] == "allow"
        ),
        obligations=tuple(
            rule_from_row(words, row, words_touched) for row in shared["obligations"]
        ),
        accounting=_accounting(shared),
        field_sets=field_sets or {},
    )


def vocabulary_from_document(platform: Document) -> Vocabulary:
    """Take the words and their plain names from the platform's file."""
    data = platform.data
    return Vocabulary(
        categories={key: row["words"] for key, row in data["categories"].items()},
        purposes={key: row["words"] for key, row in data["purposes"].items()},
        recipients={key: row["words"] for key, row in data["recipients"].items()},
        subjects=data["subjects"],
        facts={key: row["words"] for key, row in data["facts"].items()},
    )


def rule_from_row(words: Vocabulary, row: Mapping[str, Any], spell: Spelling) -> Rule:
    """Spell out one row; a denying row touches wider words, an allowing row does not."""

    def reach(name: str, known: Iterable[str]) -> frozenset[str]:
        return spell(row.get(name, ()), known)

    return Rule(
        rule_id=row["id"],
        actions=reach("actions", ACTIONS),
        categories=reach("categories", words.categories),
        purposes=reach("purposes", words.purposes),
        recipients=reach("recipients", words.recipients),
        subjects=reach("subjects", words.subjects),
        when=tuple(row.get("when", ())),
        unless=tuple(row.get("unless", ())),
        because=row.get("because", ""),
        basis=row.get("basis", ""),
        field_set=row.get("fieldset", ""),
        clauses=tuple(row.get("clauses", ())),
        emit=row.get("emit", ""),
    )


def _narrowed(rule: Rule, listed: frozenset[str]) -> Rule:
    return msgspec.structs.replace(rule, categories=rule.categories & listed)


def _accounting(shared: Mapping[str, Any]) -> Accounting:
    row = shared["accounting"]
    return Accounting(
        exempt_purposes=frozenset(
            key
            for key, purpose in shared["purposes"].items()
            if purpose.get("tpo") in row["exempt_tpo"]
        ),
        exempt_recipients=frozenset(row["exempt_recipients"]),
        exempt_when=tuple(row["exempt_when"]),
        lookback_years=row["lookback_years"],
    )
