"""SNIP 3 for answers and lists: 277CA, 999, 834, 820; what they say agrees with itself."""

from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.snip.cells import Cell, amount, cents
from cleanclaim_x12.snip.claim_situations import separator

_REJECTS = frozenset(("A3", "A4", "A6", "A7", "A8"))
_ACCEPTS = frozenset(("A0", "A1", "A2", "A5"))


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
        if tag == "STC":
            found += _answer(cell)
        if loop == "2200D" and tag == "STC" and self.first_status:
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


def _answer(cell: Cell) -> list[Noted]:
    """A category accepts or rejects, and STC03 says the same; other categories belong to a 277."""
    category = cell[1].split(separator(cell[1]))[0]
    if category[:1] not in ("A", "E"):
        return [cell.note("X12-CODE-STATUS", 1, 1, found=category)]
    wanted = "U" if category in _REJECTS else "WQ" if category in _ACCEPTS else cell[3]
    if cell[3] in ("U", "WQ") and cell[3] != wanted:
        trigger = f"STC*{cell.position}**1:1"
        return [cell.note("X12-SIT-ANSWER", 3, expected=wanted, trigger=trigger)]
    return []


class SyntaxAckRules:
    """A 999 or 997: AK9 against the transactions answered, each answer against its errors."""

    def __init__(self) -> None:
        self.answered = self.accepted = 0
        self.segment: Cell | None = None  # a segment with errors whose elements have not come
        self.errors = 0  # in the transaction at hand

    def take(self, cell: Cell) -> list[Noted]:
        """Take the next segment."""
        tag = cell.tag
        found: list[Noted] = []
        if tag in ("IK4", "AK4"):
            self.segment = None
        elif tag in ("IK3", "AK3", "IK5", "AK5") and self.segment is not None:
            found.append(self.segment.note("X12-SIT-ELEMENT-ERRORS", 4))
            self.segment = None
        if tag == "AK2":
            self.answered += 1
            self.errors = 0
        elif tag in ("IK3", "AK3"):
            self.errors += 1
            self.segment = cell if "8" in cell.parts[4:9] else None
        elif tag in ("IK5", "AK5"):
            self.accepted += cell[1] in ("A", "E")
            if cell[1] == "A" and self.errors:
                found.append(cell.note("X12-SIT-VERDICT", 1, expected="E or R"))
        elif tag == "AK9":
            found += self._verdict(cell) + (self._close(cell) if self.answered else [])
        return found

    def _verdict(self, cell: Cell) -> list[Noted]:
        """AK901 against what was received and accepted."""
        if not (cell[3].isdigit() and cell[4].isdigit()):
            return []
        received, accepted = int(cell[3]), int(cell[4])
        wrong = {
            "A": accepted < received,
            "E": accepted < received,
            "P": not 0 < accepted < received,
            "R": accepted > 0 and not cell[5],  # unless for a fault of the group itself
        }
        return [cell.note("X12-BAL-VERDICT", 1)] if wrong.get(cell[1]) else []

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
            if (cell[1] == "Y") != (cell[2] == "18"):
                trigger = f"INS*{cell.position}**1"
                return [cell.note("X12-SIT-MEMBER", 2, trigger=trigger)]
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
