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
from cleanclaim.core.edi.losses import claim_losses
from cleanclaim.core.edi.tests.strategies import claims
from cleanclaim.kernel.refusal import Refusal
from cleanclaim_x12.typed.files import Envelope, UnreadableError
from cleanclaim_x12.typed.parts import Reference
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
                yield name, typed, claim_from_837p(typed)
        except (UnreadableError, Refusal):
            continue  # not a file, or not a whole claim


def known(claim):
    """A claim without what its file says twice: the office's own provider and place of service."""
    billing = claim.billing
    rendering, facility, referring = claim.rendering, claim.facility, claim.referring
    if rendering and rendering.npi == billing.npi and not rendering.other_id:
        rendering = None
    if facility and facility.address == billing.address and facility.npi in ("", billing.npi):
        facility = None
    if referring:  # 5010 has no place for it
        referring = msgspec.structs.replace(referring, taxonomy_code="")
    return msgspec.structs.replace(
        as_sent(claim), rendering=rendering, facility=facility, referring=referring
    )


@pytest.mark.skipif(not SAMPLES.exists(), reason="the public samples are not here")
def test_claims_of_other_systems_are_read_and_written_again():
    count = 0
    for name, typed, claim in foreign_claims():
        if claim.patient.birth_date == date.min or claim.is_encounter:
            continue  # neither is taken in
        if len({one.rank for one in claim.coverages}) < len(claim.coverages) or "4010" in name:
            continue  # 4010 says what 5010 has no place for; `claim_losses` tells
        count += 1
        again = claim_from_837p(claim_to_837p(claim))
        assert known(again) == known(claim), name
        told = claim_losses(claim_to_837p(claim))
        assert not told, (name, told)
        assert set(claim_losses(typed)) >= set(seen(typed)), name
    assert count > 50


def seen(typed):
    """Some of what no claim of ours carries, looked up by another way."""
    if typed.pricing:
        yield "pricing"
    if typed.contract:
        yield "contract"
    yield from (f"references {one.qualifier}" for one in typed.references if one.qualifier == "9A")
    for line in typed.lines:
        yield from (f"lines.amounts {one.qualifier}" for one in line.amounts)


@LAW
@given(claims())
def test_nothing_is_lost_of_a_claim_of_ours(claim):
    assert claim_losses(claim_to_837p(claim)) == ()


@given(claims())
@settings(max_examples=5, derandomize=True, deadline=None)
def test_what_has_no_place_here_is_named(claim):
    typed = claim_to_837p(claim)
    typed.references = (*typed.references, Reference("9A", "1"))
    typed.lines[0].references = (*typed.lines[0].references, Reference("9B", "2"))
    assert claim_losses(typed) == ("references 9A", "lines.references 9B")
