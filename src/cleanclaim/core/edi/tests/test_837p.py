import io
import os
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from cleanclaim.core.edi.claim_from_837p import claim_from_837p
from cleanclaim.core.edi.claim_to_837p import (
    batch_head,
    claim_to_837p,
    claims_to_837p,
    receiver_party,
    submitter_party,
)
from cleanclaim.core.edi.tests.strategies import claims
from cleanclaim.kernel.refusal import Refusal
from cleanclaim_x12.typed.files import Envelope, UnreadableError
from cleanclaim_x12.typed.t837p import stream_837p, write_837p

SAMPLES = Path(
    os.environ.get("CLEANCLAIM_SAMPLES", Path(__file__).parents[5].parent / "shared" / "samples")
)
LAW = settings(max_examples=30, derandomize=True, deadline=None)
DAY = date(2026, 3, 2)
ENVELOPE = Envelope(
    sender_id="S", receiver_id="R", date=DAY, time="0930", interchange_control_number=1
)


def write(made):
    batch = batch_head(
        "B1", submitter_party("X", "S", "DESK", "5555550100"), receiver_party("Y", "R"), DAY, "0930"
    )
    written = write_837p(batch, ENVELOPE, claims=claims_to_837p(made))
    assert not written.findings, written.findings
    return written.data


def read(data):
    return [claim_from_837p(one) for one in stream_837p(io.BytesIO(data))]


def as_sent(claim):
    """What the wire leaves out because the receiver knows it already."""
    lines = tuple(
        msgspec.structs.replace(
            line, rendering=None if line.rendering == claim.rendering else line.rendering
        )
        for line in claim.lines
    )
    return msgspec.structs.replace(claim, lines=lines)


@LAW
@given(claims())
def test_a_claim_comes_back_as_it_was(claim):
    assert read(write([claim])) == [as_sent(claim)]


@LAW
@given(claims(), claims())
def test_two_claims_share_nothing_that_is_not_equal(one, other):
    assert read(write([one, other, one])) == [as_sent(one), as_sent(other), as_sent(one)]


@given(claims())
@settings(max_examples=5, derandomize=True, deadline=None)
def test_a_restricted_line_is_never_written(claim):
    lines = (msgspec.structs.replace(claim.lines[0], plan_disclosure_restricted=True),)
    with pytest.raises(Refusal, match="plan_disclosure_restricted"):
        claim_to_837p(msgspec.structs.replace(claim, lines=lines))


def billed(claim):
    """Who is asked to pay, and who was asked before."""
    return [
        (one.rank, one.payer.payer_id, one.subscriber.member_id, one.subscriber.name.last)
        for one in claim.coverages
        if one.rank <= claim.payer_rank
    ]


def professional_samples():
    if not SAMPLES.exists():
        return []
    index = (SAMPLES / "x12" / "INDEX.tsv").read_text().splitlines()
    return sorted(row.split("\t")[0] for row in index if "X222" in row or "837P" in row)


def foreign_claims():
    for name in professional_samples():
        path = SAMPLES / "x12" / name
        try:
            for typed in stream_837p(io.BytesIO(path.read_bytes())):
                yield name, claim_from_837p(typed)
        except (UnreadableError, Refusal):
            continue  # not a file, or not a whole claim


@pytest.mark.skipif(not SAMPLES.exists(), reason="the public samples are not here")
def test_claims_of_other_systems_are_read_and_written_again():
    count = 0
    for name, claim in foreign_claims():
        count += 1
        again = claim_from_837p(claim_to_837p(claim))
        assert again.charge_cents == claim.charge_cents, name
        assert [x.line_number for x in again.lines] == [x.line_number for x in claim.lines]
        assert again.diagnoses == claim.diagnoses, name
        if len({one.rank for one in claim.coverages}) == len(claim.coverages):
            assert billed(again) == billed(claim), name
    assert count > 50
