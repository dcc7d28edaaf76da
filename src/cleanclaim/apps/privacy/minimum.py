"""A claim as one recipient may see it: without restricted lines and without fields it needs not."""

from cleanclaim.core.claim import Claim, ClaimKind
from cleanclaim.core.claim.restriction import without_restricted_lines
from cleanclaim.core.privacy.fields import record_masked
from cleanclaim.core.privacy.grant import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.cost import counted


@counted
def claim_for_grant(claim: Claim, grant: Grant) -> Claim:
    """Cut a claim down to what a grant opens.

    Raises:
        Refusal: `grant_opens_no_fields` where the grant names no field set; `claim_restricted`
            where nothing is left to send or a person has to split the claim.
    """
    if not grant.field_set:
        raise Refusal("grant_opens_no_fields", "Ask for a grant with the task and the role.")
    if grant.recipient.partition(":")[0].startswith(("payer", "clearinghouse")):
        claim = claim_without_restricted(claim)
    return record_masked(claim, grant.field_set)


def claim_without_restricted(claim: Claim) -> Claim:
    """Take out what the patient paid for and keeps from the plan (45 CFR 164.522(a)(1)(vi)).

    With a line go the diagnoses that only such lines point to, and what was paid for it.

    Raises:
        Refusal: `claim_restricted` where no line is left, or where diagnoses and procedures stand
            for the whole stay, so that only a person can split the claim.
    """
    kept = without_restricted_lines(claim)
    if kept is claim:
        return claim
    if claim.kind is ClaimKind.INSTITUTIONAL:
        raise Refusal(
            "claim_restricted", "Split the stay: a restricted line must not reach the plan."
        )
    if kept is None:
        raise Refusal("claim_restricted", "Every line is restricted: the plan gets no claim.")
    return kept
