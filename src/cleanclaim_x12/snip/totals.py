"""SNIP 3 for answers and lists: 277CA, 999, 834, 820; SNIP 4 for inquiries."""

from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.snip.cells import MOST_CELLS, Cell, amount, cents


class Tally:
    """What was answered at one level of a 277CA: how many and how much."""

    def __init__(self) -> None:
        self.accepted = self.rejected = self.accepted_cents = self.rejected_cents = 0
        self.said: list[Cell] = []

    def add(self, status: str, charge: int) -> None:
        """Count a claim by STC03."""
        if status == "WQ":
            self.accepted += 1
            self.accepted_cents += charge
        else:
            self.rejected += 1
            self.rejected_cents += charge

    def findings(self) -> list[Noted]:
        """Compare what the level says with what was counted."""
        counts = {
            "90": self.accepted, "QA": self.accepted, "AA": self.rejected, "QC": self.rejected,
        }  # fmt: skip
        sums = {"YU": self.accepted_cents, "YY": self.rejected_cents}
        found = []
        for cell in self.said:
            if cell.tag == "QTY" and cents(cell[2]) != counts.get(cell[1], 0) * 100:
                expected = str(counts.get(cell[1], 0))
                found.append(cell.note("X12-BAL-CA-COUNT", 2, expected=expected))
            elif cell.tag == "AMT" and cents(cell[2]) != sums.get(cell[1], 0):
                expected = amount(sums.get(cell[1], 0))
                found.append(cell.note("X12-BAL-CA-AMOUNT", 2, expected=expected))
        return found


class ClaimAckRules:
    """A 277CA: totals of the receiver and of each provider against the claims."""

    def __init__(self) -> None:
        self.receiver = Tally()
        self.provider = Tally()
        self.any_claim = False
        self.first_status = False

    def take(self, cell: Cell) -> list[Noted]:
        """Take the next segment."""
        found: list[Noted] = []
        loop, tag = cell.loop, cell.tag
        if tag == "HL" and loop == "2000C":
            found = self._provider()
        elif tag == "HL" and loop in ("2000A", "2000B"):
            found = self.finish()
        elif loop == "2200B" and tag in ("QTY", "AMT"):
            self.receiver.said.append(cell)
        elif loop == "2200C" and tag in ("QTY", "AMT"):
            self.provider.said.append(cell)
        elif loop == "2200D" and tag == "TRN":
            self.first_status = True
        elif loop == "2200D" and tag == "STC" and self.first_status:
            self.first_status = False
            self.any_claim = True
            for tally in (self.receiver, self.provider):
                tally.add(cell[3], cents(cell[4]))
        return found

    def _provider(self) -> list[Noted]:
        tally, self.provider = self.provider, Tally()
        return tally.findings()

    def held(self) -> list[Cell]:
        """Give the segments that may still be spoken of."""
        return [*self.receiver.said, *self.provider.said]

    def finish(self) -> list[Noted]:
        """Judge what stands open; a receiver without claims was rejected as a whole."""
        found = self._provider()
        tally, self.receiver = self.receiver, Tally()
        if self.any_claim:
            found = tally.findings() + found
        self.any_claim = False
        return found


class SyntaxAckRules:
    """A 999 or 997: AK9 against the transactions answered."""

    def __init__(self) -> None:
        self.answered = self.accepted = 0

    def take(self, cell: Cell) -> list[Noted]:
        """Take the next segment."""
        tag = cell.tag
        if tag == "AK2":
            self.answered += 1
        elif tag in ("IK5", "AK5"):
            self.accepted += cell[1] in ("A", "E")
        elif tag == "AK9" and self.answered:
            return self._close(cell)
        return []

    def _close(self, cell: Cell) -> list[Noted]:
        found = []
        if cell[3].isdigit() and int(cell[3]) != self.answered:
            found.append(cell.note("X12-BAL-SETS", 3, expected=str(self.answered)))
        if cell[4].isdigit() and int(cell[4]) != self.accepted:
            found.append(cell.note("X12-BAL-SETS", 4, expected=str(self.accepted)))
        return found

    def held(self) -> list[Cell]:
        """Nothing is spoken of later."""
        return []

    def finish(self) -> list[Noted]:
        """Nothing is left to judge."""
        return []


class MemberRules:
    """An 834: the counts of its header."""

    def __init__(self) -> None:
        self.said: list[Cell] = []
        self.counts = {"DT": 0, "ET": 0, "TO": 0}

    def take(self, cell: Cell) -> list[Noted]:
        """Take the next segment."""
        if cell.tag == "QTY" and cell.loop == "ST":
            self.said.append(cell)
        elif cell.tag == "INS":
            self.counts["ET" if cell[1] == "Y" else "DT"] += 1
            self.counts["TO"] += 1
        return []

    def held(self) -> list[Cell]:
        """Give the counts of the header."""
        return self.said

    def finish(self) -> list[Noted]:
        """Compare."""
        return [
            cell.note("X12-BAL-MEMBERS", 2, expected=str(self.counts[cell[1]]))
            for cell in self.said
            if cell[1] in self.counts and cents(cell[2]) != self.counts[cell[1]] * 100
        ]


class PremiumRules:
    """An 820: the payment against what it is for."""

    def __init__(self) -> None:
        self.payment: Cell | None = None
        self.total = 0
        self.any = False

    def take(self, cell: Cell) -> list[Noted]:
        """Take the next segment."""
        if cell.tag == "BPR":
            self.payment = cell
        elif cell.tag == "RMR":
            self.any = True
            self.total += cents(cell[4])
        elif cell.tag == "ADX":
            self.total += cents(cell[1])
        return []

    def held(self) -> list[Cell]:
        """Give the payment."""
        return [self.payment] if self.payment else []

    def finish(self) -> list[Noted]:
        """Compare."""
        payment = self.payment
        if payment is None or not self.any or cents(payment[2]) == self.total:
            return []
        return [payment.note("X12-BAL-PREMIUM", 2, expected=amount(self.total))]


class InquiryRules:
    """270 and 276: what a payer needs to search, traces that are unique."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.member: Cell | None = None
        self.birth = False
        self.has_dependent = False
        self.traces: set[str] = set()

    def take(self, cell: Cell) -> list[Noted]:
        """Take the next segment."""
        tag, loop = cell.tag, cell.loop
        if self.name == "276":
            if tag == "TRN" and loop in ("2200D", "2200E"):
                if cell[2] in self.traces:
                    return [cell.note("X12-SIT-TRACE-TWICE", 2)]
                if len(self.traces) < MOST_CELLS:
                    self.traces.add(cell[2])
            return []
        if tag == "HL":
            return self.finish() if loop != "2000D" else []
        if loop == "2100C" and tag == "NM1":
            self.member, self.birth = cell, False
        elif loop == "2100C" and tag == "DMG":
            self.birth = True
        return []

    def held(self) -> list[Cell]:
        """Give the member at hand."""
        return [self.member] if self.member else []

    def finish(self) -> list[Noted]:
        """Judge the member at hand."""
        member, self.member = self.member, None
        if member is None or member[9]:
            return []
        if member[3] and member[4] and self.birth:
            return []
        return [member.note("X12-SIT-SEARCH", 9)]
