"""Lists of claims in an order that a person chose, by keyset pages; and small counts."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from cleanclaim.apps.claims.models import Claim, ClaimFinding
from cleanclaim.core.claim.stages import Stage
from cleanclaim.core.privacy import Grant


def claims_ready_count(grant: Grant) -> int:
    """Count the claims that are ready to be written and sent."""
    return int(Claim.objects.under(grant).filter(stage=Stage.READY).count())


def claim_get(grant: Grant, claim_id: UUID) -> Claim | None:
    """Give one claim by itself, or None where the grant opens none of this id."""
    found: Claim | None = Claim.objects.under(grant).filter(id=claim_id).first()
    return found


def findings_of_claims(grant: Grant, ids: Iterable[UUID]) -> dict[UUID, list[ClaimFinding]]:
    """Give what the checks say of many claims, what blocks first."""
    rows = ClaimFinding.objects.under(grant).filter(claim_id__in=list(ids))
    found: dict[UUID, list[ClaimFinding]] = defaultdict(list)
    for row in rows.order_by("severity", "id"):
        found[row.claim_id].append(row)
    return found
