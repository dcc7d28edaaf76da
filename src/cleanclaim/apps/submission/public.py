"""The only door of the submission."""

from cleanclaim.apps.submission.answers import KINDS, answers_apply
from cleanclaim.apps.submission.models import Batch, BatchClaim
from cleanclaim.apps.submission.queries import (
    claim_rejection,
    claim_rejections,
    claim_segments,
)
from cleanclaim.apps.submission.services import (
    Sealed,
    Submitter,
    batches_follow,
    claims_of_batches,
    claims_seal,
    claims_to_send,
)

__all__ = [
    "KINDS",
    "Batch",
    "BatchClaim",
    "Sealed",
    "Submitter",
    "answers_apply",
    "batches_follow",
    "claim_rejection",
    "claim_rejections",
    "claim_segments",
    "claims_of_batches",
    "claims_seal",
    "claims_to_send",
]
