"""The only door of the claims."""

from cleanclaim.apps.claims.assemble import Assembled, claims_assemble
from cleanclaim.apps.claims.checks import no_check, scrub_check
from cleanclaim.apps.claims.models import Claim, ClaimVersion
from cleanclaim.apps.claims.queries import claim_counts
from cleanclaim.apps.claims.services import (
    Check,
    Made,
    claims_make,
    claims_recheck,
    unconfirmed_findings,
)
from cleanclaim.apps.claims.states import Happening, claims_load, decision_save, rows_load
from cleanclaim.apps.claims.versions import versions_keep

__all__ = [
    "Assembled",
    "Check",
    "Claim",
    "ClaimVersion",
    "Happening",
    "Made",
    "claim_counts",
    "claims_assemble",
    "claims_load",
    "claims_make",
    "claims_recheck",
    "decision_save",
    "no_check",
    "rows_load",
    "scrub_check",
    "unconfirmed_findings",
    "versions_keep",
]
