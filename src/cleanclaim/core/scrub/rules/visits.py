"""Visits (evaluation and management): level, new or established, same day, prolonged, consults."""

from collections.abc import Iterator
from datetime import date
from functools import cache

import msgspec

from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.facts import CodeRange
from cleanclaim.core.scrub.fixes import add_modifier, remove_line, set_code
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

CPT_EM = "CPT E/M guidelines by code number; CMS, chapter 12, section 30.6"
YEARS_ESTABLISHED = 3


class Level(msgspec.Struct, frozen=True):
    """What a visit code wants: decision making 1 (straightforward) to 4 (high), or minutes."""

    decision: int
    minutes: int


# Families from the lowest to the highest level; the thresholds must be met or exceeded.
FAMILIES: tuple[dict[str, Level], ...] = (
    {"99202": Level(1, 15), "99203": Level(2, 30), "99204": Level(3, 45), "99205": Level(4, 60)},
    {"99212": Level(1, 10), "99213": Level(2, 20), "99214": Level(3, 30), "99215": Level(4, 40)},
    {"99221": Level(2, 40), "99222": Level(3, 55), "99223": Level(4, 75)},
    {"99231": Level(2, 25), "99232": Level(3, 35), "99233": Level(4, 50)},
    {"99234": Level(2, 45), "99235": Level(3, 70), "99236": Level(4, 85)},
    {"99304": Level(2, 25), "99305": Level(3, 35), "99306": Level(4, 50)},
    {"99307": Level(1, 10), "99308": Level(2, 20), "99309": Level(3, 30), "99310": Level(4, 45)},
    {"99341": Level(1, 15), "99342": Level(2, 30), "99344": Level(3, 60), "99345": Level(4, 75)},
    {"99347": Level(1, 20), "99348": Level(2, 30), "99349": Level(3, 40), "99350": Level(4, 60)},
)
ESTABLISHED_FOR = {
    **{f"9920{n}": f"9921{n}" for n in range(2, 6)},
    **{f"9938{n}": f"9939{n}" for n in range(1, 8)},
    "92002": "92012",
    "92004": "92014",
    "99341": "99347",
    "99342": "99348",
    "99344": "99349",
    "99345": "99350",
}
NEW_FOR = {old: new for new, old in ESTABLISHED_FOR.items()}
# Prolonged services: the codes that each goes with, and the minutes that must be reached.
PROLONGED: dict[str, dict[str, int]] = {
    "99417": {"99205": 75, "99215": 55, "99245": 70, "99345": 90, "99350": 75, "99483": 75},
    "99418": {"99223": 90, "99233": 65, "99236": 100, "99255": 95, "99306": 65, "99310": 60},
    "G2212": {"99205": 89, "99215": 69, "99483": 100},
    "G0316": {"99223": 90, "99233": 65, "99236": 110},
    "G0317": {"99306": 95, "99310": 85},
    "G0318": {"99345": 140, "99350": 110},
}
OFFICE_PROBLEM = frozenset(f"9920{n}" for n in range(2, 6)) | {f"9921{n}" for n in range(1, 6)}
G2211_WITH_25_SINCE = date(2025, 1, 1)  # beside preventive services and vaccines
DAILY_VISITS = (
    CodeRange("92002", "92014"),
    CodeRange("99202", "99239"),
    CodeRange("99242", "99255"),
    CodeRange("99281", "99285"),
    CodeRange("99304", "99316"),
    CodeRange("99341", "99350"),
)
SEPARATE = frozenset({"25", "27"})


def years_before(day: date, years: int) -> date:
    """Give the same day some years earlier; 29 February becomes the 28th.

    >>> years_before(date(2028, 2, 29), 3)
    datetime.date(2025, 2, 28)
    """
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year - years, day.month, 28 if leap_day else day.day)


def _supported(family: dict[str, Level], decision: int, minutes: int) -> str:
    """Give the highest code of a family that the documentation carries; empty for none."""
    fitting = [
        code
        for code, level in family.items()
        if decision >= level.decision or minutes >= level.minutes
    ]
    return fitting[-1] if fitting else ""


