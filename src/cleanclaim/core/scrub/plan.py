"""The compiled plan of rules, and the run of a claim through it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from typing import Protocol

import msgspec

from cleanclaim.core.claim import Claim
from cleanclaim.core.codes.release import Table
from cleanclaim.core.codes.tables import CodeTables
from cleanclaim.core.scrub.case import Case, Memo, ScrubContext
from cleanclaim.core.scrub.correction import apply_correction
from cleanclaim.core.scrub.rule import Hit, Rule, RuleFunction
from cleanclaim.kernel.finding import Correction, Finding, Severity
from cleanclaim.kernel.refusal import Refusal

FAILED = "SCRUB-RULE-FAILED"
NOT_CHECKED = "SCRUB-NOT-CHECKED"
RELEASE_ENDED = "SCRUB-RELEASE-ENDED"
_MEMO_LIMIT = 100_000  # bounds the memory of a long run


class ClaimRule(Protocol):
    """What the plan needs of a payer's or client's own rule."""

    @property
    def code(self) -> str:
        """Give the code of its findings."""

    @property
    def codes(self) -> frozenset[str] | None:
        """Give the procedure codes of which a claim must have one; None: it runs on every claim."""

    @property
    def version(self) -> int:
        """Give its version, by which a check says what it was made with."""

    def findings(self, case: Case) -> Iterable[Finding]:
        """Run it."""


type Ready = tuple[Rule, RuleFunction, bool]
"""A rule, its function, and whether it looks at some days only."""


class RulePlan:
    """Rules ready to run: which of them a claim needs is worked out once per set of traits.

    Args:
        rules: The product's rules, in the order in which their findings are shown.
        own_rules: Payer's and client's rules in force, after them.
    """

    def __init__(self, rules: Iterable[Rule], own_rules: Iterable[ClaimRule] = ()) -> None:
        self.rules = tuple(rules)
        self.own_rules = tuple(own_rules)
        self._chosen: dict[int, tuple[Ready, ...]] = {}
        self._memo: Memo = {}
        self._tables: CodeTables | None = None

    @cached_property
    def digest(self) -> str:
        """Name the rules with their versions: the same rules are the same set."""
        names = [f"{item.rule_id} {item.version}" for item in self.rules]
        names += [f"{item.code} {item.version}" for item in self.own_rules]
        return sha256("\n".join(names).encode()).hexdigest()[:12]

    def memo(self, tables: CodeTables) -> Memo:
        """Give the answers remembered of these tables; other tables, or too many, begin anew."""
        if tables is not self._tables or len(self._memo) > _MEMO_LIMIT:
            self._memo, self._tables = {}, tables
        return self._memo

    def chosen(self, traits: int) -> tuple[Ready, ...]:
        """Give the rules worth running on a claim with these traits."""
        found = self._chosen.get(traits)
        if found is None:
            found = tuple(
                (item, item.function, item.is_dated) for item in self.rules if item.when & traits
            )
            self._chosen[traits] = found
        return found


def run_plan(plan: RulePlan, claim: Claim, context: ScrubContext) -> list[Finding]:
    """Check a claim with a plan; `claim_findings` does it with the product's rules."""
    if not claim.lines:
        return [_empty_claim()]
    try:
        case = Case(claim, context, plan.memo(context.tables))
        ready = plan.chosen(case.traits())
    except Exception as error:  # noqa: BLE001  a claim that can't be laid out can't be called clean
        return [_failed("all rules", 0, error)]
    findings: list[Finding] = []
    for item, function, is_dated in ready:
        if is_dated and not item.holds_on(case.dos):
            continue
        before = len(findings)
        try:
            for hit in function(case):
                findings.append(_finding(item, hit))  # noqa: PERF401  most rules find nothing: no second generator
        except Exception as error:  # noqa: BLE001  a rule that fails must hold the claim, whatever failed
            findings[before:] = [_failed(item.code, item.version, error)]
    codes = {row.code for row in case.rows}
    for own in plan.own_rules:
        if own.codes is not None and own.codes.isdisjoint(codes):
            continue
        findings.extend(_own_findings(own, case))
    return findings + _about_tables(case)


def prove_corrections(
    plan: RulePlan, claim: Claim, context: ScrubContext, findings: list[Finding]
) -> list[Finding]:
    """Keep only corrections that remove their finding and add none that blocks.

    Why: a rule proposes by what it sees, and another rule may object; so each proposal is tried.
    """
    blocking = Counter(item.code for item in findings if item.severity is Severity.BLOCKS)
    count = Counter(item.code for item in findings)

    def holds(item: Finding, correction: Correction) -> bool:
        try:
            after = run_plan(plan, apply_correction(claim, correction), context)
        except Refusal:
            return False
        new = Counter(other.code for other in after if other.severity is Severity.BLOCKS)
        removed = sum(other.code == item.code for other in after) < count[item.code]
        return removed and new <= blocking

    return [
        item
        if item.correction is None or holds(item, item.correction)
        else msgspec.structs.replace(item, correction=None)
        for item in findings
    ]


def _own_findings(own: ClaimRule, case: Case) -> Iterator[Finding]:
    try:
        yield from own.findings(case)
    except Exception as error:  # noqa: BLE001  the same holds for rules that clients write
        yield _failed(own.code, 0, error)


def _finding(item: Rule, hit: Hit) -> Finding:
    return Finding(
        code=item.code,
        severity=item.severity,
        place=hit.place,
        message=hit.message,
        expected=hit.expected,
        found=hit.found,
        source=hit.source or item.source,
        correction=hit.correction,
    )


def _failed(code: str, version: int, error: Exception) -> Finding:
    """Hold the claim; the error's text may hold a value of the claim, so only its kind is told."""
    return Finding(
        code=FAILED,
        severity=Severity.BLOCKS,
        place="",
        message=f"Rule {code} could not be run on this claim ({type(error).__name__}), so the "
        "claim is held. Check it by hand and report the rule.",
        found=code,
        source=f"{code} version {version}",
    )


def _about_tables(case: Case) -> list[Finding]:
    """Say which code tables had ended, or held nothing for the day."""
    found = []
    if case.is_release_ended and case.claim.diagnoses:
        found.append(_release_ended(case.diagnosis_day))
    if case.unchecked:
        found.append(_not_checked(frozenset(case.unchecked)))
    return found


@cache
def _not_checked(tables: frozenset[Table]) -> Finding:
    return Finding(
        code=NOT_CHECKED,
        severity=Severity.INFORMS,
        place="",
        message="Not checked: these code tables hold nothing for the day of service. "
        "Load their releases to have the rules run.",
        found=", ".join(sorted(tables)),
        source="code tables",
    )


@cache
def _release_ended(last: date) -> Finding:
    return Finding(
        code=RELEASE_ENDED,
        severity=Severity.INFORMS,
        place="diagnoses",
        message=f"The diagnosis codes were checked with a release that ended on {last}: codes that "
        "are newer were not checked. Load the release of the day of service.",
        expected="a release of the day of service",
        found=str(last),
        source="code tables",
    )


def _empty_claim() -> Finding:
    return Finding(
        code="SCRUB-EMPTY",
        severity=Severity.BLOCKS,
        place="lines",
        message="The claim has no service line. Add one, or delete the claim.",
        source="X12 837 guides, loop 2400",
    )
