"""ICD-10-CM and ICD-10-PCS: order files, the tabular list, the dependency's code list.

Source: CDC/NCHS and CMS, ICD-10-CM and ICD-10-PCS order files and tabular list (public domain).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, final
from xml.etree import ElementTree as ET

import msgspec

from cleanclaim.core.codes import shapes
from cleanclaim.core.codes.formats.source import (
    Batch,
    Problems,
    Source,
    Span,
    first_day_in,
    fiscal_year_from,
    refuse,
    whole_lines,
)
from cleanclaim.core.codes.formats.tabular import CodeLine, TabularNode, diagnosis_records
from cleanclaim.core.codes.records import Procedure
from cleanclaim.core.codes.release import Table

OCTOBER: Final = 10


@final
class _Line(msgspec.Struct, frozen=True):
    code: str
    billable: bool
    short: str
    long: str


def read_order(source: Source, *, procedures: bool = False) -> Iterator[_Line]:
    """Read an order file: number, code, flag, short and long title at fixed places.

    Raises:
        Refusal: A line of another shape, numbers with a gap, codes out of order: a shifted,
            truncated or mixed file; a first or last code that is not the classification's.
    """
    problems, expected, last = Problems(source), 0, ""
    fits = shapes.is_pcs if procedures else shapes.is_diagnosis
    for number, line in whole_lines(source):
        order, code, flag = line[:5], line[6:13].strip(), line[14:15]
        header = procedures and flag == "0" and len(code) == 3
        try:
            expected += 1
            if int(order) != expected:
                problems.add(number, f"number {order} where {expected:05d} should stand")
                expected = int(order)
            if line[5] + line[13] + line[15] != "   " or not (fits(code) or header):
                problems.add(number, f"{code!r} is not a code of this classification")
            elif flag not in ("0", "1"):
                problems.add(number, f"{flag!r} at place 15 is neither 0 nor 1")
            elif code <= last:
                problems.add(number, f"{code} after {last}: not in order")
        except (ValueError, IndexError):
            problems.add(number, f"{line[:16]!r} is not number, code and flag")
        last = code
        yield _Line(code, flag == "1", line[16:76].strip(), line[77:].strip())
    problems.settle()


def _check_ends(source: Source, lines: Sequence[_Line], first: str, last: str) -> None:
    found = f"{lines[0].code} to {lines[-1].code}"
    if not (lines[0].code.startswith(first) and lines[-1].code.startswith(last)):
        raise refuse(source, f"it holds {found} instead of {first} to {last}: not whole.")


def read_pcs(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read an ICD-10-PCS order file."""
    source = sources[0]
    lines = list(read_order(source, procedures=True))
    _check_ends(source, lines, "0", "X")
    rows = [Procedure(code=x.code, short=x.short, long=x.long) for x in lines if x.billable]
    span = given or _fiscal_span([source])
    title = f"ICD-10-PCS from {span.first}"
    return [Batch(table=Table.PCS, rows=rows, span=span, title=title)]


