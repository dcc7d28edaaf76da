"""The plan of rules for one claim: the product's, and the own rules in force for it."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache

from cleanclaim.apps.rules.convert import claim_scope
from cleanclaim.core.scrub import Case, Finding, Rule, RulePlan, all_rules
from cleanclaim.core.scrub.language import CompiledRule, OwnRule, compile_rule, rules_in_force

# Rules about eligibility answers; before a company asks for any, each claim would be warned of.
_OF_ELIGIBILITY = frozenset({"ELG-002"})


class Unusable:
    """An active rule that this version of the product can't read: it holds every claim."""

    codes: frozenset[str] | None = None

    def __init__(self, rule: OwnRule) -> None:
        self.code = f"SCRUB-OWN-{rule.rule_id}"
        self.version = rule.version

    def findings(self, _case: Case) -> Iterator[Finding]:
        """Fail; the plan turns it into a finding that holds the claim and says so."""
        raise ValueError(self.code)


class Plans:
    """The plans of one practice: made once for a batch, kept compiled by the process.

    Args:
        tenant_id: Whose.
        practice_id: Which practice's.
        active: All active versions, from `rules_active`.
        knows_eligibility: Whether the company has answers about eligibility at all.
    """

    def __init__(
        self,
        tenant_id: int,
        practice_id: int,
        active: Iterable[OwnRule],
        *,
        knows_eligibility: bool = False,
    ) -> None:
        self._tenant_id = tenant_id
        self._practice_id = practice_id
        self._active = tuple(active)
        self._knows_eligibility = knows_eligibility
        self._chosen: dict[tuple[str, date], RulePlan] = {}

    def plan(self, payer_id: str, day: date) -> RulePlan:
        """Give the plan for a claim to a payer with a first day of service."""
        found = self._chosen.get((payer_id, day))
        if found is None:
            scope = claim_scope(self._tenant_id, self._practice_id, payer_id)
            own = tuple(rules_in_force(self._active, scope, day))
            found = _compiled(own, knows_eligibility=self._knows_eligibility)
            self._chosen[payer_id, day] = found
        return found


@lru_cache(maxsize=64)
def _compiled(own: tuple[OwnRule, ...], *, knows_eligibility: bool) -> RulePlan:
    return RulePlan(_product_rules(knows_eligibility=knows_eligibility), map(_usable, own))


@cache
def _product_rules(*, knows_eligibility: bool) -> tuple[Rule, ...]:
    left_out = frozenset() if knows_eligibility else _OF_ELIGIBILITY
    return tuple(rule for rule in all_rules() if rule.rule_id not in left_out)


def _usable(rule: OwnRule) -> CompiledRule | Unusable:
    compiled = compile_rule(rule)
    return compiled if isinstance(compiled, CompiledRule) else Unusable(rule)
