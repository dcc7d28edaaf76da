"""SNIP 4 for questions and their answers: 270, 271, 276 and 278."""

from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.snip.cells import MOST_CELLS, Cell

_CERTIFIED = ("A1", "A2", "A6")


class InquiryRules:
    """270 and 276: what a payer needs to search, what is asked, traces that are unique."""

    def __init__(self, name: str) -> None:
        self.asks = {"270": "EQ", "276": "TRN"}[name]
        self.name = name
        self.level: Cell | None = None  # the subscriber's HL
        self.member: Cell | None = None
        self.birth = self.asked = self.has_dependent = False
        self.traces: set[str] = set()

    def take(self, cell: Cell) -> list[Noted]:
        """Take the next segment."""
        tag, loop = cell.tag, cell.loop
        if tag == "HL":
            if loop in ("2000D", "2000E") and self.level and loop > self.level.loop:
                self.has_dependent = True
                return []
            found = self.finish()
            if cell[3] == "22":
                self.level = cell
            return found
        if self.has_dependent and tag != "TRN":
            return []
        if tag == "NM1" and cell[1] == "IL":
            self.member = cell
        elif tag == "DMG":
            self.birth = True
        elif tag == "EQ":
            self.asked = True
        elif tag == "TRN" and self.name == "276" and loop in ("2200D", "2200E"):
            self.asked = True
            return self._trace(cell)
        return []

    def _trace(self, cell: Cell) -> list[Noted]:
        if cell[2] in self.traces:
            return [cell.note("X12-SIT-TRACE-TWICE", 2)]
        if len(self.traces) < MOST_CELLS:
            self.traces.add(cell[2])
        return []

    def held(self) -> list[Cell]:
        """Give the member at hand."""
        return [cell for cell in (self.member, self.level) if cell is not None]

    def finish(self) -> list[Noted]:
        """Judge the member at hand."""
        level, self.level = self.level, None
        member, self.member = self.member, None
        birth, self.birth = self.birth, False
        asked, self.asked = self.asked, False
        is_patient, self.has_dependent = not self.has_dependent, False
        if level is None or member is None:
            return []
        found: list[Noted] = []
        if is_patient and not asked:
            found.append(member.missing("X12-SIT-ASKED", self.asks, expected=self.asks))
        if self.name == "276":
            if is_patient and not birth:
                found.append(level.missing("X12-SIT-PATIENT-BIRTH", "DMG"))
        elif not member[9] and not (member[3] and member[4] and birth):
            found.append(member.note("X12-SIT-SEARCH", 9))
        return found


class AnswerRules:
    """271 and 278: a share below one, a number for what was certified."""

    def take(self, cell: Cell) -> list[Noted]:
        """Take the next segment."""
        if cell.tag == "EB" and cell[8] and cell[8].partition(".")[0] not in ("", "0", "1"):
            return [cell.note("X12-SIT-PERCENT", 8)]
        if cell.tag == "HCR" and cell[1] in _CERTIFIED and not cell[2]:
            return [cell.note("X12-SIT-CERTIFIED", 2, trigger=f"HCR*{cell.position}**1")]
        return []

    def held(self) -> list[Cell]:
        """Nothing is spoken of later."""
        return []

    def finish(self) -> list[Noted]:
        """Nothing is left to judge."""
        return []
