"""SNIP 4 for all 837: patient, names, other payers, attachments, dates.

Source: the situational rules of the 837 guides in our own words; what is not certain is a warning.
"""

from functools import lru_cache

from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.snip.cells import Cell, days
from cleanclaim_x12.snip.claim_view import Claim, OtherPayer

_SERVICE_DATES = ("DTP*472", "DTP*434")
_SUBSCRIBER = frozenset(("N3", "N4", "DMG"))
_BEFORE = {"S": "P", "T": "S", "A": "T"}  # the payer that must have come before
_MEDICARE = ("MA", "MB", "16")
_BOX = ("PO BOX", "P.O. BOX", "P O BOX", "P.O.BOX", "POST OFFICE BOX", "PO. BOX")


def situation_findings(claim: Claim) -> list[Noted]:
    """Check what depends on something else."""
    found = _frequency(claim)
    if "2000B" in claim.first_in:
        found += _patient(claim)
    if claim.paperwork:
        found += _attachments(claim)
    found += _payers(claim)
    if len(claim.clm.parts) > 11 or "DTP*439" in claim.index:
        found += _accident(claim)
    found += _dates(claim)
    if "2000A" in claim.first_in:
        found += _billing(claim)
    return found + _lines(claim)


def name_findings(cell: Cell) -> list[Noted]:
    """Check an NM1: only a person has a first name."""
    parts = cell.parts
    if len(parts) < 5 or parts[2] != "2":
        return []
    extra = [at for at in (4, 5, 7) if cell[at] and cell.usage.elements[at - 1]]
    return [cell.note("X12-SIT-NAME", at, expected="nothing") for at in extra[:1]]


def address_findings(cell: Cell) -> list[Noted]:
    """Check state, ZIP and country of an N4."""
    parts = cell.parts
    if len(parts) == 4 and parts[2] and parts[3]:
        return []
    if cell[4] not in ("", "US"):
        return []
    if cell[4] == "US":
        return [cell.note("X12-SIT-COUNTRY", 4)]
    return [cell.note("X12-SIT-STATE", at) for at in (2, 3) if not cell[at]]


def _frequency(claim: Claim) -> list[Noted]:
    clm = claim.clm
    _, _, frequency = bill_parts(clm[5])
    original = claim.first("REF", "F8")
    trigger = f"CLM*{clm.position}**5:3"
    if frequency in ("7", "8") and original is None:
        return [clm.missing("X12-SIT-REPLACED", "REF", trigger=trigger)]
    if frequency == "1" and original is not None:
        return [original.note("X12-SIT-ORIGINAL", trigger=trigger)]
    return []


@lru_cache(8192)
def separator(composite: str) -> str:
    """Give the component separator of a composite of codes.

    >>> separator("11:B:1"), separator("11")
    (':', ':')
    """
    return next((char for char in composite if not char.isalnum() and char not in ". "), ":")


@lru_cache(1024)
def bill_parts(composite: str) -> tuple[str, str, str]:
    """Take CLM05 apart: place or type of bill, its qualifier, frequency.

    >>> bill_parts("11:B:1")
    ('11', 'B', '1')
    """
    first, second, third, *_ = [*composite.split(separator(composite)), "", ""]
    return first, second, third


def _patient(claim: Claim) -> list[Noted]:
    sbr = claim.around("2000B", "SBR")
    under_patient = "2000C" in claim.levels
    if sbr is None or "2000B" not in claim.first_in:
        return []
    if under_patient and sbr[2]:
        return [sbr.note("X12-SIT-PATIENT-TWICE", 2, expected="nothing")]
    if under_patient:
        return []
    if not sbr[2]:
        return [sbr.note("X12-SIT-PATIENT", 2, expected="18")]
    level = claim.levels.get("2000B", [])
    subscriber = [cell for cell in level if cell.usage.loop == "2010BA"]
    tags = {cell.parts[0] for cell in subscriber}
    if not subscriber or tags >= _SUBSCRIBER:
        return []
    trigger = f"SBR*{sbr.position}**2"
    return [
        Noted(
            subscriber[-1].position + 1,
            "2010BA",
            tag,
            subscriber[0].note("X12-SIT-SUBSCRIBER", trigger=trigger).fault,
        )
        for tag in ("N3", "N4", "DMG")
        if tag not in tags
    ]


