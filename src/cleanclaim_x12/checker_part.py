"""Checks a part of a file for one of several processes; the parts together find what one would."""

from cleanclaim_x12.checker import Checker, Options
from cleanclaim_x12.findings import Fault, Place
from cleanclaim_x12.guides import Guide
from cleanclaim_x12.syntax import Kind, Range, Run
from cleanclaim_x12.syntax.reader import Source


class PartChecker(Checker):
    """Goes through the envelopes of a whole file, and into the transactions of its part only.

    Counts, repeated numbers and lines are so the same as in one process; and finding the
    envelopes costs a fiftieth of checking what is in them.
    """

    def __init__(self, source: Source, options: Options, part: Range) -> None:
        super().__init__(source, options)
        self.part = part
        self.is_mine = part.start == 0

    def _run(self, run: Run) -> None:
        self.is_mine = self.part.start <= run.offset < self.part.stop
        if self.is_mine or run.kind != Kind.ST:
            super()._run(run)
        elif run.starts and run.transaction is not None:
            self.anything = True
            self.sets += 1
            self.set_controls.add(run.transaction.control_number)
            self.stray_sets = self.stray_sets or run.transaction.group is None

    def _note(self, place: Place, fault: Fault, guide: Guide | None = None) -> None:
        if self.is_mine:
            super()._note(place, fault, guide)
