"""The only door of the claims."""

from cleanclaim.apps.claims.assemble import Assembled, claims_assemble
from cleanclaim.apps.claims.checks import no_check, scrub_check
from cleanclaim.apps.claims.models import Claim, ClaimEvent, ClaimFinding, ClaimVersion
from cleanclaim.apps.claims.queries import (
    COUNTED_AT_MOST,
    Detail,
    Listed,
    Wanted,
    claim_counts,
    claim_detail,
    claim_stage_sums,
    claims_listed,
    claims_of_patients,
    claims_search,
    patient_names,
    version_read,
)
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
    "COUNTED_AT_MOST",
    "Assembled",
    "Check",
    "Claim",
    "ClaimEvent",
    "ClaimFinding",
    "ClaimVersion",
    "Detail",
    "Happening",
    "Listed",
    "Made",
    "Wanted",
    "claim_counts",
    "claim_detail",
    "claim_stage_sums",
    "claims_assemble",
    "claims_listed",
    "claims_load",
    "claims_make",
    "claims_of_patients",
    "claims_recheck",
    "claims_search",
    "decision_save",
    "no_check",
    "patient_names",
    "rows_load",
    "scrub_check",
    "unconfirmed_findings",
    "version_read",
    "versions_keep",
]
