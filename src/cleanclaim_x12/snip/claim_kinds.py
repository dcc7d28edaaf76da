"""SNIP 4 for one kind of 837: professional, institutional, dental."""

from functools import lru_cache

from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.snip.cells import Cell, days
from cleanclaim_x12.snip.claim_situations import bill_parts, separator
from cleanclaim_x12.snip.claim_view import Claim, Line

_INPATIENT_PLACES = ("21", "51", "61")
_ACUTE = ("11",)  # bills on which each diagnosis says whether it was present on admission
_UNSCHEDULED = ("13", "85")
_URGENT = ("1", "2", "5")  # types of admission
_EMERGENCY = ("0450", "0451", "0452", "0456", "0459", "0516", "0526", "0762")
# Diagnoses that are exempt from saying whether they were present, by their first characters.
_EXEMPT = ("Q", "V", "W", "X", "Y", "Z", "B9", "E64", "I252", "I69", "O09", "O66", "O8", "O94",
           "P00", "R29")  # fmt: skip
_OUTSIDE = ("V", "W", "X", "Y")  # external causes
_INPATIENT_BILLS = ("11", "12", "18", "21", "41")  # type of bill without the leading zero
ServiceFault = tuple[str, int, int, tuple[tuple[str, str], ...]]
_BLANKS = ("",) * 8
_AMBULANCE = range(425, 437)  # A0425 to A0436
_UNLISTED = frozenset("J3490 J3590 J9999 A9999 E1399 L8499 V2799 S9999 A4649 Q4050".split())


def professional_findings(claim: Claim) -> list[Noted]:
    """Check what only the 837P says."""
    found, count = _diagnoses(claim)
    place = bill_parts(claim.clm[5])[0]
    if place in _INPATIENT_PLACES and claim.first("DTP", "435") is None:
        trigger = f"CLM*{claim.clm.position}**5:1"
        words = "DTP*435"
        found.append(claim.clm.missing("X12-SIT-ADMISSION", "DTP", expected=words, trigger=trigger))
    ambulance = False
    for line in claim.lines:
        service = line.service
        if service is None or service.tag != "SV1":
            continue
        parts = service.parts
        _, composite, _, unit, _, line_place, _, pointers = (
            parts if len(parts) == 8 else [*parts, *_BLANKS][:8]
        )
        faults = _service_faults(composite, unit, line_place, pointers, place, count)
        found += [service.note(code, at, part, **dict(more)) for code, at, part, more in faults]
        ambulance = ambulance or _is_ambulance(_code(composite))
    return found + (_ambulance(claim) if ambulance else [])


@lru_cache(8192)
def _service_faults(
    composite: str, unit: str, line_place: str, pointers: str, place: str, count: int
) -> tuple[ServiceFault, ...]:
    """List what is wrong with an SV1: code, element, component, words."""
    code = _code(composite)
    found = [*_minutes(unit, code), *_pointer_faults(pointers, 7, count)]
    if line_place and line_place == place:
        found.append(("X12-SIT-POS-SAME", 5, 0, ()))
    if _is_unlisted(code) and not _described(composite):
        found.append(("X12-SIT-UNLISTED", 1, 7, (("found", ""),)))
    return tuple(found)


def _code(composite: str) -> str:
    parts = composite.split(separator(composite))
    return parts[1] if len(parts) > 1 else ""


def _described(composite: str) -> bool:
    parts = composite.split(separator(composite))
    return len(parts) > 6 and bool(parts[6])


def _is_unlisted(code: str) -> bool:
    surgical = code.isdigit() and code.endswith("99") and code[:1] in "23456789"
    return code in _UNLISTED or (surgical and code[2:] in ("499", "899", "999"))


def _is_ambulance(code: str) -> bool:
    return code[:2] == "A0" and code[1:].isdigit() and int(code[1:]) in _AMBULANCE


def _minutes(unit: str, code: str) -> list[ServiceFault]:
    anesthesia = code.isdigit() and len(code) == 5 and 100 <= int(code) <= 1999
    if unit == "MJ" and code.isdigit() and not anesthesia:
        return [("X12-SIT-MINUTES", 3, 0, (("expected", "UN"),))]
    if unit == "UN" and anesthesia and code not in ("01953", "01967", "01996"):
        return [("X12-SIT-UNITS-ANESTHESIA", 3, 0, (("expected", "MJ"),))]
    return []


