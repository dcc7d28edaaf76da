"""Status is a shape, then a word, then a colour; there are eight shapes and no more."""

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """A glyph that can be told apart without colour."""

    DRAFT = "draft"  # dashed ring: not complete yet
    IDLE = "idle"  # ring: not started
    SENT = "sent"  # ring with arrow: left us, no answer
    WAITING = "waiting"  # half filled ring: someone else or the clock
    WARNING = "warning"  # triangle: may go on, needs eyes
    HELD = "held"  # square with bars: stopped on purpose
    BLOCKED = "blocked"  # octagon with x: a person must act
    DONE = "done"  # disc with tick: finished

    @property
    def tone(self) -> str:
        """Name of the colour that goes with the shape; empty for the quiet ones.

        >>> Shape.BLOCKED.tone, Shape.IDLE.tone
        ('bad', '')
        """
        return _TONES.get(self, "")


_TONES = {
    Shape.SENT: "accent",
    Shape.WAITING: "wait",
    Shape.WARNING: "wait",
    Shape.HELD: "hold",
    Shape.BLOCKED: "bad",
    Shape.DONE: "ok",
}


@dataclass(frozen=True, slots=True)
class Status:
    """A state as people read it.

    Args:
        shape: The glyph.
        word: One word or two from the state machine's table, sentence case: "Paid in part".
    """

    shape: Shape
    word: str
