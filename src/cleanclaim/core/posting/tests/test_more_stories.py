"""Steps and inputs that the seventeen stories do not have, through the same player's world."""

import copy
from datetime import date
from pathlib import Path

import pytest

from cleanclaim.core.posting.tests.memory_world import MemoryWorld
from cleanclaim.core.stories import KINDS, Story, balances_picture, read_story
from cleanclaim.kernel.refusal import Refusal

FOLDER = Path(__file__).parents[5] / "tests" / "stories"
DAY = date(2026, 3, 3)


def world_of(name, change):
    folder = next(FOLDER.glob(f"{name}-*"))
    files = {path.name: path.read_text() for path in folder.glob("*.x12")}
    story = read_story((folder / "scenario.json").read_text(), files)
    data = copy.deepcopy(story.data)
    change(data)
    world = MemoryWorld()
    world.begin(Story(data=data, files=files))
    return world


def restrict(data):
    data["encounters"][0]["lines"][2]["plan_disclosure_restricted"] = True
    data["encounters"][0]["lines"][2]["dx_pointers"] = [2]
    data["encounters"][0]["lines"][0]["dx_pointers"] = [1]
    data["claims"][0] |= {"lines": ["L1", "L2"], "total_cents": 26330}
    data["policies"]["returned_check_fee_to_patient"] = True


@pytest.fixture
def restricted():
    world = world_of("D01", restrict)
    world.charges_posted(DAY, {"encounter": "E1", "claim": "K1", "lines": ["L1", "L2"]})
    world.self_pay_charge(DAY, {"encounter": "E1", "line": "L3"})
    return world


def test_a_restricted_line_reaches_the_patient_and_no_plan(restricted):
    restricted.claim_submitted(DAY, {"claim": "K1", "submission_kind": "original"})
    seen = restricted.picture()
    assert balances_picture(seen.entries)["lines"]["L3"] == {"patient": 1235}
    text = seen.outbound[0].text
    assert "36415" not in text
    assert "I10" not in text
    assert "HI*ABK:E119~" in text


def test_the_returned_check_of_a_restricted_line_is_shown(restricted):
    paid = {"tender": "check", "amount_cents": 1235, "applies_to": "line L3", "check": "1001"}
    restricted.patient_payment(DAY, paid)
    assert balances_picture(restricted.picture().entries)["patient"] == 0
    restricted.nsf(DAY, {"amount_cents": 1235, "fee_cents": 2500, "check": "1001"})
    seen = restricted.picture()
    assert seen.items == {("restricted_payment_failed", "L3", "us")}
    balances = balances_picture(seen.entries)
    assert (balances["patient"], balances["cash"]) == (3735, -3735)
    with pytest.raises(Refusal, match="unknown_payment"):
        restricted.nsf(DAY, {"amount_cents": 1})


def test_a_named_line_is_paid_first(restricted):
    restricted.patient_payment(
        DAY, {"tender": "cash", "amount_cents": 2000, "applies_to": "L3", "patient": "A1"}
    )
    balances = balances_picture(restricted.picture().entries)
    assert balances["lines"]["L3"]["patient"] == 0
    assert balances["unapplied_patient"] == 765


def test_a_crossover_timer_rings_and_the_secondary_goes_out():
    world = world_of("D05", lambda _: None)
    for step in world.story.steps[:6]:
        getattr(world, KINDS[step.kind])(step.day, step.given)
    with pytest.raises(Refusal, match="timer_not_due"):
        world.timer(date(2026, 4, 2), {"kind": "crossover_late", "claim": "K2"})
    world.timer(date(2026, 4, 29), {"kind": "crossover_late", "claim": "K2"})
    assert world.picture().items == {("crossover_late", "K2", "us")}


def test_a_medicaid_patient_owes_nothing_whoever_asks():
    def medicaid(data):
        data["parties"]["payers"][1]["filing"] = "MC"

    world = world_of("D06", medicaid)
    for step in world.story.steps[:5]:
        getattr(world, KINDS[step.kind])(step.day, step.given)
    with pytest.raises(Refusal, match="patient_barred"):
        world.decision(
            date(2026, 5, 21),
            {"by": "person:x", "action": "transfer_to_patient", "claim": "K2", "line": "L1"},
        )
    world.remittance_received(date(2026, 6, 9), {"file": "10-R2.835.x12", "remittance": "R2"})
    seen = world.picture()
    assert balances_picture(seen.entries)["patient"] == 0


def test_an_unknown_decision_is_refused():
    world = world_of("D01", lambda _: None)
    with pytest.raises(Refusal, match="unknown_decision"):
        world.decision(DAY, {"by": "person:x", "action": "dance", "claim": "K1"})
