"""Walks one segment with its usage and places every error at element and component."""

import re
from functools import cache

from cleanclaim_x12.findings import Fault
from cleanclaim_x12.grammar.shapes import DATE, LOOSE_NUMBER, NUMBER, PERIODS, TIME
from cleanclaim_x12.guides import codes_in_use
from cleanclaim_x12.guides.dictionary import Element, composites, elements, segments
from cleanclaim_x12.guides.notation import ElementUse, Usage
from cleanclaim_x12.syntax import Delimiters

Notes = tuple[tuple[str, tuple[int, ...]], ...]
_BAD_CHARS = re.compile(r"[^\x20-\x7e]")
_matches = cache(lambda pattern: re.compile(pattern).fullmatch)


def explain(usage: Usage, text: str, delimiters: Delimiters) -> list[Fault]:
    """List what is wrong with the segment; nothing where it is right.

    Args:
        usage: What the guide says of the segment at its place.
        text: The raw segment without terminator.
        delimiters: Those of the interchange.

    Returns:
        Faults in the order of elements.
    """
    values = text.split(delimiters.element)[1:]
    return [
        *_elements(usage.elements, values, delimiters),
        *_notes(segments()[usage.tag].notes, values, usage.elements, 0),
    ]


def explain_loosely(tag: str, text: str, delimiters: Delimiters) -> list[Fault]:
    """Check a segment against the dictionary alone, for places that no guide speaks of."""
    shape = segments()[tag]
    uses = tuple(_any_use(at, number) for at, number in enumerate(shape.parts, 1))
    values = text.split(delimiters.element)[1:]
    return _elements(uses, values, delimiters)


@cache
def _any_use(position: int, number: str) -> ElementUse:
    parts = None
    if number in composites():
        inner = composites()[number].parts
        parts = tuple(_any_use(at, part) for at, part in enumerate(inner, 1))
    return ElementUse(position=position, number=number, required=False, parts=parts, repeat=99)


def _elements(
    uses: tuple[ElementUse | None, ...], values: list[str], delimiters: Delimiters
) -> list[Fault]:
    faults: list[Fault] = []
    if values and not values[-1]:
        faults.append(Fault("X12-EL-TRAILING", len(values)))
        while values and not values[-1]:
            values.pop()
    for at, use in enumerate(uses, 1):
        value = values[at - 1] if at <= len(values) else ""
        if use is None:
            if value:
                faults.append(Fault("X12-EL-NOT-USED", at, found=value))
        elif not value:
            if use.required:
                faults.append(Fault("X12-EL-REQUIRED", at, expected=_words(use)))
        else:
            kind = values[use.format_at - 1] if use.format_at else ""
            faults += _one(use, value, delimiters, kind)
    if len(values) > len(uses):
        at = len(uses) + 1
        faults.append(Fault("X12-EL-COUNT", at, found=values[at - 1]))
    return faults


def _one(use: ElementUse, value: str, delimiters: Delimiters, kind: str) -> list[Fault]:
    """Check one element with all its repetitions."""
    at = use.position
    again = delimiters.repetition
    if use.repeat == 1 or not again:
        if again and again in value:
            return [Fault("X12-EL-REPEAT", at, expected="no repetition", found=value)]
        return _composite(use, value, delimiters, 0, kind)
    found = value.split(again)
    faults: list[Fault] = []
    if len(found) > use.repeat:
        expected = f"at most {use.repeat} repetitions"
        faults.append(Fault("X12-EL-REPEAT", at, expected=expected, found=value))
    for number, single in enumerate(found, 1):
        if not single:
            faults.append(Fault("X12-EL-TRAILING", at, repetition=number))
        else:
            faults += _composite(use, single, delimiters, number, kind)
    return faults


def _composite(  # noqa: C901 - one component after the other
    use: ElementUse, value: str, delimiters: Delimiters, repetition: int, kind: str
) -> list[Fault]:
    at = use.position
    if use.parts is None:
        if delimiters.component and delimiters.component in value and use.number != "I15":
            expected = "a single value, no components"
            return [Fault("X12-EL-PARTS", at, 0, repetition, expected, value)]
        return _simple(use, value, at, 0, repetition, kind)
    parts = value.split(delimiters.component) if delimiters.component else [value]
    faults: list[Fault] = []
    if not parts[-1]:
        faults.append(Fault("X12-EL-TRAILING", at, len(parts), repetition))
        while parts and not parts[-1]:
            parts.pop()
    if len(parts) > len(use.parts):
        extra = parts[len(use.parts)]
        faults.append(Fault("X12-EL-PARTS", at, len(use.parts) + 1, repetition, "", extra))
    for number, part in enumerate(use.parts, 1):
        text = parts[number - 1] if number <= len(parts) else ""
        if part is None:
            if text:
                faults.append(Fault("X12-EL-NOT-USED", at, number, repetition, "", text))
        elif not text:
            if part.required:
                faults.append(Fault("X12-EL-REQUIRED", at, number, repetition, _words(part)))
        else:
            form = parts[part.format_at - 1] if part.format_at else ""
            faults += _simple(part, text, at, number, repetition, form)
    notes = composites()[use.number].notes
    faults += _notes(notes, parts, use.parts, at, repetition)
    return faults


