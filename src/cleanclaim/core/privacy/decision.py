"""May this be done? One pure answer, made before the act and repeatable from its record."""

from enum import StrEnum

import msgspec

from cleanclaim.core.privacy.policy import ACTIONS, Policy, Rule


class Outcome(StrEnum):
    """What the policy answers; whoever acts treats `unknown` as denied."""

    ALLOWED = "allowed"
    DENIED = "denied"
    UNKNOWN = "unknown"


class Fact(msgspec.Struct, frozen=True):
    """Something that was looked up: its name, whether it holds, and where that can be seen.

    Args:
        evidence: Opaque id of the row that shows it (`agreement:17:3`); without one it counts as
            not looked up.
    """

    name: str
    holds: bool
    evidence: str


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """The question: who may do what with which data, for what, to whom, given which facts.

    Args:
        action: One of `policy.ACTIONS`.
        categories: Words of the policy, as narrow as is known; one rule must cover them all.
        recipient: A word of the policy; `self` for work inside the company.
        facts: Each name once.
        task: What is made of the data: `837P`, `270`, `statement`, `screen`; picks the fields.
        role: Who works with it inside: `biller`, `poster` ...; picks the fields.
    """

    action: str
    categories: frozenset[str]
    purpose: str
    recipient: str
    subject: str = "patient"
    facts: tuple[Fact, ...] = ()
    task: str = ""
    role: str = ""

    def __post_init__(self) -> None:
        """Refuse a question that names one fact twice: which of the two would hold?"""
        if len({fact.name for fact in self.facts}) != len(self.facts):
            msg = "a fact is named twice"
            raise ValueError(msg)


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The answer with its reasons; equal questions to equal policies give equal answers.

    Args:
        rule: The floor or rule that decided; empty where none speaks.
        clauses: Clauses of the published policy behind that rule.
        obligations: What the place that acts must do, for example `disclosure_event`.
        field_set: Name of the field set the rule opens.
        accountable: Whether the act belongs into the person's list of disclosures.
        because: One sentence for the person who asked.
        unchecked: Facts that would have to be looked up first.
        policy_digest: Names the policy that decided.
    """

    outcome: Outcome
    rule: str = ""
    clauses: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()
    field_set: str = ""
    accountable: bool = False
    because: str = ""
    unchecked: tuple[str, ...] = ()
    policy_digest: str

    @property
    def is_allowed(self) -> bool:
        """Say whether the act may be done."""
        return self.outcome is Outcome.ALLOWED


def decide(policy: Policy, request: Request) -> Decision:
    """Answer a question: unknown words, floors, the tenant's denies, then its allowing rules.

    What no rule allows is denied, and a fact that nobody looked up counts against the asker.
    """
    strange = _strange_words(policy, request)
    if strange:
        return Decision(
            outcome=Outcome.UNKNOWN,
            because=f"Not allowed: the policy does not know {', '.join(strange)}.",
            policy_digest=policy.digest,
        )
    facts = {fact.name: fact.holds for fact in request.facts if fact.evidence}
    for rule in (*policy.floors, *policy.denies):
        if _touches(rule, request) and _denies(rule, facts):
            return _denied(policy, rule, facts)
    return _allowed(policy, request, facts)


def facts_needed(policy: Policy, request: Request) -> tuple[str, ...]:
    """List the facts that a question depends on, so that the asker knows what to look up."""
    rules = [rule for rule in (*policy.floors, *policy.denies) if _touches(rule, request)]
    rules += [rule for rule in policy.allows if _covers(rule, request)]
    return tuple(dict.fromkeys(name for rule in rules for name in (*rule.when, *rule.unless)))


class Batch:
    """Answers of one batch of work, where the same question comes again and again."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._known: dict[Request, Decision] = {}

    def decide(self, request: Request) -> Decision:
        """Answer as `decide` does, from memory where the question was asked before."""
        known = self._known.get(request)
        if known is None:
            known = self._known[request] = decide(self.policy, request)
        return known


