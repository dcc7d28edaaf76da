"""`x12 diff`: what two files say differently."""

import argparse
from collections.abc import Iterator
from typing import Any

import msgspec

from cleanclaim_x12.cli.files import opened, put
from cleanclaim_x12.syntax import Transaction
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.lines import Line, read_lines

_LEFT_OUT = frozenset({"place", "envelope"})


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take two files."""
    parser.add_argument("a", metavar="A")
    parser.add_argument("b", metavar="B")


def run(args: argparse.Namespace) -> int:
    """Print each difference with its path; 1 if there is one."""
    with opened(args.a) as a, opened(args.b) as b:
        count = 0
        for text in differences(a, b):
            put(text)
            count += 1
    return int(count > 0)


def differences(a: Source, b: Source) -> Iterator[str]:
    """Compare by meaning: order, delimiters, envelopes and ways to write a number do not count.

    Transactions are matched in their order, claims by their control number (and their turn, where
    one comes several times).
    """
    left, right = _records(a), _records(b)
    for key in [*left, *(key for key in right if key not in left)]:
        if key not in right:
            yield f"- {key}"
        elif key not in left:
            yield f"+ {key}"
        else:
            yield from _compare(key, left[key], right[key])


def _records(source: Source) -> dict[str, Any]:
    """Give the records of a file by a name that the other file has, too."""
    records: dict[str, Any] = {}
    turns: dict[str, int] = {}
    for line in read_lines(source):
        if line.part == "plain":
            _add_plain(records, turns, line)
            continue
        name = _name(line)
        turns[name] = turns.get(name, 0) + 1
        key = name if turns[name] == 1 else f"{name}#{turns[name]}"
        records[key] = msgspec.to_builtins(line.data)
    return records


def _add_plain(records: dict[str, Any], turns: dict[str, int], line: Line) -> None:
    """Add the segments of a transaction without a model, each as the list of its elements."""
    envelope: Transaction | None = line.data.envelope
    if envelope is not None:
        turns[line.kind] = turns.get(line.kind, 0) + 1
        records[f"{line.kind}#{turns[line.kind]}"] = []
    element = envelope.delimiters.element if envelope is not None else "*"
    key = f"{line.kind}#{turns.get(line.kind, 1)}"
    records.setdefault(key, []).extend(text.split(element) for text in line.data.segments)


def _name(line: Line) -> str:
    if line.part == "claim":
        return f"{line.kind} claim {line.data.control_number}"
    return f"{line.kind} {line.part}"


def _compare(path: str, a: Any, b: Any) -> Iterator[str]:
    if isinstance(a, dict) and isinstance(b, dict):
        for key in [*a, *(key for key in b if key not in a)]:
            if key not in _LEFT_OUT:
                yield from _compare(f"{path}.{key}", a.get(key), b.get(key))
    elif isinstance(a, list) and isinstance(b, list):
        for at in range(max(len(a), len(b))):
            one = a[at] if at < len(a) else None
            other = b[at] if at < len(b) else None
            yield from _compare(f"{path}[{at}]", one, other)
    elif a != b:
        yield f"{path}: {_text(a)} -> {_text(b)}"


def _text(value: Any) -> str:
    return "nothing" if value is None else msgspec.json.encode(value).decode()
