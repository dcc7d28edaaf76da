"""Dated look-ups: rows in memory, mapped columns and a slow scan give the same answers."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.core.codes import MemoryTables, Missing, Release, Setting, Table, release_for_day
from cleanclaim.core.codes import ptp as ptp_module
from cleanclaim.core.codes.formats.registry import read_files
from cleanclaim.core.codes.formats.source import text_source
from cleanclaim.core.codes.made import Chance, made_codes, made_ptp
from cleanclaim.core.codes.mapped import (
    MappedRelease,
    MappedTables,
    release_bytes,
    release_sections,
)
from cleanclaim.core.codes.ptp import PtpColumns
from cleanclaim.core.codes.records import Diagnosis, Listed, Mue, PtpEdit

D = date.fromisoformat
OPEN = {"first_day": D("1996-01-01"), "last_day": D("2026-12-31"), "history_from": D("1996-01-01")}


def release(table, first="1996-01-01", last="2026-12-31", history="", **more):
    return Release(
        table=table,
        release_id=f"{table}-{first}-{last}",
        first_day=D(first),
        last_day=D(last),
        history_from=D(history or first),
        **more,
    )


def mapped(rows_by_release):
    files = []
    for known, rows in rows_by_release:
        count, sections = release_sections(rows)
        data = release_bytes(known, sections)
        files.append(MappedRelease(data))
        assert count == len(list(rows))
    return MappedTables("test", files)


EDITS = (
    PtpEdit(
        column_1="11042",
        column_2="97597",
        modifier_indicator="1",
        start=D("2020-01-01"),
        end=D("2021-12-31"),
    ),
    PtpEdit(column_1="11042", column_2="97597", modifier_indicator="0", start=D("2022-04-01")),
    PtpEdit(
        column_1="11042",
        column_2="97598",
        modifier_indicator="9",
        start=D("2020-01-01"),
        end=D("2020-01-01"),
    ),
    PtpEdit(column_1="G0101", column_2="99213", modifier_indicator="1", existed_before_1996=True),
)

# Both codes, day, what is found: the modifier indicator or why there is none.
PTP_TABLE = [
    ("11042", "97597", "2019-12-31", Missing.NOT_ON_DAY),
    ("11042", "97597", "2020-01-01", "1"),
    ("11042", "97597", "2021-12-31", "1"),
    ("11042", "97597", "2022-01-01", Missing.NOT_ON_DAY),
    ("11042", "97597", "2022-03-31", Missing.NOT_ON_DAY),
    ("11042", "97597", "2022-04-01", "0"),
    ("11042", "97597", "2026-12-31", "0"),
    ("11042", "97597", "2027-01-01", Missing.NOT_COVERED),
    ("97597", "11042", "2020-01-01", Missing.UNKNOWN),
    ("11042", "97598", "2020-01-01", Missing.NOT_ON_DAY),
    ("G0101", "99213", "1997-01-01", "1"),
    ("G0101", "99213", "1995-12-31", Missing.NOT_COVERED),
    ("G0101", "9921", "2020-01-01", Missing.UNKNOWN),
    ("", "", "2020-01-01", Missing.UNKNOWN),
    ("11042", "\N{FULLWIDTH DIGIT NINE}7597", "2020-01-01", Missing.UNKNOWN),
]


@pytest.mark.parametrize("kind", ["memory", "mapped"])
@pytest.mark.parametrize(("one", "two", "day", "found"), PTP_TABLE)
def test_ptp(kind, one, two, day, found):
    known = release(Table.PTP_PRACTITIONER)
    if kind == "memory":
        tables = MemoryTables({Table.PTP_PRACTITIONER: EDITS}, [known])
    else:
        columns = PtpColumns()
        for edit in EDITS:
            columns.add(edit)
        tables = mapped([(known, columns)])
    edit = tables.ptp(one, two, D(day), Setting.PRACTITIONER)
    assert (edit.modifier_indicator if edit else edit) == found
    assert tables.ptp(one, two, D(day), Setting.HOSPITAL) is Missing.NOT_LOADED


def small_ptp():
    sources = [text_source(n, "".join(lines)) for n, lines in made_ptp("ccipra", 30_000)]
    (batch,) = read_files(sources)
    return batch


def slow_ptp(edits, one, two, day):
    """Scan every edit of the pair: the independent way."""
    rows = edits.get(one + two, ())
    for edit in rows:
        if edit.start == edit.end and edit.start:
            continue
        if (not edit.start or edit.start <= day) and (not edit.end or day <= edit.end):
            return edit
    return Missing.NOT_ON_DAY if rows else Missing.UNKNOWN


def disagreements(count):
    batch = small_ptp()
    by_pair = {}
    for edit in batch.rows:
        by_pair.setdefault(edit.key, []).append(edit)
    tables = mapped([(release(Table.PTP_PRACTITIONER), batch.rows)])
    pairs, codes, chance = list(by_pair), made_codes(), Chance(3)
    wrong = 0
    for _ in range(count):
        pair = pairs[chance.below(len(pairs))]
        if chance.below(3) == 0:
            pair = codes[chance.below(len(codes))] + pair[5:]
        rows = by_pair.get(pair)
        day = D("1996-01-01") + timedelta(days=chance.below(11_000))
        if rows and chance.below(2):  # the days where an edit begins and ends, and beside them
            edge = (rows[0].end if chance.below(2) else rows[0].start) or day
            day = min(
                max(edge + timedelta(days=chance.below(3) - 1), D("1996-01-01")), D("2026-12-31")
            )
        wrong += tables.ptp(pair[:5], pair[5:], day, Setting.PRACTITIONER) != slow_ptp(
            by_pair, pair[:5], pair[5:], day
        )
    return wrong


def test_mapped_edits_agree_with_a_slow_scan():
    assert disagreements(20_000) == 0


def test_a_day_off_would_be_seen(monkeypatch):
    monkeypatch.setattr(ptp_module, "_EPOCH", ptp_module._EPOCH)
    whole = ptp_module.PtpIndex.edit
    later = lambda self, a, b, day: whole(self, a, b, day + timedelta(days=1))  # noqa: E731  one defect
    monkeypatch.setattr(ptp_module.PtpIndex, "edit", later)
    assert disagreements(2_000) > 0


codes = st.text("ABCJ019", min_size=1, max_size=7)
days = st.dates(D("2024-01-01"), D("2026-12-31"))


@st.composite
def listed(draw):
    start = draw(st.none() | days)
    end = draw(st.none() | days)
    return Listed(code=draw(codes), words=draw(st.text(max_size=5)), start=start, end=end)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(listed(), max_size=30), st.lists(st.tuples(codes, days), max_size=20))
def test_mapped_rows_answer_as_rows_in_memory(rows, questions):
    known = release(Table.REVENUE, "2025-01-01", "2026-06-30", "2024-06-01")
    memory = MemoryTables({Table.REVENUE: rows}, [known])
    on_disk = mapped([(known, rows)])
    for code, day in [*questions, *((row.code, D("2025-06-01")) for row in rows)]:
        assert on_disk.listed(Table.REVENUE, code, day) == memory.listed(Table.REVENUE, code, day)
    assert sorted(row.code for row in on_disk.mapped(known).all_rows()) == sorted(
        r.code for r in rows
    )


RELEASES = [
    release(Table.DIAGNOSIS, "2025-10-01", "2026-09-30"),
    release(Table.DIAGNOSIS, "2026-04-01", "2026-09-30", "2025-10-01"),
    release(Table.DIAGNOSIS, "2026-10-01", "2027-09-30"),
]
RELEASE_TABLE = [
    ("2025-09-30", None),
    ("2025-10-01", "2025-10-01"),
    ("2026-03-31", "2025-10-01"),
    ("2026-04-01", "2026-04-01"),
    ("2026-09-30", "2026-04-01"),
    ("2026-10-01", "2026-10-01"),
    ("2027-09-30", "2026-10-01"),
    ("2027-10-01", None),
]


@pytest.mark.parametrize(("day", "first"), RELEASE_TABLE)
def test_the_release_in_force_on_the_day_answers(day, first):
    found = release_for_day(RELEASES, D(day))
    assert (found and str(found.first_day)) == first


def test_a_later_release_answers_for_its_history_alone():
    found = release_for_day(RELEASES[1:], D("2025-12-01"))
    assert found == RELEASES[1]
    assert release_for_day(RELEASES[2:], D("2025-12-01")) is None


def test_the_kinds_of_missing_are_told_apart():
    excerpt = release(Table.CARC, is_complete=False)
    tables = MemoryTables(
        {
            Table.CARC: [Listed(code="45"), Listed(code="15", end=D("2018-05-01"))],
            Table.MUE_PRACTITIONER: [Mue(code="J1100", units=10, adjudication_indicator="3")],
        },
        [excerpt, release(Table.MUE_PRACTITIONER, "2026-10-01", "2026-12-31")],
    )
    day = D("2026-11-22")
    assert tables.carc("45", day)
    assert tables.carc("15", D("2018-05-01"))
    assert tables.carc("15", D("2018-05-02")) is Missing.NOT_ON_DAY
    assert tables.carc("46", day) is Missing.NOT_LOADED
    assert tables.mue("J1101", day, Setting.PRACTITIONER) is Missing.UNKNOWN
    assert tables.mue("J1100", D("2026-09-30"), Setting.PRACTITIONER) is Missing.NOT_COVERED
    assert tables.mue("J1100", day, Setting.HOSPITAL) is Missing.NOT_LOADED
    assert tables.procedure("99213", day) is Missing.NOT_LOADED
    assert tables.procedure("9921", day) is Missing.UNKNOWN
    assert tables.last_day(Table.MUE_PRACTITIONER) == D("2026-12-31")
    assert [m for m in Missing if m.is_unchecked] == [Missing.NOT_COVERED, Missing.NOT_LOADED]
    assert not any(Missing)


def test_the_path_of_a_code_ends_at_its_chapter():
    rows = [
        Diagnosis(code="E119", description="", parent="E11", is_billable=True),
        Diagnosis(code="E11", description="", parent="E08-E13", children=("E119",)),
    ]
    groups = [
        Diagnosis(code="E08-E13", description="", parent="4"),
        Diagnosis(code="4", description=""),
    ]
    tables = MemoryTables({Table.DIAGNOSIS: rows, Table.DIAGNOSIS_GROUP: groups})
    path = tables.diagnosis_path("E119", D("2026-01-01"))
    assert [d.code for d in path] == ["E119", "E11", "E08-E13", "4"]
    assert tables.diagnosis_path("E118", D("2026-01-01")) == ()


def test_a_damaged_file_is_refused():
    count, sections = release_sections([Listed(code="A")])
    data = release_bytes(release(Table.REVENUE, rows=count), sections)
    for spoilt, says in ((data[:-16], "cut short"), (b"x" + data[1:], "load it again")):
        with pytest.raises(Exception, match=says):
            MappedRelease(spoilt)
