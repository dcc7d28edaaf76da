import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim_x12.syntax import (
    Kind,
    Limits,
    Problem,
    cut_ranges,
    line_numbers,
    read_range,
    read_runs,
    read_transactions,
    write_runs,
)

ISA = (
    "ISA*00*          *00*          *ZZ*SUBMIT01       *ZZ*RECEIVE01      "
    "*261122*0930*^*00501*000000101*0*T*:~"
)
GS = "GS*HC*SUBMIT01*RECEIVE01*20261122*0930*101*X*005010X222A1~"
ST = "ST*837*0001*005010X222A1~BHT*0019*00*B1*20261122*0930*CH~SE*3*0001~"
END = "GE*1*101~IEA*1*000000101~"
WHOLE = ISA + GS + ST + END
SMALL = Limits(chunk_bytes=7, segment_bytes=400)

SAMPLES = Path(os.environ.get("CLEANCLAIM_SAMPLES", "../shared/samples")) / "x12"


def kinds(data, limits=SMALL):
    return [run.kind.value for run in read_runs(data, limits)]


def every_segment(data, limits=SMALL):
    return [raw for run in read_runs(data, limits) for raw in run.segments()]


def swapped(text, **changes):
    table = {"element": "*", "component": ":", "repetition": "^", "segment": "~"}
    for name, char in changes.items():
        text = text.replace(table[name], char)
    return text.encode("latin-1")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (WHOLE, "ISA GS ST GE IEA"),
        ("\xef\xbb\xbf \r\n" + WHOLE + "\r\n", "GAP ISA GS ST GE IEA GAP"),
        (WHOLE + WHOLE, "ISA GS ST GE IEA ISA GS ST GE IEA"),
        (ISA + GS + ST + ST + END, "ISA GS ST ST GE IEA"),
        (ISA + "TA1*1*2*3*A*000~IEA*0*000000101~", "ISA LOOSE IEA"),
        (ISA + GS + ST + "REF*1*2~" + END, "ISA GS ST LOOSE GE IEA"),
        (ISA + GS + ST.replace("SE*3*0001~", "") + END, "ISA GS ST GE IEA"),
        (ISA + GS + ST.replace("SE*3*0001~", ST) + END, "ISA GS ST ST GE IEA"),
        (ISA + GS + ST + WHOLE, "ISA GS ST ISA GS ST GE IEA"),
        ("hello" + WHOLE, "JUNK ISA GS ST GE IEA"),
        (WHOLE + "hello ISA*1~" + WHOLE, "ISA GS ST GE IEA JUNK JUNK ISA GS ST GE IEA"),
        ("", ""),
    ],
)
def test_file_is_cut_at_its_envelopes(data, expected):
    data = data.encode("latin-1")
    assert kinds(data, Limits()) == expected.split()
    assert write_runs(read_runs(data, SMALL)) == data


@pytest.mark.parametrize(
    "data",
    [
        WHOLE.encode(),
        WHOLE.replace("~", "~\n").encode(),
        WHOLE.replace("~", "~\r\n").encode(),
        WHOLE.replace("~", "~\r\n\r\n").encode(),
        ISA.encode() + (GS + ST + END).replace("~", "\n~ ").encode(),
        WHOLE.replace("~", "~ ").encode(),
        WHOLE.replace("~", "\n").encode(),
        WHOLE.replace("~", "\r\n").encode(),
        WHOLE.replace("~", "\n\n").encode(),
        WHOLE.replace("~", "\x1d").encode(),
        WHOLE.replace("~", "'\n").encode(),
        WHOLE.removesuffix("~").encode(),
        swapped(WHOLE, element="|", component="\x1f", repetition="\\"),
        swapped(WHOLE, element="\t", component=">", segment="\n"),
    ],
)
@pytest.mark.parametrize("limits", [SMALL, Limits()])
def test_any_delimiters_and_layout(data, limits):
    assert write_runs(read_runs(data, limits)) == data
    element = chr(data[3])
    rest = [raw.split(element) for raw in every_segment(data, limits)[1:]]
    assert rest == [raw.split("*") for raw in (GS + ST + END).split("~")[:-1]]
    for run in read_runs(data, limits):
        for index, raw in enumerate(run.segments()):
            start = run.offset_of(index)
            assert data[start : start + len(raw)].decode("latin-1") == raw


