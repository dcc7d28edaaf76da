"""Every public sample: no exception, an acknowledgement, and the verdict that the page explains."""

from datetime import datetime

import pytest

from cleanclaim_x12.acks import Sending, acknowledge, acknowledge_claims
from cleanclaim_x12.checking import check
from cleanclaim_x12.tests.samples_table import ROOT, SAMPLES, index, verdict_of

SENDING = Sending(moment=datetime(2026, 11, 23, 8, 0))  # noqa: DTZ001 - local time
PAGE = ROOT / "docs" / "reference" / "x12-samples.md"

pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="the public samples are not here")


def test_every_sample_gets_an_acknowledgement_that_is_right():
    for row in index():
        data = (SAMPLES / row["path"]).read_bytes()
        for answer in (acknowledge(data, SENDING), acknowledge_claims(data, SENDING, snip=4)):
            wrong = [item for item in check(answer, snip=3) if item.severity == "error"]
            assert not answer or not wrong, (row["path"], wrong)
        assert acknowledge(data, SENDING), row["path"]


def test_the_page_says_what_the_engine_says():
    if not PAGE.exists():
        pytest.skip("no docs beside this package")
    rows = {}
    for line in PAGE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 7:
            rows[cells[0]] = cells[4].split(":")[0]
    for row in index():
        verdict = verdict_of((SAMPLES / row["path"]).read_bytes())
        assert rows[row["path"]] == verdict.word, row["path"]


def test_pairs_of_source_and_expected_acknowledgement():
    folder = SAMPLES / "azoner+pyx12" / "pyx12" / "test"
    for name in (
        "834_eol_in_element",
        "834_lui_id_5010",
        "834_lui_id",
        "ordinal",
        "trailer_errors",
    ):
        source = (folder / f"x12testdata.py__{name}.x12").read_bytes()
        expected = (folder / f"x12testdata.py__{name}.ack.x12").read_text()
        ours = lines(acknowledge(source, SENDING).decode())
        assert ours == lines(expected), name


def lines(text):
    """Take what both say: not the loop, nor how much of the value is quoted, nor our CTX."""
    kept = []
    for part in text.replace("\n", "").split("~"):
        cells = part.split("*")
        if cells[0] in ("IK3", "AK3"):
            cells[3] = ""
        elif cells[0] in ("IK4", "AK4"):
            cells = cells[:4]
        if cells[0] in ("AK1", "AK2", "AK3", "AK4", "AK5", "AK9", "IK3", "IK4", "IK5"):
            kept.append(cells)
    return kept
