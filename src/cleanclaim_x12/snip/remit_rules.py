"""SNIP 3 and 4 for the 835: line, claim, payment; reversals, denials, remark codes."""

from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.snip.cells import MOST_CELLS, Cell, adjustments, amount, cents
from cleanclaim_x12.snip.claim_payers import group_findings

# Adjustment reasons that say themselves that a remark code must stand beside them.
_NEEDS_REMARK = frozenset("16 96 125 129 148 226 227 234 252 A1".split())
_REVERSAL = "22"


class RemitRules:
    """Sums over one payment; holds one claim at a time."""

    def __init__(self, snip: int) -> None:
        self.situations = snip >= 4
        self.payment: Cell | None = None
        self.trace: Cell | None = None
        self.claim: list[Cell] = []
        self.paid = 0
        self.off = 0
        self.provider_level = 0
        self.summary: Cell | None = None
        self.summary_count = self.summary_charge = 0
        self.seen_claims = False

    def take(self, cell: Cell) -> list[Noted]:
        """Take the next segment; give what its claim's end shows."""
        tag = cell.tag
        found: list[Noted] = []
        if tag == "CLP":
            found = self._close()
            self.claim = [cell]
        elif tag in ("LX", "PLB"):
            found = self._close()
            if tag == "LX":
                found += self._close_summary()
            else:
                self.provider_level += sum(cents(value) for value in cell.parts[4::2])
        elif tag == "TS3":
            self.summary = cell
        elif self.claim:
            if len(self.claim) < MOST_CELLS:
                self.claim.append(cell)
        elif tag == "BPR":
            self.payment = cell
        elif tag == "TRN":
            self.trace = cell
        return found

    def held(self) -> list[Cell]:
        """Give the segments that may still be spoken of."""
        kept = (self.payment, self.trace, self.summary)
        return [*self.claim, *(cell for cell in kept if cell is not None)]

    def finish(self) -> list[Noted]:
        """Judge the payment as a whole."""
        found = self._close() + self._close_summary()
        payment = self.payment
        if payment is None:
            return found
        due = self.paid - self.provider_level
        paid = cents(payment[2])
        if paid < 0:
            found.append(payment.note("X12-BAL-NEGATIVE", 2, expected="0 or more"))
        elif paid != due and paid - due != self.off:
            found.append(payment.note("X12-BAL-PAYMENT", 2, expected=amount(due)))
        if paid == 0 and payment[4] != "NON":
            found.append(payment.note("X12-BAL-NO-PAYMENT", 4, expected="NON"))
        elif paid == 0 and payment[1] not in ("H", "I"):
            found.append(payment.note("X12-BAL-NO-PAYMENT", 1, expected="H"))
        elif paid > 0 and payment[4] == "NON":
            expected = "a method of payment"
            found.append(payment.note("X12-BAL-NO-PAYMENT", 4, expected=expected))
        if self.situations:
            found += _route(payment)
        trace = self.trace
        if self.situations and trace and not _is_payer_number(trace[3]):
            found.append(trace.note("X12-SIT-TRACE", 3))
        return found

    # -- one claim ------------------------------------------------------------------------------

    def _close(self) -> list[Noted]:
        cells, self.claim = self.claim, []
        if not cells:
            return []
        head, lines = _lines(cells)
        clp = cells[0]
        found, line_off, charged, paid, line_adjusted = _line_findings(lines)
        own = sum(adjustments(cell) for cell in head if cell.parts[0] == "CAS")
        charge, claim_paid = cents(clp[3]), cents(clp[4])
        self.paid += claim_paid
        self.summary_count += 1
        self.summary_charge += charge
        off = charge - own - line_adjusted - claim_paid
        if lines and charged not in (charge, charge + line_off):
            found.append(clp.note("X12-BAL-REMIT-CHARGE", 3, expected=amount(charged)))
        elif off and off != line_off:
            self.off += off
            expected = amount(charge - own - line_adjusted)
            found.append(clp.note("X12-BAL-REMIT-CLAIM", 4, expected=expected))
        elif lines and paid - own != claim_paid and line_off != claim_paid - paid + own:
            self.off += paid - own - claim_paid
            found.append(clp.note("X12-BAL-REMIT-PAID", 4, expected=amount(paid - own)))
        found += _patient_share(clp, cells)
        if self.situations:
            found += _claim_situations(clp, head, lines)
        return found

    def _close_summary(self) -> list[Noted]:
        cell, self.summary = self.summary, None
        count, charge = self.summary_count, self.summary_charge
        self.summary_count = self.summary_charge = 0
        if cell is None:
            return []
        if cell[4].isdigit() and int(cell[4]) != count:
            return [cell.note("X12-BAL-TS3", 4, expected=str(count))]
        if cents(cell[5]) != charge:
            return [cell.note("X12-BAL-TS3", 5, expected=amount(charge))]
        return []