@pytest.mark.parametrize(
    "isa",
    [
        ISA.replace("SUBMIT01       ", "SUBMIT01"),
        ISA.replace("*000000101*", "*101*"),
        ISA.replace("*:~", "*:  ~"),
        ISA.replace("*^*", "*U*"),
        ISA.replace("*:~", "*~"),
    ],
)
def test_isa_of_a_wrong_length_is_read(isa):
    runs = list(read_runs((isa + GS + ST + END).encode()))
    assert [run.kind.value for run in runs] == ["ISA", "GS", "ST", "GE", "IEA"]
    assert runs[0].interchange.sender_id == "SUBMIT01"
    assert runs[0].interchange.delimiters.segment == "~"


def test_heads_are_known_inside():
    transaction, runs = next(read_transactions(WHOLE.encode()))
    assert [raw for run in runs for raw in run.segments()] == ST.split("~")[:-1]
    assert (transaction.code, transaction.control_number) == ("837", "0001")
    assert (transaction.group.functional_id, transaction.group.control_number) == ("HC", "101")
    assert transaction.interchange.control_number == "000000101"
    assert transaction.offset == len(ISA + GS)


def test_places_go_on_over_the_runs_of_a_long_transaction():
    body = "".join(f"REF*D9*{number}~" for number in range(500))
    data = (ISA + GS + ST.replace("SE*", body + "SE*") + END).encode()
    found = []
    for _, runs in read_transactions(data, Limits(chunk_bytes=100, segment_bytes=200)):
        for run in runs:
            found += [(run.first + index, raw) for index, raw in enumerate(run.segments())]
    assert [place for place, _ in found] == list(range(1, 504))
    assert found[499] == (500, "REF*D9*497")


def test_binary_data_is_read_by_length():
    payload = "a~SE*1*0001~\nIEA*"
    st275 = f"ST*275*0001*005010X210~BIN*{len(payload)}*{payload}~SE*3*0001~"
    data = (ISA + GS + st275 + END).encode()
    assert kinds(data, Limits(chunk_bytes=50)) == ["ISA", "GS", "ST", "ST", "ST", "GE", "IEA"]
    assert every_segment(data)[3] == f"BIN*{len(payload)}*{payload}"
    assert write_runs(read_runs(data)) == data
    wrong = data.replace(b"BIN*17", b"BIN*16")
    assert Problem.BINARY_LENGTH in [run.problem for run in read_runs(wrong)]
    assert write_runs(read_runs(wrong)) == wrong


def test_no_terminator_within_the_limit():
    data = (ISA + GS + "X" * 2000).encode()
    runs = list(read_runs(data, SMALL))
    assert {run.problem for run in runs if run.kind is Kind.JUNK} == {Problem.SEGMENT_TOO_LONG}
    assert write_runs(runs) == data


def test_ranges_are_the_file():
    data = (ISA + GS + ST * 40 + END + ISA + GS + ST * 20 + END).encode()
    file = io.BytesIO(data)
    whole = [(run.kind, run.text, run.offset, run.transaction) for run in read_runs(data)]
    for count in (1, 2, 3, 7, 100):
        parts = cut_ranges(file, count)
        assert len(parts) == min(count, 61)
        again = [run for part in parts for run in read_range(file, part)]
        assert [(run.kind, run.text, run.offset, run.transaction) for run in again] == whole


def test_line_numbers():
    data = WHOLE.replace("~", "~\n").encode()
    offset = data.index(b"BHT")
    assert line_numbers(read_runs(data, SMALL), [offset, 0]) == {0: 1, offset: 4}


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [ISA, GS, ST, END, "~", "\n", "ISA*", "SE*3*0001~", "BIN*9*", "é", "ST*275~"]
        ),
        max_size=12,
    ),
    st.integers(1, 300),
)
def test_whatever_is_read_can_be_written(parts, chunk):
    data = "".join(parts).encode("latin-1")
    limits = Limits(chunk_bytes=chunk, segment_bytes=300, binary_bytes=50)
    assert write_runs(read_runs(data, limits)) == data
    assert every_segment(data, limits) == every_segment(
        data, Limits(segment_bytes=300, binary_bytes=50)
    ) or (any(run.problem for run in read_runs(data, limits)))


@pytest.mark.skipif(not SAMPLES.exists(), reason="the public samples are not here")
def test_every_sample_round_trips():
    files = [path for path in SAMPLES.rglob("*") if path.is_file() and path.name != "INDEX.tsv"]
    assert len(files) > 300
    for path in files:
        data = path.read_bytes()
        for limits in (Limits(), Limits(chunk_bytes=512)):
            assert write_runs(read_runs(data, limits)) == data, path
