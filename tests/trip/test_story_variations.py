"""What the golden stories do not say, through the same world: other orders, tenders, switches."""

import copy
import re
from datetime import date
from pathlib import Path

import pytest

from cleanclaim.config.story.player import story_read
from cleanclaim.config.story.world import DatabaseWorld
from cleanclaim.core.stories import KINDS, Story, balances_picture
from cleanclaim.kernel.refusal import Refusal

FOLDER = Path(__file__).parents[1] / "stories"
DAY = date(2026, 3, 3)


@pytest.fixture
def world_of(own_database, tmp_path):
    def make(name, change=lambda _: None):
        told = story_read(next(FOLDER.glob(f"{name}-*")))
        data = copy.deepcopy(told.data)
        change(data)
        world = DatabaseWorld("story-varied", tmp_path)
        world.begin(Story(data=data, files=told.files))
        return world

    return make


def go(world, *numbers):
    """Play steps of the story by number and look."""
    for number in numbers:
        step = world.story.steps[number - 1]
        getattr(world, KINDS[step.kind])(step.day, step.given)
    return world.picture()


def balances(seen):
    return balances_picture(seen.entries)


def restrict(data):
    """L3 is paid by the patient, and the plan may not hear of it."""
    lines = data["encounters"][0]["lines"]
    lines[2] |= {"plan_disclosure_restricted": True, "dx_pointers": [2]}
    lines[0]["dx_pointers"] = [1]
    data["claims"][0] |= {"lines": ["L1", "L2"], "total_cents": 26330}
    data["policies"]["returned_check_fee_to_patient"] = True
    data["steps"][8] |= {"kind": "self_pay_charge", "input": {"encounter": "E1", "line": "L3"}}


@pytest.fixture
def restricted(world_of):
    world = world_of("D01", restrict)
    assert balances(go(world, 1))["patient"] == 0
    world.self_pay_charge(DAY, {"encounter": "E1", "line": "L3"})
    world.self_pay_charge(DAY, {"encounter": "E1", "line": "L3"})
    return world


def test_a_restricted_line_reaches_the_patient_and_no_plan(restricted):
    seen = go(restricted, 2)
    assert balances(seen)["lines"]["L3"] == {"patient": 1235}
    (sent,) = seen.outbound
    assert "36415" not in sent.text
    assert "I10" not in sent.text
    assert "HI*ABK:E119~" in sent.text


def test_a_returned_check_is_owed_again_with_its_fee(restricted):
    paid = {"tender": "check", "amount_cents": 1235, "applies_to": "line L3", "check": "1001"}
    restricted.patient_payment(DAY, paid)
    assert balances(restricted.picture())["patient"] == 0
    restricted.nsf(DAY, {"amount_cents": 1235, "fee_cents": 2500, "check": "1001"})
    seen = restricted.picture()
    assert seen.items == {("restricted_payment_failed", "L3", "us")}
    assert (balances(seen)["patient"], balances(seen)["cash"]) == (3735, -3735)
    with pytest.raises(Refusal, match="unknown_payment"):
        restricted.nsf(DAY, {"amount_cents": 1})
    restricted.patient_payment(DAY, {"tender": "cash", "amount_cents": 3735})
    assert balances(restricted.picture())["patient"] == 0


def test_a_named_line_is_paid_first_and_the_rest_is_kept_ahead(restricted):
    paid = {"tender": "cash", "amount_cents": 2000, "applies_to": "L3", "patient": "A1"}
    restricted.patient_payment(DAY, paid)
    seen = balances(restricted.picture())
    assert seen["lines"]["L3"]["patient"] == 0
    assert seen["unapplied_patient"] == 765


def test_the_secondary_goes_out_once_the_crossover_is_late(world_of):
    world = world_of("D05")
    go(world, 1, 2, 3, 4, 5, 6)
    ring = {"kind": "crossover_late", "claim": "K2"}
    with pytest.raises(Refusal, match="timer_not_due"):
        world.timer(date(2026, 4, 2), ring)
    world.timer(date(2026, 4, 29), ring)
    assert world.picture().items == {("crossover_late", "K2", "us")}
    world.claim_submitted(date(2026, 4, 30), {"claim": "K2", "submission_kind": "secondary"})
    seen = world.picture()
    assert seen.items == frozenset()
    assert "AMT*D*111.29~" in seen.outbound[0].text


