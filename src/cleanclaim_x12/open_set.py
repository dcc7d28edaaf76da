"""The transaction that a check is in: its walk, its rules, and places that are still needed."""

from collections.abc import Callable

from cleanclaim_x12.grammar.machine import Grammar, grammar_for
from cleanclaim_x12.grammar.walk import Row, Walk
from cleanclaim_x12.guides import Guide, guide_for
from cleanclaim_x12.snip.codes import CodeTable
from cleanclaim_x12.snip.partner import Partner
from cleanclaim_x12.snip.rules import Rules, rules_for
from cleanclaim_x12.syntax import Run, Transaction

_BATCH = 500  # segments


class OpenSet:
    """The transaction at hand: its walk, its rules, and places that are still needed."""

    def __init__(
        self,
        head: Transaction,
        guide: Guide | None,
        snip: int,
        codes: CodeTable | None,
        partner: Partner | None,
    ) -> None:
        self.head = head
        self.guide = guide
        self.position = 0
        self.rows: list[Row] = []
        self.anchors: dict[int, tuple[int, int]] = {}
        self.walk: Walk | None = None
        self.rules: Rules | None = None
        if guide is not None:
            grammar: Grammar = grammar_for(guide, head.delimiters)
            if snip >= 3:
                self.rules = rules_for(guide, head, snip, codes, partner)
            self.walk = Walk(grammar, self.rows if self.rules else None)

    def feed(self, texts: list[str], first: int) -> None:
        """Walk on, a batch at a time, so that the rules find segments still at hand."""
        if self.walk is None:
            return
        if self.rules is None:
            self.walk.feed(texts, first)
            return
        for start in range(0, len(texts), _BATCH):
            self.walk.feed(texts, first, start, start + _BATCH)
            self.rules.take(self.rows, self.walk.noted)
            self.rows.clear()

    def finish(self) -> None:
        """Judge what stands open at the end of the transaction."""
        if self.rules is not None and self.walk is not None:
            self.rules.take(self.rows, self.walk.noted)
            self.rows.clear()
            self.rules.finish(self.walk.noted)

    def places(self, run: Run | None, line: int) -> Callable[[int], tuple[int, int]]:
        """Give what tells offset and line of each place in the transaction.

        Args:
            run: The run at hand, which may be of another transaction or nothing at the end.
            line: The line on which it begins.
        """
        own = run is not None and run.transaction is self.head
        starts = starts_of(run, line) if run is not None and own else []
        first = run.first if run is not None and own else self.position + 1
        beyond = (run.offset if run is not None else 0, line)

        def place(position: int) -> tuple[int, int]:
            index = position - first
            if index >= 0:
                return starts[index] if index < len(starts) else beyond
            return self.anchors.get(position, (self.head.offset, 0))

        return place

    def anchor(self, starts: list[tuple[int, int]], first: int) -> None:
        """Remember the places that later findings may name, before the run is let go."""
        assert self.walk is not None  # noqa: S101 - only with a walk
        wanted = {level.position for level in self.walk.hierarchy.open}
        if self.rules is not None:
            wanted |= self.rules.positions()
        anchors = {at: self.anchors[at] for at in wanted if at in self.anchors}
        for at in wanted:
            if 0 <= at - first < len(starts):
                anchors[at] = starts[at - first]
        self.anchors = anchors


def starts_of(run: Run, line: int) -> list[tuple[int, int]]:
    """Give offset and line of every segment of a run."""
    found = []
    seen = 0
    if "\n" not in run.text:
        return [(run.offset + start, line) for start in run.starts_of_segments()]
    for start in run.starts_of_segments():
        line += run.text.count("\n", seen, start)
        seen = start
        found.append((run.offset + start, line))
    return found


def find_guide(head: Transaction, segments: list[str]) -> Guide | None:
    """Find the guide of a transaction by its version, or its group's."""
    purpose = ""
    if head.code == "278" and len(segments) > 1:
        purpose = [*segments[1].split(head.delimiters.element), "", "", ""][2]
    guide = guide_for(head.code, head.version, purpose)
    if guide is None and head.group is not None:
        guide = guide_for(head.code, head.group.version, purpose)
    return guide


def without_data(segment: str, head: Transaction) -> str:
    """Leave the payload of a BIN or BDS out of what the grammar sees."""
    parts = segment.split(head.delimiters.element, 3)
    return head.delimiters.element.join([*parts[: 2 if parts[0] == "BIN" else 3], "X"])
