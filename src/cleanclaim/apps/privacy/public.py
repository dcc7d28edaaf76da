"""The only door of the privacy capability: policies in force, grants, minimum necessary."""

from cleanclaim.apps.privacy.grants import (
    BAA,
    BILLING_DATA,
    agreement_record,
    decision_again,
    disclosure_grant,
    grant_ask,
    work_grant,
)
from cleanclaim.apps.privacy.in_force import policy_in_force, policy_loaded, policy_that_decided
from cleanclaim.apps.privacy.minimum import (
    claim_for_grant,
    claim_without_restricted,
)
from cleanclaim.apps.privacy.models import Alert
from cleanclaim.apps.privacy.officer import evidence_attest, sentences_withdraw
from cleanclaim.apps.privacy.watch import alerts_open, evidence_watch

__all__ = [
    "BAA",
    "BILLING_DATA",
    "Alert",
    "agreement_record",
    "alerts_open",
    "claim_for_grant",
    "claim_without_restricted",
    "decision_again",
    "disclosure_grant",
    "evidence_attest",
    "evidence_watch",
    "grant_ask",
    "policy_in_force",
    "policy_loaded",
    "policy_that_decided",
    "sentences_withdraw",
    "work_grant",
]
