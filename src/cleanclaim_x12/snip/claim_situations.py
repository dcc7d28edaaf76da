"""SNIP 4 for all 837: patient, names, attachments, accidents, billing provider.

Source: the situational rules of the 837 guides in our own words; what is not certain is a warning.
"""

from functools import lru_cache

from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.snip.cells import Cell
from cleanclaim_x12.snip.claim_dates import date_findings
from cleanclaim_x12.snip.claim_payers import payer_findings
from cleanclaim_x12.snip.claim_view import Claim

_SUBSCRIBER = frozenset(("N3", "N4", "DMG"))
_NUMBERED = (
    "NM1*82",
    "NM1*DN",
    "NM1*P3",
    "NM1*71",
    "NM1*72",
    "NM1*DQ",
    "NM1*DD",
)  # persons that have an NPI, as a rule
_BOX = ("PO BOX", "P.O. BOX", "P O BOX", "P.O.BOX", "POST OFFICE BOX", "PO. BOX")


def situation_findings(claim: Claim) -> list[Noted]:
    """Check what depends on something else."""
    found = _frequency(claim)
    if "2000B" in claim.first_in:
        found += _patient(claim)
    if claim.paperwork:
        found += _attachments(claim)
    found += payer_findings(claim)
    if len(claim.clm.parts) > 11 or "DTP*439" in claim.index:
        found += _accident(claim)
    found += date_findings(claim)
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
    _, bill, frequency = bill_parts(clm[5])
    original = claim.first("REF", "F8")
    trigger = f"CLM*{clm.position}**5:3"
    if frequency in ("7", "8") and original is None:
        return [clm.missing("X12-SIT-REPLACED", "REF", trigger=trigger)]
    if frequency == "1" and original is not None:
        return [original.note("X12-SIT-ORIGINAL", trigger=trigger)]
    if bill == "B" and frequency not in ("1", "6", "7", "8"):
        return [clm.note("X12-SIT-FREQUENCY", 5, 3, found=frequency)]
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
    """Paperwork that is sent has a control number of its own."""
    found: list[Noted] = []
    seen: set[str] = set()
    for cell in claim.paperwork:
        if cell[2] in ("BM", "EL", "EM", "FT", "FX"):
            lost = [at for at in (5, 6) if not cell[at]]
            trigger = f"PWK*{cell.position}**2"
            found += [cell.note("X12-SIT-ATTACHMENT", at, trigger=trigger) for at in lost]
        if cell[6] and cell[6] in seen:
            found.append(cell.note("X12-SIT-ATTACHMENT-TWICE", 6))
        seen.add(cell[6])
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
    for qualifier in _NUMBERED:
        person = claim.index.get(qualifier)
        if person is not None and not person[9] and not _has_reference(claim, person):
            found.append(person.note("X12-SIT-PROVIDER-NPI", 9))
    billing = claim.around("2000A", "NM1", "85")
    if billing is None or not billing[9]:
        return found
    for qualifier, code in (("82", "X12-SIT-RENDERING"), ("77", "X12-SIT-FACILITY")):
        other = claim.index.get(f"NM1*{qualifier}")
        if other is not None and other[9] == billing[9] and other[3] == billing[3]:
            found.append(other.note(code))
    return found


def _has_reference(claim: Claim, person: Cell) -> bool:
    return any(cell.parts[0] == "REF" and cell.loop == person.loop for cell in claim.cells)
