"""Delimited files whose columns are found by their headers, never counted.

A header may be stacked over several rows; then the names of a column are read from top to bottom
as one. Rows before the header are preamble; rows after the data without a code are footnotes.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import final

import msgspec

from cleanclaim.core.codes.formats.source import HEAD_LINES, Problems, Source, refuse

_DEEPEST = 6
_SPACES = re.compile(r"\s+")

type Wanted = Mapping[str, tuple[str, ...]]
"""Field by field the accepted names of its column, normal form; one that ends in `*` is a prefix
and one that begins with `*` a suffix. A field whose name ends in `?` may be absent."""


@final
class Header(msgspec.Struct, frozen=True):
    """Where the columns of a file are.

    Args:
        rows: How many rows stand before the data.
        columns: Position of each field.
        width: How many columns the file has.
        names: Names of all columns in normal form.
    """

    rows: int
    columns: dict[str, int]
    width: int
    names: list[str]


def normal(name: str) -> str:
    r"""Write a column name in normal form: capitals, single blanks.

    >>> normal("HCPCS/\nCPT  Code ")
    'HCPCS/ CPT CODE'
    """
    return _SPACES.sub(" ", name).strip().upper()


def _fits(name: str, accepted: str) -> bool:
    if accepted.endswith("*"):
        return name.startswith(accepted[:-1])
    if accepted.startswith("*"):
        return name.endswith(accepted[1:])
    return name == accepted


def _match(names: Sequence[str], wanted: Wanted) -> dict[str, int]:
    found: dict[str, int] = {}
    for field, accepted in wanted.items():
        for form in accepted:
            places = [place for place, name in enumerate(names) if _fits(name, form)]
            if len(places) == 1:
                found[field.rstrip("?")] = places[0]
                break
    return found


def find_header(source: Source, rows: Sequence[Sequence[str]], wanted: Wanted) -> Header:
    """Find the header among the first rows of a file.

    Raises:
        Refusal: Columns are missing; the message names them and what stands there instead.
    """
    needed = {field for field in wanted if not field.endswith("?")}
    best: tuple[dict[str, int], list[str]] = ({}, [])
    for last in range(len(rows)):
        width = len(rows[last])
        for depth in range(1, min(_DEEPEST, last + 1) + 1):
            stack = rows[last - depth + 1 : last + 1]
            names = [
                normal(" ".join(row[place] for row in stack if place < len(row)))
                for place in range(width)
            ]
            found = _match(names, wanted)
            if len(found) > len(best[0]):
                best = (found, names)
        if needed <= best[0].keys():
            return Header(last + 1, best[0], width, best[1])
    missing = ", ".join(sorted(f"{wanted[f][0].strip('*')!r}" for f in needed - best[0].keys()))
    present = ", ".join(repr(name) for name in best[1] if name) or "no header at all"
    raise refuse(source, f"its layout differs: no column {missing}; found {present}.")


def read_rows(
    source: Source, delimiter: str, *, open_end: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a delimited file with the number of their last line.

    Raises:
        Refusal: The file is empty, or ends within a line and `open_end` does not allow it.
    """
    last = ""

    def lines() -> Iterator[str]:
        nonlocal last
        for last in source.lines():
            yield last.replace("\0", "")

    if delimiter == "\t":
        reader = csv.reader(lines(), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines(), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise refuse(source, f"line {reader.line_num}: {error}.") from error
    if not (open_end or last.endswith(("\n", "\x1a"))):
        raise refuse(source, f"line {reader.line_num} is cut short: the file is not whole.")


def delimiter_of(source: Source) -> str:
    """Say what parts the columns: whatever the first lines hold most of."""
    head = "".join(source.head())
    return max("\t,|", key=head.count)


def header_of(source: Source, wanted: Wanted, delimiter: str = "") -> Header:
    """Find the header of a file."""
    rows = read_rows(_head_source(source), delimiter or delimiter_of(source))
    return find_header(source, [cells for _, cells in rows], wanted)


def _head_source(source: Source) -> Source:
    head = source.head()
    if len(head) == HEAD_LINES and head[-1].count('"') % 2:
        head = head[:-1]
    if head and not head[-1].endswith("\n"):
        head[-1] += "\n"
    return Source(source.name, lambda: iter(head))


def titles_of(source: Source, pattern: str) -> list[str]:
    """Give what a pattern finds in the first lines: the titles that name a release."""
    return re.findall(pattern, "".join(source.head()), re.IGNORECASE)


def read_columns[Row](
    source: Source,
    wanted: Wanted,
    build: Callable[[dict[str, str]], Row | None],
    delimiter: str = "",
    *,
    open_end: bool = False,
) -> Iterator[Row]:
    """Give a record for every row.

    Args:
        source: The file.
        wanted: Which columns it must have.
        build: From the cells by field, stripped, to a record; None for a row that is no data
            (a footnote), after which no data may follow; ValueError for a bad row.
        delimiter: Where it is known.
        open_end: The publisher does not end the last line.

    Raises:
        Refusal: Another layout, a bad row, a row of another width, nothing but a header.
    """
    delimiter = delimiter or delimiter_of(source)
    header = header_of(source, wanted, delimiter)
    problems, count, footnote = Problems(source), 0, 0
    rows = read_rows(source, delimiter, open_end=open_end)
    for position, (number, cells) in enumerate(rows):
        if position < header.rows or not any(cell.strip() for cell in cells):
            continue
        try:
            padded = cells + [""] * (header.width - len(cells))
            row = build({field: padded[at].strip() for field, at in header.columns.items()})
            if row is None:
                footnote = footnote or number
                continue
            if len(cells) < header.width or any(c.strip() for c in cells[header.width :]):
                _refuse_width(len(cells), header.width)
            if footnote:
                _refuse_after(footnote)
            count += 1
            yield row
        except ValueError as error:
            problems.add(number, str(error))
    problems.settle()
    if not count:
        raise refuse(source, "it holds a header and no rows.")


def _refuse_width(found: int, expected: int) -> None:
    msg = f"{found} columns instead of {expected}"
    raise ValueError(msg)


def _refuse_after(footnote: int) -> None:
    msg = f"a row after the footnote of line {footnote}"
    raise ValueError(msg)
