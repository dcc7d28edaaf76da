"""Playing stories from folders: read, play in a company of their own, tell every difference."""

import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

from cleanclaim.config.story.world import DatabaseWorld
from cleanclaim.core.stories import Difference, Story, play, read_story
from cleanclaim.kernel.refusal import Refusal

SCENARIO = "scenario.json"


def story_folders(paths: list[Path]) -> list[Path]:
    """Find the stories in folders: each is one, or holds some.

    Raises:
        Refusal: `no_story` for a folder that has none.
    """
    found = []
    for path in paths:
        inner = [path] if (path / SCENARIO).is_file() else _inner(path)
        if not inner:
            raise Refusal("no_story", f"There is no {SCENARIO} in {path}.")
        found += inner
    return found


def _inner(path: Path) -> list[Path]:
    return sorted(file.parent for file in path.glob(f"*/{SCENARIO}"))


def story_read(folder: Path) -> Story:
    """Read a story with the X12 files beside it.

    Raises:
        Refusal: `bad_story`: it is no story of a schema that is known here.
    """
    files = {path.name: path.read_text() for path in sorted(folder.glob("*.x12"))}
    try:
        return read_story((folder / SCENARIO).read_text(), files)
    except ValueError as error:
        raise Refusal("bad_story", f"{folder / SCENARIO} can't be played: {error}.") from error


def story_play(story: Story) -> list[Difference]:
    """Play a story in a new company; an empty list means that everything is as it says."""
    slug = f"story-{story.name.lower()}-{secrets.token_hex(4)}"
    with TemporaryDirectory(prefix=slug) as folder:
        return play(story, DatabaseWorld(slug, Path(folder)))