def _attachments(claim: Claim) -> list[Noted]:
    return [
        cell.note("X12-SIT-ATTACHMENT", at, trigger=f"PWK*{cell.position}**2")
        for cell in claim.paperwork
        if cell[2] in ("BM", "EL", "EM", "FT", "FX")
        for at in (5, 6)
        if not cell[at]
    ][:2]


def _payers(claim: Claim) -> list[Noted]:  # noqa: C901 - one rule after the other
    sbr = claim.around("2000B", "SBR")
    if sbr is None:
        return []
    if not claim.others and sbr[1] not in _BEFORE:
        return _medicare(sbr) if "2000B" in claim.first_in else []
    found = _medicare(sbr) if "2000B" in claim.first_in else []
    ranks = [payer.sbr[1] for payer in claim.others]
    before = _BEFORE.get(sbr[1])
    if before and before not in ranks:
        trigger = f"SBR*{sbr.position}**1"
        last = claim.cells[-1]
        found.append(
            last.missing("X12-SIT-OTHER-PAYER", "SBR", "2320", expected=before, trigger=trigger)
        )
    seen = {sbr[1]}
    ids = {payer.payer_id for payer in claim.others}
    for payer in claim.others:
        rank = payer.sbr[1]
        if rank in seen and rank != "U":
            found.append(payer.sbr.note("X12-SIT-RANK", 1))
        seen.add(rank)
        if payer.sbr[3] and payer.sbr[4]:
            found.append(payer.sbr.note("X12-SIT-GROUP-NAME", 4))
        found += _adjudication(claim, payer)
        benefits = payer.first("OI")
        if benefits and benefits[3] and claim.clm[8] and benefits[3] != claim.clm[8]:
            found.append(benefits.note("X12-SIT-BENEFITS", 3, expected=claim.clm[8]))
    for line in claim.lines:
        for decision in line.adjudications:
            if decision.svd[1] not in ids:
                found.append(decision.svd.note("X12-SIT-PAYER-UNKNOWN", 1))
    return found


def _medicare(sbr: Cell) -> list[Noted]:
    found: list[Noted] = []
    parts = sbr.parts
    if len(parts) == 10 and not parts[4] and not parts[5] and parts[9] not in _MEDICARE:
        return found
    if sbr[3] and sbr[4]:
        found.append(sbr.note("X12-SIT-GROUP-NAME", 4))
    is_medicare = sbr[9] in ("MA", "MB")
    if is_medicare and sbr[1] not in ("P", "U") and not sbr[5]:
        found.append(sbr.note("X12-SIT-MSP", 5, trigger=f"SBR*{sbr.position}**9"))
    elif sbr[5] and not (sbr[9] in _MEDICARE and sbr[1] != "P"):
        found.append(sbr.note("X12-SIT-MSP-PRIMARY", 5))
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


def _accident(claim: Claim) -> list[Noted]:
    clm = claim.clm
    date = claim.first("DTP", "439")
    if clm.usage.elements[10] is None:  # no CLM11 in the institutional guide
        return []
    if not clm[11]:
        if date is not None:
            return [clm.note("X12-SIT-ACCIDENT-CAUSE", 11, trigger=f"DTP*{date.position}**1")]
        return []
    parts = clm[11].split(separator(clm[11]))
    found = []
    trigger = f"CLM*{clm.position}**11"
    if date is None:
        words = "DTP*439"
        found.append(clm.missing("X12-SIT-ACCIDENT-DATE", "DTP", expected=words, trigger=trigger))
    abroad = len(parts) > 4 and parts[4] not in ("", "US")
    if "AA" in parts[:2] and not abroad and (len(parts) < 4 or not parts[3]):
        found.append(clm.note("X12-SIT-ACCIDENT-STATE", 11, 4, found="", trigger=trigger + ":1"))
    return found


def _dates(claim: Claim) -> list[Noted]:
    found: list[Noted] = []
    sent = claim.sent_date
    birth_cell = claim.around("2000C" if "2000C" in claim.levels else "2000B", "DMG")
    birth = birth_cell[2] if birth_cell and len(birth_cell[2]) == 8 else ""
    if birth_cell and birth and sent and birth > sent:
        if claim.first_in:
            found.append(birth_cell.note("X12-SIT-FUTURE", 2, expected=f"not after {sent}"))
        birth = ""
    cells = [line.date for line in claim.lines if line.date is not None]
    cells += [cell for name in _SERVICE_DATES if (cell := claim.index.get(name)) is not None]
    limit = "" if len(claim.clm.parts) > 19 and claim.clm[19] else sent
    latest = ""
    for cell in cells:
        first, last = days(cell[3])
        if not first.isdigit():
            continue
        latest = max(latest, first)
        if limit and last > limit:
            found.append(cell.note("X12-SIT-FUTURE", 3, expected=f"not after {sent}"))
        elif birth and first < birth:
            found.append(cell.note("X12-SIT-BEFORE-BIRTH", 3, expected="not before birth"))
    if "DTP" in claim.index:
        found += _onset(claim, latest) + _stay(claim)
    if claim.others:
        found += _decided(claim, sent)
    return found


