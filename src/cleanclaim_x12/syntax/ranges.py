"""Parts of a file from an ST to an SE, for several processes; lines of a file."""

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from cleanclaim_x12.syntax.envelope import Group, Interchange, Transaction
from cleanclaim_x12.syntax.reader import DEFAULT_LIMITS, Limits, Reader, read_runs
from cleanclaim_x12.syntax.run import Kind, Run


class Range(msgspec.Struct, frozen=True):
    """A stretch of whole transactions, small enough to send to another process.

    Args:
        start: Byte offset of an ST, or of the file's start.
        stop: Byte offset behind the last byte.
        interchange: The interchange that stands open at `start`, or None.
        group: The group that stands open at `start`, or None.
        number: How many transactions of the file stand before it.
    """

    start: int
    stop: int
    interchange: Interchange | None = None
    group: Group | None = None
    number: int = 0


class _Window:
    """A binary file from one offset to another."""

    def __init__(self, file: BinaryIO, start: int, stop: int) -> None:
        file.seek(start)
        self.file = file
        self.left = stop - start

    def read(self, size: int) -> bytes:
        """Read on, up to the end of the window."""
        chunk = self.file.read(min(size, self.left))
        self.left -= len(chunk)
        return chunk


def cut_ranges(file: BinaryIO, count: int, limits: Limits = DEFAULT_LIMITS) -> list[Range]:
    """Cut a file at STs into at most `count` ranges of about the same size.

    Together they are the whole file, so their runs in order are those of `read_runs`. A transaction
    without its end is not cut off from what comes next.
    """
    size = file.seek(0, 2)
    file.seek(0)
    cuts = [Range(0, size)]
    is_closed = True
    for run in read_runs(file, limits):
        is_due = run.starts and run.offset >= size * len(cuts) // count
        if is_due and is_closed and run.offset:
            last = cuts[-1]
            cuts[-1] = msgspec.structs.replace(last, stop=run.offset)
            number = run.transaction.number - 1 if run.transaction else 0
            cuts.append(Range(run.offset, size, run.interchange, run.group, number))
            if len(cuts) == count:
                break
        if run.kind is Kind.ST:
            is_closed = run.ends
    return cuts


def read_range(file: BinaryIO, part: Range, limits: Limits = DEFAULT_LIMITS) -> Iterator[Run]:
    """Read the runs of one range as `read_runs` would have read them."""
    window = _Window(file, part.start, part.stop)
    reader = Reader(window, limits, base=part.start)  # type: ignore[arg-type]
    reader.interchange = part.interchange
    reader.group = part.group
    reader.number = part.number
    return reader.runs()


def offset_of(source: bytes | BinaryIO, transaction: Transaction, place: int) -> int:
    """Give the byte offset of a segment by its place in a transaction, ST being 1.

    Places are kept as cheap counts; this reads the transaction again, up to that place.

    Args:
        source: The whole file.
        transaction: The head of the transaction, as it was read from this file.
        place: From 1.

    Raises:
        ValueError: The transaction of this file has no such place.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    size = file.seek(0, 2)
    part = Range(transaction.offset, size, transaction.interchange, transaction.group)
    for run in read_range(file, part):
        if run.kind is not Kind.ST or run.transaction is None or run.transaction.number > 1:
            break
        count = len(run.segments())
        if place < run.first + count:
            return run.offset_of(place - run.first)
    raise ValueError(place)


def line_numbers(runs: Iterable[Run], offsets: Iterable[int]) -> dict[int, int]:
    """Give the line, from 1, on which each byte offset stands; lines end with a line feed."""
    wanted = sorted(set(offsets))
    lines: dict[int, int] = {}
    line = 1
    for run in runs:
        end = run.offset + len(run.text)
        while wanted and wanted[0] < end:
            offset = wanted.pop(0)
            lines[offset] = line + run.text.count("\n", 0, offset - run.offset)
        line += run.text.count("\n")
    return lines | dict.fromkeys(wanted, line)


__all__ = ["Kind", "Range", "cut_ranges", "line_numbers", "offset_of", "read_range"]
