"""What a draft must be to be kept at all, whatever it was read from."""

import re
from collections.abc import Iterator

from cleanclaim.core.claim import ClaimLine
from cleanclaim.core.intake.draft import EncounterDraft
from cleanclaim.kernel.finding import Finding, Severity

_NPI = re.compile(r"\d{10}|")
_CODE = re.compile(r"[0-9A-Z]{5}|")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_DIAGNOSIS = re.compile(r"[0-9A-Z]{3,8}")
_PLACE = re.compile(r"[0-9]{2}|")
_MOST_CENTS = 10**10  # 99,999,999.99, the longest amount that a claim carries


def draft_findings(draft: EncounterDraft) -> list[Finding]:
    """Find what can't be kept: a code, number or amount of a wrong shape.

    Returns:
        One finding for each wrong field, its place in the source first; empty: it can be kept.
    """
    place = f"{draft.place_word} {draft.places[0]}" if draft.places else "the source"
    return [
        Finding(
            code="INTAKE-SHAPE",
            severity=Severity.BLOCKS,
            place=f"{place}, {field}",
            message=f"{place.capitalize()} is refused: {field} should be {expected}.",
            expected=expected,
        )
        for field, expected in _faults(draft)
    ]


def _faults(draft: EncounterDraft) -> Iterator[tuple[str, str]]:
    if not draft.number or len(draft.number) > 64:
        yield "the encounter's number", "filled, at most 64 characters"
    if not _PLACE.fullmatch(draft.place_of_service):
        yield "place of service", "two digits"
    if not _NPI.fullmatch(draft.rendering.npi):
        yield "the rendering provider's NPI", "ten digits"
    if not all(_DIAGNOSIS.fullmatch(item.code) for item in draft.diagnoses):
        yield "a diagnosis", "an ICD-10-CM code"
    numbers = [line.line_number for line in draft.lines]
    if len(set(numbers)) != len(numbers):
        yield "the line numbers", "different from each other"
    for ordinal, line in enumerate(draft.lines, 1):
        for field, expected in _line_faults(line, len(draft.diagnoses)):
            yield f"{field} of line {ordinal}", expected


def _line_faults(line: ClaimLine, diagnoses: int) -> Iterator[tuple[str, str]]:
    if not _CODE.fullmatch(line.procedure_code):
        yield "the procedure", "five characters of HCPCS"
    if not all(_MODIFIER.fullmatch(item) for item in line.modifiers):
        yield "a modifier", "two characters"
    if not 0 <= line.charge_cents < _MOST_CENTS:
        yield "the charge", "an amount below 100,000,000.00"
    if any(item > diagnoses for item in line.diagnosis_pointers):
        yield "a diagnosis pointer", f"at most {diagnoses}"
    if line.unit_code not in ("UN", "MJ", "F2"):
        yield "the unit", "UN or MJ"
