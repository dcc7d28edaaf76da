"""Findings and timelines as the parts draw them."""

from datetime import date

from cleanclaim.apps.claims.public import ClaimEvent, ClaimFinding
from cleanclaim.platform.ui.marks import Shape
from cleanclaim.web.workbench.pages import FindingView, Step
from cleanclaim.web.workbench.states import status_of

_SHAPES = {"blocks": Shape.BLOCKED, "warns": Shape.WARNING, "informs": Shape.IDLE}


def finding_view(row: ClaimFinding) -> FindingView:
    """Draw one finding of a claim."""
    content = row.content
    correction = content.get("correction") or {}
    return FindingView(
        shape=_SHAPES.get(row.severity, Shape.IDLE),
        sentence=str(content.get("message", "")),
        field=_field_words(row.place),
        value=str(content.get("found", "")) or "not as it should be",
        needed=str(content.get("expected", "")),
        fix=str(correction.get("words", "")) or "See the sentence above.",
        code=row.code,
        because=str(content.get("source", "")),
    )


def _field_words(place: str) -> str:
    """Say a path in words: `lines[2].modifiers` is `modifiers, line 3`."""
    if not place.startswith("lines["):
        return place.replace("_", " ") or "claim"
    number, _, field = place.removeprefix("lines[").partition("]")
    words = field.removeprefix(".").replace("_", " ") or "whole line"
    return f"{words}, line {int(number) + 1}" if number.isdecimal() else place


def step_of(event: ClaimEvent, today: date) -> Step:
    """Draw one step of a timeline."""
    status = status_of("claim", event.stage)
    words = event.event.replace("_", " ").capitalize()
    return Step(
        shape=status.shape,
        words=words if words.lower() != status.word.lower() else status.word,
        on_date=event.at.date(),
        age_days=(today - event.at.date()).days,
        proof=event.proof,
    )