def _diagnoses(claim: Claim) -> tuple[list[Noted], int]:
    """Say which diagnoses stand twice, and how many there are for pointers to mean."""
    found: list[Noted] = []
    if "HI" not in claim.index:
        return found, 0
    seen: set[str] = set()
    total = 0
    for cell in claim.cells:
        if cell.parts[0] != "HI":
            continue
        count, listed = _diagnosis_segment("*".join(cell.parts))
        total += count
        first = _code(cell[1])
        if cell[1][:3] == "ABK" and first.startswith(_OUTSIDE):
            found.append(cell.note("X12-SIT-EXTERNAL-CAUSE", 1, 2, found=first))
        for at, code in listed:
            if code in seen:
                found.append(cell.note("X12-SIT-DIAGNOSIS-TWICE", at, 2, found=code))
            seen.add(code)
    return found, total


@lru_cache(8192)
def _diagnosis_segment(text: str) -> tuple[int, tuple[tuple[int, str], ...]]:
    """Give how many diagnoses pointers can mean in an HI, and which it lists where."""
    parts = text.split("*")[1:]
    count = sum(composite[:2] in ("AB", "BK", "BF", "TQ") for composite in parts)
    listed = tuple(
        (at, _code(composite))
        for at, composite in enumerate(parts, 1)
        if composite[:3] in ("ABK", "ABF") or composite[:2] in ("BK", "BF")
    )
    return count, listed


def _pointers(service: Cell, element: int, count: int) -> list[Noted]:
    """Each pointer leads to a diagnosis of the claim."""
    faults = _pointer_faults(service[element], element, count)
    return [service.note(code, at, part, **dict(more)) for code, at, part, more in faults]


def _pointer_faults(text: str, element: int, count: int) -> list[ServiceFault]:
    found: list[ServiceFault] = []
    pointers = text.split(separator(text)) if text else []
    for at, pointer in enumerate(pointers, 1):
        seen = ("found", pointer)
        if pointer.isdigit() and int(pointer) > count:
            words = ("expected", f"1 to {count}")
            found.append(("X12-SIT-POINTER", element, at, (words, seen)))
        elif pointer in pointers[: at - 1]:
            found.append(("X12-SIT-POINTER-TWICE", element, at, (seen,)))
    return found


def _ambulance(claim: Claim) -> list[Noted]:
    cells = [*claim.cells, *(cell for line in claim.lines for cell in line.cells)]
    tags = {(cell.tag, cell[1]) for cell in cells}
    clm = claim.clm
    found = []
    if not any(tag == "CR1" for tag, _ in tags):
        found.append(clm.missing("X12-SIT-AMBULANCE", "CR1"))
    last = claim.cells[-1]
    for qualifier, loop in (("PW", "2310E"), ("45", "2310F")):
        if ("NM1", qualifier) not in tags:
            words = f"NM1*{qualifier}"
            found.append(last.missing("X12-SIT-AMBULANCE-PLACE", "NM1", loop, expected=words))
    if ("CRC", "07") not in tags:
        found.append(clm.missing("X12-SIT-AMBULANCE-WHY", "CRC", expected="CRC*07"))
    return found


def institutional_findings(claim: Claim) -> list[Noted]:
    """Check what only the 837I says."""
    bill, _, frequency = bill_parts(claim.clm[5])
    inpatient = bill in _INPATIENT_BILLS
    found, _ = _diagnoses(claim)
    if inpatient:
        found += _inpatient(claim, frequency)
        found += _presence(claim) if bill in _ACUTE else []
    elif bill in _UNSCHEDULED:
        found += _visit(claim)
    found += _status(claim, frequency)
    statement = claim.first("DTP", "434")
    for line in claim.lines:
        found += _institutional_line(line, statement, inpatient=inpatient)
    qualifiers = {cell[1] for cell in claim.cells if cell.tag == "NM1"}
    if "71" not in qualifiers:
        found.append(claim.clm.missing("X12-SIT-ATTENDING", "NM1", "2310A", expected="NM1*71"))
    return found


