"""Tables, releases and codes in lines for people."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from cleanclaim.core.codes.formats.registry import FORMATS
from cleanclaim.core.codes.guide import Step, next_step
from cleanclaim.core.codes.mapped import MappedTables
from cleanclaim.core.codes.records import Dated, Diagnosis
from cleanclaim.core.codes.release import Release, Table
from cleanclaim.core.codes.search import Hit
from cleanclaim.core.codes.tables import Missing

_SOON_DAYS = 30
_STEP_WORDS = {"side": "the side", "seventh": "the 7th character", "detail": "further"}
_NOT_BY_CODE = frozenset(
    {Table.PTP_PRACTITIONER, Table.PTP_HOSPITAL, Table.COVERAGE_DIAGNOSIS, Table.DIAGNOSIS_GROUP}
)
_MISSING = {
    Missing.UNKNOWN: "no such code",
    Missing.NOT_ON_DAY: "known, but not on this day",
    Missing.NOT_COVERED: "not checked: no loaded release covers this day",
    Missing.NOT_LOADED: "not checked: not loaded",
}


def release_lines(tables: MappedTables, today: date) -> Iterator[str]:
    """List the releases of a set, then the tables that are not loaded."""
    width = max((len(release.table) for release in tables.releases), default=0)
    for release in tables.releases:
        yield (
            f"{release.table:<{width}}  {release.first_day} to {_last(release)}  "
            f"{release.rows:>9,}  {_state(tables, release, today)}  {release.title}"
        )
    loaded = {release.table for release in tables.releases}
    missing = [table.value for table in Table if table not in loaded]
    if missing:
        yield f"Not loaded, so not checked: {', '.join(missing)}."
    yield f"Set {tables.set_id}."


def _last(release: Release) -> str:
    return "open end  " if release.last_day.year == date.max.year else str(release.last_day)


def _state(tables: MappedTables, release: Release, today: date) -> str:
    if release.last_day < today:
        newest = tables.last_day(release.table) == release.last_day
        return "ENDED   " if newest else "ended   "
    if release.first_day > today:
        return "coming  "
    if not release.is_complete:
        return "excerpt "
    return "in force" if tables.release(release.table, today) == release else "older   "


def ended_words(release: Release) -> str:
    """Say of a release that has ended what follows from it."""
    is_diagnosis = release.table == Table.DIAGNOSIS
    what = "codes that it does not hold" if is_diagnosis else "services of later days"
    return (
        f"{release.title} ended on {release.last_day}: {what} are not checked. Load the next "
        "release with `cleanclaim codes load`."
    )


def diagnosis_line(tables: MappedTables, today: date) -> str:
    """Say which release of ICD-10-CM the installation holds, and when it ends."""
    newest = [one for one in tables.releases if one.table == Table.DIAGNOSIS][-1:]
    if not newest:
        return "No release of ICD-10-CM is loaded: diagnoses are not checked."
    release = newest[0]
    if release.last_day < today:
        return ended_words(release)
    return f"{release.title}, {release.rows:,} codes, in force to {release.last_day}."


def update_lines(tables: MappedTables, today: date) -> Iterator[str]:
    """Say which tables have ended or end soon, and where their publishers put the next release."""
    places = {known.name: known.comes_from for known in FORMATS if known.comes_from}
    for table in Table:
        last = tables.last_day(table)
        if last is None or (last - today).days > _SOON_DAYS or table == Table.DIAGNOSIS_GROUP:
            continue
        verb = "ended" if last < today else "ends"
        name = next((name for name in places if table.startswith(name)), "")
        place = f"; the next is at {places[name]}" if name else ""
        yield f"{table} {verb} on {last}{place}."
    yield "Files behind a licence click are fetched by a person; load them with `codes load`."


def code_lines(tables: MappedTables, code: str, day: date) -> tuple[list[str], bool]:
    """Show what every loaded table says about a code on a day.

    Returns:
        The lines, and whether any table holds the code.
    """
    code = code.replace(".", "").upper()
    lines: list[str] = []
    found = False
    for table in Table:
        if table in _NOT_BY_CODE or tables.last_day(table) is None:
            continue
        for key in _keys(table, code):
            asked, note = _asked_day(tables, table, day)
            rows = tables.rows_of(table, key, asked)
            if isinstance(rows, Missing):
                if rows is Missing.NOT_ON_DAY:
                    lines.append(f"{table}: {_MISSING[rows]}")
                continue
            found = True
            for row in rows:
                lines += [f"{table}{note}: {_head(row)}", *_details(row)]
                if isinstance(row, Diagnosis):
                    lines += _path(tables, row, asked)
                    lines += _choices(tables, row, asked)
    if not found:
        lines.append(f"{code}: no loaded table holds it on {day}.")
        lines += _unchecked(tables, code, day)
    return lines, found


def _unchecked(tables: MappedTables, code: str, day: date) -> Iterator[str]:
    answer = tables.procedure(code, day)
    if isinstance(answer, Missing) and answer.is_unchecked:
        yield f"As a procedure: {_MISSING[answer]}."


def _keys(table: Table, code: str) -> tuple[str, ...]:
    if table == Table.PHYSICIAN_FEE:
        return (code, code + "26", code + "TC", code + "53")
    if table == Table.CODE_EDITS:
        return ("D" + code, "P" + code)
    return (code,)


def _asked_day(tables: MappedTables, table: Table, day: date) -> tuple[date, str]:
    last = tables.last_day(table)
    if last is not None and last < day:
        return last, f" (no release covers {day}; the newest ended on {last})"
    return day, ""


def _head(row: Dated) -> str:
    fields = msgspec.structs.asdict(row)
    words = next(
        (fields[k] for k in ("description", "long", "words", "title") if fields.get(k)), ""
    )
    if isinstance(row, Diagnosis):
        words += " (billable)" if row.is_billable else " (not billable)"
    return f"{row.key} {words}".strip()


def _details(row: Dated) -> Iterator[str]:
    shown = {"code", "description", "long", "words", "title", "parent", "is_billable", "children"}
    shown.add("seventh")
    for name, value in msgspec.structs.asdict(row).items():
        if name in shown or value in (None, "", (), False) or value == Decimal(0):
            continue
        yield f"    {name.replace('_', ' ')}: {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(_value(item) for item in value)
    return str(getattr(value, "text", value))


def _path(tables: MappedTables, row: Diagnosis, day: date) -> Iterator[str]:
    for above in tables.diagnosis_path(row.code, day)[1:]:
        yield f"    under {above.code} {above.description}"
        for name in ("excludes_1", "code_first", "use_additional"):
            for note in getattr(above, name):
                yield f"        {name.replace('_', ' ')}: {note.text}"


def _choices(tables: MappedTables, row: Diagnosis, day: date) -> Iterator[str]:
    step = next_step(tables, row.code, day)
    if isinstance(step, Step) and step.choices:
        yield f"    choose {_STEP_WORDS[step.kind]}:"
        for choice in step.choices:
            yield f"        {choice.code:<8} {choice.words}"


def hit_lines(tables: MappedTables, table: Table, hits: Sequence[Hit], day: date) -> Iterator[str]:
    """Show what a search found."""
    last = tables.last_day(table)
    if last is None:
        yield f"{table} is not loaded."
        return
    if last < day:
        yield f"No release of {table} covers {day}; the newest, to {last}, was searched."
    for hit in hits:
        matched = "" if hit.matched in (hit.words, hit.code) else f"  [{hit.matched}]"
        more = "" if hit.is_billable else "  (choose further)"
        yield f"{hit.code:<8} {hit.words}{more}{matched}"
    if not hits:
        yield "Nothing was found."
