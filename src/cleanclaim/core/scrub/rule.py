"""A rule: one small pure function with its name, version, dates, severity and source.

A rule's function takes a `Case` and yields a `Hit` for each thing that it finds; the plan puts
code, severity and source of the rule on it. `when` says which traits of a claim make the rule
worth running, so that a claim runs twenty rules and not a hundred.
"""

from collections.abc import Callable, Iterable
from datetime import date

import msgspec

from cleanclaim.core.codes.release import Table
from cleanclaim.core.scrub.case import Case
from cleanclaim.core.scrub.traits import Trait
from cleanclaim.kernel.finding import Correction, Severity

EVER = Trait.EVER


class Hit(msgspec.Struct, frozen=True):
    """What a rule found: where, a sentence with field, value and fix, and a proposed change."""

    place: str
    message: str
    expected: str = ""
    found: str = ""
    correction: Correction | None = None
    source: str = ""


type RuleFunction = Callable[[Case], Iterable[Hit]]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A registered rule.

    Args:
        rule_id: As the fact book names it, `NCCI-001`; the finding's code is `SCRUB-NCCI-001`.
        needs: Code tables that it asks; one that can't answer is told once per claim.
        when: Runs only on claims with at least one of these traits.
        effective_date: First day of service that it looks at; None: always.
    """

    rule_id: str
    title: str
    severity: Severity
    source: str
    function: RuleFunction
    version: int = 1
    when: int = EVER
    needs: tuple[Table, ...] = ()
    effective_date: date | None = None
    end_date: date | None = None

    @property
    def code(self) -> str:
        """Give the code of its findings."""
        return f"SCRUB-{self.rule_id}"

    @property
    def is_dated(self) -> bool:
        """Say whether it looks at some days only."""
        return self.effective_date is not None or self.end_date is not None

    def holds_on(self, day: date) -> bool:
        """Say whether it looks at services of a day."""
        first, last = self.effective_date or date.min, self.end_date or date.max
        return first <= day <= last


REGISTRY: dict[str, Rule] = {}

BLOCKS, WARNS, INFORMS = Severity.BLOCKS, Severity.WARNS, Severity.INFORMS


def rule(  # noqa: PLR0913  a rule's label has as many lines as the label of a drug
    rule_id: str,
    title: str,
    severity: Severity,
    source: str,
    *,
    when: int = EVER,
    needs: tuple[Table, ...] = (),
    version: int = 1,
    dates: tuple[date | None, date | None] = (None, None),
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as a rule; the arguments are those of `Rule`."""

    def register(function: RuleFunction) -> RuleFunction:
        if rule_id in REGISTRY:
            msg = f"two rules are called {rule_id}"
            raise ValueError(msg)
        REGISTRY[rule_id] = Rule(
            rule_id=rule_id,
            title=title,
            severity=severity,
            source=source,
            function=function,
            version=version,
            when=when,
            needs=needs,
            effective_date=dates[0],
            end_date=dates[1],
        )
        return function

    return register
