"""From a code that is not complete to one that is, step by step: detail, side, 7th character.

Nothing is chosen here: every step lists what a person may choose.
"""

from datetime import date
from typing import final

import msgspec

from cleanclaim.core.codes.records import Diagnosis
from cleanclaim.core.codes.tables import CodeTables, Missing

_SIDE_WORDS = {"R": "right", "L": "left", "B": "both sides", "U": "side not documented"}


@final
class Choice(msgspec.Struct, frozen=True):
    """One thing to choose: a code and what sets it apart."""

    code: str
    words: str
    is_billable: bool


@final
class Step(msgspec.Struct, frozen=True, kw_only=True):
    """The next step.

    Args:
        kind: `done` the code is complete, `side`, `seventh` or `detail` what has to be chosen.
        code: The code so far.
        choices: Empty if and only if `done`.
    """

    kind: str
    code: str
    words: str
    choices: tuple[Choice, ...] = ()


def next_step(tables: CodeTables, code: str, day: date, side: str = "") -> Step | Missing:
    """Say what has to be chosen next to complete a diagnosis code.

    Args:
        tables: The code tables.
        code: A category, a part of a code, or a whole one; without its point.
        day: The date of service.
        side: `R`, `L` or `B` where the person named a side already: then that step is taken.

    Returns:
        The step, or why the code is missing.
    """
    found = tables.diagnosis(code, day)
    if not found:
        return found
    held = [
        child
        for name in found.children
        if isinstance(child := tables.diagnosis(name, day), Diagnosis)
    ]
    if not held:
        return Step(kind="done", code=found.code, words=found.description)
    if all(child.side for child in held) and not found.side:
        taken = [child for child in held if child.side == side]
        if len(taken) == 1:
            return next_step(tables, taken[0].code, day, side)
        kind, words = "side", [_side_words(child, held) for child in held]
    elif found.seventh and all(not child.children for child in held) and _ends_whole(held):
        meanings = dict(found.seventh)
        kind = "seventh"
        words = [f"{c.code[-1]}: {meanings.get(c.code[-1], c.description)}" for c in held]
    else:
        kind, words = "detail", [child.description for child in held]
    choices = tuple(
        Choice(child.code, text, child.is_billable) for child, text in zip(held, words, strict=True)
    )
    return Step(kind=kind, code=found.code, words=found.description, choices=choices)


def _ends_whole(children: list[Diagnosis]) -> bool:
    return all(len(child.code) == 7 for child in children)


def _side_words(child: Diagnosis, family: list[Diagnosis]) -> str:
    """Name the side alone where it tells the child apart, else the whole title."""
    alone = sum(other.side == child.side for other in family) == 1
    return _SIDE_WORDS[child.side] if alone else child.description
