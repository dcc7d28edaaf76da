"""Findings and timelines as the parts draw them."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from django.urls import reverse

from cleanclaim.apps.claims.public import EDITED, Claim, ClaimEvent, ClaimFinding, correction_reach
from cleanclaim.apps.submission.public import claim_rejection
from cleanclaim.platform.ui.frame import Action, Method
from cleanclaim.platform.ui.marks import Shape, Status
from cleanclaim.web.workbench.live.desk import Desk
from cleanclaim.web.workbench.live.words import rejection_words
from cleanclaim.web.workbench.pages import FindingView, Step
from cleanclaim.web.workbench.states import status_of

_OPAQUE = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_EVENTS = {
    "sealed": "Written as 837P",
    "adjudicated": "Decided by the payer",
    "accepted_file": "File accepted",
    "accepted_clearinghouse": "Accepted by the clearinghouse",
    "accepted_payer": "Accepted by the payer",
    "rejected_file": "File rejected",
    "stopped_by_edits": "Stopped by edits",
    "warning_overridden": "Warning overridden",
    "correction_accepted": "Proposed correction accepted",
    "edited_by_hand": "Changed by hand",
    "sent_again": "Put up to be sent again",
    "void decided": "Void decided",
    "order of payers changed": "Order of payers changed",
    "rejected_ch": "Rejected by the clearinghouse",
    "sent_elsewhere": "Sent by another system, recorded here",
    "begun": "Begun in another system",
}
_KEYS = 9
_SHAPES = {"blocks": Shape.BLOCKED, "warns": Shape.WARNING, "informs": Shape.IDLE}


def finding_view(row: ClaimFinding, *, number: int = 0) -> FindingView:
    """Draw one finding of a claim; its actions where it has a number, the key of the first."""
    content = row.content
    correction = content.get("correction") or {}
    return FindingView(
        shape=_SHAPES.get(row.severity, Shape.IDLE),
        sentence=str(content.get("message", "")),
        field=_field_words(row.place),
        value=str(content.get("found", "")) or None,
        needed=str(content.get("expected", "")),
        fix=str(correction.get("words", "")),
        code=row.code,
        because=str(content.get("source", "")),
        overrule="Overridden; who did it is on record." if row.overridden_by else "",
        fix_action=_accept(row, number) if number and correction else None,
        override=_override(row) if number else None,
    )


def _accept(row: ClaimFinding, number: int) -> Action:
    href = reverse("rules:finding-accept", args=[row.id])
    key = str(number) if number <= _KEYS else ""
    why = correction_reach(row.content["correction"]["field"])
    return Action(words="Take the fix", href=href, method=Method.POST, key=key, off_because=why)


def _override(row: ClaimFinding) -> Action | None:
    if row.severity != "warns" or row.overridden_by:
        return None
    href = reverse("rules:finding-override", args=[row.id])
    return Action(words="Override", href=href, method=Method.POST)


def rejection_views(place: Desk, claim: Claim) -> tuple[FindingView, ...]:
    """Say why a claim that is rejected now was rejected."""
    if not claim.stage.startswith("rejected"):
        return ()
    return tuple(
        FindingView(
            shape=Shape.BLOCKED,
            sentence=rejection_words(reason, place.today) or "Rejected without words.",
            field="",
            value=None,
            fix="",
            because=f"277CA {reason}",
        )
        for reason in claim_rejection(place.grant, claim.id)
    )


def findings_views(
    rows: Iterable[ClaimFinding], *, may_change: bool = False
) -> tuple[FindingView, ...]:
    """Draw findings; each has its number where the reader may change the claim."""
    return tuple(
        finding_view(row, number=number if may_change else 0) for number, row in enumerate(rows, 1)
    )


def _field_words(place: str) -> str:
    """Say a path in words: `lines[2].modifiers` is `modifiers, line 3`."""
    if not place.startswith("lines["):
        return place.replace("_", " ")
    number, _, field = place.removeprefix("lines[").partition("]")
    words = field.removeprefix(".").replace("_", " ") or "whole line"
    return f"{words}, line {int(number) + 1}" if number.isdecimal() else place


def stage_status(claim: Claim) -> Status:
    """Say where a claim stands; once a payer has decided, what it decided."""
    is_decided = claim.stage in ("adjudicated", "closed") and claim.outcome != "none"
    return status_of("outcome", claim.outcome) if is_decided else status_of("claim", claim.stage)


def step_of(
    event: ClaimEvent, today: date, named: Callable[[str], str] = lambda _actor: ""
) -> Step:
    """Draw one step of a timeline; `named` names the person behind it."""
    status = status_of("claim", event.stage)
    known = status_of("claim", event.event)
    return Step(
        shape=status.shape,
        words=_EVENTS.get(event.event, known.word),
        on_date=event.at.date(),
        age_days=(today - event.at.date()).days,
        proof=_OPAQUE.sub("", event.proof).strip() or _changed(event, named),
    )


def _changed(event: ClaimEvent, named: Callable[[str], str]) -> str:
    """Say who changed what: `Dana Fictional: units, line 2: 1 is 2`."""
    if event.event == EDITED:
        changes = "; ".join(
            f"{one['field']}: {one.get('before') or 'none'} is {one.get('after') or 'none'}"
            if one.get("before") or one.get("after")
            else f"{one['field']} changed"
            for one in event.detail.get("changes", ())
        )
        return f"{named(event.actor)}: {changes}".removeprefix(": ")
    return named(event.actor) if event.actor.startswith("person:") else ""
