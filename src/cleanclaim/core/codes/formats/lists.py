"""Plain lists: a code, its meaning, its days. Taxonomy, CARC and RARC have layouts of their own.

Texts of revenue, condition, occurrence and value codes belong to their publishers: a customer
loads the own licensed file; the product ships codes with words of its own.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from cleanclaim.core.codes.formats import values
from cleanclaim.core.codes.formats.columns import read_columns
from cleanclaim.core.codes.formats.source import (
    Batch,
    Source,
    Span,
    months_after,
    refuse,
    span_of,
)
from cleanclaim.core.codes.records import Listed
from cleanclaim.core.codes.release import Table

LISTS_BEGAN: Final = date(1980, 1, 1)
OPEN_END: Final = date(9999, 12, 31)
LIST_COLUMNS: Final = {
    "code": ("CODE", "HCPCS_CODE", "HCPCS", "MODIFIER"),
    "words?": (
        "DISPLAY",
        "WORDS",
        "DISPLAY NAME",
        "LONG_DESCRIPTION",
        "DESCRIPTION",
        "SHORT_DESCRIPTION",
        "NAME",
    ),
    "start?": ("START", "START DATE", "START_DATE", "EFFECTIVE DATE", "EFFECTIVE*"),
    "end?": ("END", "END DATE", "END_DATE", "STOP DATE", "TERMINATION*", "DEACTIVATION*"),
    "group?": ("GROUP", "GROUPING", "CATEGORY", "CLASSIFICATION"),
}
# How the codes of a list look, and what a file of it is called.
SHAPES: Final[dict[Table, tuple[str, str]]] = {
    Table.PLACE_OF_SERVICE: (r"\d\d", r"place.?of.?service|(?<![a-z])pos(?![a-z])"),
    Table.REVENUE: (r"\d{4}", r"revenue"),
    Table.TYPE_OF_BILL: (r"0?\d\d[0-9A-Z]?", r"type.?of.?bill|(?<![a-z])tob(?![a-z])"),
    Table.CONDITION: (r"[0-9A-Z]\d|[0-9A-Z][0-9A-Z]", r"condition"),
    Table.OCCURRENCE_SPAN: (r"[0-9A-Z]{2}", r"occurrence.?span"),
    Table.OCCURRENCE: (r"[0-9A-Z]{2}", r"occurrence"),
    Table.VALUE: (r"[0-9A-Z]{2}", r"value.?code"),
    Table.DISCHARGE_STATUS: (r"\d\d", r"discharge.?status|patient.?status"),
    Table.ADMISSION_TYPE: (r"\d", r"adm\w*.?type"),
    Table.ADMISSION_SOURCE: (r"[0-9A-Z]", r"adm\w*.?(source|src)"),
    Table.CARC: (r"[A-Z]?\d{1,3}", r"carc(?!.*rarc)"),
    Table.RARC: (r"(?:M|MA|N)\d{1,3}", r"(?<!carc_)rarc"),
    Table.ADJUSTMENT_GROUP: (r"[A-Z]{2}", r"adjustment.?group"),
    Table.CLAIM_STATUS_CATEGORY: (r"[A-Z]\d{1,2}[A-Z]?|[A-Z]{2}", r"status.?categor"),
    Table.CLAIM_STATUS: (r"\d{1,3}", r"claim.?status(?!.?categor)"),
    Table.ENTITY: (r"[0-9A-Z]{2,3}", r"entity"),
    Table.SERVICE_TYPE: (r"[0-9A-Z]{1,3}", r"service.?type"),
    Table.FILING_INDICATOR: (r"[0-9A-Z]{2}", r"filing.?indicator"),
    Table.STATE: (r"[A-Z]{2}", r"(?<![a-z])states?(?![a-z])"),
    Table.TELEHEALTH: (r"[0-9A-Z]{5}", r"telehealth"),
    Table.CLIA_WAIVED: (r"[0-9A-Z]{5}", r"clia|waived"),
    Table.CPT_MODIFIER: (r"[0-9][0-9A-Z]|P[1-6]", r"cpt.?modifier"),
    Table.MODIFIER: (r"[A-Z][0-9A-Z]", r"modifier"),
    Table.POA_EXEMPT: (r"[A-Z]\d[0-9A-Z.]{1,6}", r"poa"),
    Table.TAXONOMY: (r"[0-9A-Z]{9}X", r"taxonomy"),
}


def list_table(name: str) -> Table | None:
    """Tell from a file's name which list it is.

    >>> list_table("place_of_service_2024_05.csv")
    <Table.PLACE_OF_SERVICE: 'place-of-service'>
    """
    for table, (_, called) in SHAPES.items():
        if re.search(called, name, re.IGNORECASE):
            return table
    return None


# CMS' own lists of claim codes end with the mark of a missing value, which is no code.
NO_VALUE = "~"


def read_list(
    sources: Sequence[Source], given: Span | None, table: Table | None = None
) -> list[Batch]:
    """Read a list with columns for the code and, where it has them, words, days and group.

    Raises:
        Refusal: The name does not tell the list; a code that is none of this list; a code twice
            on the same days.
    """
    source = sources[0]
    table = table or list_table(source.name)
    if table not in SHAPES:
        raise refuse(source, f"its name tells no list; say --table, one of {', '.join(SHAPES)}.")
    span = span_of(sources, (), _open, given)
    shape = re.compile(SHAPES[table][0])
    listed = read_columns(source, LIST_COLUMNS, partial(_listed, shape, table))
    rows = [row for row in listed if row.code != NO_VALUE]
    _check_once(source, rows)
    title = f"{table.replace('-', ' ').capitalize()} list of {span.first}"
    return [Batch(table=table, rows=rows, span=span, title=title, history_from=LISTS_BEGAN)]


def _open(day: date) -> Span:
    return Span(day, OPEN_END)


def _listed(shape: re.Pattern[str], table: Table, cells: dict[str, str]) -> Listed:
    code = cells["code"].upper()
    if code != NO_VALUE and not shape.fullmatch(code):
        msg = f"{cells['code']!r} is no code of the list {table}"
        raise ValueError(msg)
    return Listed(
        code=code.replace(".", ""),
        words=cells.get("words", ""),
        group=cells.get("group", ""),
        start=values.day_or_none(cells.get("start", "")),
        end=values.day_or_none(cells.get("end", "")),
    )


def _check_once(source: Source, rows: Sequence[Listed]) -> None:
    seen: dict[str, list[Listed]] = {}
    for row in rows:
        for other in seen.setdefault(row.code, []):
            begins = max(row.start or date.min, other.start or date.min)
            ends = min(row.end or date.max, other.end or date.max)
            if begins <= ends:
                raise refuse(source, f"the code {row.code} stands twice on the same days.")
        seen[row.code].append(row)


ADJUSTMENT_COLUMNS: Final = {
    "code": ("ADJ_CODE",),
    "kind": ("ADJ_TYPE",),
    "start": ("ADJ_START_DATE",),
    "end": ("ADJ_END_DATE",),
    "words?": ("ADJ_DESCRIPTION",),
}
_ADJUSTMENTS: Final = {
    "CARC": Table.CARC,
    "RARC": Table.RARC,
    "GROUP": Table.ADJUSTMENT_GROUP,
}


def read_adjustments(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read claim adjustment groups, reasons and remarks that stand in one file."""
    span = span_of(sources, (), _open, given)
    rows: dict[Table, list[Listed]] = {}
    for table, row in read_columns(sources[0], ADJUSTMENT_COLUMNS, _adjustment):
        rows.setdefault(table, []).append(row)
    return [
        Batch(
            table=table,
            rows=found,
            span=span,
            title=f"{table.upper()} list of {span.first}",
            history_from=LISTS_BEGAN,
        )
        for table, found in rows.items()
    ]


