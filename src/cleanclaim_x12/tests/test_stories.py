"""The golden stories of the money are clean, but for the one that is out of balance on purpose."""

import os
from pathlib import Path

import pytest

from cleanclaim_x12.checking import check

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("CLEANCLAIM_SAMPLES") or ROOT.parent / "shared" / "samples").parent
STORIES = SHARED / "scenarios" / "stories"
UNBALANCED = ("D10-unbalanced-parked", "05-R1.835.x12")


@pytest.mark.skipif(not STORIES.exists(), reason="the golden stories are not here")
def test_stories_have_no_findings():
    seen = 0
    for path in sorted(STORIES.glob("*/*.x12")):
        seen += 1
        expected = ["X12-BAL-REMIT-LINE"] if (path.parent.name, path.name) == UNBALANCED else []
        assert [item.code for item in check(path.read_bytes())] == expected, path.name
    assert seen > 90
