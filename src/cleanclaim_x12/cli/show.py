"""`x12 show`: a file as a tree in words."""

import argparse
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

import msgspec

from cleanclaim_x12.cli.files import file_arguments, for_each_file, put
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.lines import read_lines
from cleanclaim_x12.typed.parts import Item, Loop, Procedure
from cleanclaim_x12.typed.plain import Plain

_WIDEST = 400  # characters of a segment that are shown; a payload may be long
_QUIET = ("place", "envelope", "unknown")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take files."""
    file_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Print the trees; a pager may take them."""

    def show(name: str, file: BinaryIO) -> int:
        if len(args.files) > 1:
            put(f"# {name}")
        for text in tree_of(file):
            put(text)
        return 0

    return for_each_file(args.files, show)


def tree_of(source: Source) -> Iterator[str]:
    """Give the lines of the tree of all typed transactions of a file."""
    shared: list[Any] = []
    for line in read_lines(source):
        data = line.data
        if line.part == "plain":
            yield from _plain(line.kind, data)
            continue
        if line.part == "head":
            envelope = data.envelope
            yield f"{line.kind} {envelope.control_number} {envelope.version}"
            shared = []
        if line.part == "claim":
            yield from _levels(data, shared)
            yield f"  claim {data.control_number} @{data.place}"
        depth = 2 if line.part == "claim" else 1
        yield from _record(data, depth, skip=("billing", "subscriber", "patient", "group"))


def _plain(code: str, data: Plain) -> Iterator[str]:
    """Give the segments of a transaction that has no model of its own."""
    envelope = data.envelope
    element = "*"
    if envelope is not None:
        element = envelope.delimiters.element
        yield f"{code} {envelope.control_number} {envelope.version}"
    for place, text in enumerate(data.segments, data.place):
        yield f"  @{place} " + " | ".join(text[:_WIDEST].split(element))


def _levels(claim: Any, shared: list[Any]) -> Iterator[str]:
    """Give the levels above a claim where they change."""
    for name in ("billing", "subscriber", "patient"):
        level = getattr(claim, name, None)
        if level is not None and not any(level is each for each in shared):
            yield f"  {name} @{level.place}"
            yield from _record(level, 2)
            shared[:] = [*shared[-3:], level]


def _record(record: Any, depth: int, skip: tuple[str, ...] = ()) -> Iterator[str]:
    pad = "  " * depth
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name in skip or name in _QUIET or value is None or value in ("", (), []):
            continue
        words = name.replace("_", " ").removesuffix(" cents")
        if isinstance(value, Loop):
            yield f"{pad}{words} @{value.place}"
            yield from _record(value, depth + 1)
        elif isinstance(value, list | tuple) and isinstance(value[0], Loop):
            for number, each in enumerate(value, 1):
                yield f"{pad}{words} {number} @{each.place}"
                yield from _record(each, depth + 1)
        elif isinstance(value, list | tuple) and isinstance(value[0], Item):
            yield from (f"{pad}{words}: {_words(each)}" for each in value)
        else:
            yield f"{pad}{words}: {_value(name, value)}"
    for each in getattr(record, "unknown", ()):
        yield f"{pad}not understood @{each.place}: {each.raw}"


def _words(record: Any) -> str:
    """Give a small record on one line."""
    if isinstance(record, Procedure):
        return " ".join(filter(None, (record.code, *record.modifiers, record.description)))
    fields = [name for name in record.__struct_fields__ if name not in _QUIET]
    values = [_value(name, getattr(record, name)) for name in fields]
    return " ".join(filter(None, values))


def _value(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name.endswith("cents") and isinstance(value, int):
        return f"{value / 100:,.2f}"
    if isinstance(value, date | Decimal | int):
        return str(value)
    if isinstance(value, tuple | list):
        return " ".join(_value("", each) for each in value)
    return _words(value) if isinstance(value, msgspec.Struct) else str(value)