def _inpatient(claim: Claim, frequency: str) -> list[Noted]:
    clm = claim.clm
    found: list[Noted] = []
    trigger = f"CLM*{clm.position}**5:1"
    if claim.first("DTP", "435") is None:
        words = "DTP*435"
        found.append(clm.missing("X12-SIT-ADMISSION", "DTP", expected=words, trigger=trigger))
    if not any(cell[1][:3] == "ABJ" or cell[1][:2] == "BJ" for cell in claim.all("HI")):
        last = claim.all("HI")[-1:] or [clm]
        words = "HI*ABJ"
        found.append(last[0].missing("X12-SIT-ADMITTING", "HI", expected=words, trigger=trigger))
    status = claim.first("CL1")
    final = frequency in ("1", "4", "7") and status is not None and status[3] != "30"
    if final and claim.first("DTP", "096") is None:
        found.append(clm.missing("X12-SIT-DISCHARGE-HOUR", "DTP", expected="DTP*096"))
    if status is not None and not status[2]:
        found.append(status.note("X12-SIT-ADMISSION-TYPE", 2))
    return found


def _presence(claim: Claim) -> list[Noted]:
    """Each diagnosis of an acute stay says whether it was present, unless it is exempt."""
    return [
        cell.note("X12-SIT-POA", at, 9, found="")
        for cell in claim.all("HI")
        if cell[1][:3] in ("ABK", "ABF")
        for at, composite in enumerate(cell.parts[1:], 1)
        if len(composite.split(separator(composite))) < 9 and not _is_exempt(_code(composite))
    ]


def _is_exempt(code: str) -> bool:
    later_encounter = len(code) == 7 and code[6] in "DS"
    return later_encounter or code.startswith(_EXEMPT)


def _visit(claim: Claim) -> list[Noted]:
    """An unscheduled visit says why the patient came."""
    status = claim.first("CL1")
    if status is None or status[1] not in _URGENT:
        return []
    urgent = any(line.service and line.service[1] in _EMERGENCY for line in claim.lines)
    cells = claim.all("HI")
    if not urgent or any(cell[1][:3] == "APR" or cell[1][:2] == "PR" for cell in cells):
        return []
    last = cells[-1] if cells else claim.clm
    return [last.missing("X12-SIT-VISIT-REASON", "HI", expected="HI*APR")]


def _status(claim: Claim, frequency: str) -> list[Noted]:
    """Who is still a patient gets an interim bill, the others a final one."""
    status = claim.first("CL1")
    if status is None or frequency not in ("1", "2", "3", "4"):
        return []
    if (status[3] == "30") == (frequency in ("2", "3")):
        return []
    trigger = f"CLM*{claim.clm.position}**5:3"
    return [status.note("X12-SIT-PATIENT-STATUS", 3, trigger=trigger)]


def _institutional_line(line: Line, statement: Cell | None, *, inpatient: bool) -> list[Noted]:
    service = line.service
    if service is None:
        return []
    found: list[Noted] = []
    if service[1] in ("0001", "001"):
        found.append(service.note("X12-SIT-TOTAL-LINE", 1))
    date = line.date
    if date is None and not inpatient:
        found.append(service.missing("X12-SIT-LINE-DATE", "DTP", expected="DTP*472"))
    if date is not None and statement is not None and "-" in statement[3]:
        first, last = days(statement[3])
        begin, end = days(date[3])
        if begin < first or end > last:
            found.append(date.note("X12-SIT-STATEMENT", 3, expected=f"{first} to {last}"))
    return found


def dental_findings(claim: Claim) -> list[Noted]:
    """Check what only the 837D says."""
    found, count = _diagnoses(claim)
    service_date = claim.first("DTP", "472")
    preview = claim.clm[19] == "PB"
    if preview and service_date is not None:
        trigger = f"CLM*{claim.clm.position}**19"
        found.append(service_date.note("X12-SIT-PREDETERMINATION", trigger=trigger))
    for line in claim.lines:
        service = line.service
        if service is None:
            continue
        found += _pointers(service, 11, count)
        date = line.date
        if preview and date is not None:
            found.append(date.note("X12-SIT-PREDETERMINATION"))
        elif not preview and date is None and service_date is None:
            found.append(service.missing("X12-SIT-SERVICE-DATE", "DTP", expected="DTP*472"))
    return found
