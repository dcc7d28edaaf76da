"""Ambulance, equipment, chiropractic, therapy, psychotherapy, anesthesia."""

from collections.abc import Iterator
from datetime import date

from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.facts import CodeRange
from cleanclaim.core.scrub.fixes import add_modifier, set_code, set_field, swap_modifier
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

ANESTHESIA = "CMS Claims Processing Manual, chapter 12, section 50"
THERAPY = "CMS Claims Processing Manual, chapter 5, section 20"
CONCURRENCY = frozenset({"AA", "AD", "QK", "QX", "QY", "QZ"})
PARTNERS = {"QX": {"QK", "QY", "AD"}, "QK": {"QX"}, "QY": {"QX"}}
MOST_DIRECTED = 4
MINUTES, UNITS = "MJ", "UN"
STATIONS = frozenset("DEGHIJNPRSX")
MILEAGE = "A0425"
EQUIPMENT_STATE = frozenset({"NU", "RR", "UE", "RA", "RB", "MS"})
RENTED_OR_BOUGHT = (CodeRange("E0100", "E8002"), CodeRange("K0001", "K0900"))
RENTAL_MONTHS = frozenset({"KH", "KI", "KJ"})
DISCIPLINES = frozenset({"GP", "GO", "GN"})
SUBLUXATION = "M990"
ACTIVE_CARE = "AT"
CHIROPRACTIC_COVERED = frozenset({"98940", "98941", "98942"})
TIMED = frozenset(
    {"97032", "97033", "97034", "97035", "97036", "97110", "97112", "97113", "97116", "97124"}
    | {"97140", "97530", "97533", "97535", "97537", "97542", "97750", "97755", "97760", "97761"}
    | {"97763"}
)
MINUTES_OF_UNIT, LEAST_OF_UNIT = 15, 8
# Psychotherapy: the least minutes of each code.
PSYCHOTHERAPY = (("90837", 53), ("90834", 38), ("90832", 16))


@rule(
    "ANE-001",
    "Anesthesia without minutes or concurrency",
    BLOCKS,
    ANESTHESIA,
    when=Trait.ANESTHESIA,
)
def anesthesia_facts(case: Case) -> Iterator[Hit]:
    """Find anesthesia without minutes or without the modifier that says who did what."""
    for row in case.rows_with(Trait.ANESTHESIA):
        if row.line.unit_code != MINUTES or row.line.units < 1:
            yield Hit(
                row.place("unit_code"),
                f"Line {row.number}: anesthesia {row.code} needs its minutes (MJ), not "
                f"{row.line.units} {row.line.unit_code}. Enter the minutes.",
                "minutes (MJ)",
                row.line.unit_code,
            )
        if not CONCURRENCY & set(row.modifiers) and not case.is_institutional:
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: anesthesia {row.code} needs one of AA, AD, QK, QX, QY, QZ. "
                "Add it.",
                "AA, AD, QK, QX, QY, QZ",
                " ".join(row.modifiers),
            )


@rule("ANE-002", "Too many cases directed at once", BLOCKS, ANESTHESIA, when=Trait.ANESTHESIA)
def concurrency(case: Case) -> Iterator[Hit]:
    """Find medical direction of more than four cases, or of more than one with QY."""
    for row in case.rows_with(Trait.ANESTHESIA):
        cases = case.line_facts(row).concurrent_cases
        for modifier, most in (("QK", MOST_DIRECTED), ("QY", 1)):
            if modifier in row.modifiers and cases > most:
                right = "AD" if cases > MOST_DIRECTED else "QK"
                yield Hit(
                    row.place("modifiers"),
                    f"Line {row.number}: {cases} cases at once with {modifier}, which allows "
                    f"{most}. Use {right}, or correct the times.",
                    right,
                    modifier,
                    swap_modifier(row, modifier, right),
                )


