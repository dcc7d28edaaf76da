"""Any text in any text field: refused with a finding, or the same when it is read again."""

import copy
from collections import Counter
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, seed, settings
from hypothesis import strategies as st

from cleanclaim_x12.syntax import Delimiters
from cleanclaim_x12.typed.files import Envelope, Options
from cleanclaim_x12.typed.lines import Line, decode_lines, encode_lines, read_lines, write_lines
from cleanclaim_x12.typed.t837p import ProfessionalBatch, read_837p, write_837p

GOLDEN = Path(__file__).parent / "golden"
DATA = Path(__file__).parents[2] / "tests" / "data"
# these decide which loop or shape a segment is, or stand outside of the transaction
_SHAPES = {"entity_code", "format", "time"}
_FILES = {
    path.name: list(decode_lines(list(encode_lines(read_lines(path.read_bytes())))))
    for path in [*sorted(GOLDEN.glob("*.x12")), *sorted(DATA.glob("*-kinds.x12"))]
}
_NAMES = sorted(_FILES)


def text_fields(value, path=()):
    """Paths of all text fields that hold something."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in {"envelope", "raw", *_SHAPES}:
                yield from text_fields(each, (*path, key))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from text_fields(each, (*path, at))
    elif isinstance(value, str):
        yield path


def plain(lines):
    """The lines without places and envelopes."""

    def strip(value):
        if isinstance(value, dict):
            return {
                key: strip(each) for key, each in value.items() if key not in ("place", "envelope")
            }
        return [strip(each) for each in value] if isinstance(value, list) else value

    return strip([msgspec.to_builtins(line) for line in lines])


def changed(line, path, text):
    data = msgspec.to_builtins(line.data)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = text
    return Line(line.kind, line.part, msgspec.convert(data, type(line.data)))


def is_text(line, path):
    """Dates and decimals are texts in JSON alone."""
    try:
        return changed(line, path, "AB") is not None
    except msgspec.ValidationError:
        return False


_PLACES = {
    name: [
        (at, path)
        for at, line in enumerate(lines)
        for path in text_fields(msgspec.to_builtins(line.data))
        if is_text(line, path)
    ]
    for name, lines in _FILES.items()
}
MARKS = st.sampled_from(["*:^~", "|>!\n"])
TEXT = st.text(min_size=1, max_size=12) | st.text(
    st.sampled_from("AB *:^~\n>|\x00\x1cé"), min_size=1
)


@pytest.mark.proof
def test_any_text_is_refused_or_read_back(proof):
    """100,000 texts in text fields, delimiters and controls among them; 2,000 in ordinary runs."""
    cases = proof.count(100_000, 2_000)
    outcomes = Counter()

    @seed(proof.seed)
    @settings(max_examples=cases, deadline=None, database=None)
    @given(
        st.sampled_from(_NAMES), st.integers(0, 10_000), TEXT, st.sampled_from(["*:^~", "|>!\n"])
    )
    @example("837p.x12", 3, "\x00A", "*:^~")
    @example("837p.x12", 3, "A ", "*:^~")
    def law(name, number, text, delimiters):
        outcomes[refused_or_read_back(name, number, text, delimiters)] += 1

    law()
    proof.tell(cases=outcomes.total(), refused=outcomes["refused"], read_back=outcomes["read back"])
    assert min(outcomes["refused"], outcomes["read back"]) > cases * 0.05


def refused_or_read_back(name, number, text, delimiters):
    lines = copy.deepcopy(_FILES[name])
    places = _PLACES[name]
    at, path = places[number % len(places)]
    lines[at] = changed(lines[at], path, text)
    written = write_lines(lines, Options(delimiters=Delimiters(*delimiters)))
    if written.findings:
        assert written.data == b""
        assert {finding.severity for finding in written.findings} == {"error"}
        assert set(text) & set(delimiters) or not text.isascii() or not text.isprintable()
        return "refused"
    assert plain(read_lines(written.data)) == plain(lines)
    return "read back"


@pytest.mark.parametrize("text", ["A*B", "A:B", "A^B", "A~B", "A\nB", "Müller", "\u200b"])
def test_transliteration_is_reported(text):
    (batch,) = read_837p((GOLDEN / "837p.x12").read_bytes())
    batch.claims[0].subscriber.person.last_name = text
    written = write_837p(batch, _envelope(), Options(transliterate=True))
    (finding,) = written.findings
    assert (finding.code, finding.severity) == ("X12-WRITE-REPLACED", "warning")
    assert (finding.segment, finding.element) == ("NM1", 3)
    assert [each.envelope.code for each in read_837p(written.data)] == ["837"]


def test_claims_are_split_by_limit():
    (batch,) = read_837p((GOLDEN / "837p.x12").read_bytes())
    five = msgspec.structs.replace(batch, claims=batch.claims * 5)
    options = Options(claims_per_transaction=2, transactions_per_group=2)
    written = write_837p(five, _envelope(), options)
    assert written.control_numbers == ("0001", "0002", "0003")
    parts = list(read_837p(written.data))
    assert [len(part.claims) for part in parts] == [2, 2, 1]
    assert [part.reference for part in parts] == ["B20261122A", "B20261122A-2", "B20261122A-3"]
    assert [part.envelope.group.control_number for part in parts] == ["1", "1", "2"]
    assert written.data.count(b"HL*") == 6  # levels are shared inside of a transaction


def test_an_identifier_too_long_for_the_isa_is_refused():
    written = write_837p(ProfessionalBatch(), _envelope(sender_id="X" * 16))
    assert [(each.segment, each.element) for each in written.findings] == [("ISA", 6)]


def _envelope(sender_id="S"):
    return Envelope(
        sender_id=sender_id,
        receiver_id="R",
        date=date(2026, 11, 22),
        time="0930",
        interchange_control_number=1,
    )
