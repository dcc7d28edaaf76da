"""Checks a file: bytes in, findings out, in the order of the file and in constant memory."""

from collections.abc import Iterator
from typing import BinaryIO

from cleanclaim_x12.checker import Checker, Options
from cleanclaim_x12.checker_part import PartChecker
from cleanclaim_x12.findings import Finding
from cleanclaim_x12.snip.codes import CodeTable
from cleanclaim_x12.snip.partner import Partner
from cleanclaim_x12.syntax import Range
from cleanclaim_x12.syntax.reader import Source


def check(
    source: Source,
    *,
    snip: int = 7,
    partner: Partner | None = None,
    codes: CodeTable | None = None,
    values: bool = False,
) -> Iterator[Finding]:
    """Find what is wrong with a file.

    Args:
        source: Bytes, or a binary file.
        snip: The highest SNIP type to check, 1 to 7.
        partner: A trading partner's overlay.
        codes: The application's code tables; without them shapes and built-in lists are checked.
        values: Keep the values found: they may identify people.

    Yields:
        Findings in the order of the file; none where it is clean.
    """
    return Checker(source, Options(snip, partner, codes, values)).findings()


def check_part(file: BinaryIO, part: Range, options: Options) -> Iterator[Finding]:
    """Find what is wrong with one of the parts that `cut_ranges` makes of a file.

    Parts can be checked by several processes; their findings, one part after the other, are those
    of the whole file.

    Args:
        file: The whole file.
        part: The part to look into.
        options: As for the whole file.
    """
    file.seek(0)
    return PartChecker(file, options, part).findings()
