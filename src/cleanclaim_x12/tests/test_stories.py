"""The golden stories are free of errors, but for the one out of balance on purpose."""

import os
from pathlib import Path

import pytest

from cleanclaim_x12.checking import check

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("CLEANCLAIM_SAMPLES") or ROOT.parent / "shared" / "samples").parent
STORIES = SHARED / "scenarios" / "stories"
UNBALANCED = ("D10-unbalanced-parked", "05-R1.835.x12")


@pytest.mark.skipif(not STORIES.exists(), reason="the golden stories are not here")
def test_stories_have_no_errors():
    seen = 0
    for path in sorted(STORIES.glob("*/*.x12")):
        seen += 1
        data = path.read_bytes()
        # their receiving bank, 222000030, has a wrong check digit: a warning, and rightly so
        expected = ["X12-CODE-ABA"] if b"*222000030*" in data else []
        if (path.parent.name, path.name) == UNBALANCED:
            expected.append("X12-BAL-REMIT-LINE")
        assert [item.code for item in check(data)] == expected, path.name
    assert seen > 90
