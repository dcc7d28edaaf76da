"""Makes the X12 view of a transaction: every segment and element in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from cleanclaim.kernel.money import parse_cents, show_cents
from cleanclaim.web.workbench.pages.x12 import ElementRow, SegmentRow, SegmentRun
from cleanclaim.web.workbench.x12_words import (
    DATES,
    MONEY,
    code_words,
    element_name,
    meaning,
    segment_names,
)

HIDDEN = "hidden"
_LETTERS = "ABCDEFGHIJKL"
# The element that says what a segment is about, where it is not the first.
_QUALIFIER_AT = {"HL": 3}


class Marks(NamedTuple):
    """The separators of the interchange.

    Args:
        element: Usually `*`.
        component: Usually `:`.
        segment: Usually `~`.
    """

    element: str = "*"
    component: str = ":"
    segment: str = "~"


USUAL = Marks()


def segment_rows(
    segments: Iterable[str],
    *,
    marks: Marks = USUAL,
    masked: frozenset[str] = frozenset(),
    href: Callable[[int], str] | None = None,
    code_names: Mapping[str, str] = MappingProxyType({}),
) -> tuple[SegmentRow, ...]:
    """Explain segments, in file order.

    Args:
        segments: Without terminators, as the engine's runs give them.
        marks: Separators of the interchange.
        masked: References the reader may not see: `NM109`, or `NM109*IL` for one role only.
        href: Address of the page with this segment chosen.
        code_names: Words for service and diagnosis codes, where the tenant has them.

    Returns:
        One row per segment.

    >>> row = segment_rows(["SV1*HC:J3301*48*UN*4***1"])[0]
    >>> row.name, row.meaning, [element.words for element in row.elements][:3]
    ('Professional service', '48.00', ['Code set: HCPCS and CPT', 'Code', 'Charge, 48.00'])
    """
    segments = list(segments)
    is_payment = any(text.startswith("BPR" + marks.element) for text in segments)
    rows = []
    where = ""
    lines = 0
    for number, text in enumerate(segments, 1):
        tag, *values = text.split(marks.element)
        where, lines = _where(tag, values, where, lines)
        where = where.replace("line", "group") if tag == "LX" and is_payment else where
        values = _mask(tag, values, masked)
        rows.append(
            SegmentRow(
                number=number,
                tag=tag,
                rest="".join(marks.element + value for value in values) + marks.segment,
                name=segment_names().get(tag, "Segment"),
                meaning=where.capitalize() if tag == "LX" else _meaning(tag, values, marks),
                where=where,
                elements=tuple(_elements(tag, values, marks, code_names)),
                href=href(number) if href else "",
            )
        )
    return tuple(rows)


def whole(rows: Sequence[SegmentRow]) -> tuple[SegmentRun, ...]:
    """Show every segment."""
    return (SegmentRun(segments=tuple(rows)),)


def excerpt(rows: Sequence[SegmentRow], lines: frozenset[int]) -> tuple[SegmentRun, ...]:
    """Show the claim and the lines that matter; fold what comes before and the other lines.

    Args:
        rows: The whole transaction, with absent segments already put in.
        lines: Numbers of the lines that matter; empty shows all of them.
    """
    start = next((at for at, row in enumerate(rows) if row.tag in ("CLM", "CLP")), 0)
    runs = [_folded("Before the claim", rows[:start])] if start else []
    for where, group in groupby(rows[start:], key=lambda row: row.where):
        part = tuple(group)
        number = where.removeprefix("line ")
        is_shown = not where or not lines or (number.isdigit() and int(number) in lines)
        runs.append(SegmentRun(segments=part) if is_shown else _folded(where.capitalize(), part))
    return tuple(runs)


def _folded(words: str, rows: Sequence[SegmentRow]) -> SegmentRun:
    plural = "" if len(rows) == 1 else "s"
    return SegmentRun(segments=tuple(rows), words=f"{words}, {len(rows)} segment{plural}")


def _where(tag: str, values: Sequence[str], where: str, lines: int) -> tuple[str, int]:
    if tag == "LX":
        return f"line {_value(values, 1)}", 0
    if tag == "SVC":
        return f"line {lines + 1}", lines + 1
    if tag in ("CLP", "CLM", "HL", "SE", "PLB", "GE", "IEA", "TS3"):
        return "", 0
    return where, lines


def _mask(tag: str, values: Sequence[str], masked: frozenset[str]) -> list[str]:
    role = values[0] if values else ""
    return [
        HIDDEN if value and {f"{tag}{at:02}", f"{tag}{at:02}*{role}"} & masked else value
        for at, value in enumerate(values, 1)
    ]


def _elements(
    tag: str, values: Sequence[str], marks: Marks, code_names: Mapping[str, str]
) -> Iterable[ElementRow]:
    for position, value in enumerate(values, 1):
        if not value:
            continue
        ref = f"{tag}{position:02}"
        parts = value.split(marks.component)
        is_simple = len(parts) == 1 and not _is_composite(tag, position)
        if is_simple or tag == "ISA":
            yield ElementRow(ref=ref, value=value, words=_words(tag, position, 0, value))
            continue
        for part, piece in enumerate(parts, 1):
            if piece:
                words = _words(tag, position, part, piece)
                if piece in code_names and words.endswith("ode"):
                    words = f"{words}: {code_names[piece]}"
                yield ElementRow(ref=f"{ref}-{part}", value=piece, words=words)


def _is_composite(tag: str, position: int) -> bool:
    return element_name(tag, position, 2) != element_name(tag, position, 1)


def _words(tag: str, position: int, part: int, value: str) -> str:
    ref = f"{tag}{position:02}"
    name = element_name(tag, position, part) or f"Element {position}"
    if value == HIDDEN:
        return f"{name}; your role does not see it"
    if ref in MONEY:
        return f"{name}, {_money(value)}"
    if ref in DATES:
        return f"{name}, {_date(value)}"
    if name == "Points to diagnosis" and value.isdigit() and 0 < int(value) <= len(_LETTERS):
        return f"{name} {_LETTERS[int(value) - 1]}"
    known = code_words(f"{ref}-{part}" if part else ref, value)
    return f"{name}: {known}" if known else name


def _meaning(tag: str, values: Sequence[str], marks: Marks) -> str:
    special = _MEANT_BY.get(tag)
    if special is not None:
        return special(values, marks)
    at = _QUALIFIER_AT.get(tag, 1)
    known = meaning(tag, values[at - 1]) if len(values) >= at else ""
    return known or segment_names().get(tag, "Segment")


def _value(values: Sequence[str], position: int) -> str:
    return values[position - 1] if len(values) >= position else ""


def _money(text: str) -> str:
    try:
        return show_cents(parse_cents(text))
    except ValueError:
        return text


def _date(text: str) -> str:
    days = text.split("-") if len(text) == 17 else [text]
    if all(len(day) == 8 and day.isdigit() for day in days):
        return " to ".join(f"{day[:4]}-{day[4:6]}-{day[6:]}" for day in days)
    return text


def _diagnoses(values: Sequence[str], marks: Marks) -> str:
    kinds = {value.split(marks.component)[0] for value in values if value}
    letters = ", ".join(_LETTERS[: len([value for value in values if value])])
    if kinds & {"ABK", "BK"}:
        return f"Diagnos{'is' if len(letters) == 1 else 'es'} {letters}"
    return "Anesthesia" if kinds & {"BP", "BO"} else "Condition codes"


def _adjustment(values: Sequence[str], _: Marks) -> str:
    pairs = [
        f"{_value(values, 1)} {values[at]} {_money(_value(values, at + 2))}"
        for at in range(1, len(values), 3)
        if values[at]
    ]
    return ", ".join(pairs)


_MEANT_BY: dict[str, Callable[[Sequence[str], Marks], str]] = {
    "CLM": lambda values, _: f"Claim, {_money(_value(values, 2))}",
    "SV1": lambda values, _: _money(_value(values, 2)),
    "SV2": lambda values, _: _money(_value(values, 3)),
    "HI": _diagnoses,
    "CAS": _adjustment,
    "CLP": lambda values, _: f"Claim, paid {_money(_value(values, 4))}",
    "SVC": lambda values, _: f"Paid {_money(_value(values, 3))}",
    "SVD": lambda values, _: f"Other payer paid {_money(_value(values, 2))}",
    "BPR": lambda values, _: f"Transfer {_money(_value(values, 2))}",
    "SBR": lambda values, _: f"Plan, {code_words('SBR01', _value(values, 1)) or 'payer'}",
    "ST": lambda values, _: f"Transaction {_value(values, 1)}",
}
