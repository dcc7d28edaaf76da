"""The only door of the privacy capability: policies in force, grants, minimum necessary."""

from cleanclaim.apps.privacy.grants import (
    BAA,
    BILLING_DATA,
    agreement_record,
    disclosure_grant,
    grant_ask,
    work_grant,
)
from cleanclaim.apps.privacy.in_force import policy_in_force, policy_loaded, policy_that_decided
from cleanclaim.apps.privacy.minimum import (
    claim_for_grant,
    claim_without_restricted,
)

__all__ = [
    "BAA",
    "BILLING_DATA",
    "agreement_record",
    "claim_for_grant",
    "claim_without_restricted",
    "disclosure_grant",
    "grant_ask",
    "policy_in_force",
    "policy_loaded",
    "policy_that_decided",
    "work_grant",
]
