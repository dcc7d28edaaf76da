"""Damaged files: no exception but the one for no X12 at all, and what was read can be written."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim_x12.anonymize import anonymize
from cleanclaim_x12.cli.show import tree_of
from cleanclaim_x12.typed.files import UnreadableError
from cleanclaim_x12.typed.lines import decode_lines, encode_lines, read_lines, write_lines

GOLDEN = Path(__file__).parent / "golden"
FILES = [path.read_bytes() for path in sorted(GOLDEN.glob("*.x12"))]
PIECES = [piece for data in FILES for piece in data.split(b"~\n") if piece]


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    st.sampled_from(FILES),
    st.lists(
        st.tuples(st.integers(0, 2000), st.integers(0, 40), st.binary(max_size=8)), max_size=6
    ),
    st.lists(st.tuples(st.integers(1, 60), st.sampled_from(PIECES)), max_size=6),
)
def test_damage_is_survived(data, cuts, moved):
    rows = data.split(b"~\n")
    for at, piece in moved:
        rows.insert(1 + at % len(rows), piece)
    data = b"~\n".join(rows)
    for at, length, put in cuts:
        start = 106 + at % max(1, len(data) - 106)
        data = data[:start] + put + data[start + length :]
    lines = list(encode_lines(read_lines(data)))
    written = write_lines(decode_lines(lines))
    assert written.findings or written.data or not lines
    list(tree_of(data))
    b"".join(anonymize(data, b"k"))


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes(data, has_head):
    data = FILES[0][:106] + data if has_head else data
    try:
        list(read_lines(data))
        list(tree_of(data))
    except UnreadableError:
        assert not has_head
    b"".join(anonymize(data, b"k"))
