"""The tree of HL segments: numbers without gaps, parents that exist, children announced."""

from typing import NamedTuple

from cleanclaim_x12.findings import Fault
from cleanclaim_x12.guides.notation import Usage


class _Level(NamedTuple):
    number: str
    usage: Usage
    position: int
    child_code: str


class Hierarchy:
    """The open levels of one transaction, from the top down; memory is the depth of the tree."""

    def __init__(self) -> None:
        self.count = 0
        self.open: list[_Level] = []
        self.with_children: set[str] = set()
        self._late: list[tuple[int, str, Fault]] = []

    def take(self, parts: list[str], position: int, usage: Usage) -> list[Fault]:
        """Look at one HL, taken apart; what HL04 promises is judged when the level closes.

        See `closed`.
        """
        faults: list[Fault] = []
        parts = [*parts, "", "", "", ""][:5]
        self.count += 1
        number = parts[1]
        if number != str(self.count):
            faults.append(Fault("X12-HL-NUMBER", 1, 0, 0, str(self.count), number))
            if number.isdigit() and len(number) < 10:
                self.count = int(number)
        return faults + self._parent(parts[2], number, usage, position, parts[4])

    def _parent(
        self, parent: str, number: str, usage: Usage, position: int, child: str
    ) -> list[Fault]:
        faults = []
        inside = usage.elements[1] is not None  # the guide uses HL02: not the top level
        # close what this level does not stand in: the levels of its own loop and below
        while self.open and not self._holds(self.open[-1].usage, usage):
            self._close(self.open.pop())
        if inside and self.open:
            above = self.open[-1]
            self.with_children.add(above.number)
            if parent != above.number:
                faults.append(Fault("X12-HL-PARENT", 2, 0, 0, above.number, parent))
        self.open.append(_Level(number, usage, position, child))
        return faults

    @staticmethod
    def _holds(outer: Usage, inner: Usage) -> bool:
        """Say whether a level may stand in another: the guides number their levels in order."""
        return outer.loop < inner.loop

    def _close(self, level: _Level) -> None:
        has = level.number in self.with_children
        self.with_children.discard(level.number)
        if level.child_code not in ("0", "1"):
            return
        if (level.child_code == "1") != has:
            expected = "1" if has else "0"
            fault = Fault("X12-HL-CHILD", 4, 0, 0, expected, level.child_code)
            self._late.append((level.position, level.usage.loop, fault))

    def closed(self) -> list[tuple[int, str, Fault]]:
        """Give and forget what the levels that closed did wrong: place, loop, fault."""
        late, self._late = self._late, []
        return late

    def finish(self) -> list[tuple[int, str, Fault]]:
        """Close all levels at the end of the transaction."""
        while self.open:
            self._close(self.open.pop())
        return self.closed()