@rule("EM-001", "Level above the documentation", WARNS, CPT_EM, when=Trait.VISIT)
def level(case: Case) -> Iterator[Hit]:
    """Find visits billed higher than decision making and time support."""
    for row in case.rows_with(Trait.VISIT):
        facts = case.line_facts(row)
        family = next((item for item in FAMILIES if row.code in item), None)
        if family is None or not (facts.level or facts.minutes):
            continue
        supported = _supported(family, facts.level, facts.minutes)
        codes = list(family)
        if not supported or codes.index(supported) < codes.index(row.code):
            yield Hit(
                row.place("procedure_code"),
                f"Line {row.number}: the documentation supports {supported or 'no level'}, not "
                f"{row.code}. Change the code or complete the documentation.",
                supported,
                row.code,
                set_code(row, supported) if supported else None,
            )


@rule(
    "EM-002",
    "Patient is established",
    BLOCKS,
    f"{CPT_EM}.7",
    when=Trait.NEW_PATIENT,
)
def not_new(case: Case) -> Iterator[Hit]:
    """Find new-patient codes for patients seen by the group's specialty within three years."""
    for row in case.rows_with(Trait.NEW_PATIENT):
        since = years_before(row.dos, YEARS_ESTABLISHED)
        seen = [
            line.service_date
            for line in case.past
            if since < line.service_date < row.dos and case.is_same_provider(row, line)
        ]
        if seen:
            right = ESTABLISHED_FOR.get(row.code, "")
            yield Hit(
                row.place("procedure_code"),
                f"Line {row.number}: {row.code} is for new patients, and this one was seen on "
                f"{max(seen)}. Use {right or 'an established-patient code'}.",
                right,
                row.code,
                set_code(row, right) if right else None,
            )


@rule("EM-003", "Patient may be new", WARNS, f"{CPT_EM}.7", when=Trait.ESTABLISHED)
def perhaps_new(case: Case) -> Iterator[Hit]:
    """Find established-patient codes where three known years show no visit."""
    if case.history.years_known < YEARS_ESTABLISHED:
        return
    for row in case.rows_with(Trait.ESTABLISHED):
        since = years_before(row.dos, YEARS_ESTABLISHED)
        seen = any(
            since < line.service_date < row.dos and case.is_same_provider(row, line)
            for line in case.past
        )
        right = NEW_FOR.get(row.code, "")
        if not seen and right:
            yield Hit(
                row.place("procedure_code"),
                f"Line {row.number}: {row.code} is for established patients, and no visit is known "
                f"since {since}. Use {right} if the patient is new.",
                right,
                row.code,
                set_code(row, right),
            )


@cache
def _counts(code: str) -> bool:
    """Say whether a code is the visit of its day; counselling and care management are not."""
    return any(codes.holds(code) for codes in DAILY_VISITS)


@rule("EM-004", "Two visits on a day", BLOCKS, f"{CPT_EM}.5", when=Trait.VISIT)
def two_visits(case: Case) -> Iterator[Hit]:
    """Find two visits of one provider or specialty on a day without 25 or 27."""
    visits = [row for row in case.rows_with(Trait.VISIT) if _counts(row.code)]
    for index, row in enumerate(visits):
        others = [
            (other.code, other.modifiers)
            for other in visits[:index]
            if other.dos == row.dos and case.rendering(other).npi == case.rendering(row).npi
        ]
        others += [
            (line.procedure_code, line.modifiers)
            for line in case.past_same_day(row)
            if _counts(line.procedure_code)
        ]
        for code, modifiers in others:
            if not SEPARATE & {*row.modifiers, *modifiers}:
                yield Hit(
                    row.place("procedure_code"),
                    f"Line {row.number}: visits {code} and {row.code} on {row.dos} by the same "
                    "specialty are one visit. Combine them in one code, or add 25 or 27 if they "
                    "were separate.",
                    "one visit",
                    row.code,
                    remove_line(case, row),
                )
                break


