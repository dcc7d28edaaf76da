"""SNIP 3 for the 837: charges, coordination of benefits. Validation: one fault, one finding."""

from datetime import date

from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.snip.cells import Cell, adjustments, amount, cents
from cleanclaim_x12.snip.claim_view import CHARGE_AT, Claim, Line, OtherPayer


def balance_findings(claim: Claim) -> list[Noted]:
    """Check the sums of a claim."""
    found = _total(claim) + _below_zero(claim)
    for payer in claim.others:
        found += _payer(claim, payer)
    paid = claim.index.get("AMT*F5")
    if paid and cents(paid[2]) > cents(claim.clm[2]):
        found.append(paid.note("X12-BAL-PATIENT-PAID", 2, expected=f"at most {claim.clm[2]}"))
    first = claim.lines[0].service if claim.lines else None
    if first is None or first.tag != "SV2":
        return found
    for line in claim.lines:
        service = line.service
        if service and cents(service[7]) > cents(service[3]):
            note = service.note("X12-BAL-LINE-NONCOVERED", 7, expected=f"at most {service[3]}")
            found.append(note)
    return found + _days(claim)


def _total(claim: Claim) -> list[Noted]:
    if not claim.lines:
        return []
    total = sum(line.charge for line in claim.lines)
    if total == cents(claim.clm[2]):
        return []
    return [claim.clm.note("X12-BAL-CLAIM", 2, expected=amount(total))]


def _below_zero(claim: Claim) -> list[Noted]:
    found = [claim.clm.note("X12-BAL-BELOW-ZERO", 2)] if claim.clm[2][:1] == "-" else []
    if all(line.charge >= 0 for line in claim.lines):
        return found
    lines = [line.service for line in claim.lines if line.service and line.charge < 0]
    return found + [cell.note("X12-BAL-BELOW-ZERO", CHARGE_AT[cell.tag]) for cell in lines]


def _decisions(line: Line, payer: OtherPayer) -> tuple[int, int, Cell | None]:
    """Give what a payer paid and adjusted on a line, and its first SVD."""
    paid = adjusted = 0
    first = None
    for decision in line.adjudications:
        if decision.svd[1] == payer.payer_id:
            first = first or decision.svd
            paid += cents(decision.svd[2])
            adjusted += sum(adjustments(cell) for cell in decision.adjustments)
    return paid, adjusted, first


def _payer(claim: Claim, payer: OtherPayer) -> list[Noted]:
    found: list[Noted] = []
    line_paid = line_adjusted = off = 0
    any_line = False
    for line in claim.lines:
        paid, adjusted, svd = _decisions(line, payer)
        if svd is None:
            continue
        any_line = True
        line_paid += paid
        line_adjusted += adjusted
        if line.charge != paid + adjusted:
            off += line.charge - paid - adjusted
            expected = amount(cents(svd[2]) + line.charge - paid - adjusted)
            found.append(svd.note("X12-BAL-COB-LINE", 2, expected=expected))
    own = sum(adjustments(cell) for cell in payer.adjustments)
    noncovered, paid_cell = payer.first("AMT", "A8"), payer.first("AMT", "D")
    if noncovered:
        wrong = cents(noncovered[2]) != cents(claim.clm[2]) or any_line or payer.adjustments
        if wrong:
            found.append(noncovered.note("X12-BAL-NONCOVERED", 2, expected=claim.clm[2]))
        return found
    if paid_cell:
        found += _paid(claim, paid_cell, (line_paid, line_adjusted, own, off), any_line=any_line)
    remaining = payer.first("AMT", "EAF")
    if remaining:
        found += _remaining(claim, payer, remaining)
    return found


def _paid(
    claim: Claim, cell: Cell, sums: tuple[int, int, int, int], *, any_line: bool
) -> list[Noted]:
    """AMT*D against the lines, and against the claim."""
    line_paid, line_adjusted, own, off = sums
    paid = cents(cell[2])
    if any_line and paid != line_paid - own:
        if paid - (line_paid - own) == off:  # a line says so already
            return []
        return [cell.note("X12-BAL-COB-PAID", 2, expected=amount(line_paid - own))]
    rest = cents(claim.clm[2]) - own - line_adjusted
    charges = sum(line.charge for line in claim.lines)
    if paid != rest and paid != rest - off and charges == cents(claim.clm[2]):
        return [cell.note("X12-BAL-COB-CLAIM", 2, expected=amount(rest))]
    return []


def _remaining(claim: Claim, payer: OtherPayer, cell: Cell) -> list[Noted]:
    cells = list(payer.adjustments)
    for line in claim.lines:
        for decision in line.adjudications:
            if decision.svd[1] == payer.payer_id:
                cells += decision.adjustments
    patient = sum(adjustments(item) for item in cells if item[1] == "PR")
    if cells and cents(cell[2]) > patient:
        return [cell.note("X12-BAL-REMAINING", 2, expected=f"at most {amount(patient)}")]
    return []


def _days(claim: Claim) -> list[Noted]:
    """Covered and non-covered days against the statement; a bill for a death or stay may differ."""
    statement = claim.first("DTP", "434")
    values: dict[str, int] = {}
    cell = None
    for item in claim.all("HI"):
        for composite in item.parts[1:]:
            part = composite.split(_component(item))
            if part[0] == "BE" and len(part) > 4 and part[1] in ("80", "81"):
                values[part[1]] = cents(part[4]) // 100
                cell = item
    if cell is None or statement is None or "-" not in statement[3]:
        return []
    first, last = statement[3].split("-", 1)
    length = _days_between(first, last)
    total = sum(values.values())
    if length is None or total in (length, length + 1):
        return []
    return [cell.note("X12-BAL-DAYS", 1, expected=str(length))]


def _component(cell: Cell) -> str:
    """Give the component separator: what stands behind the qualifier."""
    text = cell[1]
    return next((char for char in text if not char.isalnum()), ":")


def _days_between(first: str, last: str) -> int | None:
    try:
        begin = date(int(first[:4]), int(first[4:6]), int(first[6:8]))
        end = date(int(last[:4]), int(last[4:6]), int(last[6:8]))
    except ValueError:
        return None
    return (end - begin).days
