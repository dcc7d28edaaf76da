"""What several processes find in the parts of a file is what one finds in the whole."""

import io
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cleanclaim_x12.acks import Sending, acknowledge_claims
from cleanclaim_x12.checker import Options
from cleanclaim_x12.checking import check, check_part
from cleanclaim_x12.syntax import cut_ranges

DATA = sorted((Path(__file__).parent / "data").glob("*.x12"))
WHOLE = b"".join(path.read_bytes().rstrip() + b"\n" for path in DATA)


def found_in_parts(data, count):
    file = io.BytesIO(data)
    parts = cut_ranges(file, count)
    options = Options(values=True)
    return parts, [found for part in parts for found in check_part(file, part, options)]


def damaged(data, seed):
    """Take segments out, double some, and break envelopes."""
    chance = random.Random(seed)  # noqa: S311 - the same files each time
    segments = data.split(b"~")
    for at in sorted(chance.sample(range(1, len(segments) - 1), 40), reverse=True):
        if chance.random() < 0.5:
            del segments[at]
        else:
            segments.insert(at, segments[at])
    for at, segment in enumerate(segments):
        if segment.strip()[:3] in (b"SE*", b"GE*", b"ST*", b"IEA") and chance.random() < 0.15:
            segments[at] = b""
    return b"~".join(segments)


@pytest.mark.parametrize("seed", range(12))
def test_findings_in_parts_are_those_of_the_whole(seed):
    data = damaged(WHOLE, seed) if seed else WHOLE * 2
    whole = list(check(data, values=True))
    assert whole
    for count in (2, 3, 7):
        parts, found = found_in_parts(data, count)
        assert len(parts) == count
        assert found == whole


def test_a_file_without_transactions_is_one_part():
    for data in (b"", b"junk", WHOLE[:106]):
        parts, found = found_in_parts(data, 2)
        assert len(parts) == 1
        assert found == list(check(data, values=True))


def test_an_answer_in_pieces_is_the_answer():
    data = b"".join(path.read_bytes() for path in DATA if path.name.startswith("837"))
    sending = Sending(moment=datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    pieces = []
    assert acknowledge_claims(data, sending, put=pieces.append) == b""
    assert len(pieces) > 3
    assert b"".join(pieces) == acknowledge_claims(data, sending)
