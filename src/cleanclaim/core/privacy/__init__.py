"""Privacy promises as code: a question is decided before the act, and the answer is a grant."""

from cleanclaim.core.privacy.decision import (
    Batch,
    Decision,
    Fact,
    Outcome,
    Request,
    decide,
    facts_needed,
)
from cleanclaim.core.privacy.grant import (
    Grant,
    Scope,
    grant_allows,
    grant_allows_action,
    grant_covers,
    grant_for,
)
from cleanclaim.core.privacy.policy import Policy, Rule

__all__ = [
    "Batch",
    "Decision",
    "Fact",
    "Grant",
    "Outcome",
    "Policy",
    "Request",
    "Rule",
    "Scope",
    "decide",
    "facts_needed",
    "grant_allows",
    "grant_allows_action",
    "grant_covers",
    "grant_for",
]
