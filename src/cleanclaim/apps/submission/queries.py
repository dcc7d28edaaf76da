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
    return _of_claim(content, row.number)


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


def _of_claim(content: bytes, number: str) -> tuple[Delimiters, list[str]] | None:
    """Cut a claim out of its interchange, which may hold thousands, without reading the others."""
    head = next((run for run in read_runs(content) if run.interchange is not None), None)
    if head is None or head.interchange is None:
        return None
    marks = head.interchange.delimiters
    element, end = marks.element.encode(), marks.segment.encode()
    at = content.find(b"%bCLM%b%b%b" % (end, element, number.encode(), element))
    if at < 0:  # our own writer sets no line breaks
        return None
    first = content.rfind(b"%bHL%b" % (end, element), 0, at) + 1
    claim = content.find(b"%bCLM%b" % (end, element), first) + 1
    tags = (b"HL" + element, b"CLM" + element, b"SE" + element)
    ends = [content.find(end + tag, at + 1) for tag in tags]
    last = min(place for place in (*ends, len(content)) if place >= 0)
    # Claims of one subscriber stand below one level: those before this one are left out.
    parts = (content[first:claim], content[at + 1 : last])
    text = (one for part in parts for one in part.decode("utf-8", "replace").split(marks.segment))
    return marks, [one for one in text if one]
