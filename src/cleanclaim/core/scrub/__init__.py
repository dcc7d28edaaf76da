"""The scrubber: what is wrong with a claim before it leaves, and how to mend it."""

from collections.abc import Iterable

from cleanclaim.core.claim import Claim
from cleanclaim.core.scrub.case import Case, ScrubContext
from cleanclaim.core.scrub.correction import apply_correction
from cleanclaim.core.scrub.facts import (
    AttachmentRule,
    Authorization,
    AuthorizationRule,
    CodeRange,
    CoverageCondition,
    CredentialingSpan,
    Eligibility,
    FrequencyLimit,
    HistoryClaim,
    HistoryLine,
    LineFacts,
    LocationFacts,
    Overlay,
    PatientHistory,
    PayerProfile,
    ProviderFacts,
    Stay,
    VisitFacts,
)
from cleanclaim.core.scrub.plan import ClaimRule, RulePlan, prove_corrections, run_plan
from cleanclaim.core.scrub.rule import Hit, Rule
from cleanclaim.core.scrub.rules import all_rules
from cleanclaim.kernel.finding import Finding

PRODUCT_PLAN = RulePlan(all_rules())


def compile_plan(own_rules: Iterable[ClaimRule] = ()) -> RulePlan:
    """Make a plan of the product's rules and a client's or payer's compiled own rules.

    Args:
        own_rules: Compiled by `language.compile_rule`, chosen by `language.rules_in_force`.
    """
    return RulePlan(all_rules(), own_rules)


def claim_findings(
    claim: Claim, context: ScrubContext, plan: RulePlan = PRODUCT_PLAN
) -> list[Finding]:
    """Check a claim with every rule that concerns it.

    Args:
        claim: One version to one payer.
        context: Code tables, the day, the payer's profile and the facts beside the claim.
        plan: The product's rules, or `compile_plan` with own rules; made once for many claims.

    Returns:
        Findings in the order of the rules; empty: nothing is wrong. Each correction was tried: it
        removes its finding and adds none that blocks (`run_plan` leaves that out). A rule that
        fails gives the blocking finding `SCRUB-RULE-FAILED`; tables that can't answer give
        one `SCRUB-NOT-CHECKED`.
    """
    findings = run_plan(plan, claim, context)
    if any(item.correction for item in findings):
        return prove_corrections(plan, claim, context, findings)
    return findings


__all__ = [
    "PRODUCT_PLAN",
    "AttachmentRule",
    "Authorization",
    "AuthorizationRule",
    "Case",
    "ClaimRule",
    "CodeRange",
    "CoverageCondition",
    "CredentialingSpan",
    "Eligibility",
    "Finding",
    "FrequencyLimit",
    "HistoryClaim",
    "HistoryLine",
    "Hit",
    "LineFacts",
    "LocationFacts",
    "Overlay",
    "PatientHistory",
    "PayerProfile",
    "ProviderFacts",
    "Rule",
    "RulePlan",
    "ScrubContext",
    "Stay",
    "VisitFacts",
    "all_rules",
    "apply_correction",
    "claim_findings",
    "compile_plan",
    "run_plan",
]
