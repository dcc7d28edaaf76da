"""Surgery: global periods, split care, both sides."""

from collections.abc import Iterator
from datetime import date, timedelta

from cleanclaim.core.codes.release import Table
from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.facts import HistoryLine
from cleanclaim.core.scrub.fixes import (
    add_modifier,
    remove_modifier,
    set_field,
    swap_modifier,
)
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

MANUAL = "CMS Claims Processing Manual, chapter 12, section 40"
INDICATORS = "Medicare physician fee schedule, payment policy indicators"
NEEDS = (Table.PHYSICIAN_FEE,)
AFTER = {"010": 10, "090": 90}
BEFORE = {"090": 1}
LONGEST = timedelta(days=max(AFTER.values()))
STARTS_NONE = frozenset({"55", "56", "78", "80", "81", "82", "AS"})
UNRELATED_VISIT = frozenset({"24", "57"})
SAME_DAY_VISIT = frozenset({"25", "57"})
POST_OPERATIVE = frozenset({"58", "78", "79"})
SURGICAL_GLOBAL = frozenset({"000", "010", "090"})
NOT_BILATERAL = frozenset({"0", "9"})
ALREADY_BOTH = "2"


type Surgery = tuple[str, date, str]  # code, day, global days


def _surgery(case: Case, code: str, day: date, modifiers: tuple[str, ...]) -> Surgery | None:
    fee = case.fee(code, day)
    if fee is None or fee.global_days not in SURGICAL_GLOBAL or STARTS_NONE & set(modifiers):
        return None
    return code, day, fee.global_days


def _past_surgeries(case: Case) -> list[tuple[HistoryLine, Surgery]]:
    since = case.first_day - LONGEST
    return [
        (line, found)
        for line in case.past
        if line.service_date >= since
        and (found := _surgery(case, line.procedure_code, line.service_date, line.modifiers))
    ]


def _own_surgeries(case: Case) -> list[tuple[Row, Surgery]]:
    return [
        (row, found)
        for row in case.rows
        if (found := _surgery(case, row.code, row.dos, row.modifiers))
    ]


def _surgeries(case: Case, row: Row) -> Iterator[Surgery]:
    """Give the same provider's other surgeries."""
    for line, found in case.once("past surgeries", _past_surgeries):
        if case.is_same_provider(row, line):
            yield found
    for other, found in case.once("own surgeries", _own_surgeries):
        if other is not row:
            yield found


@rule("GLB-001", "Visit inside a global period", BLOCKS, MANUAL, when=Trait.VISIT, needs=NEEDS)
def visit_in_global(case: Case) -> Iterator[Hit]:
    """Find visits that a surgery's payment already covers."""
    for row in case.rows_with(Trait.VISIT):
        for code, day, days in _surgeries(case, row):
            after = (row.dos - day).days
            if 0 < after <= AFTER.get(days, 0):
                helping, advice = UNRELATED_VISIT, "24 if unrelated to the surgery, else 99024"
                fix = None
            elif -BEFORE.get(days, 0) <= after <= 0:
                helping, advice = SAME_DAY_VISIT, "25 for a separate visit, 57 for the decision"
                fix = add_modifier(row, "57" if days == "090" else "25")
            else:
                continue
            if not helping & set(row.modifiers):
                yield Hit(
                    row.place("modifiers"),
                    f"Line {row.number}: visit {row.code} falls in the {int(days)}-day global of "
                    f"{code} ({day}). Add {advice}.",
                    " or ".join(sorted(helping)),
                    " ".join(row.modifiers),
                    fix,
                )
                break


@rule(
    "GLB-002",
    "Procedure in a post-operative period",
    BLOCKS,
    MANUAL,
    when=Trait.SURGERY,
    needs=NEEDS,
)
def procedure_in_global(case: Case) -> Iterator[Hit]:
    """Find procedures after a surgery that don't say why they are paid again."""
    for row in case.rows_with(Trait.SURGERY):
        fee = case.fee_of(row)
        if fee is None or fee.global_days not in SURGICAL_GLOBAL:
            continue
        if POST_OPERATIVE & set(row.modifiers):
            continue
        for code, day, days in _surgeries(case, row):
            if 0 < (row.dos - day).days <= AFTER.get(days, 0):
                yield Hit(
                    row.place("modifiers"),
                    f"Line {row.number}: {row.code} falls in the {int(days)}-day global of {code} "
                    f"({day}). Add 58 if staged or more extensive, 78 for a return to the "
                    "operating room, 79 if unrelated.",
                    "58, 78 or 79",
                    " ".join(row.modifiers),
                )
                break


