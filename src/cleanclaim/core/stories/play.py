"""Play a story step by step in a world and list every difference from what it expects."""

from cleanclaim.core.stories.compare import Difference, step_differences
from cleanclaim.core.stories.story import Story
from cleanclaim.core.stories.world import KINDS, StoryWorld
from cleanclaim.kernel.refusal import Refusal


def play(story: Story, world: StoryWorld) -> list[Difference]:
    """Play a story; an empty list means that everything is as it says."""
    world.begin(story)
    before = world.picture()
    found: list[Difference] = []
    for step in story.steps:
        refused = None
        try:
            getattr(world, KINDS[step.kind])(step.day, step.given)
        except Refusal as refusal:
            refused = refusal
        after = world.picture()
        found += step_differences(story, step, before, after, refused)
        before = after
    return found
