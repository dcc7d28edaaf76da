"""Bad files cost no more than good ones: time grows with length, memory does not."""

import tracemalloc
from pathlib import Path

import pytest

from cleanclaim_x12.checking import check

CLAIM = (Path(__file__).parent / "data" / "837p-cob.x12").read_text().replace("\n", "")
AT = CLAIM.index("CLM*")


class Endless:
    """A file that repeats a segment without holding it."""

    def __init__(self, segment, times):
        self.parts = [CLAIM[:AT].encode(), *[segment * 1000] * times, CLAIM[AT:].encode()]

    def read(self, size):
        del size
        return self.parts.pop(0) if self.parts else b""


@pytest.mark.parametrize("segment", [b"REF*ZZ*1~", b"ZZZ*1~", b"N3*X~", b"LX*1~", b"~"])
def test_repeated_nonsense_takes_little_memory(segment):
    sum(1 for _ in check(Endless(segment, 1)))
    tracemalloc.start()
    count = sum(1 for _ in check(Endless(segment, 8)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count >= 8000
    assert peak < 48 << 20