def _lines(cells: list[Cell]) -> tuple[list[Cell], list[list[Cell]]]:
    """Part a claim's segments into its own and those of each line."""
    head: list[Cell] = []
    lines: list[list[Cell]] = []
    for cell in cells:
        if cell.parts[0] == "SVC":
            lines.append([cell])
        elif lines:
            lines[-1].append(cell)
        else:
            head.append(cell)
    return head, lines


def _line_findings(lines: list[list[Cell]]) -> tuple[list[Noted], int, int, int, int]:
    """Check each line; give findings, what they are off by, and the sums."""
    found: list[Noted] = []
    off = charged = paid = adjusted = 0
    for cells in lines:
        svc = cells[0]
        own = sum(adjustments(cell) for cell in cells if cell.parts[0] == "CAS")
        line_charge, line_paid = cents(svc[2]), cents(svc[3])
        charged += line_charge
        paid += line_paid
        adjusted += own
        if line_charge - own != line_paid:
            off += line_charge - own - line_paid
            expected = amount(line_charge - own)
            found.append(svc.note("X12-BAL-REMIT-LINE", 3, expected=expected))
        found += _units(svc, cells)
    return found, off, charged, paid, adjusted


def _units(svc: Cell, cells: list[Cell]) -> list[Noted]:
    if not svc[7]:
        return []
    quantities = [value for cell in cells if cell.parts[0] == "CAS" for value in cell.parts[4::3]]
    changed = sum(cents(value) for value in quantities)
    expected = cents(svc[7]) - changed
    if cents(svc[5] or "1") == expected:
        return []
    return [svc.note("X12-BAL-REMIT-UNITS", 5, expected=amount(expected))]


def _patient_share(clp: Cell, cells: list[Cell]) -> list[Noted]:
    if clp[2] == _REVERSAL:
        return []
    share = sum(adjustments(cell) for cell in cells if cell.parts[0] == "CAS" and cell[1] == "PR")
    if cents(clp[5]) == share:
        return []
    return [clp.note("X12-BAL-REMIT-PATIENT", 5, expected=amount(share))]


def _claim_situations(clp: Cell, head: list[Cell], lines: list[list[Cell]]) -> list[Noted]:
    found: list[Noted] = []
    if clp[2] == _REVERSAL:
        wrong = [at for at in (3, 4) if cents(clp[at]) > 0]
        found += [clp.note("X12-SIT-REVERSAL", at, expected="0 or less") for at in wrong]
        if clp[5]:
            found.append(clp.note("X12-SIT-REVERSAL-PATIENT", 5))
    if clp[2] == "4" and cents(clp[4]):
        found.append(clp.note("X12-SIT-DENIED", 4, expected="0"))
    dated = any(cell.parts[0] == "DTM" and cell[1] in ("232", "233") for cell in head)
    if not dated:
        for cells in lines or [[clp]]:
            if not any(cell.parts[0] == "DTM" for cell in cells):
                found.append(cells[0].missing("X12-SIT-REMIT-DATE", "DTM"))
    for cells in [head, *lines]:
        found += _periods(cells)
        found += group_findings([cell for cell in cells if cell.parts[0] == "CAS"])
    return found + _remarks(clp, head, lines)


def _remarks(clp: Cell, head: list[Cell], lines: list[list[Cell]]) -> list[Noted]:
    """An adjustment that does not say enough has a remark beside it."""
    found: list[Noted] = []
    remarked = any(cell.parts[0] in ("MIA", "MOA") for cell in head) or clp[2] == _REVERSAL
    for cells in [head, *lines]:
        said = remarked or any(cell.parts[0] == "LQ" for cell in cells)
        for cell in cells:
            if cell.parts[0] == "CAS" and not said and _NEEDS_REMARK & set(cell.parts[2::3]):
                found.append(cell.missing("X12-SIT-REMARK", "LQ"))
                break
    return found


def _route(payment: Cell) -> list[Noted]:
    """Money that goes from bank to bank says from where and to where."""
    wanted = {"ACH": (5, 6, 7, 8, 9, 12, 13, 14, 15), "FWT": (6, 7, 8, 9, 12, 13, 14, 15)}
    lost = [at for at in wanted.get(payment[4], ()) if not payment[at]]
    trigger = f"BPR*{payment.position}**4"
    return [payment.note("X12-SIT-PAYMENT-ROUTE", at, trigger=trigger) for at in lost[:1]]


def _periods(cells: list[Cell]) -> list[Noted]:
    """A claim or service that ends does so after it begins."""
    dates = {cell[1]: cell for cell in cells if cell.parts[0] == "DTM"}
    found = []
    for begin, end in (("232", "233"), ("150", "151")):
        first, last = dates.get(begin), dates.get(end)
        if first and last and last[2] < first[2]:
            found.append(last.note("X12-SIT-PERIOD", 2, expected=f"not before {first[2]}"))
    return found


def _is_payer_number(text: str) -> bool:
    return len(text) == 10 and text[0] == "1" and text.isdigit()
