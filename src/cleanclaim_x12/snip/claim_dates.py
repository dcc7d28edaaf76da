"""SNIP 4 for all 837: dates against each other, the patient's life and the day of sending."""

from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.snip.cells import Cell, days
from cleanclaim_x12.snip.claim_view import Claim

_SERVICE_DATES = ("DTP*472", "DTP*434")
_NOT_LATER = ("431", "439", "454", "453", "484", "304", "455", "471", "435", "297")
_LINE_NOT_LATER = ("304", "454", "455", "471", "738", "739", "463", "461")
_PAIRS = (("360", "361"), ("090", "091"), ("297", "296"))  # the first is not later
_OLDEST = 120  # years


def date_findings(claim: Claim) -> list[Noted]:
    """Check service dates, and what must not be later than they are."""
    sent = claim.sent_date
    found, birth = _birth(claim, sent)
    cells = [line.date for line in claim.lines if line.date is not None]
    cells += [cell for name in _SERVICE_DATES if (cell := claim.index.get(name)) is not None]
    limit = "" if len(claim.clm.parts) > 19 and claim.clm[19] else sent
    death = _death(claim)
    latest = ""
    for cell in cells:
        first, last = days(cell[3])
        if not first.isdigit():
            continue
        latest = max(latest, last)
        if limit and last > limit:
            found.append(cell.note("X12-SIT-FUTURE", 3, expected=f"not after {sent}"))
        elif birth and first < birth:
            found.append(cell.note("X12-SIT-BEFORE-BIRTH", 3, expected="not before birth"))
        elif death and first > death:
            found.append(cell.note("X12-SIT-AFTER-DEATH", 3))
    if "DTP" in claim.index and latest:
        found += _not_after(claim.all("DTP"), _NOT_LATER, latest) + _pairs(claim) + _stay(claim)
    for line in claim.lines:
        if line.other_dates and line.date is not None:
            found += _not_after(line.other_dates, _LINE_NOT_LATER, days(line.date[3])[1])
    if claim.others:
        found += _decided(claim, sent)
    return found


def _birth(claim: Claim, sent: str) -> tuple[list[Noted], str]:
    """Check the birth date; give it where it is of use."""
    level = "2000C" if "2000C" in claim.levels else "2000B"
    cell = claim.around(level, "DMG")
    birth = cell[2] if cell and len(cell[2]) == 8 and cell[2].isdigit() else ""
    if cell is None or not birth or len(sent) != 8 or not sent.isdigit():
        return [], birth
    if birth > sent:
        wrong = [cell.note("X12-SIT-FUTURE", 2, expected=f"not after {sent}")]
        return (wrong if claim.first_in else []), ""
    if int(sent[:4]) - int(birth[:4]) > _OLDEST and claim.first_in:
        return [cell.note("X12-SIT-OLD", 2)], birth
    return [], birth


def _death(claim: Claim) -> str:
    pat = claim.around("2000C" if "2000C" in claim.levels else "2000B", "PAT")
    return pat[6] if pat is not None and pat[5] == "D8" else ""


def _not_after(cells: list[Cell], qualifiers: tuple[str, ...], latest: str) -> list[Noted]:
    return [
        cell.note("X12-SIT-AFTER-SERVICE", 3, expected=f"not after {latest}")
        for cell in cells
        if cell[1] in qualifiers and cell[3][:8] > latest
    ]


def _pairs(claim: Claim) -> list[Noted]:
    found = []
    for earlier, later in _PAIRS:
        first, last = claim.first("DTP", earlier), claim.first("DTP", later)
        if first and last and last[3][:8] < first[3][:8]:
            words = f"not before {first[3][:8]}"
            found.append(last.note("X12-SIT-PERIOD", 3, expected=words))
    return found


def _stay(claim: Claim) -> list[Noted]:
    admission, discharge = claim.first("DTP", "435"), claim.first("DTP", "096")
    if admission and discharge and discharge[2] == "D8" and discharge[3] < admission[3][:8]:
        expected = f"not before {admission[3][:8]}"
        return [discharge.note("X12-SIT-STAY", 3, expected=expected)]
    return []


def _decided(claim: Claim, sent: str) -> list[Noted]:
    """Decisions of other payers are not in the future."""
    cells = [payer.first("DTP", "573") for payer in claim.others]
    for line in claim.lines:
        for decision in line.adjudications:
            cells += decision.dates
    return [
        cell.note("X12-SIT-FUTURE", 3, expected=f"not after {sent}")
        for cell in cells
        if cell is not None and sent and cell[3] > sent
    ]
