"""NCCI: procedure-to-procedure edits, medically unlikely edits, add-on codes.

Source: CMS, National Correct Coding Initiative edit files (quarterly).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from cleanclaim.core.codes.formats import values
from cleanclaim.core.codes.formats.columns import header_of, read_columns
from cleanclaim.core.codes.formats.source import (
    Batch,
    Problems,
    Source,
    Span,
    first_day_in,
    quarter_of,
    refuse,
    span_of,
    whole_lines,
)
from cleanclaim.core.codes.ptp import PtpColumns
from cleanclaim.core.codes.records import AddOn, AddOnPrimary, Mue, PtpEdit
from cleanclaim.core.codes.release import Table

NCCI_BEGAN: Final = date(1996, 1, 1)
PTP_COLUMNS = {
    "column_1": ("COLUMN 1",),
    "column_2": ("COLUMN 2",),
    "before_1996": ("*=IN EXISTENCE PRIOR TO 1996", "*=IN EXISTENCE*"),
    "start": ("EFFECTIVE DATE", "EFFECTIVE*"),
    "end": ("DELETION DATE *=NO DATA", "DELETION*"),
    "modifier": ("MODIFIER 0=NOT ALLOWED 1=ALLOWED 9=NOT APPLICABLE", "MODIFIER*"),
    "rationale": ("PTP EDIT RATIONALE",),
}
MUE_COLUMNS = {
    "code": ("HCPCS/ CPT CODE", "HCPCS/CPT CODE"),
    "units": ("*MUE VALUES",),
    "indicator": ("MUE ADJUDICATION INDICATOR",),
    "rationale": ("MUE RATIONALE",),
}
ADD_ON_COLUMNS = {
    "kind": ("AOC_EDIT_TYPE",),
    "code": ("ADD-ON_CODE",),
    "code_end": ("AOC_DELDT",),
    "primary": ("PRIMARY_CODE",),
    "primary_end": ("PRIMARY_CODE_DELDT",),
    "start": ("AOC_EDIT_EFFDT",),
    "end": ("AOC_EDIT_DELDT",),
    "note": ("SPECIAL_INSTRUCTION_NOTES",),
}
_VERSION_ZERO: Final = 1994  # version 32.x is that of 2026
_VERSION = re.compile(r"-v(\d\d)\d?r\d", re.IGNORECASE)
_PART = re.compile(r"-f(\d)\b", re.IGNORECASE)
_MUE_TABLES = {
    "PRACTITIONER SERVICES": Table.MUE_PRACTITIONER,
    "OUTPATIENT HOSPITAL SERVICES": Table.MUE_HOSPITAL,
    "DME SUPPLIER SERVICES": Table.MUE_DME,
}


def read_ptp(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read all parts of one PTP release, practitioner (`ccipra`) or hospital (`ccioph`).

    Raises:
        Refusal: Parts of both settings or of two releases, a part missing between others,
            another layout, a row that does not fit, an edit that begins after the quarter.
    """
    table = _ptp_table(sources)
    _check_parts(sources)
    columns, latest = PtpColumns(), NCCI_BEGAN
    for source in sources:
        latest = max(latest, _read_ptp_file(source, columns))
    named = [day for s in sources if "q" in s.name.lower() and (day := first_day_in(s.name))]
    span = given or quarter_of(max(named or [latest]))
    version = _VERSION.search(sources[0].name)
    year = _VERSION_ZERO + int(version[1]) if version else latest.year
    if latest > span.last or latest.year > year or span.last.year < year:
        raise refuse(
            sources[0],
            f"years are mixed: its name says {year}, its newest edit begins on {latest}, the "
            f"release ends on {span.last}.",
        )
    title = f"NCCI PTP edits, {table.partition('-')[2]}, {_quarter_name(span)}"
    return [
        Batch(
            table=table,
            rows=columns,
            span=Span(NCCI_BEGAN, span.last),
            title=title,
            history_from=NCCI_BEGAN,
        )
    ]


def _quarter_name(span: Span) -> str:
    return f"{span.last.year} Q{(span.last.month + 2) // 3}"


def _ptp_table(sources: Sequence[Source]) -> Table:
    names = " ".join(source.name.lower() for source in sources)
    practitioner, hospital = "ccipra" in names or "practitioner" in names, "ccioph" in names
    hospital = hospital or "hospital" in names
    if practitioner == hospital:
        raise refuse(
            sources[0],
            "load practitioner (ccipra) and hospital (ccioph) edits one after the other.",
        )
    return Table.PTP_PRACTITIONER if practitioner else Table.PTP_HOSPITAL


def _check_parts(sources: Sequence[Source]) -> None:
    releases = {_PART.sub("", source.name.lower()).rpartition(".")[0] for source in sources}
    if len(releases) > 1:
        raise refuse(sources[0], f"releases are mixed: {', '.join(sorted(releases))}.")
    parts = sorted(int(match[1]) for s in sources if (match := _PART.search(s.name)))
    if parts and parts != list(range(1, len(parts) + 1)):
        raise refuse(sources[0], f"parts are missing: only f{', f'.join(map(str, parts))} given.")