def _strange_words(policy: Policy, request: Request) -> list[str]:
    words = policy.words
    return [
        *sorted(request.categories - words.categories.keys()),
        *([] if request.categories else ["an empty list of categories"]),
        *([] if request.action in ACTIONS else [request.action]),
        *([] if request.purpose in words.purposes else [request.purpose]),
        *([] if request.recipient in words.recipients else [request.recipient]),
        *([] if request.subject in words.subjects else [request.subject]),
    ]


def _covers(rule: Rule, request: Request) -> bool:
    return (
        request.purpose in rule.purposes
        and request.recipient in rule.recipients
        and request.action in rule.actions
        and request.subject in rule.subjects
        and request.categories <= rule.categories
    )


def _touches(rule: Rule, request: Request) -> bool:
    return (
        request.purpose in rule.purposes
        and request.recipient in rule.recipients
        and request.action in rule.actions
        and request.subject in rule.subjects
        and not rule.categories.isdisjoint(request.categories)
    )


def _denies(rule: Rule, facts: dict[str, bool]) -> bool:
    """Say whether a deny that touches the question stands, given what was looked up."""
    speaks = all(facts.get(name, True) for name in rule.when)
    is_lifted = bool(rule.unless) and all(facts.get(name, False) for name in rule.unless)
    return speaks and not is_lifted


def _denied(policy: Policy, rule: Rule, facts: dict[str, bool]) -> Decision:
    unchecked = tuple(name for name in (*rule.when, *rule.unless) if name not in facts)
    return Decision(
        outcome=Outcome.DENIED,
        rule=rule.rule_id,
        clauses=rule.clauses,
        because=f"Not allowed: {rule.because} ({rule.rule_id}){_missing(policy, unchecked)}.",
        unchecked=unchecked,
        policy_digest=policy.digest,
    )


def _allowed(policy: Policy, request: Request, facts: dict[str, bool]) -> Decision:
    covering = [rule for rule in policy.allows if _covers(rule, request)]
    for rule in covering:
        if all(facts.get(name, False) for name in rule.when):
            return Decision(
                outcome=Outcome.ALLOWED,
                rule=rule.rule_id,
                clauses=rule.clauses,
                obligations=tuple(o.emit for o in policy.obligations if _touches(o, request)),
                field_set=rule.field_set,
                accountable=_is_accountable(policy, request, facts),
                because=f"Allowed: {rule.because} ({rule.rule_id}).",
                policy_digest=policy.digest,
            )
    if not covering:
        return Decision(
            outcome=Outcome.DENIED,
            because=f"Not allowed: no rule lets us {_act_in_words(policy, request)}.",
            policy_digest=policy.digest,
        )
    rule = covering[0]
    unmet = tuple(name for name in rule.when if not facts.get(name, False))
    unchecked = tuple(name for name in unmet if name not in facts)
    needs = " and that ".join(policy.words.facts[name] for name in unmet)
    return Decision(
        outcome=Outcome.DENIED,
        rule=rule.rule_id,
        clauses=rule.clauses,
        because=f"Not allowed: {rule.rule_id} asks first that {needs}"
        f"{_missing(policy, unchecked)}.",
        unchecked=unchecked,
        policy_digest=policy.digest,
    )


def _missing(policy: Policy, unchecked: tuple[str, ...]) -> str:
    if not unchecked:
        return ""
    return "; nobody checked that " + " or that ".join(policy.words.facts[n] for n in unchecked)


def _act_in_words(policy: Policy, request: Request) -> str:
    words = policy.words
    what = ", ".join(words.categories[name] for name in sorted(request.categories))
    return (
        f"{request.action} {what} for {words.purposes[request.purpose]} "
        f"with {words.recipients[request.recipient]}"
    )


def _is_accountable(policy: Policy, request: Request, facts: dict[str, bool]) -> bool:
    rule = policy.accounting
    return (
        request.action == "disclose"
        and any(name == "phi" or name.startswith("phi.") for name in request.categories)
        and request.purpose not in rule.exempt_purposes
        and request.recipient not in rule.exempt_recipients
        and not any(facts.get(name, False) for name in rule.exempt_when)
    )
