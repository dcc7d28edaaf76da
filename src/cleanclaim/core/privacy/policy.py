"""A policy as the evaluator reads it: words, floors, rules, duties, with patterns spelled out."""

from collections.abc import Iterable, Mapping

import msgspec

ACTIONS = ("collect", "use", "disclose", "track", "contact", "retain", "erase")
ANY = "*"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One floor, tenant rule or obligation; its patterns are already spelled out as words.

    Args:
        rule_id: `F-03` a floor, `UA-11` a tenant's rule, `O-encrypt` an obligation.
        actions: What is done; with categories, purposes, recipients and subjects the whole reach.
        when: Facts that must hold for the rule to speak.
        unless: Facts that lift a floor when all of them hold.
        because: A sentence for the person who asks, without its final full stop.
        field_set: Name of the field set that an allowing rule opens.
        clauses: The clauses of the published policy that the rule serves.
        emit: What an obligation asks of the place that acts.
    """

    rule_id: str
    actions: frozenset[str]
    categories: frozenset[str]
    purposes: frozenset[str]
    recipients: frozenset[str]
    subjects: frozenset[str]
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    because: str = ""
    basis: str = ""
    field_set: str = ""
    clauses: tuple[str, ...] = ()
    emit: str = ""


class Accounting(msgspec.Struct, frozen=True, kw_only=True):
    """Which disclosures a person may ask a list of (45 CFR 164.528)."""

    exempt_purposes: frozenset[str]
    exempt_recipients: frozenset[str]
    exempt_when: tuple[str, ...]
    lookback_years: int


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """Every word a question may use, with its plain name; a word that is not here is unknown."""

    categories: Mapping[str, str]
    purposes: Mapping[str, str]
    recipients: Mapping[str, str]
    subjects: Mapping[str, str]
    facts: Mapping[str, str]


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The floors of the platform and the rules of one tenant, ready to be asked.

    Args:
        digest: SHA-256 of the files it was made from; names the policy in every record.
        floors: Denies of the platform, asked first; no tenant rule is heard before them.
        denies: Denies of the tenant.
        allows: Allowing rules of the tenant in the order of the file; the first that covers wins.
        field_sets: From (field set, task, role) to the fields it opens.
        field_categories: From each field to its category.
    """

    tenant: str
    digest: str
    words: Vocabulary
    floors: tuple[Rule, ...]
    denies: tuple[Rule, ...]
    allows: tuple[Rule, ...]
    obligations: tuple[Rule, ...]
    accounting: Accounting
    field_sets: Mapping[tuple[str, str, str], frozenset[str]] = {}
    field_categories: Mapping[str, str] = {}


def words_covered(patterns: Iterable[str], words: Iterable[str]) -> frozenset[str]:
    """Spell out what an allowing rule covers: each named word and all beneath it.

    >>> sorted(words_covered(["payer"], ["payer", "payer.government", "practice"]))
    ['payer', 'payer.government']
    """
    named = frozenset(patterns) or frozenset({ANY})
    return frozenset(
        word
        for word in words
        if ANY in named or any(word == name or word.startswith(f"{name}.") for name in named)
    )


def words_touched(patterns: Iterable[str], words: Iterable[str]) -> frozenset[str]:
    """Spell out what a denying rule touches: also the wider words, for they hold the named one.

    Who asks about all of `phi` asks about psychotherapy notes too, so a floor on the notes answers.

    >>> sorted(words_touched(["phi.notes"], ["phi", "phi.notes", "phi.name"]))
    ['phi', 'phi.notes']
    """
    named, known = frozenset(patterns), tuple(words)
    wider = {word for word in known if any(name.startswith(f"{word}.") for name in named)}
    return words_covered(named, known) | frozenset(wider)
