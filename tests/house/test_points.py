"""Every point at which a test may kill is known by name, and every known one is passed."""

import re
from pathlib import Path

from cleanclaim.platform.failpoints import FAIL_POINTS

SOURCE = Path(__file__).parents[2] / "src" / "cleanclaim"


def test_fail_points_are_known_and_in_use():
    texts = (path.read_text() for path in SOURCE.rglob("*.py") if "tests" not in path.parts)
    used = {name for text in texts for name in re.findall(r'fail_point\("(\w+)"\)', text)}
    assert used == set(FAIL_POINTS)