@rule("EM-005", "Prolonged time not met", BLOCKS, f"{CPT_EM}.15", when=Trait.PROLONGED)
def prolonged(case: Case) -> Iterator[Hit]:
    """Find prolonged services without their highest-level visit, or without its minutes."""
    for row in case.rows_with(Trait.PROLONGED):
        wanted = PROLONGED.get(row.code)
        if wanted is None:
            continue
        bases = [other for other in case.rows if other.code in wanted and other.dos == row.dos]
        minutes = [case.line_facts(base).minutes for base in bases]
        short = [
            wanted[base.code]
            for base, time in zip(bases, minutes, strict=True)
            if time and time < wanted[base.code]
        ]
        if bases and not short:
            continue
        words = (
            f"needs {short[0]} minutes of {bases[0].code}"
            if bases
            else f"goes only with {', '.join(wanted)}"
        )
        yield Hit(
            row.place("procedure_code"),
            f"Line {row.number}: prolonged service {row.code} {words}. Remove it, or correct the "
            "visit or its time.",
            words,
            row.code,
            remove_line(case, row),
        )


@rule(
    "EM-006",
    "G2211 not payable here",
    BLOCKS,
    "CMS, Physician Fee Schedule final rules 2024 and 2025",
    when=Trait.COMPLEXITY,
)
def complexity(case: Case) -> Iterator[Hit]:
    """Find G2211 without an office visit, or beside 25 other than for prevention."""
    for row in case.rows_with(Trait.COMPLEXITY):
        bases = [
            other for other in case.rows if other.dos == row.dos and other.code in OFFICE_PROBLEM
        ]
        if not bases:
            words = "goes only with an office visit (99202-99215)"
        elif any("25" in base.modifiers for base in bases) and not _for_prevention(case, row):
            words = "is not paid with a visit that carries 25, prevention and vaccines aside"
        else:
            continue
        yield Hit(
            row.place("procedure_code"),
            f"Line {row.number}: {row.code} {words}. Remove it.",
            "",
            row.code,
            remove_line(case, row),
        )


def _for_prevention(case: Case, row: Row) -> bool:
    kinds = Trait.PREVENTIVE | Trait.VACCINE | Trait.VACCINE_GIVING | Trait.SCREENING
    others = [
        other
        for other in case.rows
        if other.dos == row.dos and other is not row and other.code not in OFFICE_PROBLEM
    ]
    return (
        row.dos >= G2211_WITH_25_SINCE
        and bool(others)
        and all(other.is_a(kinds) for other in others)
    )


@rule("EM-007", "Consultation not accepted", BLOCKS, f"{CPT_EM}.10", when=Trait.CONSULTATION)
def consultation(case: Case) -> Iterator[Hit]:
    """Find consultation codes to payers who don't pay them, Medicare among them."""
    if not (case.is_medicare or case.payer.no_consultations):
        return
    for row in case.rows_with(Trait.CONSULTATION):
        family = "99202-99215" if row.code < "99250" else "99221-99236"
        yield Hit(
            row.place("procedure_code"),
            f"Line {row.number}: this payer does not accept consultation {row.code}. Use a code "
            f"of {family}.",
            family,
            row.code,
        )


@rule("EM-008", "Problem visit beside prevention", BLOCKS, CPT_EM, when=Trait.PREVENTIVE)
def problem_beside_prevention(case: Case) -> Iterator[Hit]:
    """Find a problem visit on the day of a preventive one without 25."""
    days = {row.dos for row in case.rows_with(Trait.PREVENTIVE)}
    for row in case.rows:
        if row.code in OFFICE_PROBLEM and row.dos in days and "25" not in row.modifiers:
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: {row.code} on the day of a preventive visit. Add 25 if the "
                "problem was worked on separately.",
                "25",
                " ".join(row.modifiers),
                add_modifier(row, "25"),
            )
