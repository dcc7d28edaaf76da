"""Walks a file once and cuts it into runs."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import BinaryIO

import msgspec

from cleanclaim_x12.syntax.delimiters import Delimiters
from cleanclaim_x12.syntax.envelope import Group, Interchange, Transaction, interchange_from_text
from cleanclaim_x12.syntax.run import Kind, Problem, Run, count_segments

Source = bytes | BinaryIO

_LOOK_AHEAD = 512
_GAP = re.compile("(?:\xef\xbb\xbf)?[ \t\r\n\x00\x1a]*")
_HEAD = re.compile("ISA[^A-Za-z0-9 \r\n]")
_ENVELOPE = {"GE": Kind.GE, "IEA": Kind.IEA}


class Limits(msgspec.Struct, frozen=True):
    """What a reader may hold at once.

    Args:
        chunk_bytes: How much is read at a time.
        segment_bytes: The longest segment.
        binary_bytes: The longest BIN or BDS payload.
    """

    chunk_bytes: int = 1 << 20
    segment_bytes: int = 1 << 20
    binary_bytes: int = 64 << 20


DEFAULT_LIMITS = Limits()


def read_runs(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[Run]:
    """Cut a file into runs, in order and without a gap.

    Args:
        source: Bytes, or a binary file that is read from where it stands.
        limits: What may be held at once.

    Yields:
        Runs whose texts, joined, are the file; none for an empty file.
    """
    return Reader(source, limits).runs()


def write_runs(runs: Iterable[Run]) -> bytes:
    """Write runs as the bytes that they were read from."""
    return "".join(run.text for run in runs).encode("latin-1")


def read_transactions(
    source: Source, limits: Limits = DEFAULT_LIMITS
) -> Iterator[tuple[Transaction, Iterator[Run]]]:
    """Walk the transactions of a file; runs that were not taken are passed over.

    Yields:
        Each transaction with its runs, which must be taken before the next transaction is.
    """
    runs = read_runs(source, limits)
    ahead: list[Run] = []

    def own(first: Run) -> Iterator[Run]:
        run: Run | None = first
        while run is not None and run.transaction is first.transaction:
            yield run
            if run.ends:
                return
            run = next(runs, None)
        if run is not None:
            ahead.append(run)

    while True:
        run = ahead.pop() if ahead else next(runs, None)
        if run is None:
            return
        if run.transaction is not None:
            rest = own(run)
            yield run.transaction, rest
            for _ in rest:
                pass


class Reader:
    """The state of one walk: the text at hand, and the envelopes that stand open."""

    def __init__(self, source: Source, limits: Limits = DEFAULT_LIMITS, base: int = 0) -> None:
        self.limits = limits
        self.source = source
        self.text = ""
        self.pos = 0
        self.base = base  # byte offset of text[0]
        self.eof = False
        self.read = 0
        self.interchange: Interchange | None = None
        self.group: Group | None = None
        self.transaction: Transaction | None = None
        self.place = 0  # segments of the transaction so far
        self.number = 0  # transactions so far

    def runs(self) -> Iterator[Run]:
        """Cut what is left of the source into runs."""
        while self._fill(_LOOK_AHEAD):
            if self.interchange is None:
                yield from self._between()
            else:
                yield from self._inside(self.interchange)

    def _fill(self, need: int) -> bool:
        """Have at least so many characters from here on, or all; say whether there is any."""
        while len(self.text) - self.pos < need and not self.eof:
            size = max(self.limits.chunk_bytes, need - len(self.text) + self.pos)
            if isinstance(self.source, bytes):
                chunk = self.source[self.read : self.read + size]
            else:
                chunk = self.source.read(size)
            self.read += len(chunk)
            self.eof = not chunk
            self.base += self.pos
            self.text = self.text[self.pos :] + chunk.decode("latin-1")
            self.pos = 0
        return self.pos < len(self.text)

    def _take(self, kind: Kind, end: int, **more: object) -> Run:
        """Make a run of the text up to `end` and step over it."""
        run = Run(
            kind,
            self.text[self.pos : end],
            self.base + self.pos,
            self.interchange,
            self.group,
            **more,  # type: ignore[arg-type]
        )
        self.pos = end
        return run

    def _between(self) -> Iterator[Run]:
        """Outside of interchanges: white space, junk, and the next ISA."""
        gap = _GAP.match(self.text, self.pos)
        if gap is not None and gap.end() > self.pos:
            yield self._take(Kind.GAP, gap.end())
            self._fill(_LOOK_AHEAD)
        if self.pos == len(self.text):
            return
        at_head = _HEAD.match(self.text, self.pos) is not None
        if at_head:
            window = self.text[self.pos : self.pos + _LOOK_AHEAD]
            found = interchange_from_text(window, self.base + self.pos)
            if found is not None:
                self.interchange, length = found
                yield self._take(Kind.ISA, self.pos + length)
                return
        head = _HEAD.search(self.text, self.pos + at_head)
        end = head.start() if head else len(self.text)
        if not head and not self.eof:
            end = max(self.pos + 1, end - 3)  # an ISA may begin in the last characters
        problem = Problem.BAD_INTERCHANGE if at_head else Problem.NO_INTERCHANGE
        yield self._take(Kind.JUNK, end, problem=problem)

    def _inside(self, interchange: Interchange) -> Iterator[Run]:
        """Inside an interchange: cut all whole segments at hand into runs."""
        delimiters = interchange.delimiters
        at, ahead, binary_at = _patterns(delimiters)
        text, pos = self.text, self.pos
        if (
            self.transaction is not None
            and self.transaction.code == "275"
            and (binary := binary_at.match(text, pos))
        ):
            yield self._binary(binary, delimiters.segment)
            return
        cut = len(text) if self.eof else text.rfind(delimiters.segment, pos) + 1
        if cut <= pos:
            yield from self._starved()
            return
        here = at.match(text, pos, cut)
        word = here[1] if here else ""
        if word[:3] == "ISA":
            self._close(None)
            return
        if word in ("GS", "GE", "IEA"):
            yield self._envelope(word, self._segment_end(here, cut), interchange)  # type: ignore[arg-type]
            return
        if word == "ST":
            self._begin(here, interchange, cut)  # type: ignore[arg-type]
        yield self._stretch(word, ahead, here, cut)

    def _stretch(
        self, word: str, ahead: re.Pattern[str], here: re.Match[str] | None, cut: int
    ) -> Run:
        """Take segments of the transaction, or loose ones, up to the next boundary."""
        transaction = self.transaction
        ends = False
        if word == "SE" and here is not None:
            end = self._segment_end(here, cut)
            ends = transaction is not None
        else:
            boundary = ahead.search(self.text, self.pos, cut)
            end = cut if boundary is None else boundary.start() + 1
            if boundary is not None and boundary[1] == "SE" and transaction is not None:
                end = self._segment_end(boundary, cut)
                ends = True
        if transaction is None:
            return self._take(Kind.LOOSE, end)
        run = self._take(
            Kind.ST,
            end,
            transaction=transaction,
            first=self.place + 1,
            starts=word == "ST",
            ends=ends,
        )
        if ends:
            self.transaction = None
        else:
            self.place += count_segments(run.text, transaction.delimiters)
        return run

    def _segment_end(self, match: re.Match[str], cut: int) -> int:
        """Give the end, with its terminator, of the segment that the match begins."""
        assert self.interchange is not None  # noqa: S101 - holds by the caller
        end = self.text.find(self.interchange.delimiters.segment, match.end(), cut)
        return cut if end < 0 else end + 1

    def _begin(self, here: re.Match[str], interchange: Interchange, cut: int) -> None:
        """Open the transaction whose ST stands here."""
        end = self._segment_end(here, cut)
        raw = self.text[here.start(1) : end].rstrip(interchange.delimiters.segment + "\r\n")
        parts = [*raw.split(interchange.delimiters.element), "", "", ""]
        self.number += 1
        self.place = 0
        version = parts[3] or (self.group.version if self.group else "")
        self.transaction = Transaction(
            raw,
            parts[1],
            parts[2],
            version,
            self.number,
            self.base + here.start(1),
            interchange,
            self.group,
        )

    def _envelope(self, word: str, end: int, interchange: Interchange) -> Run:
        """Take a GS, GE or IEA."""
        self.transaction = None
        if word == "GS":
            delimiters = interchange.delimiters
            text = self.text[self.pos : end].lstrip(delimiters.blanks)
            offset = self.base + end - len(text)
            raw = text.rstrip(delimiters.segment + "\r\n")
            parts = raw.split(delimiters.element)
            parts += [""] * (9 - len(parts))
            self.group = Group(raw, tuple(parts), offset)
            return self._take(Kind.GS, end)
        run = self._take(_ENVELOPE[word], end)
        if word == "GE":
            self.group = None
        else:
            self._close(None)
        return run

    def _close(self, interchange: Interchange | None) -> None:
        self.interchange = interchange
        self.group = None
        self.transaction = None

    def _starved(self) -> Iterator[Run]:
        """No whole segment at hand: read on, or give up on this stretch."""
        have = len(self.text) - self.pos
        if have <= self.limits.segment_bytes:
            self._fill(have + 1)
            return
        yield self._take(Kind.JUNK, len(self.text), problem=Problem.SEGMENT_TOO_LONG)

    def _binary(self, match: re.Match[str], terminator: str) -> Run:
        """Take a BIN or BDS by its length."""
        length = int(match[1]) if len(match[1]) < 12 else self.limits.binary_bytes + 1
        head = match.end() - self.pos
        problem = None
        if length <= self.limits.binary_bytes:
            self._fill(head + length + 1)
            end = self.pos + head + length
            if end == len(self.text) or self.text[end : end + 1] == terminator:
                self.place += 1
                return self._take(
                    Kind.ST,
                    min(end + 1, len(self.text)),
                    transaction=self.transaction,
                    first=self.place,
                    is_binary=True,
                )
            problem = Problem.BINARY_LENGTH
        end = self.text.find(terminator, self.pos + head) + 1 or len(self.text)
        return self._take(Kind.JUNK, end, problem=problem or Problem.BINARY_TOO_LONG)


@lru_cache(64)
def _patterns(
    delimiters: Delimiters,
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compile what tells the boundaries: at this place, further on, and a binary segment."""
    element, segment = re.escape(delimiters.element), re.escape(delimiters.segment)
    blanks = f"[{re.escape(delimiters.blanks)}]*"
    words = f"(S[TE](?={element})|G[SE](?={element})|IEA(?={element})|ISA(?=[^A-Za-z0-9 ]))"
    begins = f"(?=[SGIB{re.escape(delimiters.blanks)}])"  # most segments begin with none of these
    binary = f"(?:BIN{element}|BDS{element}[^{element}{segment}]*{element})([0-9]+){element}"
    return (
        re.compile(blanks + words),
        re.compile(segment + begins + blanks + words[:-1] + f"|B(?:IN|DS)(?={element}))"),
        re.compile(blanks + binary),
    )
