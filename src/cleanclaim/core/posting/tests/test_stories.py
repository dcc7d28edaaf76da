from pathlib import Path

import pytest

from cleanclaim.core.posting.tests.memory_world import MemoryWorld
from cleanclaim.core.stories import play, read_story

FOLDER = Path(__file__).parents[5] / "tests" / "stories"
STORIES = sorted(FOLDER.glob("[DE]*"))


def read(folder):
    files = {path.name: path.read_text() for path in folder.glob("*.x12")}
    return read_story((folder / "scenario.json").read_text(), files)


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_story(folder):
    found = play(read(folder), MemoryWorld())
    assert not found, "\n".join(map(str, found))


def test_all_stories_are_here():
    assert len(STORIES) == 30


class Recorder(MemoryWorld):
    def begin(self, story):
        super().begin(story)
        self.texts = {}

    def write(self, plan):
        self.texts[plan.claim_number] = super().write(plan)
        return self.texts[plan.claim_number]


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_claims_go_out_as_written_in_the_story(folder):
    story, world = read(folder), Recorder()
    play(story, world)
    for number, text in world.texts.items():
        reference = next(t for name, t in story.files.items() if f"-{number}.837p" in name)
        assert text.split() == reference.split()
    assert world.texts
