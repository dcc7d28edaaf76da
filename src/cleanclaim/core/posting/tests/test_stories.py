from pathlib import Path

import pytest

from cleanclaim.core.posting.tests.memory_world import MemoryWorld
from cleanclaim.core.stories import play, read_story

FOLDER = Path(__file__).parents[5] / "tests" / "stories"
STORIES = sorted(FOLDER.glob("D*"))


def read(folder):
    files = {path.name: path.read_text() for path in folder.glob("*.x12")}
    return read_story((folder / "scenario.json").read_text(), files)


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_story(folder):
    found = play(read(folder), MemoryWorld())
    assert not found, "\n".join(map(str, found))


def test_all_stories_are_here():
    assert len(STORIES) == 17
