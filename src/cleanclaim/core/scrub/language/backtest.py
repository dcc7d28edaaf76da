"""Run a rule over past claims before it is activated, to see what it stops and how rightly."""

from collections.abc import Iterable

import msgspec

from cleanclaim.core.claim import Claim
from cleanclaim.core.scrub.case import Case, ScrubContext
from cleanclaim.core.scrub.language.own_rule import CompiledRule
from cleanclaim.kernel.finding import Finding

DENIED, PAID, PARTLY_PAID, OPEN = "denied", "paid", "partly_paid", "open"


class PastClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as it was sent, with what came of it.

    Args:
        context: As it was on the day it was sent.
        outcome: `denied` (rejections too), `paid`, `partly_paid` or `open`.
        denied_cents: Charges of its denied lines.
        ref: Its opaque id, for whoever looks it up again.
    """

    claim: Claim
    context: ScrubContext
    outcome: str
    paid_cents: int = 0
    denied_cents: int = 0
    ref: str = ""


class Stopped(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that the rule would have stopped."""

    claim_number: str
    outcome: str
    charge_cents: int
    paid_cents: int
    denied_cents: int
    findings: tuple[Finding, ...]
    ref: str = ""


class BackTest(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule would have done.

    Args:
        claims: How many were looked at.
        stopped: Those it would have stopped, in the order given.
        missed_denied: Denied claims that it would have let go.
        failed: Claims on which it couldn't be run; in use each would be held.
    """

    claims: int
    stopped: tuple[Stopped, ...]
    missed_denied: int
    failed: int

    def count(self, outcome: str) -> int:
        """Count the stopped claims with an outcome."""
        return sum(item.outcome == outcome for item in self.stopped)

    @property
    def denied_cents(self) -> int:
        """Give the dollars at its right hand: what was denied on the claims it stops."""
        return sum(item.denied_cents for item in self.stopped)

    @property
    def paid_cents(self) -> int:
        """Give the dollars at its wrong hand: what was paid on the claims it stops."""
        return sum(item.paid_cents for item in self.stopped)

    @property
    def right_share(self) -> float | None:
        """Give the share of decided stopped claims that the payer did not pay in full."""
        wrong = self.count(PAID)
        right = self.count(DENIED) + self.count(PARTLY_PAID)
        return right / (right + wrong) if right + wrong else None


def backtest(rule: CompiledRule, past: Iterable[PastClaim]) -> BackTest:
    """Run a compiled rule over past claims.

    Args:
        rule: Any version, active or not.
        past: Usually a client's last 90 days; scope is the caller's choice of claims.

    Returns:
        Counts and dollars either way; a claim that the rule fails on is counted, never skipped.
    """
    claims = missed = failed = 0
    stopped: list[Stopped] = []
    for item in past:
        claims += 1
        try:
            findings = tuple(rule.findings(Case(item.claim, item.context)))
        except Exception:  # noqa: BLE001  what it fails on is the answer here
            failed += 1
            continue
        if findings:
            stopped.append(_stopped(item, findings))
        elif item.outcome == DENIED:
            missed += 1
    return BackTest(claims=claims, stopped=tuple(stopped), missed_denied=missed, failed=failed)


def _stopped(item: PastClaim, findings: tuple[Finding, ...]) -> Stopped:
    return Stopped(
        claim_number=item.claim.claim_number,
        outcome=item.outcome,
        charge_cents=item.claim.charge_cents,
        paid_cents=item.paid_cents,
        denied_cents=item.denied_cents,
        findings=findings,
        ref=item.ref,
    )


def backtests_join(parts: Iterable[BackTest]) -> BackTest:
    """Add up what a rule would have done on several batches of claims.

    >>> one = BackTest(claims=2, stopped=(), missed_denied=1, failed=0)
    >>> backtests_join([one, one]).missed_denied
    2
    """
    every = list(parts)
    return BackTest(
        claims=sum(one.claims for one in every),
        stopped=tuple(item for one in every for item in one.stopped),
        missed_denied=sum(one.missed_denied for one in every),
        failed=sum(one.failed for one in every),
    )
