"""SNIP 4 for all 837: the payers of a claim, in which order they stand and what they decided."""

from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.snip.cells import Cell
from cleanclaim_x12.snip.claim_view import Claim, OtherPayer
from cleanclaim_x12.snip.codes import is_medicare_id

_RANKS = "PSTABCDEFGH"  # primary, secondary, tertiary, fourth to eleventh
_MEDICARE = ("MA", "MB", "16")
_NEW_IDS = "20200101"  # from here on Medicare takes its new identifiers alone
_CAS_FULL = 20  # parts of a CAS with six adjustments, its name among them


def payer_findings(claim: Claim) -> list[Noted]:
    """Check the payer that is billed, and those that come before it."""
    sbr = claim.around("2000B", "SBR")
    if sbr is None:
        return []
    found = _billed(claim, sbr) if "2000B" in claim.first_in else []
    if not claim.others:
        return found + (_before(claim, sbr, []) if sbr[1] in _RANKS[1:] else [])
    found += _before(claim, sbr, [payer.sbr[1] for payer in claim.others])
    seen = {sbr[1]}
    ids = {payer.payer_id for payer in claim.others}
    for payer in claim.others:
        rank = payer.sbr[1]
        if rank in seen and rank != "U":
            found.append(payer.sbr.note("X12-SIT-RANK", 1))
        seen.add(rank)
        found += _other(claim, payer)
    for line in claim.lines:
        for decision in line.adjudications:
            if decision.svd[1] not in ids:
                found.append(decision.svd.note("X12-SIT-PAYER-UNKNOWN", 1))
            found += group_findings(decision.adjustments)
    return found


def _before(claim: Claim, sbr: Cell, ranks: list[str]) -> list[Noted]:
    """Find the payers that come before the billed one and are not told of."""
    if sbr[1] not in _RANKS or "U" in ranks:
        return []
    lost = [rank for rank in _RANKS[: _RANKS.index(sbr[1])] if rank not in ranks]
    if not lost:
        return []
    last = claim.cells[-1] if claim.cells else claim.clm
    trigger = f"SBR*{sbr.position}**1"
    words = "SBR*" + "|".join(lost)
    return [last.missing("X12-SIT-OTHER-PAYER", "SBR", "2320", expected=words, trigger=trigger)]


def _billed(claim: Claim, sbr: Cell) -> list[Noted]:
    found: list[Noted] = []
    if not sbr[9]:
        found.append(sbr.note("X12-SIT-FILING", 9))
    if sbr[3] and sbr[4]:
        found.append(sbr.note("X12-SIT-GROUP-NAME", 4))
    if sbr[9] in ("MA", "MB"):
        found += _member(claim.around("2000B", "NM1", "IL"), claim.sent_date)
    if sbr.usage.elements[4] is None:  # no SBR05 in the institutional guide
        return found
    if sbr[9] in ("MA", "MB") and sbr[1] not in ("P", "U") and not sbr[5]:
        found.append(sbr.note("X12-SIT-MSP", 5, trigger=f"SBR*{sbr.position}**9"))
    elif sbr[5] and not (sbr[9] in _MEDICARE and sbr[1] != "P"):
        found.append(sbr.note("X12-SIT-MSP-PRIMARY", 5))
    return found


def _member(person: Cell | None, sent: str) -> list[Noted]:
    if person is None or person[8] != "MI" or sent < _NEW_IDS or is_medicare_id(person[9]):
        return []
    return [person.note("X12-CODE-MBI", 9)]


def _other(claim: Claim, payer: OtherPayer) -> list[Noted]:
    found: list[Noted] = []
    if payer.sbr[3] and payer.sbr[4]:
        found.append(payer.sbr.note("X12-SIT-GROUP-NAME", 4))
    if payer.sbr[9] in ("MA", "MB"):
        found += _member(payer.first("NM1", "IL"), claim.sent_date)
    found += _adjudication(claim, payer)
    found += group_findings(payer.adjustments)
    benefits = payer.first("OI")
    if benefits and benefits[3] and claim.clm[8] and benefits[3] != claim.clm[8]:
        found.append(benefits.note("X12-SIT-BENEFITS", 3, expected=claim.clm[8]))
    return found


def group_findings(adjustments: list[Cell]) -> list[Noted]:
    """Find a group code that stands in a second CAS though the first has room."""
    found: list[Noted] = []
    if len(adjustments) < 2:
        return found
    room: dict[str, bool] = {}
    for cell in adjustments:
        if room.get(cell[1]):
            found.append(cell.note("X12-SIT-GROUP-TWICE", 1))
        room[cell[1]] = len(cell.parts) < _CAS_FULL - 2
    return found


def _adjudication(claim: Claim, payer: OtherPayer) -> list[Noted]:
    """A payer that decided says what it paid, and when: for the claim or for each line."""
    decisions = [
        decision
        for line in claim.lines
        for decision in line.adjudications
        if decision.svd[1] == payer.payer_id
    ]
    if payer.first("AMT", "A8"):
        return []
    decided = bool(decisions or payer.adjustments or payer.first("AMT", "D"))
    if not decided:
        return []
    found: list[Noted] = []
    if payer.first("AMT", "D") is None:
        found.append(payer.sbr.missing("X12-SIT-PAID-AMOUNT", "AMT", expected="AMT*D"))
    claim_date = payer.first("DTP", "573")
    party = payer.first("NM1", "PR") or payer.sbr
    if claim_date is not None and decisions:
        found.append(claim_date.note("X12-SIT-ADJUDICATED-TWICE"))
    elif claim_date is None and not decisions:
        found.append(party.missing("X12-SIT-ADJUDICATED", "DTP", "2330B", expected="DTP*573"))
    return found
