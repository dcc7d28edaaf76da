"""Lists that a company keeps in a spreadsheet: a CSV whose head names the fields of one record."""

import csv
import re
import typing
from collections.abc import Iterator
from typing import Any

import msgspec

from cleanclaim.kernel.finding import Finding, Severity

_FLAGS = {"Y": True, "YES": True, "TRUE": True, "N": False, "NO": False, "FALSE": False}
_FLAG_KINDS = (bool, bool | None)
_WHERE = re.compile(r" - at `\$\.(\w+).*`$")
_FINDINGS_AT_MOST = 50


class Sheet[T](typing.NamedTuple):
    """What a list holds: its rows, or why none of it is taken."""

    rows: tuple[T, ...]
    findings: tuple[Finding, ...]


def sheet_template(kind: type[msgspec.Struct]) -> str:
    """Write the head of a list, its columns as they are declared."""
    return ",".join(kind.__struct_fields__) + "\n"


def read_sheet[T: msgspec.Struct](text: str, kind: type[T]) -> Sheet[T]:
    r"""Read a list whose columns are the fields of a record; all of its rows or none.

    Args:
        text: The whole file, comma separated; cells of several values have blanks between them,
            yes and no are Y and N, an empty cell is the field's default.
        kind: The record of one row; `kind.key` names the columns that no two rows share.

    Returns:
        The rows, or findings that name row and column and repeat no value of the file.

    >>> class Fee(msgspec.Struct):
    ...     code: str
    ...     units: int = 1
    >>> read_sheet("code,units\n99213,\n", Fee).rows
    (Fee(code='99213', units=1),)
    >>> read_sheet("code,units\n99213,two\n", Fee).findings[0].message
    'Row 2, column units: Expected `int`, got `str`.'
    """
    lines = csv.reader(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").splitlines())
    head = [cell.strip().lower() for cell in next(lines, [])]
    wrong = _head_words(head, kind)
    if wrong:
        return Sheet((), (_finding("row 1", wrong),))
    rows: list[T] = []
    findings: list[Finding] = []
    first: dict[tuple[Any, ...], int] = {}
    for number, cells in enumerate(lines, 2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            row = _row(head, cells, kind)
        except msgspec.ValidationError as error:
            findings.append(_finding(f"row {number}", _error_words(number, str(error), kind)))
            continue
        rows.append(row)
        key = tuple(getattr(row, name) for name in getattr(kind, "key", ())) or (number,)
        if first.setdefault(key, number) != number:
            words = f"Row {number} says again what row {first[key]} says."
            findings.append(_finding(f"row {number}", words))
    if findings:
        return Sheet((), tuple(findings[:_FINDINGS_AT_MOST]))
    return Sheet(tuple(rows), ())


def _head_words(head: list[str], kind: type[msgspec.Struct]) -> str:
    fields = msgspec.structs.fields(kind)
    missing = [one.name for one in fields if one.required and one.name not in head]
    known = {one.name for one in fields}
    unknown = [name for name in head if name not in known]
    doubled = sorted({name for name in head if head.count(name) > 1})
    parts = (("missing", missing), ("unknown", unknown), ("twice", doubled))
    told = [f"{word}: {', '.join(names)}" for word, names in parts if names]
    return f"The head of the list does not fit ({'; '.join(told)})." if told else ""


def _row[T: msgspec.Struct](head: list[str], cells: list[str], kind: type[T]) -> T:
    if len(cells) != len(head):
        msg = f"Expected {len(head)} cells, got {len(cells)}"
        raise msgspec.ValidationError(msg)
    given = dict(_filled(head, cells, typing.get_type_hints(kind)))
    return msgspec.convert(given, kind, strict=False)


def _filled(head: list[str], cells: list[str], kinds: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, cell in zip(head, cells, strict=True):
        text, kind = cell.strip(), kinds[name]
        if not text:
            continue
        if kind in _FLAG_KINDS:
            yield name, _FLAGS.get(text.upper(), text)
        elif typing.get_origin(kind) in (tuple, frozenset):
            yield name, text.split()
        else:
            yield name, text


def _error_words(number: int, error: str, kind: type[msgspec.Struct]) -> str:
    found = _WHERE.search(error)
    if found is None:
        return f"Row {number}: {error.partition(' - at ')[0]}."
    words = _described(typing.get_type_hints(kind, include_extras=True).get(found[1]))
    said = f"expected {words}" if words else error[: found.start()]
    return f"Row {number}, column {found[1]}: {said}."


def _described(kind: Any) -> str:
    """Give what a column's type says of itself in words, if it does."""
    if isinstance(kind, typing.TypeAliasType):
        return _described(kind.__value__)
    for note in getattr(kind, "__metadata__", ()):
        if isinstance(note, msgspec.Meta) and note.description:
            return note.description
    return next(filter(None, map(_described, typing.get_args(kind))), "")


def _finding(place: str, message: str) -> Finding:
    return Finding(
        code="SHEET-ROW", severity=Severity.BLOCKS, place=place, message=message, expected=""
    )