@rule("ANE-003", "Partner's anesthesia claim", WARNS, ANESTHESIA, when=Trait.ANESTHESIA)
def anesthesia_partner(case: Case) -> Iterator[Hit]:
    """Find directed anesthesia whose partner's modifier doesn't pair."""
    for row in case.rows_with(Trait.ANESTHESIA):
        partner = case.line_facts(row).partner_modifier
        for modifier in row.modifiers:
            if partner and modifier in PARTNERS and partner not in PARTNERS[modifier]:
                wanted = " or ".join(sorted(PARTNERS[modifier]))
                yield Hit(
                    row.place("modifiers"),
                    f"Line {row.number}: {modifier} pairs with {wanted}, but the partner's claim "
                    f"carries {partner}. Align the two.",
                    wanted,
                    partner,
                )


@rule("ANE-004", "Minutes on another service", BLOCKS, "837P, SV103", when=Trait.MINUTES)
def minutes_elsewhere(case: Case) -> Iterator[Hit]:
    """Find minutes on services that aren't anesthesia."""
    for row in case.rows:
        if row.line.unit_code == MINUTES and not row.is_a(Trait.ANESTHESIA):
            yield Hit(
                row.place("unit_code"),
                f"Line {row.number}: minutes (MJ) are for anesthesia only, not for {row.code}. "
                "Use UN and enter units.",
                UNITS,
                MINUTES,
                set_field(row.place("unit_code"), UNITS, f"Set UN on line {row.number}"),
            )


def _stations(row: Row) -> bool:
    return any(len(m) == 2 and set(m) <= STATIONS for m in row.modifiers)


@rule(
    "AMB-001",
    "Ambulance facts",
    BLOCKS,
    "837P, CR1 and 2310E/F; CMS, chapter 15",
    when=Trait.AMBULANCE,
)
def ambulance(case: Case) -> Iterator[Hit]:
    """Find transports without facts, origin and destination, pick-up place or mileage line."""
    facts = case.claim.ambulance
    rows = list(case.rows_with(Trait.AMBULANCE))
    if facts is None:
        yield Hit(
            "ambulance",
            f"Line {rows[0].number}: transport {rows[0].code} needs the ambulance facts (reason, "
            "miles, pick-up, drop-off). Add them.",
            "ambulance facts",
        )
    elif facts.pick_up is None or facts.pick_up.address is None:
        yield Hit(
            "ambulance.pick_up",
            f"Line {rows[0].number}: transport {rows[0].code} needs the pick-up address with its "
            "ZIP code. Add it.",
            "an address",
        )
    for row in rows:
        if not _stations(row):
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: {row.code} needs origin and destination as one modifier, "
                "such as RH. Add it.",
                "two letters of DEGHIJNPRSX",
                " ".join(row.modifiers),
            )
    if all(row.code != MILEAGE for row in rows):
        yield Hit(
            "lines",
            f"Line {rows[0].number}: transport {rows[0].code} has no mileage line ({MILEAGE}). "
            "Add it.",
            MILEAGE,
        )


@rule(
    "DME-001",
    "Equipment modifiers",
    BLOCKS,
    "CMS Claims Processing Manual, chapter 20, section 30",
    when=Trait.EQUIPMENT,
)
def equipment(case: Case) -> Iterator[Hit]:
    """Find equipment that isn't said to be new, rented or used; Medicare rentals without month."""
    for row in case.rows_with(Trait.EQUIPMENT):
        modifiers = set(row.modifiers)
        if not any(codes.holds(row.code) for codes in RENTED_OR_BOUGHT):
            continue
        if not EQUIPMENT_STATE & modifiers:
            wanted = "NU, RR or UE"
        elif case.is_medicare and "RR" in modifiers and not RENTAL_MONTHS & modifiers:
            wanted = "KH, KI or KJ"
        else:
            continue
        yield Hit(
            row.place("modifiers"),
            f"Line {row.number}: equipment {row.code} needs {wanted}. Add it.",
            wanted,
            " ".join(row.modifiers),
        )


