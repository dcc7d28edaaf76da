"""The only door of the claims."""

from cleanclaim.apps.claims.assemble import Assembled, claim_for_version, claims_assemble
from cleanclaim.apps.claims.models import Claim, ClaimVersion
from cleanclaim.apps.claims.services import (
    Check,
    Made,
    claims_make,
    claims_recheck,
    unconfirmed_findings,
)
from cleanclaim.apps.claims.states import Happening, claims_load, decision_save, rows_load

__all__ = [
    "Assembled",
    "Check",
    "Claim",
    "ClaimVersion",
    "Happening",
    "Made",
    "claim_for_version",
    "claims_assemble",
    "claims_load",
    "claims_make",
    "claims_recheck",
    "decision_save",
    "rows_load",
    "unconfirmed_findings",
]
