"""The sheet of parts and states: every part of the face in one place, to be looked at."""

from dataclasses import dataclass

from cleanclaim.platform.ui.frame import Action
from cleanclaim.platform.ui.marks import Shape, Status
from cleanclaim.web.workbench.pages import Empty, Job, JobFound, PayerTurn


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """What the sheet shows.

    Args:
        states: The eight shapes, each with the words that say when it is used.
        chips: Chips of every tone.
        payers: Payer order.
        actions: Buttons of every kind.
        cells: Words, cents, age, days left, chosen.
        empty: An empty list.
        retry: Actions of an error.
        conflict: Actions of a conflict.
        job: Long work.
    """

    states: tuple[tuple[Status, str], ...]
    chips: tuple[Status, ...]
    payers: tuple[PayerTurn, ...]
    actions: tuple[Action, ...]
    cells: tuple[tuple[str, int, int, int, bool], ...]
    empty: Empty
    retry: tuple[Action, ...]
    conflict: tuple[Action, ...]
    job: Job


SHEET = SheetPage(
    states=(
        (Status(Shape.DRAFT, "Draft"), "not complete yet"),
        (Status(Shape.IDLE, "Not started"), "work item, untouched"),
        (Status(Shape.SENT, "Sent"), "left us, no answer"),
        (Status(Shape.WAITING, "Waiting, in work"), "someone else or clock"),
        (Status(Shape.WARNING, "Warning"), "may go on, needs eyes"),
        (Status(Shape.HELD, "Held, pended"), "stopped on purpose"),
        (Status(Shape.BLOCKED, "Denied, rejected, blocked"), "a person must act"),
        (Status(Shape.DONE, "Accepted, paid, proven"), "finished"),
    ),
    chips=(
        Status(Shape.DONE, "Paid"),
        Status(Shape.WAITING, "Paid in part"),
        Status(Shape.BLOCKED, "1 d left"),
        Status(Shape.HELD, "Held: coding"),
        Status(Shape.SENT, "Sent"),
        Status(Shape.DRAFT, "Draft"),
    ),
    payers=(
        PayerTurn(order=1, name="Sample Mutual", is_current=True),
        PayerTurn(order=2, name="Mock Health", waits_for="waits for payer 1"),
    ),
    actions=(
        Action(words="Fix line 3", href="#", key="e", is_primary=True),
        Action(words="Pend", href="#", key="p"),
        Action(words="More", href="#", is_quiet=True),
        Action(words="Void claim", href="#", is_danger=True),
        Action(words="Post remit", off_because="41.30 is not placed"),
    ),
    cells=(
        ("Usual", 128436, 34, 12, False),
        ("Negative", -6420, 0, 2, False),
        ("Zero", 0, 125, -3, False),
        ("Chosen row", 4800, 40, 1, True),
    ),
    empty=Empty(
        truth="No denials are open",
        until="The last one closed 2026-11-22. Remits arrive at 05:30.",
        action=Action(words="Go to underpaid (16)", href="#"),
    ),
    retry=(Action(words="Try again", href="#"),),
    conflict=(
        Action(words="Take Cody's", href="#"),
        Action(words="Compare", href="#"),
    ),
    job=Job(
        words="Sending batch 2026-11-23-01",
        done=74,
        total=118,
        left_words="about 40 s left",
        found=(
            JobFound(Shape.DONE, "72 accepted by file check"),
            JobFound(Shape.BLOCKED, "2 stopped"),
        ),
    ),
)