def _simple(
    use: ElementUse, value: str, at: int, component: int, repetition: int, kind: str
) -> list[Fault]:
    """Check one value: characters, blanks, length, type, codes, limits."""

    def fault(code: str, expected: str = "") -> Fault:
        return Fault(code, at, component, repetition, expected, value)

    element = elements()[use.number]
    bad = _BAD_CHARS.search(value)
    if bad:
        return [fault("X12-EL-CHARS")]
    if value[0] == " " or (value[-1] == " " and len(value.rstrip()) >= element.shortest):
        return [fault("X12-EL-SPACES")]
    faults = [fault(*wrong) for wrong in (_length(element, value), _type(element, value)) if wrong]
    if use.codes and value not in use.codes:
        known = value in codes_in_use(use.number)
        faults.append(fault("X12-EL-SUBSET" if known else "X12-EL-CODE", " or ".join(use.codes)))
    if faults:
        return faults
    if use.pattern and not _matches(use.pattern)(value):
        money = "at most 8 digits before the point and 2 behind"
        quantity = "at most 8 digits before the point and 3 behind"
        words = {"782": money, "380": quantity}.get(use.number, use.pattern)
        return [fault("X12-EL-PATTERN" if _fits(use.number, value) else "X12-EL-LONG", words)]
    if kind in PERIODS and not _matches(PERIODS[kind])(value):
        return [fault("X12-EL-TIME" if kind == "TM" else "X12-EL-DATE", f"format {kind}")]
    return []


def _fits(number: str, value: str) -> bool:
    """Say whether an amount or quantity has few enough digits before its point."""
    return number not in ("782", "380") or len(value.lstrip("-").split(".")[0]) <= 8


def _length(element: Element, value: str) -> tuple[str, str] | None:
    length = len(value)
    if element.kind == "R" or element.kind[0] == "N":
        length = sum(char.isdigit() for char in value)
        if not length:
            return None
    if length < element.shortest:
        return "X12-EL-SHORT", f"at least {element.shortest} characters"
    if length > element.longest:
        return "X12-EL-LONG", f"at most {element.longest} characters"
    return None


def _type(  # noqa: PLR0911 - one answer for each type
    element: Element, value: str
) -> tuple[str, str] | None:
    kind = element.kind
    if kind == "R":
        if not _matches(LOOSE_NUMBER)(value):
            return "X12-EL-NUMBER", "a decimal number"
        return None if _matches(NUMBER)(value) else ("X12-EL-ZEROS", "no leading zeros")
    if kind[0] == "N" and not _matches("-?[0-9]+")(value):
        return "X12-EL-NUMBER", "a whole number"
    if kind == "DT" and not _matches(DATE)(value):
        return "X12-EL-DATE", "a date CCYYMMDD"
    if kind == "TM" and not _matches(TIME)(value):
        return "X12-EL-TIME", "a time HHMM, HHMMSS or HHMMSSDD"
    if kind == "ID" and " " in value:
        return "X12-EL-CHARS", "a code without blanks"
    return None


def _words(use: ElementUse) -> str:
    return " or ".join(use.codes) if use.codes else f"a value of element {use.number}"


def _notes(
    notes: Notes,
    values: list[str],
    uses: tuple[ElementUse | None, ...],
    element: int,
    repetition: int = 0,
) -> list[Fault]:
    """Check the relational notes; what the guide does not use is found elsewhere."""

    def has(at: int) -> bool:
        return at <= len(values) and bool(values[at - 1])

    def fault(code: str, at: int, because: int) -> Fault:
        words = f"depends on {because:02d}"
        return (
            Fault(code, element, at, repetition, words) if element else Fault(code, at, 0, 0, words)
        )

    def open_for(at: int) -> bool:
        """Missing, allowed, and not already said to be required."""
        use = uses[at - 1] if at <= len(uses) else None
        return not has(at) and use is not None and not use.required

    faults: list[Fault] = []
    for kind, positions in notes:
        present = [at for at in positions if has(at)]
        first, rest = positions[0], positions[1:]
        if kind == "P" and present:
            faults += [fault("X12-EL-NOTE", at, present[0]) for at in positions if open_for(at)]
        elif kind == "C" and has(first):
            faults += [fault("X12-EL-NOTE", at, first) for at in rest if open_for(at)]
        elif kind == "R" and not present:
            missing = [at for at in positions if open_for(at)]
            faults += [fault("X12-EL-NOTE", at, at) for at in missing[:1]]
        elif kind == "L" and has(first) and not any(has(at) for at in rest):
            faults += [fault("X12-EL-NOTE", at, first) for at in rest if open_for(at)][:1]
        elif kind == "E" and len(present) > 1:
            faults.append(fault("X12-EL-EXCLUSIVE", present[-1], present[0]))
    return faults