@rule("GLB-003", "Split care without dates", BLOCKS, MANUAL, when=Trait.SPLIT_CARE)
def split_care(case: Case) -> Iterator[Hit]:
    """Find 54 and 55 that share more than the whole, and 55 without the day care changed hands."""
    dates = case.claim.dates
    for row in case.rows_with(Trait.SPLIT_CARE):
        if {"54", "55"} <= set(row.modifiers):
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: 54 and 55 together are the whole of {row.code}. Remove both "
                "if one surgeon did all, else keep one.",
                "54 or 55",
                "54 55",
            )
        elif "55" in row.modifiers and not (dates.assumed_care or dates.relinquished_care):
            yield Hit(
                "dates.assumed_care",
                f"Line {row.number}: modifier 55 on {row.code} lacks the day on which the "
                "post-operative care was assumed. Enter it.",
                "a date",
            )


@rule("GLB-004", "57 with a minor procedure", BLOCKS, MANUAL, when=Trait.VISIT, needs=NEEDS)
def decision_for_minor(case: Case) -> Iterator[Hit]:
    """Find 57 where the day's only procedures have no 90-day global."""
    for row in case.rows_with(Trait.VISIT):
        if "57" not in row.modifiers:
            continue
        near = [
            (code, days)
            for code, day, days in _surgeries(case, row)
            if 0 <= (day - row.dos).days <= 1
        ]
        if near and all(days != "090" for _, days in near):
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: modifier 57 is for 90-day procedures, and {near[0][0]} has "
                f"{int(near[0][1])} days. Use 25.",
                "25",
                "57",
                swap_modifier(row, "57", "25"),
            )


@rule("BIL-001", "50 on a one-sided service", BLOCKS, INDICATORS, when=Trait.BILATERAL, needs=NEEDS)
def cannot_be_bilateral(case: Case) -> Iterator[Hit]:
    """Find modifier 50 on codes that have no two sides."""
    for row in case.rows_with(Trait.BILATERAL):
        fee = case.fee_of(row)
        if fee and fee.bilateral in NOT_BILATERAL:
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: {row.code} cannot be bilateral (indicator {fee.bilateral}). "
                "Remove 50.",
                found="50",
                correction=remove_modifier(row, "50"),
            )


@rule("BIL-002", "50 on a two-sided code", BLOCKS, INDICATORS, when=Trait.BILATERAL, needs=NEEDS)
def already_bilateral(case: Case) -> Iterator[Hit]:
    """Find modifier 50 on codes whose value is for both sides."""
    for row in case.rows_with(Trait.BILATERAL):
        fee = case.fee_of(row)
        if fee and fee.bilateral == ALREADY_BOTH:
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: {row.code} already includes both sides. Remove 50.",
                found="50",
                correction=remove_modifier(row, "50"),
            )


@rule(
    "BIL-003",
    "Both sides in another style than the payer's",
    BLOCKS,
    "payer's profile",
    when=Trait.BILATERAL | Trait.SIDE,
)
def bilateral_style(case: Case) -> Iterator[Hit]:
    """Find LT and RT lines where the payer wants one line with 50, and the reverse."""
    style = case.payer.bilateral_style
    for row in case.rows:
        if style == "two_lines" and row.is_a(Trait.BILATERAL):
            words, wanted = "two lines, LT and RT", "LT and RT"
        elif style == "modifier_50" and "RT" in row.modifiers and _other_side(case, row):
            words, wanted = "one line with modifier 50 and 1 unit", "50"
        else:
            continue
        yield Hit(
            row.place("modifiers"),
            f"Line {row.number}: this payer wants both sides of {row.code} as {words}. Change it.",
            wanted,
            " ".join(row.modifiers),
        )


def _other_side(case: Case, row: Row) -> bool:
    return any(
        other.code == row.code and other.dos == row.dos and "LT" in other.modifiers
        for other in case.rows
    )


@rule("BIL-004", "50 with several units", BLOCKS, MANUAL, when=Trait.BILATERAL)
def bilateral_units(case: Case) -> Iterator[Hit]:
    """Find modifier 50 with more than one unit."""
    for row in case.rows_with(Trait.BILATERAL):
        if row.line.units > 1:
            yield Hit(
                row.place("units"),
                f"Line {row.number}: units must be 1 with modifier 50, not {row.line.units}. "
                "Set 1.",
                "1",
                str(row.line.units),
                set_field(row.place("units"), "1", f"Set units of line {row.number} to 1"),
            )


@rule(
    "LAT-001",
    "Side of service and diagnosis disagree",
    WARNS,
    "ICD-10-CM Official Guidelines I.B.13",
    when=Trait.SIDE,
    needs=(Table.DIAGNOSIS,),
)
def side_against_diagnosis(case: Case) -> Iterator[Hit]:
    """Find LT with only right-sided diagnoses, and the reverse."""
    for row in case.rows_with(Trait.SIDE):
        sides = {d.side for c in case.pointed(row) if (d := case.diagnosis(c)) and d.side in "LRB"}
        sides.discard("")
        mine = {modifier[0] for modifier in row.modifiers if modifier in {"LT", "RT"}}
        if len(mine) == 1 and sides and not sides & (mine | {"B"}):
            modifier = f"{min(mine)}T"
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: modifier {modifier} on {row.code}, but its diagnoses are of "
                "the other side. Fix the side of one of them.",
                found=modifier,
            )
