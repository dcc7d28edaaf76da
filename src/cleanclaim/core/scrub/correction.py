"""Apply a proposed correction that a person accepted."""

import re
from collections.abc import Hashable
from functools import cache
from typing import Any, cast

import msgspec

from cleanclaim.core.claim import Claim, ClaimLine
from cleanclaim.kernel.finding import Correction
from cleanclaim.kernel.refusal import Refusal

_STEP = re.compile(r"(?:^|\.)([a-z_0-9]+)|\[(\d+)\]")


def apply_correction(claim: Claim, correction: Correction) -> Claim:
    """Make the next version of a claim with one field changed.

    Naming an item of a list (`lines[2]`) with the value None removes it. When the list of
    diagnoses changes, the lines' pointers follow the codes that they named. A line that must not
    reach a plan takes with it the diagnoses that only it points to.

    Args:
        claim: The version that the correction was proposed for.
        correction: As it stood in the finding.

    Returns:
        A new claim; the given one is untouched.

    Raises:
        Refusal: `correction_unusable`, the claim has no such field or the value doesn't fit it.
    """
    steps = _steps(correction.field)
    try:
        changed: Claim = _changed(claim, Claim, steps, correction.value)
    except (AttributeError, IndexError, TypeError, msgspec.ValidationError) as error:
        code = "correction_unusable"
        raise Refusal(code, f"The claim can't take a change of {correction.field}.") from error
    removes_item = len(steps) == 2 and correction.value is None
    if steps == ["diagnoses"] or (steps[0] == "diagnoses" and removes_item):
        return _with_pointers(claim, changed)
    if steps[0] == "lines" and removes_item:
        return _without_private_diagnoses(claim, changed, claim.lines[int(steps[1])])
    return changed


def _steps(path: str) -> list[str | int]:
    steps: list[str | int] = [m[1] or int(m[2]) for m in _STEP.finditer(path)]
    rebuilt = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps)
    if not steps or rebuilt.lstrip(".") != path:
        code = "correction_unusable"
        raise Refusal(code, f"{path!r} names no field of a claim.")
    return steps


@cache
def _kinds(record: Hashable) -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(cast("type", record))}


def _changed(record: Any, kind: Any, steps: list[str | int], value: object) -> Any:
    if not steps:
        return msgspec.convert(value, kind, strict=False)
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        if value is None and not rest:
            return (*record[:step], *record[step + 1 :])
        item = _changed(record[step], type(record[step]), rest, value)
        return (*record[:step], item, *record[step + 1 :])
    kinds = _kinds(cast("Hashable", type(record)))
    if step not in kinds:
        raise AttributeError(step)
    inner = _changed(getattr(record, step), kinds[step], rest, value)
    return msgspec.structs.replace(record, **{step: inner})


def _with_pointers(before: Claim, after: Claim) -> Claim:
    places = {item.code: place for place, item in reversed(list(enumerate(after.diagnoses, 1)))}
    codes = {place: item.code for place, item in enumerate(before.diagnoses, 1)}

    def follow(pointers: tuple[int, ...]) -> tuple[int, ...]:
        followed = [places[codes[p]] for p in pointers if codes.get(p) in places]
        return tuple(dict.fromkeys(followed))

    lines = tuple(
        msgspec.structs.replace(line, diagnosis_pointers=follow(line.diagnosis_pointers))
        for line in after.lines
    )
    return msgspec.structs.replace(after, lines=lines)


def _without_private_diagnoses(before: Claim, after: Claim, removed: ClaimLine) -> Claim:
    if not removed.plan_disclosure_restricted:
        return after
    still = {pointer for line in after.lines for pointer in line.diagnosis_pointers}
    private = set(removed.diagnosis_pointers) - still
    kept = tuple(item for place, item in enumerate(before.diagnoses, 1) if place not in private)
    return _with_pointers(before, msgspec.structs.replace(after, diagnoses=kept))
