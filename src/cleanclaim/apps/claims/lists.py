"""Lists of claims in an order that a person chose, by keyset pages; and small counts."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from cleanclaim.apps.claims.models import Claim, ClaimFinding
from cleanclaim.apps.claims.queries import Listed, Wanted, claims_counted, claims_filtered
from cleanclaim.core.claim.stages import Stage
from cleanclaim.core.privacy import Grant

SORTS = {"service": "service_date", "billed": "charge_cents"}


def claims_sorted(  # noqa: PLR0913  filters, an order, and the marks of a page
    grant: Grant,
    wanted: Wanted,
    sort: str,
    *,
    is_ascending: bool = False,
    after: UUID | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> Listed:
    """Give one page of claims in the order of a column.

    Why by practice: an index answers for each practice in order, and a page of a few practices is
    a few first rows of each, whatever their number.

    Args:
        grant: Opens the practices' claims.
        wanted: The filters.
        sort: A key of `SORTS`.
        is_ascending: Smallest or oldest first.
        after: Show what follows this claim.
        before: Show what stands before this claim.
        limit: Rows of a page.
    """
    column = SORTS[sort]
    rows = claims_filtered(grant, wanted)
    count = claims_counted(grant, wanted, rows)
    back = before is not None
    mark = before if back else after
    up = is_ascending != back
    if mark is not None:
        value = Claim.objects.under(grant).values_list(column, flat=True).get(id=mark)
        word = "gt" if up else "lt"
        beyond = Q(**{f"{column}__{word}": value})
        rows = rows.filter(beyond | Q(**{column: value, f"id__{word}": mark}))
    sign = "" if up else "-"
    parts = [
        rows.filter(practice_id=practice_id)
        .order_by(f"{sign}{column}", f"{sign}id")
        .values_list(column, "id")[: limit + 1]
        for practice_id in grant.practice_ids
    ]
    found = sorted(parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0], reverse=not up)
    ids = [one for _, one in found[:limit]]
    page = rows.in_bulk(ids)
    shown = [page[one] for one in (ids[::-1] if back else ids)]
    has_more = len(found) > limit
    has_before = has_more if back else after is not None
    has_after = bool(shown) if back else has_more
    return Listed(
        rows=shown,
        count=count,
        newer=shown[0].id if shown and has_before else None,
        older=shown[-1].id if shown and has_after else None,
    )


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