def read_diagnoses(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read ICD-10-CM from an order file, the tabular list (XML), or both together.

    With both, the order file says which codes exist and which are billable, the tabular list
    adds notes and 7th characters. The tabular list alone makes its codes itself.

    Raises:
        Refusal: As `read_order`; XML that is not whole or of another kind; files of two years.
    """
    orders = [s for s in sources if not s.name.lower().endswith(".xml")]
    tabulars = [s for s in sources if s.name.lower().endswith(".xml")]
    if len(orders) > 1 or len(tabulars) > 1:
        raise refuse(sources[0], "one order file and one tabular list make a release, not more.")
    span = given or _fiscal_span(sources)
    lines: list[_Line] = []
    if orders:
        lines = list(read_order(orders[0]))
        _check_ends(orders[0], lines, "A00", "Z")
    codes = [CodeLine(x.code, x.billable, x.short, x.long) for x in lines] or None
    nodes = list(read_tabular(tabulars[0], span)) if tabulars else []
    return diagnosis_batches(nodes, codes, span, "")


def diagnosis_batches(
    nodes: Sequence[TabularNode],
    codes: Sequence[CodeLine] | None,
    span: Span,
    origin: str,
) -> list[Batch]:
    """Make the tables of codes and of what stands above them."""
    groups, diagnoses = diagnosis_records(nodes, codes)
    history = span.first
    if span.first.month < OCTOBER:  # an April release repeats the codes of the October before
        history = span.first.replace(year=span.first.year - 1, month=OCTOBER, day=1)
    title = f"ICD-10-CM from {span.first}{origin}"
    return [
        Batch(table=table, rows=rows, span=span, title=title, history_from=history)
        for table, rows in ((Table.DIAGNOSIS, diagnoses), (Table.DIAGNOSIS_GROUP, groups))
        if rows
    ]


def _fiscal_span(sources: Sequence[Source]) -> Span:
    """Read the fiscal year in file names: a bare year begins in the October before it."""
    days = {}
    for source in sources:
        day = first_day_in(source.name)
        if day is None:
            raise refuse(source, "its name does not say the fiscal year: say --from and --to.")
        bare = day.month == 1 and not re.search("jan", source.name, re.IGNORECASE)
        days[source.name] = day.replace(year=day.year - 1, month=OCTOBER) if bare else day
    years = {fiscal_year_from(day).last.year for day in days.values()}
    if len(years) > 1:
        told = "; ".join(f"{name} says {day}" for name, day in days.items())
        raise refuse(sources[0], f"years are mixed: {told}.")
    return fiscal_year_from(max(days.values()))


_NOTES: Final[Mapping[str, str]] = {
    "includes": "includes",
    "inclusionTerm": "inclusion_terms",
    "excludes1": "excludes_1",
    "excludes2": "excludes_2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "notes": "notes",
    "sevenChrNote": "seventh_notes",
}


def read_tabular(source: Source, span: Span) -> Iterator[TabularNode]:
    """Read the tabular list: chapters, sections and codes with their notes, parents first.

    Raises:
        Refusal: Not whole, not this list, or of another fiscal year than its name says.
    """
    text = "".join(source.lines())
    if "<!ENTITY" in text:
        raise refuse(source, "it declares entities, which no official file does.")
    try:
        root = ET.fromstring(text.encode())  # noqa: S314  entities are refused above
    except ET.ParseError as error:
        raise refuse(source, f"it is not whole XML: {error}.") from error
    if root.tag != "ICD10CM.tabular":
        raise refuse(source, f"its root is {root.tag!r} instead of 'ICD10CM.tabular'.")
    version = (root.findtext("version") or "").strip()
    if version != str(span.last.year):
        raise refuse(
            source, f"years are mixed: its version is {version}, its name {span.last.year}."
        )
    for chapter in root.iterfind("chapter"):
        yield from _nodes(chapter, "")


def _nodes(element: ET.Element, parent: str) -> Iterator[TabularNode]:
    name = (element.findtext("name") or element.get("id") or "").strip()
    notes: dict[str, list[str]] = {}
    seventh: list[tuple[str, str]] = []
    for child in element:
        field = _NOTES.get(child.tag)
        if field:
            notes.setdefault(field, []).extend(_text(note) for note in child.iterfind("note"))
        elif child.tag == "sevenChrDef":
            seventh = [
                (extension.get("char", ""), _text(extension))
                for extension in child.iterfind("extension")
            ]
    code = name.replace(".", "")
    if element.tag == "section" and "-" not in code:  # a section of one category, T07 or C7A
        code = f"{code}-{code}"
    yield TabularNode(
        code=code,
        parent=parent,
        description=(element.findtext("desc") or "").strip(),
        notes={field: tuple(text for text in texts if text) for field, texts in notes.items()},
        seventh=tuple(seventh),
        is_group=element.tag != "diag",
    )
    for child in element:
        if child.tag in ("section", "diag"):
            yield from _nodes(child, code)


def _text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())
