"""Files are written in constant memory, whole or not at all."""

import io
from pathlib import Path

from cleanclaim_x12.typed.lines import Line, read_lines, write_lines, write_pieces

GOLDEN = Path(__file__).parent / "golden"


def repeated(count):
    head, first, *_ = read_lines((GOLDEN / "837p.x12").read_bytes())
    return [head, *([first] * count)]


def test_pieces_are_the_file():
    lines = repeated(2000)
    pieces = []
    written = write_pieces(lines, pieces.append)
    assert len(pieces) > 2
    assert (b"".join(pieces), written.control_numbers) == (
        write_lines(lines).data,
        write_lines(lines).control_numbers,
    )


def test_nothing_counts_where_a_value_is_refused():
    lines = repeated(500)
    lines[-1] = Line("837P", "claim", type(lines[-1].data)(control_number="A*1"))
    pieces = io.BytesIO()
    written = write_pieces(lines, pieces.write)
    assert not written.control_numbers
    assert [finding.code for finding in written.findings] == ["X12-WRITE-VALUE"]
    assert write_lines(lines).data == b""


def test_what_stands_behind_the_claims_stays_there():
    data = (GOLDEN / "835.x12").read_bytes()
    odd = data.replace(b"\nSE*", b"\nZZ9*A~\nSE*")
    assert odd != data
    written = write_lines(read_lines(odd))
    assert b"~ZZ9*A~SE*" in written.data
    assert written.data.index(b"PLB*") < written.data.index(b"ZZ9*")
