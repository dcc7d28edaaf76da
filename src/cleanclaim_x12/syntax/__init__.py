"""Bytes to runs of segments and back: the contract that reader, checker and commands stand on.

`read_runs(source)` walks a file of bytes once, in pieces of about 1 MB, and yields `Run`s in the
order of the file. A run is a stretch of text that belongs to one thing:

- `ISA`, `GS`, `GE`, `IEA`: exactly one envelope segment.
- `ST`: segments of one transaction from ST to SE. A long transaction comes in several runs
  (`starts` on the first, `ends` on the one whose last segment is SE). A transaction that never
  meets its SE simply is not ended before a run of another kind or with another `transaction`.
- `LOOSE`: segments inside an interchange that no transaction holds (TA1, a stray SE, leftovers).
- `GAP`: white space or a byte order mark around interchanges; no segments.
- `JUNK`: text that cannot be read; no segments; `problem` says why.

What holds:

- Text is latin-1, one character per byte, so offsets in text are offsets in bytes.
- `"".join(run.text for run in read_runs(x))` is x exactly: `write_runs` is that, as bytes.
- Nothing is ever raised for content. A wrong count, a missing trailer, an unknown segment: reading
  goes on, and what cannot be read is a `JUNK` run.
- `run.segments()` is a new list of raw segment texts without terminators. White space and line
  breaks before a segment and line breaks after it are taken off; a trailing blank belongs to the
  last element. With a terminator that is not a line break, `~~` gives an empty text, which takes a
  place in the count.
- `run.first` is the place of the first of them in its transaction, ST being 1; outside of
  transactions it is 0. The place of `segments()[i]` is `run.first + i`.
- `run.offset_of(i)` is the byte offset of `segments()[i]`, computed when asked.
- A run never ends within a segment, and memory stays within a few chunks whatever the file.
- BIN and BDS segments of a 275 are read by their length and come as a run of their own.

Limits (`Limits`) are arguments; text over a limit is `JUNK`, never an endless buffer.
"""

from cleanclaim_x12.syntax.delimiters import DEFAULT_DELIMITERS, Delimiters
from cleanclaim_x12.syntax.envelope import Group, Interchange, Transaction, interchange_from_text
from cleanclaim_x12.syntax.ranges import Range, cut_ranges, line_numbers, offset_of, read_range
from cleanclaim_x12.syntax.reader import (
    DEFAULT_LIMITS,
    Limits,
    read_runs,
    read_transactions,
    write_runs,
)
from cleanclaim_x12.syntax.run import Kind, Problem, Run

__all__ = [
    "DEFAULT_DELIMITERS",
    "DEFAULT_LIMITS",
    "Delimiters",
    "Group",
    "Interchange",
    "Kind",
    "Limits",
    "Problem",
    "Range",
    "Run",
    "Transaction",
    "cut_ranges",
    "interchange_from_text",
    "line_numbers",
    "offset_of",
    "read_range",
    "read_runs",
    "read_transactions",
    "write_runs",
]
