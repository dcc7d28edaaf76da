"""Reading claims: counts, pages, one claim with everything about it."""

from django.db.models import Count

from cleanclaim.apps.claims.models import Claim
from cleanclaim.core.privacy import Grant


def claim_counts(grant: Grant) -> list[tuple[str, str, int]]:
    """Count the claims of the grant's practices by stage and outcome."""
    rows = Claim.objects.under(grant).values("stage", "outcome").annotate(count=Count("id"))
    return list(rows.order_by("stage", "outcome").values_list("stage", "outcome", "count"))
