"""A stretch of text that belongs to one envelope, transaction or gap."""

from enum import StrEnum
from itertools import accumulate

import msgspec

from cleanclaim_x12.syntax.delimiters import Delimiters
from cleanclaim_x12.syntax.envelope import Group, Interchange, Transaction


class Kind(StrEnum):
    """What a run holds; see the package."""

    ISA = "ISA"
    GS = "GS"
    ST = "ST"
    GE = "GE"
    IEA = "IEA"
    LOOSE = "LOOSE"
    GAP = "GAP"
    JUNK = "JUNK"


class Problem(StrEnum):
    """Why text could not be read."""

    NO_INTERCHANGE = "no interchange header here"
    BAD_INTERCHANGE = "interchange header cannot be read"
    SEGMENT_TOO_LONG = "no segment terminator within the limit"
    BINARY_TOO_LONG = "binary data longer than the limit"
    BINARY_LENGTH = "binary data does not end where its length says"


class Run(msgspec.Struct, gc=False):
    """Text between two boundaries of the file, with all that stands around it.

    Args:
        kind: What it holds.
        text: Exactly as in the file, terminators and line breaks included.
        offset: Byte offset of the text.
        interchange: The interchange that it stands in, or None.
        group: The group that it stands in, or None.
        transaction: The transaction that it belongs to, of `ST` runs only.
        first: Place of the first segment in its transaction, ST being 1; else 0.
        starts: The run begins with ST.
        ends: The run ends with SE.
        is_binary: The run is one BIN or BDS segment.
        problem: Why it could not be read, of `JUNK`.
    """

    kind: Kind
    text: str
    offset: int
    interchange: Interchange | None = None
    group: Group | None = None
    transaction: Transaction | None = None
    first: int = 0
    starts: bool = False
    ends: bool = False
    is_binary: bool = False
    problem: Problem | None = None

    def segments(self) -> list[str]:
        """Give the raw segments, without terminators and the white space around them."""
        if self.interchange is None or self.kind in (Kind.GAP, Kind.JUNK):
            return []
        delimiters = self.interchange.delimiters
        if self.is_binary or self.kind == Kind.ISA:
            return [self.text.lstrip(delimiters.blanks).removesuffix(delimiters.segment)]
        return split_segments(self.text, delimiters)

    def offset_of(self, index: int) -> int:
        """Give the byte offset of `segments()[index]`."""
        if self.interchange is None:
            return self.offset
        delimiters = self.interchange.delimiters
        if self.is_binary or self.kind == Kind.ISA:
            return self.offset + len(self.text) - len(self.text.lstrip(delimiters.blanks))
        return self.offset + _start_of(self.text, delimiters, index)

    def starts_of_segments(self) -> list[int]:
        """Give where in `text` each of `segments()` begins, for many places at once."""
        if self.interchange is None or self.kind in (Kind.GAP, Kind.JUNK):
            return []
        delimiters = self.interchange.delimiters
        blanks = delimiters.blanks
        if self.is_binary or self.kind == Kind.ISA:
            return [len(self.text) - len(self.text.lstrip(blanks))]
        text, terminator = self.text, delimiters.segment
        if not any(blank in text for blank in "\n\r\t\x00\x1a") and terminator + " " not in text:
            before = list(accumulate(map(len, text.split(terminator)), initial=0))
            plain = [length + index for index, length in enumerate(before)]
            plain[0] = len(text) - len(text.lstrip(" "))
            return plain[:-1]
        starts = []
        start = 0
        for part in text.split(terminator):
            stripped = part.lstrip(blanks)
            if stripped or delimiters.segment not in blanks:
                starts.append(start + len(part) - len(stripped))
            start += len(part) + 1
        return starts


def split_segments(text: str, delimiters: Delimiters) -> list[str]:
    r"""Split text that ends with a terminator (or with the file) into raw segments.

    >>> split_segments("ST*837*1~\r\nSE*2*1~\r\n", Delimiters())
    ['ST*837*1', 'SE*2*1']
    """
    terminator = delimiters.segment
    if "\n" not in text and "\r" not in text and terminator + " " not in text:
        parts = text.split(terminator)
        if not parts[-1].strip(" \t\x00\x1a"):
            parts.pop()
        if parts and text[:1] == " ":
            parts[0] = parts[0].lstrip(" ")
        return parts
    layout = _line_break(text, terminator)
    if layout and text[:1].isalnum() and text.endswith(layout):
        return text[: -len(layout)].split(layout)
    blanks = delimiters.blanks
    lines = blanks.replace(" ", "").replace("\t", "")
    parts = [part.lstrip(blanks).rstrip(lines) for part in text.split(terminator)]
    if not parts[-1]:
        parts.pop()
    if terminator in blanks:
        parts = [part for part in parts if part]
    return parts


def count_segments(text: str, delimiters: Delimiters) -> int:
    """Count what `split_segments` would give, without splitting where that can be told."""
    if delimiters.segment in delimiters.blanks:
        return len(split_segments(text, delimiters))
    tail = text.rpartition(delimiters.segment)[2]
    return text.count(delimiters.segment) + bool(tail.strip(delimiters.blanks))


def _line_break(text: str, terminator: str) -> str:
    """Give terminator and line break where every segment of the text ends with just these."""
    segments = text.count(terminator)
    breaks = text.count("\n")
    returns = text.count("\r")
    if terminator == "\n":
        plain = not returns and "\n\n" not in text and "\n " not in text and "\n\t" not in text
        return "\n" if plain else ""
    if breaks != segments or returns not in (0, segments):
        return ""
    layout = terminator + ("\r\n" if returns and terminator != "\r" else "\n")
    return layout if text.count(layout) == segments and "\n " not in text else ""


def _start_of(text: str, delimiters: Delimiters, index: int) -> int:
    """Give the offset in the text of the segment with this index."""
    blanks = delimiters.blanks
    start = 0
    for part in text.split(delimiters.segment):
        stripped = part.lstrip(blanks)
        if stripped or delimiters.segment not in blanks:
            if index == 0:
                return start + len(part) - len(stripped)
            index -= 1
        start += len(part) + 1
    return len(text)
