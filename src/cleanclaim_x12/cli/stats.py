"""`x12 stats`: what files hold, counted and added up."""

import argparse
import sys
from collections import Counter
from typing import Any, BinaryIO

import msgspec

from cleanclaim_x12.cli.files import file_arguments, for_each_file, put
from cleanclaim_x12.syntax import Kind, read_runs
from cleanclaim_x12.syntax.run import count_segments
from cleanclaim_x12.typed.values import parse_cents

_MONEY = {"CLM": ("claims", 2, "charged_cents"), "CLP": ("remittance_claims", 4, "paid_cents")}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take files."""
    file_arguments(parser)
    parser.add_argument("--json", action="store_true", help="one object per file")


def run(args: argparse.Namespace) -> int:
    """Print the counts of each file; 2 if one holds no interchange."""

    def count(name: str, file: BinaryIO) -> int:
        counts = count_file(file)
        if args.json or not sys.stdout.isatty():
            put(msgspec.json.encode({"file": name, **counts}).decode())
        else:
            put(name)
            for key, value in counts.items():
                put(f"  {key}: {value}")
        return 0 if counts["interchanges"] else 2

    return for_each_file(args.files, count)


def count_file(file: BinaryIO | bytes) -> dict[str, Any]:
    """Count interchanges, groups, transactions by version, segments, claims and their amounts."""
    kinds: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    size = segments = 0
    for run_ in read_runs(file):
        kinds[run_.kind] += run_.kind != Kind.ST or run_.starts
        size += len(run_.text)
        if run_.interchange is not None and run_.kind not in (Kind.GAP, Kind.JUNK):
            segments += count_segments(run_.text, run_.interchange.delimiters)
        if run_.transaction is not None:
            codes[f"{run_.transaction.code} {run_.transaction.version}"] += run_.starts
            _add_up(run_.segments(), run_.transaction.delimiters.element, sums)
    return {
        "bytes": size,
        "interchanges": kinds[Kind.ISA],
        "groups": kinds[Kind.GS],
        "transactions": dict(codes),
        "segments": segments,
        "unreadable": kinds[Kind.JUNK],
        **sums,
    }


def _add_up(segments: list[str], element: str, sums: Counter[str]) -> None:
    for raw in segments:
        if raw[:3] not in _MONEY:
            continue
        word, at, total = _MONEY[raw[:3]]
        elements = raw.split(element)
        sums[word] += 1
        try:
            sums[total] += parse_cents(elements[at]) or 0
        except (ValueError, IndexError):
            sums["unreadable_amounts"] += 1
