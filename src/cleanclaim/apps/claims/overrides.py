"""Warnings that a person lets pass: kept with who did it, and shown in the timeline."""

from datetime import datetime
from uuid import UUID

from cleanclaim.apps.claims.models import ClaimEvent, ClaimFinding
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.finding import Severity
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record

OVERRIDDEN = "warning_overridden"


def claim_finding_override(grant: Grant, finding_id: UUID, *, at: datetime) -> UUID:
    """Let a warning pass; said twice it stays with who said it first.

    Returns:
        The claim's id.

    Raises:
        Refusal: `unknown_finding`; `finding_blocks`: only a warning can be overridden.
    """
    row = ClaimFinding.objects.under(grant).select_related("claim").filter(id=finding_id).first()
    if row is None:
        raise Refusal("unknown_finding", "The claim was checked again meanwhile: look once more.")
    if row.severity != Severity.WARNS:
        raise Refusal("finding_blocks", "Only a warning can be overridden.")
    claim_id: UUID = row.claim_id
    if row.overridden_by:
        return claim_id
    row.overridden_by = grant.actor
    row.save(update_fields=["overridden_by"])
    ClaimEvent.objects.create(
        practice_id=row.practice_id,
        claim_id=claim_id,
        at=at,
        actor=grant.actor,
        event=OVERRIDDEN,
        stage=row.claim.stage,
        detail={"codes": [row.code]},
    )
    audit_record(
        action="change",
        resource_type="claim",
        resource_ids=[claim_id],
        practice_id=row.practice_id,
        detail={"overridden": row.code},
    )
    return claim_id