def _adjustment(cells: dict[str, str]) -> tuple[Table, Listed]:
    kind = cells["kind"].upper()
    if kind not in _ADJUSTMENTS:
        msg = f"{cells['kind']!r} is none of {', '.join(_ADJUSTMENTS)}"
        raise ValueError(msg)
    table = _ADJUSTMENTS[kind]
    return table, _listed(re.compile(SHAPES[table][0]), table, cells)


TAXONOMY_COLUMNS: Final = {
    "code": ("CODE",),
    "grouping": ("GROUPING",),
    "classification": ("CLASSIFICATION",),
    "specialization": ("SPECIALIZATION",),
    "section": ("SECTION",),
    "words?": ("DISPLAY NAME",),
}
_NUCC = re.compile(r"taxonomy_(\d\d)([01])", re.IGNORECASE)


def read_taxonomy(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read the NUCC taxonomy: version 25.0 holds from 1 April 2025, 25.1 from 1 October."""
    named = _NUCC.search(sources[0].name)
    if given is None and named:
        first = date(2000 + int(named[1]), 10 if named[2] == "1" else 4, 1)
        given = Span(first, months_after(first, 6))
    span = span_of(sources, (), _half_year, given)
    rows = list(read_columns(sources[0], TAXONOMY_COLUMNS, _taxonomy, ","))
    _check_once(sources[0], rows)
    title = f"NUCC provider taxonomy from {span.first}"
    return [
        Batch(table=Table.TAXONOMY, rows=rows, span=span, title=title, history_from=LISTS_BEGAN)
    ]


def _half_year(day: date) -> Span:
    return Span(day, months_after(day, 6))


def _taxonomy(cells: dict[str, str]) -> Listed:
    name = ", ".join(filter(None, (cells["classification"], cells["specialization"])))
    words = {"words": cells.get("words") or name, "group": cells["classification"]}
    return _listed(re.compile(SHAPES[Table.TAXONOMY][0]), Table.TAXONOMY, cells | words)
