"""Every key that a story expects can turn red: each expectation is falsified and played."""

import copy
from pathlib import Path

import msgspec
import pytest

from cleanclaim.core.posting.tests.memory_world import MemoryWorld
from cleanclaim.core.stories import Story, play, read_story
from cleanclaim.core.stories.must_not import known_phrases

FOLDER = Path(__file__).parents[5] / "tests" / "stories"

# story | step | path in expect | another value | place that names it
ROWS = """
D01|1|journals.0.lines.0.dr|21544|journals
D01|5|journals.0.lines.0.trace|"X"|journals
D01|5|journals.1.lines.0.reason|"CO-50"|journals
D16|9|journals.0.period|"2026-04"|journals.period
D05|5|journals.3.lines.0.rank|1|journals
D01|5|balances.patient|1|balances.patient
D01|5|balances.lines.L1.patient|1|balances.lines.L1.patient
D01|5|balances.clearing_by_trace|{}|balances.clearing_by_trace
D01|5|claims.K1.owner|"us"|claims.K1.owner
D01|5|claims.K1.lines.L2|"denied"|claims.K1.lines.L2
D03|5|work_items.open|[]|work_items.open
D03|5|work_items.opened|[]|work_items.opened
D03|9|work_items.closed|[]|work_items.closed
D13|7|holds|[]|holds
D01|5|remittances.R1|"closed"|remittances
D01|6|deposits|{}|deposits
D03|9|outbound.0.ref_f8|"X"|outbound.K1.ref_f8
D03|9|outbound.0.lines.0.charge_cents|1|outbound.K1.lines
D06|7|outbound.0.other_payers.0.amt_d_cents|1|outbound.K2.other_payers
D06|7|outbound.0.other_payers.0.lines.L1.cas|[]|outbound.K2.other_payers
D01|2|outbound.0.must_be_absent|["REF*6R*L1"]|outbound.K1.must_be_absent
D05|7|refused|null|refused
D01|5|refused|"no"|refused
D10|5|findings|[]|findings
D03|5|denials.0.field|"units"|denials
D11|7|matched_by.L4|"6R"|matched_by.L4
D05|8|matched_by.lines|"manual"|matched_by.lines
D05|5|timers.0.due|"2026-04-28"|timers
D17|6|not_posted.0.cents|1|not_posted
D12|10|refund_items.0.status|"paid"|refund_items
D01|7|statement.total_cents|1|statement
D16|9|as_of.2026-04-30.cash|1|as_of.2026-04-30.cash
D16|8|periods.2026-04|"open"|periods.2026-04
D04|10|claim_level_allocation.PR-3.L1|1|claim_level_allocation
D03|12|journals.0.reverses|"J005"|journals.reverses
D16|9|journals.0.back_ref|"2026-03"|journals.back_ref
"""


def load(name):
    folder = next(FOLDER.glob(f"{name}-*"))
    files = {path.name: path.read_text() for path in folder.glob("*.x12")}
    return read_story((folder / "scenario.json").read_text(), files)


def falsified(story, step, path, value):
    data = copy.deepcopy(story.data)
    place = data["steps"][step - 1]["expect"]
    *way, last = path.split(".")
    for key in way:
        place = place[int(key) if isinstance(place, list) else key]
    place[last] = value
    return Story(data=data, files=story.files)


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_a_false_expectation_is_named(row):
    name, step, path, value, place = row.split("|")
    story = falsified(load(name), int(step), path, msgspec.json.decode(value))
    found = play(story, MemoryWorld())
    assert any(one.step == int(step) and one.place.startswith(place) for one in found), found


# story | step that does it | what it must not do
WRONGS = """
D03|5|denial case
D03|5|denial_resolution
D01|5|any journal
D01|5|any journal line for CO-45
D01|5|journal with period 2026-03
D01|2|outbound 837 for K1
D01|5|patient balance
D06|5|secondary_ready work item
D08|12|reinstatement on KY
D15|7|4100 at receipt
D01|5|any change of the claim
D14|10|refund to the patient
"""


@pytest.mark.parametrize("row", WRONGS.strip().splitlines())
def test_a_wrong_is_named(row):
    name, step, phrase = row.split("|")
    story = falsified(load(name), int(step), "must_not", [phrase])
    found = play(story, MemoryWorld())
    assert [(one.step, one.place) for one in found] == [(int(step), "must_not")]


def test_most_wrongs_of_the_stories_have_a_test_of_their_own():
    phrases = [
        phrase
        for folder in FOLDER.glob("D*")
        for step in load(folder.name[:3]).steps
        for phrase in step.expect.get("must_not", [])
    ]
    assert len(known_phrases(phrases)) / len(phrases) > 0.7


def test_another_schema_is_refused():
    with pytest.raises(ValueError, match="schema"):
        read_story('{"schema": "x"}', {})


def test_a_story_whose_own_837_says_otherwise_is_told():
    story = load("D06")
    name = story.steps[6].expect["outbound"][0]["reference_837"]
    wrong = {**story.files, name: story.files[name].replace("AMT*D*170.54~", "AMT*D*170.45~")}
    (only,) = play(Story(data=story.data, files=wrong), MemoryWorld())
    assert only.place == "reference.K2.other_payers.99901.amt_d_cents"
    assert (only.expected, only.found) == (17054, 17045)
