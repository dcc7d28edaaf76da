"""Golden stories: how they are written, how they are played, how the end is compared.

A story (`read_story`) is a JSON text with the X12 files it names; reading them from a disk is the
caller's business. `play` gives a list of `Difference` for a story and a `StoryWorld`: the world
does what each step says and shows a `Picture` after it, and `step_differences` compares that with
every key that the step expects. `cleanclaim story` plays in a world that calls the real services;
the tests of `posting` play in a pure one.

    story, setup    how a story is written; its claims as records
    inputs          what the inputs of steps mean, where stories vary
    world           what a world can do, and the picture of it
    show            rows and decisions in the words of stories
    compare, must_not, facts_837    what is compared, and how
"""

from cleanclaim.core.stories.compare import Difference, balances_picture, step_differences
from cleanclaim.core.stories.play import play
from cleanclaim.core.stories.story import SCHEMA, Json, Step, Story, read_story
from cleanclaim.core.stories.world import ACTIONS, KINDS, Outbound, Picture, StoryWorld

__all__ = [
    "ACTIONS",
    "KINDS",
    "SCHEMA",
    "Difference",
    "Json",
    "Outbound",
    "Picture",
    "Step",
    "Story",
    "StoryWorld",
    "balances_picture",
    "play",
    "read_story",
    "step_differences",
]
