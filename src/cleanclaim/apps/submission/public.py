"""The only door of the submission."""

from cleanclaim.apps.submission.models import Batch, BatchClaim
from cleanclaim.apps.submission.services import (
    Sealed,
    Submitter,
    batches_follow,
    claims_of_batches,
    claims_seal,
    claims_to_send,
)

__all__ = [
    "Batch",
    "BatchClaim",
    "Sealed",
    "Submitter",
    "batches_follow",
    "claims_of_batches",
    "claims_seal",
    "claims_to_send",
]
