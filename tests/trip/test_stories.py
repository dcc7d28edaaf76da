"""Golden stories through the real services: to the cent, in a company of their own."""

import copy
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleanclaim.config.cli import main
from cleanclaim.config.story.player import story_folders, story_play, story_read
from cleanclaim.core.stories import Story
from cleanclaim.kernel.refusal import Refusal

FOLDER = Path(__file__).parents[1] / "stories"
ALWAYS = ("D01", "D02", "D03", "D04", "D05", "D07", "D08", "D09", "D10", "D11")
IN_TURN = (
    *("D06", "D12", "D13", "D14", "D15", "D16", "D17"),
    *(f"E{number:02}" for number in range(1, 14)),
)


def story(name):
    (folder,) = FOLDER.glob(f"{name}-*")
    return story_read(folder)


def differences(name):
    return "\n".join(map(str, story_play(story(name))))


@pytest.mark.parametrize("name", ALWAYS)
def test_story(own_database, name):
    assert differences(name) == ""


@pytest.mark.proof
def test_other_stories_in_turn(own_database, proof):
    names = proof.choose(IN_TURN, 2)
    assert {name: differences(name) for name in names} == dict.fromkeys(names, "")
    proof.tell(cases=len(names))


def test_every_story_has_its_turn():
    assert {folder.name[:3] for folder in story_folders([FOLDER])} == {*ALWAYS, *IN_TURN}


def test_a_wrong_expectation_is_told(own_database):
    told = story("D01")
    data = copy.deepcopy(told.data)
    data["steps"][4]["expect"]["balances"]["patient"] += 1
    data["steps"] = data["steps"][:5]
    (only,) = story_play(Story(data=data, files=told.files))
    assert (only.step, only.place) == (5, "balances.patient")
    assert only.expected == only.found + 1


def test_a_remittance_that_does_not_end_as_it_says_is_told(own_database):
    told = story("D08")
    name = "12-R2.835.x12"
    files = {**told.files, name: told.files[name].replace("SE*26*", "SE*27*")}
    found = story_play(Story(data=told.data, files=files))
    assert (found[0].step, found[0].place) == (12, "refused")
    assert "parked_file" in found[0].found


def test_a_folder_without_a_story_is_refused(tmp_path):
    with pytest.raises(Refusal, match="no_story"):
        story_folders([tmp_path])
    (tmp_path / "scenario.json").write_text('{"schema": "other"}')
    with pytest.raises(Refusal, match="bad_story"):
        story_read(tmp_path)


def test_the_command_tells_what_differs_and_leaves_nothing(tmp_path):
    folder = tmp_path / "wrong"
    shutil.copytree(next(FOLDER.glob("D09-*")), folder)
    text = (folder / "scenario.json").read_text()
    (folder / "scenario.json").write_text(text.replace('"parked_trace_conflict"', '"closed"'))
    command = [sys.executable, "-m", "cleanclaim.config.cli", "story", "--json"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [*command, str(next(FOLDER.glob("D02-*"))), str(folder)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    right, wrong = map(json.loads, done.stdout.splitlines())
    assert right == {"story": "D02", "holds": True, "differences": []}
    assert {(one["step"], one["what"]) for one in wrong["differences"]} == {(8, "remittances")}
    assert done.returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["wrong"]


def test_the_command_explains_itself(capsys):
    with pytest.raises(SystemExit):
        main(["story", "--help"])
    assert "FOLDER" in capsys.readouterr().out
