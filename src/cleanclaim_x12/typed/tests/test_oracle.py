"""What is written is accepted by pyx12, a second engine that is there for development only."""

import io
from datetime import date
from pathlib import Path

import pytest

from cleanclaim_x12.typed.files import Envelope
from cleanclaim_x12.typed.t835 import read_835, write_835
from cleanclaim_x12.typed.t837i import read_837i, write_837i
from cleanclaim_x12.typed.t837p import read_837p, write_837p
from cleanclaim_x12.typed.t999 import read_999, write_999

GOLDEN = Path(__file__).parent / "golden"
ENVELOPE = Envelope(
    sender_id="SUBMIT01",
    receiver_id="RECEIVE01",
    date=date(2026, 11, 22),
    time="0930",
    interchange_control_number=7,
)


def claims(read, write):
    return lambda data: [write(each, ENVELOPE) for each in read(data)]


def trees(read, write):
    return lambda data: [write(read(data), ENVELOPE)]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("837p", claims(read_837p, write_837p)),
        ("835", trees(read_835, write_835)),
        ("999", trees(read_999, write_999)),
        ("837i", claims(read_837i, write_837i)),
    ],
)
def test_pyx12_accepts(name, again, tmp_path):
    document = pytest.importorskip("pyx12.x12n_document")
    params = pytest.importorskip("pyx12.params")
    source = GOLDEN / f"{name}.x12"
    for written in again(source.read_bytes()):
        assert written.findings == ()
        path = tmp_path / "written.x12"
        path.write_bytes(written.data)
        answer = io.StringIO()
        assert document.x12n_document(params.params(), str(path), answer, None, None)
