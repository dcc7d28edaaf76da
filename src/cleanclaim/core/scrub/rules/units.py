"""Units: medically unlikely edits, add-on codes, and units that make no sense."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from cleanclaim.core.codes.records import AddOn, Mue
from cleanclaim.core.codes.release import Setting, Table
from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.fixes import remove_line, remove_modifier
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

MUE_SOURCE = "CMS NCCI medically unlikely edits"
ADD_ON_SOURCE = "CMS NCCI add-on code edits"
LINE, DAY_POLICY, DAY_CLINICAL = "1", "2", "3"
MINUTES = "MJ"
DAY_BEFORE = frozenset({"99292"})  # critical care may go on from the evening before
FIXED_LIST, OPEN_LIST = "1", "3"
GLOBAL_ADD_ON = "ZZZ"
_MUE_TABLES = {
    Setting.PRACTITIONER: Table.MUE_PRACTITIONER,
    Setting.HOSPITAL: Table.MUE_HOSPITAL,
    Setting.DME: Table.MUE_DME,
}
MUE_NEEDS = tuple(_MUE_TABLES.values())


def daily_units(row: Row) -> Decimal:
    """Give a line's units for one day: over several days they are shared and rounded half up."""
    days = (row.end - row.dos).days + 1
    if days <= 1:
        return row.line.units
    return (row.line.units / days).quantize(Decimal(1), ROUND_HALF_UP)


def _mue(case: Case, row: Row) -> Mue | None:
    if row.line.unit_code == MINUTES or not row.code or not case.payer.follows_ncci:
        return None
    setting = case.setting
    return case.asked(_MUE_TABLES[setting], case.tables.mue, row.code, row.dos, setting)


def _limits(case: Case) -> list[tuple[Row, Mue]]:
    """Give the lines that have a limit, with it."""
    return [(row, mue) for row in case.rows if (mue := _mue(case, row)) is not None]


def _over_the_day(case: Case, indicator: str) -> Iterator[tuple[Row, Mue, Decimal]]:
    """Give the last line of each code and day whose units of the day exceed its limit."""
    groups: dict[tuple[str, date, str], list[tuple[Row, Mue]]] = {}
    for row, mue in case.once("limits", _limits):
        if mue.adjudication_indicator == indicator:
            key = (row.code, row.dos, case.rendering(row).npi)
            groups.setdefault(key, []).append((row, mue))
    for members in groups.values():
        first, mue = members[0]
        past = [x.units for x in case.past_same_day(first) if x.procedure_code == first.code]
        total = sum((daily_units(row) for row, _ in members), sum(past, Decimal(0)))
        if total > mue.units:
            yield members[-1][0], mue, total


@rule("MUE-001", "Too many units on a line", BLOCKS, MUE_SOURCE, needs=MUE_NEEDS)
def line_limit(case: Case) -> Iterator[Hit]:
    """Find lines with more units than one line may have."""
    for row, mue in case.once("limits", _limits):
        units = daily_units(row)
        if mue.adjudication_indicator == LINE and units > mue.units:
            yield Hit(
                row.place("units"),
                f"Line {row.number}: {units} units of {row.code}, at most {mue.units} on a line. "
                "Correct the units, or split them over lines with 76, 77, 59 or a side if true.",
                f"at most {mue.units}",
                str(units),
            )


@rule("MUE-002", "Impossible units on a day", BLOCKS, MUE_SOURCE, needs=MUE_NEEDS)
def day_limit_by_policy(case: Case) -> Iterator[Hit]:
    """Find days with more units than policy allows; no modifier and no appeal helps."""
    for row, mue, units in _over_the_day(case, DAY_POLICY):
        yield Hit(
            row.place("units"),
            f"Line {row.number}: {units} units of {row.code} on {row.dos} with all claims of the "
            f"day, at most {mue.units} by policy. Reduce the units; this can't be overridden.",
            f"at most {mue.units}",
            str(units),
        )


@rule("MUE-003", "Unusual units on a day", WARNS, MUE_SOURCE, needs=MUE_NEEDS)
def day_limit_clinical(case: Case) -> Iterator[Hit]:
    """Find days with more units than is usual; records may win an appeal."""
    for row, mue, units in _over_the_day(case, DAY_CLINICAL):
        yield Hit(
            row.place("units"),
            f"Line {row.number}: {units} units of {row.code} on {row.dos}, usually at most "
            f"{mue.units}. Verify the units and keep the records for an appeal.",
            f"at most {mue.units}",
            str(units),
        )


@rule("UNT-001", "Units are not above zero", BLOCKS, "X12 837, SV104 and SV205")
def no_units(case: Case) -> Iterator[Hit]:
    """Find lines without units that charge something."""
    for row in case.rows:
        if row.line.units <= 0 and row.line.charge_cents:
            yield Hit(
                row.place("units"),
                f"Line {row.number}: {row.line.units} units of {row.code or 'the service'} with a "
                "charge. Enter how many were given.",
                "above 0",
                str(row.line.units),
            )


def _primary_missing(case: Case, row: Row, addon: AddOn) -> tuple[str, ...]:
    """Give the primaries of an add-on if none of them is there; empty if one is, or none listed."""
    primaries = addon.primaries_on(row.dos)
    here = {other.code for other in case.rows if other.dos == row.dos}
    days = {row.dos, row.dos - timedelta(days=1)} if row.code in DAY_BEFORE else {row.dos}
    here |= {
        line.procedure_code
        for line in case.past
        if line.service_date in days and case.is_same_provider(row, line)
    }
    return () if here & set(primaries) else primaries


def _add_on_hits(case: Case, kind: str) -> Iterator[Hit]:
    for row in case.rows:
        addon = case.addon(row)
        if addon is None or addon.kind != kind:
            continue
        missing = _primary_missing(case, row, addon)
        if missing:
            shown = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
            yield Hit(
                row.place("procedure_code"),
                f"Line {row.number}: add-on {row.code} needs one of {shown} by the same provider "
                f"on {row.dos}. Add the primary procedure or remove the add-on.",
                shown,
                row.code,
                remove_line(case, row),
            )


@rule("AOC-001", "Add-on without its primary", BLOCKS, ADD_ON_SOURCE, needs=(Table.ADD_ON,))
def add_on_alone(case: Case) -> Iterator[Hit]:
    """Find add-ons of a fixed list without any of their primaries."""
    yield from _add_on_hits(case, FIXED_LIST)


@rule("AOC-003", "Add-on without a listed primary", WARNS, ADD_ON_SOURCE, needs=(Table.ADD_ON,))
def add_on_perhaps_alone(case: Case) -> Iterator[Hit]:
    """Find add-ons whose list contractors may widen, without any listed primary."""
    yield from _add_on_hits(case, OPEN_LIST)


@rule(
    "AOC-002",
    "51 on an add-on",
    BLOCKS,
    "CMS Claims Processing Manual, chapter 12, section 40.6",
    when=Trait.MULTIPLE,
    needs=(Table.ADD_ON, Table.PHYSICIAN_FEE),
)
def add_on_with_51(case: Case) -> Iterator[Hit]:
    """Find modifier 51 where the multiple-procedure cut never applies."""
    for row in case.rows_with(Trait.MULTIPLE):
        fee = case.fee_of(row)
        if case.addon(row) or (fee and fee.global_days == GLOBAL_ADD_ON):
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: modifier 51 is not allowed on add-on {row.code}. Remove 51.",
                found="51",
                correction=remove_modifier(row, "51"),
            )