def _read_ptp_file(source: Source, columns: PtpColumns) -> date:
    """Read one part into the columns and give the latest day on which an edit begins."""
    latest, add, problems = NCCI_BEGAN, columns.add, Problems(source)
    at = header_of(source, PTP_COLUMNS, "\t").columns
    first, second, mark = at["column_1"], at["column_2"], at["before_1996"]
    start, end, modifier, rationale = at["start"], at["end"], at["modifier"], at["rationale"]
    days: dict[str, date | None] = {}
    count = len(columns)
    for number, line in whole_lines(source):
        cells = line.split("\t")
        code = cells[first].strip()
        if len(code) != 5:  # preamble, header or blank; a row of data always has its code
            if len(columns) > count and line.strip():
                problems.add(number, f"{code!r} is not a procedure code")
            continue
        try:
            began, ended = (
                days[text] if text in days else days.setdefault(text, values.day_or_none(text))
                for text in (cells[start].strip(), cells[end].strip())
            )
            add(
                PtpEdit(
                    start=began,
                    end=ended,
                    column_1=values.procedure_code(code),
                    column_2=values.procedure_code(cells[second].strip()),
                    modifier_indicator=values.one_of(cells[modifier].strip(), "0 1 9", "modifier"),
                    rationale=cells[rationale].strip(),
                    existed_before_1996=cells[mark].strip() == "*",
                )
            )
            if began is not None and began > latest:
                latest = began
        except IndexError:
            problems.add(number, f"{len(cells)} columns instead of {len(at)}")
        except ValueError as error:
            problems.add(number, str(error))
    problems.settle()
    if len(columns) == count:
        raise refuse(source, "it holds a header and no rows.")
    return latest


def read_mue(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read MUE values of the three settings; the setting stands in the header."""
    batches = []
    for source in sources:
        header = header_of(source, MUE_COLUMNS, ",")
        setting = header.names[header.columns["units"]].removesuffix("MUE VALUES").strip()
        table = _MUE_TABLES.get(setting)
        if table is None:
            raise refuse(source, f"the setting {setting!r} is none of {', '.join(_MUE_TABLES)}.")
        span = span_of([source], (), quarter_of, given)
        title = f"NCCI MUE, {table.partition('-')[2]}, {_quarter_name(span)}"
        rows = read_columns(source, MUE_COLUMNS, _mue, ",")
        batches.append(Batch(table=table, rows=rows, span=span, title=title))
    return batches


def _mue(cells: dict[str, str]) -> Mue:
    units = cells["units"]
    if not (units.isascii() and units.isdigit()):
        msg = f"{units!r} is not a number of units"
        raise ValueError(msg)
    indicator = values.one_of(cells["indicator"][:1] or "?", "1 2 3", "adjudication indicator")
    return Mue(
        code=values.procedure_code(cells["code"]),
        units=int(units),
        adjudication_indicator=indicator,
        adjudication=cells["indicator"],
        rationale=cells["rationale"],
    )


def read_add_on(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read add-on code edits, as fixed-width text or as the table with its headers."""
    span = span_of(sources, (), quarter_of, given)
    pairs: list[tuple[AddOn, AddOnPrimary]] = []
    for source in sources:
        head = "".join(source.head()).upper()
        if "ADD-ON_CODE" in head:
            pairs += read_columns(source, ADD_ON_COLUMNS, _add_on)
        else:
            pairs += _read_add_on_text(source)
    kinds: dict[str, AddOn] = {}
    primaries: dict[str, list[AddOnPrimary]] = {}
    for add_on, primary in pairs:
        known = kinds.setdefault(add_on.code, add_on)
        if known.kind != add_on.kind:
            raise refuse(sources[0], f"{add_on.code} is of kind {known.kind} and {add_on.kind}.")
        primaries.setdefault(add_on.code, []).append(primary)
    rows = [
        AddOn(code=code, kind=a.kind, end=a.end, primaries=tuple(primaries[code]))
        for code, a in kinds.items()
    ]
    title = f"NCCI add-on codes, {_quarter_name(span)}"
    return [Batch(table=Table.ADD_ON, rows=rows, span=span, title=title, history_from=NCCI_BEGAN)]


def _add_on(cells: dict[str, str]) -> tuple[AddOn, AddOnPrimary]:
    primary = cells["primary"]
    ends = [day for f in ("primary_end", "end") if (day := values.day_or_none(cells[f]))]
    return (
        AddOn(
            code=values.procedure_code(cells["code"]),
            kind=values.one_of(cells["kind"] or "?", "1 2 3", "kind of add-on"),
            end=values.day_or_none(cells["code_end"]),
        ),
        AddOnPrimary(
            code=primary if primary == "CCCCC" else values.procedure_code(primary),
            start=values.day_or_none(cells["start"]),
            end=min(ends, default=None),
        ),
    )


_AOC_SLICES = {
    "kind": (0, 1),
    "code": (1, 6),
    "code_end": (6, 13),
    "primary": (13, 18),
    "primary_end": (18, 25),
    "start": (25, 32),
    "end": (32, 39),
}


def _read_add_on_text(source: Source) -> Iterator[tuple[AddOn, AddOnPrimary]]:
    problems, count = Problems(source), 0
    for number, line in whole_lines(source):
        if not line.strip():
            continue
        if not count and line[:1] not in "123":  # the notice before the data
            continue
        try:
            yield _add_on({f: line[a:b].strip() for f, (a, b) in _AOC_SLICES.items()})
            count += 1
        except ValueError as error:
            problems.add(number, str(error))
    problems.settle()
    if not count:
        raise refuse(source, "no line begins with a kind of add-on, 1, 2 or 3: another layout.")
