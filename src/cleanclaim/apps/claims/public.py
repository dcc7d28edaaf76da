"""The only door of the claims."""

from cleanclaim.apps.claims.accepting import claim_correction_accept
from cleanclaim.apps.claims.assemble import Assembled, claims_assemble
from cleanclaim.apps.claims.checking import STOPPED, Check, Checked, claim_check_last
from cleanclaim.apps.claims.checks import no_check, scrub_check
from cleanclaim.apps.claims.corrections import (
    ChargeChange,
    charges_correct,
    claim_member_correct,
    claim_void_complete,
    claim_void_plan,
    expected_set,
    timer_ring,
)
from cleanclaim.apps.claims.elsewhere import claims_record
from cleanclaim.apps.claims.models import Claim, ClaimCheck, ClaimEvent, ClaimFinding, ClaimVersion
from cleanclaim.apps.claims.overrides import OVERRIDDEN, claim_finding_override
from cleanclaim.apps.claims.past import PAST_DAYS, rule_try
from cleanclaim.apps.claims.queries import (
    COUNTED_AT_MOST,
    Detail,
    Listed,
    Wanted,
    claim_counts,
    claim_detail,
    claim_stage_sums,
    claims_listed,
    claims_numbered,
    claims_of_patients,
    claims_search,
    numbers_used,
    patient_names,
    version_read,
)
from cleanclaim.apps.claims.services import (
    Made,
    claims_make,
    claims_recheck,
    self_pay_charge,
    unconfirmed_findings,
)
from cleanclaim.apps.claims.states import (
    Happening,
    claims_load,
    claims_of,
    decision_save,
    items_add,
    rows_load,
)
from cleanclaim.apps.claims.tasks import rule_trial_ask
from cleanclaim.apps.claims.versions import versions_keep

__all__ = [
    "COUNTED_AT_MOST",
    "OVERRIDDEN",
    "PAST_DAYS",
    "STOPPED",
    "Assembled",
    "ChargeChange",
    "Check",
    "Checked",
    "Claim",
    "ClaimCheck",
    "ClaimEvent",
    "ClaimFinding",
    "ClaimVersion",
    "Detail",
    "Happening",
    "Listed",
    "Made",
    "Wanted",
    "charges_correct",
    "claim_check_last",
    "claim_correction_accept",
    "claim_counts",
    "claim_detail",
    "claim_finding_override",
    "claim_member_correct",
    "claim_stage_sums",
    "claim_void_complete",
    "claim_void_plan",
    "claims_assemble",
    "claims_listed",
    "claims_load",
    "claims_make",
    "claims_numbered",
    "claims_of",
    "claims_of_patients",
    "claims_recheck",
    "claims_record",
    "claims_search",
    "decision_save",
    "expected_set",
    "items_add",
    "no_check",
    "numbers_used",
    "patient_names",
    "rows_load",
    "rule_trial_ask",
    "rule_try",
    "scrub_check",
    "self_pay_charge",
    "timer_ring",
    "unconfirmed_findings",
    "version_read",
    "versions_keep",
]
