"""Damaged files and any bytes: findings and answers, never an exception."""

import os
import time

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from cleanclaim_x12.tests.fuzzing import DATA, try_bytes

FILES = [path.read_bytes() for path in sorted(DATA.glob("*.x12"))]
PIECES = sorted({piece for data in FILES for piece in data.replace(b"\n", b"").split(b"~")})
SLOWEST = 10  # seconds that one case may take on a busy machine
EDITS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 40), st.binary(max_size=8)), max_size=5
)
MOVES = st.lists(st.tuples(st.integers(0, 80), st.sampled_from(PIECES)), max_size=5)
MARKS = st.text(st.sampled_from("*:^~|\n>\x1c!+ A"), min_size=4, max_size=4)


def damaged(data, edits, moves, marks):
    rows = data.replace(b"\n", b"").split(b"~")
    for at, piece in moves:
        if at % 3:
            rows.insert(1 + at % len(rows), piece)
        else:
            del rows[1 + at % len(rows) :][:1]
            rows = rows[: 1 + at % len(rows)] + rows[2 + at % len(rows) :]
    data = b"~".join(rows)
    if marks:
        data = data.translate(bytes.maketrans(b"*:^~", marks.encode("latin-1")))
    for at, length, put in edits:
        start = at % max(1, len(data))
        data = data[:start] + put + data[start + length :]
    return data


def a_batch(number, examples, tried):
    """Try some cases that hypothesis makes of this number."""

    @seed(number)
    @settings(max_examples=examples, deadline=None, database=None)
    @given(st.sampled_from(FILES), EDITS, MOVES, st.none() | MARKS, st.binary(max_size=300))
    def batch(data, edits, moves, marks, odd):
        for case in (damaged(data, edits, moves, marks), odd, FILES[0][:106] + odd):
            before = time.monotonic()
            try_bytes(case)
            assert time.monotonic() - before < SLOWEST
            tried.append(1)

    batch()


@pytest.mark.proof
def test_segments_that_end_early_are_survived(proof):
    """Every segment of every file, after each of its elements."""
    cases = []
    for data in FILES:
        texts = data.replace(b"\n", b"").split(b"~")[:-1]
        for at in range(2, len(texts) - 2):
            ends = [end for end, char in enumerate(texts[at]) if char == 42]
            cases += [(texts, at, end) for end in ends]
    chosen = proof.choose(cases, 400)
    for texts, at, end in chosen:
        try_bytes(b"~".join([*texts[:at], texts[at][:end], *texts[at + 1 :]]) + b"~")
    proof.tell(cases=len(chosen))


@pytest.mark.proof
def test_any_bytes_are_survived(proof):
    """A minute in continuous integration and in the long proofs, a few seconds by hand."""
    most = 60 if proof.is_whole or os.environ.get("CI") else 4
    end = time.monotonic() + most
    tried: list[int] = []
    number = proof.seed
    while time.monotonic() < end:
        a_batch(number, 25, tried)
        number += 1
    proof.tell(cases=len(tried), seconds_given=most)
    assert len(tried) >= 50