@rule(
    "CHI-001",
    "Chiropractic rule",
    BLOCKS,
    "CMS Benefit Policy Manual, chapter 15, section 240",
    when=Trait.CHIROPRACTIC,
)
def chiropractic(case: Case) -> Iterator[Hit]:
    """Find Medicare manipulation without AT or without a subluxation."""
    if not case.is_medicare:
        return
    for row in case.rows_with(Trait.CHIROPRACTIC):
        if row.code not in CHIROPRACTIC_COVERED:
            continue
        if ACTIVE_CARE not in row.modifiers and not {"GA", "GY", "GZ"} & set(row.modifiers):
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: {row.code} needs AT for active care. Add it, or GA with a "
                "signed notice for maintenance.",
                ACTIVE_CARE,
                " ".join(row.modifiers),
                add_modifier(row, ACTIVE_CARE),
            )
        if not any(code.startswith(SUBLUXATION) for code in case.pointed(row)):
            yield Hit(
                row.place("diagnosis_pointers"),
                f"Line {row.number}: {row.code} needs a subluxation (M99.0-). Point to it.",
                "M99.0-",
                " ".join(case.pointed(row)),
            )


@rule("PT-001", "Therapy modifiers", BLOCKS, THERAPY, when=Trait.THERAPY)
def discipline(case: Case) -> Iterator[Hit]:
    """Find Medicare therapy that doesn't name its discipline."""
    if not case.is_medicare:
        return
    for row in case.rows_with(Trait.THERAPY):
        if not DISCIPLINES & set(row.modifiers):
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: therapy {row.code} needs GP, GO or GN. Add it.",
                "GP, GO or GN",
                " ".join(row.modifiers),
            )


def timed_units(minutes: int) -> int:
    """Give the units that timed minutes allow: 8 to 22 one, 23 to 37 two, and so on.

    >>> [timed_units(m) for m in (7, 8, 22, 23, 37, 38)]
    [0, 1, 1, 2, 2, 3]
    """
    return (minutes + MINUTES_OF_UNIT - LEAST_OF_UNIT) // MINUTES_OF_UNIT


@rule("PT-002", "Timed units against minutes", BLOCKS, f"{THERAPY}.2", when=Trait.THERAPY)
def eight_minutes(case: Case) -> Iterator[Hit]:
    """Find more timed units than a day's documented minutes allow."""
    days: dict[date, list[Row]] = {}
    for row in case.rows_with(Trait.THERAPY):
        if row.code in TIMED:
            days.setdefault(row.dos, []).append(row)
    for rows in days.values():
        minutes = sum(case.line_facts(row).minutes for row in rows)
        units = sum(row.line.units for row in rows)
        allowed = timed_units(minutes)
        if not minutes or units <= allowed:
            continue
        row = rows[-1]
        fix = None
        if len(rows) == 1 and allowed:
            words = f"Set units of line {row.number} to {allowed}"
            fix = set_field(row.place("units"), str(allowed), words)
        yield Hit(
            row.place("units"),
            f"Line {row.number}: {units} timed units on {row.dos} against {minutes} minutes, which "
            f"allow {allowed}. Correct the units or the minutes.",
            str(allowed),
            str(units),
            fix,
        )


@rule("MH-001", "Psychotherapy time", WARNS, "CPT 90832-90837 by time", when=Trait.PSYCHOTHERAPY)
def psychotherapy_time(case: Case) -> Iterator[Hit]:
    """Find psychotherapy codes that the documented minutes don't fit."""
    codes = {code for code, _ in PSYCHOTHERAPY}
    for row in case.rows_with(Trait.PSYCHOTHERAPY):
        minutes = case.line_facts(row).minutes
        if row.code not in codes or not minutes:
            continue
        right = next((code for code, least in PSYCHOTHERAPY if minutes >= least), "")
        if right != row.code:
            yield Hit(
                row.place("procedure_code"),
                f"Line {row.number}: {minutes} minutes fit {right or 'no psychotherapy code'}, not "
                f"{row.code}. Correct the code or the time.",
                right,
                row.code,
                set_code(row, right) if right else None,
            )