def test_a_medicaid_patient_owes_nothing_whoever_asks(world_of):
    def medicaid(data):
        data["parties"]["payers"][1]["filing"] = "MC"

    world = world_of("D06", medicaid)
    go(world, 1, 2, 3, 4, 5)
    asked = {"by": "person:x", "action": "transfer_to_patient", "claim": "K2", "line": "L1"}
    with pytest.raises(Refusal, match="patient_barred"):
        world.decision(date(2026, 5, 21), asked)
    assert balances(go(world, 6, 7, 8, 9, 10))["patient"] == 0


def test_a_remittance_that_waits_for_money_is_posted_with_it(world_of):
    def wait(data):
        data["policies"]["post_before_eft_match"] = False

    world = world_of("D01", wait)
    seen = go(world, 1, 2, 3, 4, 5)
    assert seen.remittances == {"R1": "awaiting_eft"}
    assert len(seen.entries) == 3
    seen = go(world, 6)
    assert seen.remittances == {"R1": "closed"}
    assert seen.deposits == {"EFT-EFT0101001": "reconciled"}
    assert balances(seen)["patient"] == 3055


def test_money_that_comes_first_is_matched_and_the_same_file_changes_nothing(world_of):
    world = world_of("D01")
    seen = go(world, 1, 2, 3, 4, 6)
    assert seen.items == {("unmatched_eft", "EFT-EFT0101001", "us")}
    assert seen.deposits == {"EFT-EFT0101001": "unmatched"}
    seen = go(world, 5)
    assert (seen.items, seen.remittances) == (frozenset(), {"R1": "closed"})
    assert seen.deposits == {"EFT-EFT0101001": "reconciled"}
    again = {**world.story.steps[4].given, "remittance": "R1-twin"}
    world.remittance_received(DAY, again)
    twice = world.picture()
    assert twice.remittances == {"R1": "closed", "R1-twin": "duplicate_of:R1"}
    assert twice.entries == seen.entries


def test_a_file_that_does_not_end_as_it_says_is_parked_whole(world_of):
    world = world_of("D01")
    before = go(world, 1, 2, 3, 4)
    name = world.story.steps[4].given["file"]
    whole = world.story.files[name]
    damaged = re.sub(r"SE\*(\d+)", r"SE*9\1", whole)
    world.story.files[name] = damaged
    with pytest.raises(Refusal, match="parked_file"):
        go(world, 5)
    assert world.picture().entries == before.entries
    world.story.files[name] = whole
    assert go(world, 5).remittances == {"R1": "posted_awaiting_eft"}


def test_money_that_does_not_come_is_asked_for(world_of):
    world = world_of("D01")
    go(world, 1, 2, 3, 4, 5)
    world.timer(DAY, {"kind": "unmatched_era", "remittance": "R1"})
    assert world.picture().items == {("unmatched_era", "R1", "us")}
    assert go(world, 6).items == frozenset()


def test_what_is_refused_leaves_nothing(world_of):
    world = world_of("D01")
    before = go(world, 1, 2)
    for day, asked in (
        (DAY, {"by": "person:x", "action": "dance", "claim": "K1"}),
        (DAY, {"by": "person:x", "action": "void_claim", "claim": "K1"}),
        (DAY, {"by": "person:x", "action": "write_off", "claim": "K1", "amount_cents": 99_999}),
        (
            DAY,
            {"by": "person:x", "action": "approve_payer_refund", "claim": "K1", "amount_cents": 1},
        ),
    ):
        with pytest.raises(Refusal):
            world.decision(day, asked)
    after = world.picture()
    assert (after.entries, after.claims, after.items) == (
        before.entries,
        before.claims,
        before.items,
    )