def _decided(claim: Claim, sent: str) -> list[Noted]:
    """Decisions of other payers are not in the future."""
    cells = [payer.first("DTP", "573") for payer in claim.others]
    for line in claim.lines:
        for decision in line.adjudications:
            cells += decision.dates
    return [note for cell in cells for note in _not_later(cell, sent)]


def _not_later(cell: Cell | None, sent: str) -> list[Noted]:
    if cell is not None and sent and cell[3] > sent:
        return [cell.note("X12-SIT-FUTURE", 3, expected=f"not after {sent}")]
    return []


def _onset(claim: Claim, latest: str) -> list[Noted]:
    found: list[Noted] = []
    if not latest:
        return found
    for qualifier in ("431", "439", "454", "453", "484", "304"):
        cell = claim.first("DTP", qualifier)
        if cell and cell[3][:8] > latest:
            found.append(cell.note("X12-SIT-AFTER-SERVICE", 3, expected=f"not after {latest}"))
    return found


def _stay(claim: Claim) -> list[Noted]:
    admission, discharge = claim.first("DTP", "435"), claim.first("DTP", "096")
    if admission and discharge and discharge[2] == "D8" and discharge[3] < admission[3][:8]:
        expected = f"not before {admission[3][:8]}"
        return [discharge.note("X12-SIT-STAY", 3, expected=expected)]
    return []


def _billing(claim: Claim) -> list[Noted]:
    billing = claim.around("2000A", "NM1", "85")
    if billing is None or "2000A" not in claim.first_in:
        return []
    found: list[Noted] = []
    level = claim.levels.get("2000A", [])
    own = [cell for cell in level if cell.loop == "2010AA"]
    tags = {(cell.tag, cell[1]) for cell in own}
    for cell in own:
        if cell.tag == "N3":
            street = " ".join(cell[1].upper().split())
            if street.startswith(_BOX):
                found.append(cell.note("X12-SIT-POST-BOX", 1))
        elif cell.tag == "N4":
            found += _long_zip(cell)
        elif cell.tag == "REF" and cell[1] == "SY" and billing[2] == "2":
            found.append(cell.note("X12-SIT-TAX-ID", 1))
    others = {("REF", "G2"), ("REF", "LU"), ("REF", "0B")}
    payer_ids = {(cell.tag, cell[1]) for cell in claim.levels.get("2000B", [])}
    if not billing[9] and not others & (tags | payer_ids):
        found.append(billing.note("X12-SIT-NPI", 9))
    return found


def _long_zip(cell: Cell) -> list[Noted]:
    if cell[4] in ("", "US") and cell[3].isdigit() and len(cell[3]) == 5:
        return [cell.note("X12-SIT-ZIP9", 3)]
    return []


def _lines(claim: Claim) -> list[Noted]:
    found = _places(claim) if "NM1" in claim.index else []
    controls = claim.controls
    if len({cell.parts[2] for cell in controls}) < len(controls):
        seen: set[str] = set()
        for cell in controls:
            if cell.parts[2] in seen:
                found.append(cell.note("X12-SIT-LINE-CONTROL", 2))
            seen.add(cell.parts[2])
    return found


def _places(claim: Claim) -> list[Noted]:
    """Facility and rendering provider against the billing provider."""
    found: list[Noted] = []
    place = claim.index.get("NM1*77")
    if place is not None:
        for cell in claim.cells:
            if cell.tag == "N4" and cell.loop == place.loop:
                found += _long_zip(cell)
    billing = claim.around("2000A", "NM1", "85")
    if billing is None or not billing[9]:
        return found
    for qualifier, code in (("82", "X12-SIT-RENDERING"), ("77", "X12-SIT-FACILITY")):
        other = claim.index.get(f"NM1*{qualifier}")
        if other is not None and other[9] == billing[9] and other[3] == billing[3]:
            found.append(other.note(code))
    return found
