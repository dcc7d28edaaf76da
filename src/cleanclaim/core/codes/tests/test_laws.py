"""Laws of reading: what is written is read back, and a part is never taken for the whole."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.core.codes.mapped import MappedRelease, release_bytes, release_sections
from cleanclaim.core.codes.ptp import code_number, code_text
from cleanclaim.core.codes.records import Mue, Note, PtpEdit
from cleanclaim.core.codes.release import Release, Table
from cleanclaim.core.codes.tests import official
from cleanclaim.core.codes.tests.test_refusals import GOOD, read
from cleanclaim.kernel.refusal import Refusal

LAW = settings(derandomize=True, max_examples=60, deadline=None)
codes = st.from_regex(r"\A[0-9]{4}[0-9FTUMA]\Z|\A[A-CE-V][0-9]{4}\Z")
days = st.none() | st.dates(date(1996, 1, 1), date(2026, 12, 31))
words = st.text("abc /-", max_size=12).map(str.strip)


@st.composite
def edits(draw):
    return PtpEdit(
        column_1=draw(codes),
        column_2=draw(codes),
        start=draw(days),
        end=draw(days),
        modifier_indicator=draw(st.sampled_from("019")),
        rationale=draw(words),
        existed_before_1996=draw(st.booleans()),
    )


@LAW
@given(st.lists(edits(), min_size=1, max_size=30))
def test_edits_are_read_back_as_they_were_written(rows):
    newest = PtpEdit(
        column_1="99999", column_2="99999", start=date(2026, 10, 1), modifier_indicator="1"
    )
    rows = [*rows, newest]
    text = official.PTP_HEADER + "".join(official.ptp_line(row) for row in rows)
    ((_, got),) = read("ccipra-v323r0-f1.TXT", text)
    assert sorted(got, key=repr) == sorted(rows, key=repr)


@LAW
@given(st.lists(edits(), min_size=1, max_size=30))
def test_packed_edits_are_the_same_edits_in_order(rows):
    text = official.PTP_HEADER + "".join(official.ptp_line(row) for row in rows)
    ((batch, got),) = read("ccipra-f1.TXT", text)
    count, sections = release_sections(batch.rows)
    release = Release(
        table=Table.PTP_PRACTITIONER,
        release_id="x",
        first_day=date(1996, 1, 1),
        last_day=date(2026, 12, 31),
        history_from=date(1996, 1, 1),
        rows=count,
    )
    packed = list(MappedRelease(release_bytes(release, sections)).all_rows())
    assert packed == got
    assert [row.key for row in packed] == sorted(row.key for row in rows)


@LAW
@given(st.lists(st.tuples(codes, st.integers(0, 9999), st.sampled_from("123"), words), min_size=1))
def test_units_are_read_back_as_they_were_written(cells):
    rows = [
        Mue(
            code=c,
            units=u,
            adjudication_indicator=i,
            adjudication=official.MUE_WORDS[i],
            rationale=w,
        )
        for c, u, i, w in cells
    ]
    text = official.mue_header("DME Supplier Services") + "".join(map(official.mue_line, rows))
    ((_, got),) = read("MCR_MUE_DMESupplierServices_Eff_10-01-2026.csv", text)
    assert got == rows


@pytest.mark.parametrize("name", GOOD)
@settings(derandomize=True, max_examples=25, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_cut_file_is_refused_or_loads_fewer_of_the_same_rows(name, share):
    file, text = GOOD[name]
    whole = {batch.table: rows for batch, rows in read(file, text)}
    part = text[: int(len(text) * share)]
    try:
        loaded = read(file, part)
    except Refusal:
        return
    # The code editor's list has no last line ending, and XML is whole without one.
    unended = name == "mce" or part.strip() == text.strip()
    assert part.endswith("\n") or unended, "a cut within a line passed"
    for batch, rows in loaded:
        assert rows == whole[batch.table][: len(rows)]
        assert len(rows) < len(whole[batch.table]) or unended


@LAW
@given(codes)
def test_a_code_is_its_number(code):
    assert code_text(code_number(code)) == code


NAMED = [
    (("E10",), "E109", True),
    (("E10",), "E1", False),
    (("A00-B99",), "A00", True),
    (("A00-B99",), "B999", True),
    (("A00-B99",), "C00", False),
    (("S00-T88",), "S0001XA", True),
    (("T36-T50",), "T509", True),
    (("T36-T50",), "T51", False),
    (("H350",), "H3501", True),
]


@pytest.mark.parametrize(("named", "code", "falls"), NAMED)
def test_what_a_note_names(named, code, falls):
    assert Note("", named).names(code) is falls
