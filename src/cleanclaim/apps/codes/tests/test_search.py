"""People's words find what a coder means; the guide leads to a complete code."""

from datetime import date

import pytest

from cleanclaim.apps.codes.builtin import dependency_batches
from cleanclaim.core.codes import Missing, Table
from cleanclaim.core.codes.guide import next_step
from cleanclaim.core.codes.mapped import (
    MappedRelease,
    MappedTables,
    release_bytes,
    release_sections,
)
from cleanclaim.core.codes.release import Release
from cleanclaim.core.codes.search import Searcher, index_sections

DAY = date(2026, 9, 1)


def mapped(batch):
    count, sections = release_sections(batch.rows)
    release = Release(
        table=batch.table,
        release_id=f"{batch.table}-test",
        first_day=batch.span.first,
        last_day=batch.span.last,
        history_from=batch.history_from,
        rows=count,
    )
    plain = release_bytes(release, sections)
    return MappedRelease(release_bytes(release, sections | index_sections(MappedRelease(plain))))


@pytest.fixture(scope="module")
def tables():
    return MappedTables("test", [mapped(batch) for batch in dependency_batches()])


@pytest.fixture(scope="module")
def searcher(tables):
    return Searcher(tables)


# What a person says, and with what one of the first five codes must begin.
QUESTIONS = [
    ("heart attack", "I21"),
    ("high blood pressure", "I10"),
    ("kidney stones", "N20"),
    ("pink eye", "H10"),
    ("sugar diabetes", "E11"),
    ("broken hip", "S720"),
    ("right hip fracture", "S720"),
    ("strep throat", "J020"),
    ("sore throat", "J02"),
    ("low back pain", "M545"),
    ("shortness of breath", "R060"),
    ("depression", "F32"),
    ("anxiety", "F41"),
    ("migraine", "G43"),
    ("asthma", "J45"),
    ("afib", "I48"),
    ("uti", "N390"),
    ("ear infection", "H66"),
    ("torn rotator cuff", "M751"),
    ("carpal tunnel", "G560"),
    ("acid reflux", "K21"),
    ("well child", "Z0012"),
    ("chest pain", "R07"),
    ("stroke", "I63"),
    ("covid", "U071"),
    ("gallstones", "K80"),
    ("flu", "J1"),
    ("shingles", "B02"),
    ("hemorrhoids", "K64"),
    ("nose bleed", "R040"),
    ("diab", "E1"),
    ("E11.9", "E119"),
    ("s72.00", "S7200"),
]


@pytest.mark.parametrize(("words", "begins"), QUESTIONS)
def test_the_first_five_hold_what_was_meant(searcher, words, begins):
    hits = searcher.search(words, DAY, limit=5)
    assert any(hit.code.startswith(begins) for hit in hits), [hit.code for hit in hits]


def test_a_title_finds_itself(searcher, tables):
    release = tables.release(Table.DIAGNOSIS, DAY)
    rows = [row for place, row in enumerate(tables.mapped(release).all_rows()) if place % 97 == 0]
    titles = [row.description for row in rows if not row.side and len(row.code) < 7]
    found = 0
    for title in titles:
        found += any(hit.words == title for hit in searcher.search(title + " ", DAY, limit=10))
    assert found > 0.95 * len(titles) > 200


def test_nothing_is_found_for_nothing_known(searcher):
    assert searcher.search("qqqqzzzz", DAY) == []
    assert searcher.search("", DAY) == []
    assert searcher.search("pain", DAY, Table.HCPCS) == []


def test_an_ended_release_is_searched_all_the_same(searcher):
    assert searcher.search("heart attack", date(2030, 1, 1))


# Code, the side that was named, the kind of the next step, one of its choices.
STEPS = [
    ("S72", "", "detail", "S720"),
    ("S7200", "", "side", "S72001"),
    ("S7200", "R", "seventh", "S72001A"),
    ("S7200", "L", "seventh", "S72002D"),
    ("S72001", "", "seventh", "S72001S"),
    ("S72001A", "", "done", None),
    ("S025", "", "seventh", "S025XXA"),
    ("T07", "", "seventh", "T07XXXA"),
    ("H1031", "", "done", None),
    ("H103", "B", "done", None),
    ("E11", "", "detail", "E119"),
    ("E119", "", "done", None),
]


@pytest.mark.parametrize(("code", "side", "kind", "choice"), STEPS)
def test_the_next_step(tables, code, side, kind, choice):
    step = next_step(tables, code, DAY, side)
    assert step.kind == kind
    assert choice is None or choice in [c.code for c in step.choices]
    assert (step.choices == ()) == (kind == "done")


def test_every_path_of_the_guide_ends_at_a_billable_code(tables):
    release = tables.release(Table.DIAGNOSIS, DAY)
    heads = [r.code for r in tables.mapped(release).all_rows() if len(r.code) == 3]
    for code in heads[::40]:
        open_codes = [code]
        while open_codes:
            step = next_step(tables, open_codes.pop(), DAY)
            if step.kind == "done":
                assert tables.diagnosis(step.code, DAY).is_billable, step.code
            open_codes += [choice.code for choice in step.choices[:3]]


def test_the_release_of_the_dependency_says_what_it_is(tables):
    release = tables.release(Table.DIAGNOSIS, DAY)
    assert (release.first_day, release.last_day) == (date(2026, 4, 1), date(2026, 9, 30))
    rows = list(tables.mapped(release).all_rows())
    assert (len(rows), sum(row.is_billable for row in rows)) == (98_186, 74_719)
    assert tables.diagnosis("E119", date(2026, 10, 1)) is Missing.NOT_COVERED


def test_notes_come_from_the_whole_path(tables):
    path = tables.diagnosis_path("E1165", DAY)
    assert [d.code for d in path] == ["E1165", "E116", "E11", "E08-E13", "4"]
    assert any(note.names("E1010") for d in path for note in d.excludes_1)
    assert not any(note.names("I10") for d in path for note in d.excludes_1)
