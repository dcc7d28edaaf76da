"""SNIP 6: rule packs by kind of service; all of them warnings, payers differ."""

from typing import NamedTuple

from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.snip.cells import Cell
from cleanclaim_x12.snip.claim_situations import separator
from cleanclaim_x12.snip.claim_view import Claim, Line

_SPINE = frozenset(("98940", "98941", "98942"))
_ANESTHESIA_MODIFIERS = frozenset("AA AD QK QX QY QZ QS".split())
_PUBLIC = ("MA", "MB", "MC", "CH", "OF", "VA")
_MILES = frozenset(("A0425", "A0435", "A0436"))
_MAMMOGRAPHY = frozenset("77065 77066 77067 G0202 G0204 G0206".split())
_OXYGEN = frozenset("E0424 E0431 E0433 E0434 E0439 E1390 E1391 E1392 K0738".split())
_FEMALE = range(56405, 59900)  # female genital system, maternity
_MALE = range(54000, 55900)  # male genital system
_NEWBORN = frozenset(("99460", "99461", "99462", "99463"))
_ORTHODONTICS = range(8000, 9000)
_TEETH = (range(2000, 4000), range(7111, 7251))
_WHOLE_UNITS_NOT = ("J", "A04", "S", "B", "Q")


class _Service(NamedTuple):
    """A line's service with what stands around it."""

    claim: Claim
    line: Line
    cell: Cell
    code: str
    modifiers: list[str]


def line_findings(claim: Claim) -> list[Noted]:
    """Check the claim's lines by what they are for."""
    found: list[Noted] = []
    codes: set[str] = set()
    for line in claim.lines:
        service = line.service
        if service is None:
            continue
        code, modifiers = _procedure(service)
        codes.add(code)
        here = _Service(claim, line, service, code, modifiers)
        for pack in (_anesthesia, _ambulance, _units, _laboratory, _drug, _revenue, _modifiers):
            found += pack(here)
        found += _patient(claim, service, code)
        found += _dental(claim, line, service, code)
    clm = claim.clm
    if codes & _SPINE and not (claim.first("CR2") and claim.first("DTP", "454")):
        found.append(clm.missing("X12-LINE-CHIROPRACTIC", "CR2"))
    certified = [claim.first("REF", "EW"), *(line.first("REF", "EW") for line in claim.lines)]
    if codes & _MAMMOGRAPHY and clm.usage.elements[5] and not any(certified):
        found.append(clm.missing("X12-LINE-MAMMOGRAPHY", "REF", expected="REF*EW"))
    if codes & _OXYGEN and not any(line.first("CR3") for line in claim.lines):
        found.append(clm.missing("X12-LINE-OXYGEN", "CR3"))
    return found


def _procedure(service: Cell) -> tuple[str, list[str]]:
    text = service[2] if service.tag == "SV2" else service[1]
    parts = text.split(separator(text))
    return (parts[1] if len(parts) > 1 else ""), parts[2:6]


def _number(code: str) -> int:
    return int(code) if code.isdigit() else 0


def _anesthesia(at: _Service) -> list[Noted]:
    is_anesthesia = 100 <= _number(at.code) <= 1999 and len(at.code) == 5
    if is_anesthesia and at.cell.tag == "SV1" and not _ANESTHESIA_MODIFIERS & set(at.modifiers):
        expected = " or ".join(sorted(_ANESTHESIA_MODIFIERS))
        return [at.cell.note("X12-LINE-ANESTHESIA", 1, 3, found="", expected=expected)]
    return []


def _ambulance(at: _Service) -> list[Noted]:
    decimals = at.cell[4].partition(".")[2]
    if at.code in _MILES and at.cell.tag == "SV1" and len(decimals) > 1:
        return [at.cell.note("X12-LINE-MILEAGE", 4)]
    return []


def _units(at: _Service) -> list[Noted]:
    cell = at.cell
    element = {"SV1": 4, "SV2": 5, "SV3": 6}[cell.tag]
    text = cell[element]
    if not text:
        return []
    zero = not text.strip("0.") or text[0] == "-"
    broken = "." in text and text.partition(".")[2].strip("0")
    may_break = at.code.startswith(_WHOLE_UNITS_NOT) or cell[element - 1] not in ("UN", "")
    if (zero and at.line.charge) or (broken and not may_break):
        return [cell.note("X12-LINE-UNITS", element)]
    return []


def _laboratory(at: _Service) -> list[Noted]:
    number = _number(at.code)
    if at.cell.tag != "SV1" or not 80000 <= number <= 89999 or "90" in at.modifiers:
        return []
    payer = at.claim.around("2000B", "SBR")
    place = at.cell[5] or at.claim.clm[5][:2]
    if place != "81" and "QW" not in at.modifiers and (not payer or payer[9] not in _PUBLIC):
        return []
    if at.claim.first("REF", "X4") or at.line.first("REF", "X4"):
        return []
    return [at.cell.missing("X12-LINE-LABORATORY", "REF", expected="REF*X4")]


def _drug(at: _Service) -> list[Noted]:
    cell = at.line.first("CTP")
    if cell is not None and not cell[4].strip("0.-"):
        return [cell.note("X12-LINE-DRUG", 4)]
    return []


def _modifiers(at: _Service) -> list[Noted]:
    """Both sides and one of them exclude each other; a hospice's attending is marked twice."""
    modifiers = at.modifiers
    element = 2 if at.cell.tag == "SV2" else 1
    found = []
    if "50" in modifiers and ("LT" in modifiers or "RT" in modifiers):
        place = modifiers.index("50") + 3
        found.append(at.cell.note("X12-LINE-SIDES", element, place, found="50"))
    payer = at.claim.around("2000B", "SBR") if "GV" in modifiers else None
    if payer and payer[9] == "MB" and at.line.first("CRC", "70") is None:
        found.append(at.cell.missing("X12-LINE-HOSPICE", "CRC", expected="CRC*70"))
    return found


def _revenue(at: _Service) -> list[Noted]:
    if at.cell.tag == "SV2" and at.cell[1] == "0023" and at.cell[2][:2] != "HP":
        return [at.cell.note("X12-LINE-HOME-HEALTH", 2)]
    return []


def _patient(claim: Claim, service: Cell, code: str) -> list[Noted]:
    _, birth = claim.patient
    number = _number(code)
    if birth is None or len(code) != 5:
        return []
    sex = birth[3]
    if (sex == "M" and number in _FEMALE) or (sex == "F" and number in _MALE):
        return [service.note("X12-LINE-SEX", 2 if service.tag == "SV2" else 1, 2, found=code)]
    years = _years(birth[2], claim.sent_date)
    if code in _NEWBORN and years > 1:
        return [service.note("X12-LINE-AGE", 2 if service.tag == "SV2" else 1, 2, found=code)]
    return []


def _years(born: str, day: str) -> int:
    if not (born[:8].isdigit() and day[:8].isdigit() and len(born) >= 8 and len(day) >= 8):
        return 0
    return (int(day[:8]) - int(born[:8])) // 10_000


def _dental(claim: Claim, line: Line, service: Cell, code: str) -> list[Noted]:
    if service.tag != "SV3" or code[:1] != "D":
        return []
    number = _number(code[1:])
    if number in _ORTHODONTICS and claim.first("DN1") is None:
        return [claim.clm.missing("X12-LINE-ORTHODONTICS", "DN1")]
    if any(number in teeth for teeth in _TEETH) and line.first("TOO") is None and not service[4]:
        return [service.missing("X12-LINE-TOOTH", "TOO")]
    return []
