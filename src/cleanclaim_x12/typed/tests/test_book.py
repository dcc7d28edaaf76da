"""Small files of our own, read and written back to the byte."""

from datetime import date
from pathlib import Path

import pytest

import cleanclaim_x12.typed.t277ca as ca
import cleanclaim_x12.typed.t835 as remit
import cleanclaim_x12.typed.t837p as prof
import cleanclaim_x12.typed.t999 as ack
from cleanclaim_x12.typed.files import Envelope, Options

GOLDEN = Path(__file__).parent / "golden"
ENVELOPE = Envelope(
    sender_id="SUBMIT01",
    receiver_id="RECEIVE01",
    date=date(2026, 11, 22),
    time="0930",
    interchange_control_number=101,
    group_control_number=101,
    usage="T",
)
LINES = Options(line_break="\n")


def write_837p(batches, envelope, options):
    (batch,) = batches
    return prof.write_837p(batch, envelope, options)


@pytest.mark.parametrize(
    ("name", "read", "write"),
    [
        ("837p", prof.read_837p, write_837p),
        ("835", remit.read_835, remit.write_835),
        ("277ca", ca.read_277ca, ca.write_277ca),
        ("999", ack.read_999, ack.write_999),
    ],
)
def test_written_as_read(name, read, write):
    data = (GOLDEN / f"{name}.x12").read_bytes()
    written = write(read(data), ENVELOPE, LINES)
    assert written.findings == ()
    assert written.data.decode() == data.decode()
