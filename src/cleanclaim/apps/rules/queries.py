"""Reading own rules: all with their states, one, those in force."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

import msgspec

from cleanclaim.apps.rules.convert import own_rule
from cleanclaim.apps.rules.models import RuleStep, RuleVersion
from cleanclaim.core.privacy import Grant
from cleanclaim.core.scrub.language import OwnRule


class Ruled(msgspec.Struct, frozen=True, kw_only=True):
    """A version with what became of it.

    Args:
        state: `draft`, `active` or `ended`.
        steps: Oldest first.
    """

    version: RuleVersion
    state: str
    steps: tuple[RuleStep, ...]

    @property
    def tested(self) -> RuleStep | None:
        """Give the newest back-test on record."""
        tests = [step for step in self.steps if step.kind == RuleStep.Kind.TESTED]
        return tests[-1] if tests else None


def rules_listed(grant: Grant) -> list[Ruled]:
    """Give every version that the grant's practices see: by rule, the newest version first."""
    rows = RuleVersion.objects.under(grant).order_by("rule_id", "-version")
    return _ruled(grant, rows)


def rule_get(grant: Grant, version_id: UUID) -> Ruled | None:
    """Give one version, or None where the grant opens none of this id."""
    found = _ruled(grant, RuleVersion.objects.under(grant).filter(id=version_id))
    return found[0] if found else None


def rules_active(grant: Grant) -> list[OwnRule]:
    """Give all active versions in one query, as `rules_in_force` wants them."""
    rows = RuleVersion.objects.under(grant)
    active = rows.filter(steps__kind=RuleStep.Kind.ACTIVATED).exclude(
        steps__kind=RuleStep.Kind.ENDED
    )
    return [own_rule(row) for row in active.order_by("rule_id", "version").distinct()]


def _ruled(grant: Grant, rows: Iterable[RuleVersion]) -> list[Ruled]:
    versions = list(rows)
    steps: dict[UUID, list[RuleStep]] = defaultdict(list)
    ids = [row.id for row in versions]
    for step in RuleStep.objects.under(grant).filter(rule_version__in=ids).order_by("at", "id"):
        steps[step.rule_version_id].append(step)
    return [
        Ruled(version=row, state=_state(steps[row.id]), steps=tuple(steps[row.id]))
        for row in versions
    ]


def _state(steps: Iterable[RuleStep]) -> str:
    kinds = {step.kind for step in steps}
    if RuleStep.Kind.ENDED in kinds:
        return "ended"
    return "active" if RuleStep.Kind.ACTIVATED in kinds else "draft"
