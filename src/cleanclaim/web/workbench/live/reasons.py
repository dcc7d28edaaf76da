"""Why each claim stands in a queue: the payer's code with its words, or our own edit's."""

from collections.abc import Sequence
from uuid import UUID

from cleanclaim.apps.claims.public import Claim, findings_of_claims
from cleanclaim.apps.remittance.public import said_of_claims
from cleanclaim.apps.submission.public import claim_rejections
from cleanclaim.core.posting.state import Adjudication
from cleanclaim.core.remit import is_denial
from cleanclaim.web.workbench.live.desk import Desk
from cleanclaim.web.workbench.live.words import reason_of, rejection_words

type Reason = tuple[str, str]

_EDITS = "run_validations_failure"
_REJECTIONS = "rejection_resolution"


def reasons_of(place: Desk, kind: str, claims: Sequence[Claim]) -> dict[UUID, Reason]:
    """Give code and words by claim, in one look for a whole page; claims without one are left out.

    Args:
        place: Who looks.
        kind: Of the queue.
        claims: Those of one page.
    """
    ids = [claim.id for claim in claims]
    if not ids:
        return {}
    if kind == _EDITS:
        found = findings_of_claims(place.grant, ids)
        return {
            claim: (rows[0].code.partition("-")[2], str(rows[0].content.get("message", "")))
            for claim, rows in found.items()
        }
    if kind == _REJECTIONS:
        rejected = claim_rejections(place.grant, ids)
        return {
            claim: (codes[0].partition(":")[0], rejection_words(codes[0], place.today))
            for claim, codes in rejected.items()
            if codes
        }
    said = said_of_claims(place.grant, ids)
    return {claim: reason for claim, rows in said.items() if (reason := _denied(rows))}


def _denied(rows: Sequence[Adjudication]) -> Reason | None:
    """The reason that takes most of the newest answer that refused something."""
    for one in reversed(rows):
        cuts = [
            cut
            for line in one.lines
            for cut in line.remit.adjustments
            if is_denial(cut.group, cut.carc)
        ]
        if cuts:
            return reason_of(max(cuts, key=lambda cut: cut.amount_cents), one.payment_date)
    return None
