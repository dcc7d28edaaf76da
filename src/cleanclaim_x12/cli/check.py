"""`x12 check`: what is wrong with files, finding by finding."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from cleanclaim_x12.checker import Checker, Options
from cleanclaim_x12.cli.files import complaint, file_arguments, for_each_file, put
from cleanclaim_x12.findings import ERROR, Finding
from cleanclaim_x12.snip.partner import Partner, read_partner

HIGHEST = 7
_KEYS = (
    "code snip severity control loop segment segment_position "
    "element component offset line expected"
).split()


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take files, the highest SNIP type, a partner's overlay."""
    file_arguments(parser)
    parser.add_argument(
        "--snip", type=int, choices=range(1, HIGHEST + 1), default=HIGHEST, help="highest SNIP type"
    )
    parser.add_argument("--partner", metavar="FILE", help="a trading partner's overlay")
    parser.add_argument("--json", action="store_true", help="one JSON object per finding")
    parser.add_argument(
        "--values", action="store_true", help="say what was found: it may identify people"
    )


def run(args: argparse.Namespace) -> int:
    """Print the findings of each file; 1 if any is an error, 2 if a file cannot be used."""
    options = Options(args.snip, partner_of(args.partner), None, args.values)
    as_json = args.json or not sys.stdout.isatty()

    def check_file(name: str, file: BinaryIO) -> int:
        checker = Checker(file, options)
        errors = total = 0
        for finding in checker.findings():
            total += 1
            errors += finding.severity == ERROR
            put(_json(finding, args, name) if as_json else _words(finding, name))
        if not as_json:
            put(f"{name}: {errors} errors, {total - errors} warnings")
        return int(errors > 0) if checker.interchanges else 2

    return for_each_file(args.files, check_file)


def partner_of(name: str | None) -> Partner | None:
    """Read the overlay with this name, if any.

    Raises:
        ValueError: There is no such file, or it is no overlay.
    """
    try:
        return read_partner(Path(name).read_bytes()) if name else None
    except (OSError, ValueError) as wrong:
        msg = f"{name}: no partner's overlay: {complaint(wrong)}"
        raise ValueError(msg) from wrong


def _json(finding: Finding, args: argparse.Namespace, name: str) -> str:
    record = {key: getattr(finding, key) for key in _KEYS}
    if args.values:
        record["found"] = finding.found
    if len(args.files) > 1:
        record["file"] = name
    return msgspec.json.encode(record).decode()


def _words(finding: Finding, name: str) -> str:
    return f"{name}:{finding.line}: {finding.severity} {finding.code} " + " ".join(_place(finding))


def _place(finding: Finding) -> Iterator[str]:
    if finding.loop:
        yield f"loop {finding.loop}"
    if finding.segment:
        where = finding.segment
        if finding.element:
            where += f"{finding.element:02d}"
        if finding.component:
            where += f"-{finding.component}"
        yield where
    if finding.segment_position:
        yield f"(segment {finding.segment_position} of {finding.control})"
    yield f"SNIP {finding.snip}: expected {finding.expected}"
    if finding.found:
        yield f"found {finding.found!r}"
