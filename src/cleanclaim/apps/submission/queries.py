"""Reading what was sent: the segments of one claim, as they went out."""

from collections.abc import Iterable
from uuid import UUID

from cleanclaim.apps.exchange.public import interchange_content
from cleanclaim.apps.submission.models import Acknowledgement, BatchClaim
from cleanclaim.core.privacy import Grant
from cleanclaim_x12.syntax import Delimiters, read_runs


def claim_segments(grant: Grant, claim_id: UUID) -> tuple[Delimiters, list[str]] | None:
    """Give the segments of a claim's newest version with those of its subscriber.

    Returns:
        The separators and the segments in file order; None where nothing was sent.
    """
    rows = BatchClaim.objects.under(grant).filter(claim_id=claim_id)
    row = rows.select_related("batch").order_by("-id").first()
    if row is None:
        return None
    content = interchange_content(grant, row.batch.interchange_id)
    for run in read_runs(content):
        if run.interchange is not None and run.transaction is not None:
            marks = run.interchange.delimiters
            found = _of_claim(run.segments(), marks, row.number)
            if found:
                return marks, found
    return None


def claim_rejection(grant: Grant, claim_id: UUID) -> tuple[str, ...]:
    """Give the codes of the newest rejection of a claim, as `A7:164:IL`; empty without one."""
    rows = Acknowledgement.objects.under(grant).filter(claim_id=claim_id, verdict="rejected")
    row = rows.order_by("-at", "-id").first()
    return tuple(row.content.get("reasons", ())) if row else ()


def claim_rejections(grant: Grant, ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Give the codes of the newest rejection of each of many claims."""
    rows = Acknowledgement.objects.under(grant).filter(claim_id__in=list(ids), verdict="rejected")
    newest = {row.claim_id: row for row in rows.order_by("at", "id")}
    return {claim: tuple(row.content.get("reasons", ())) for claim, row in newest.items()}


def _of_claim(segments: list[str], marks: Delimiters, number: str) -> list[str]:
    start = f"CLM{marks.element}{number}{marks.element}"
    at = next((here for here, one in enumerate(segments) if one.startswith(start)), -1)
    if at < 0:
        return []
    head = f"HL{marks.element}"
    first = next((here for here in range(at, -1, -1) if segments[here].startswith(head)), at)
    ends = (head, f"CLM{marks.element}", f"SE{marks.element}")
    after = range(at + 1, len(segments))
    last = next((here for here in after if segments[here].startswith(ends)), len(segments))
    level = [one for one in segments[first:at] if not one.startswith("CLM")]
    return level + segments[at:last]
