"""Decides what a segment is that nothing in the grammar expects, so that reading goes on well.

One fault should make one finding. So the segments that follow are asked: is a segment missing
before this one, is its qualifier wrong, or does it simply not belong here? What lets most of the
next segments fall into place is taken.
"""

from collections.abc import Iterator
from typing import NamedTuple

from cleanclaim_x12.grammar.machine import Frame, Grammar, Missing, Stack, Step, qualifiers_of
from cleanclaim_x12.guides.dictionary import OTHER_SEGMENTS
from cleanclaim_x12.guides.dictionary import segments as known_segments
from cleanclaim_x12.guides.notation import Usage

_LOOK = 3
_DEPTH = 2  # how many loops deep a missing beginning is looked for


class Recovery(NamedTuple):
    """What to make of a segment.

    Args:
        code: The finding for the segment as a whole; nothing where only elements are wrong.
        expected: Words for it.
        usage: What its elements are checked against, or None.
        step: The step to take, or None.
        stack: Where to go on where there is no step; None is where we stand.
        missing: What is missing before it.
    """

    code: str = ""
    expected: str = ""
    usage: Usage | None = None
    step: Step | None = None
    stack: Stack | None = None
    missing: tuple[Missing, ...] = ()


def recover(
    grammar: Grammar, stack: Stack, texts: list[str], index: int, over: Step | None
) -> Recovery:
    """Decide about `texts[index]`, which cannot stand where the stack says we are.

    Args:
        grammar: The grammar of the transaction.
        stack: Where we stand.
        texts: The segments at hand; those behind the index are looked ahead at.
        index: Which of them.
        over: The step that it would be if it could stand once more.
    """
    text = texts[index]
    tag = text.split(grammar.delimiters.element, 1)[0]
    if over is not None:
        code = "X12-LOOP-REPEAT" if over.member.loop else "X12-SEG-REPEAT"
        words = f"at most {over.member.maximum}"
        return Recovery(code, words, over.member.usage, over)
    if tag not in grammar.usages:
        if not tag:
            return Recovery("X12-SEG-BLANK")
        known = tag in known_segments() or tag in OTHER_SEGMENTS
        return Recovery("X12-SEG-NOT-IN-SET" if known else "X12-SEG-UNKNOWN")
    ahead = texts[index + 1 : index + 1 + _LOOK]
    skip = _score(grammar, stack, ahead)
    passed = _passed(grammar, stack, text, tag)
    if passed is not None:
        return _without_beginning(grammar, stack, text, ahead, skip + 1) or passed
    return (
        _without_beginning(grammar, stack, text, ahead, skip)
        or _wrong_qualifier(grammar, stack, text, tag, ahead, skip)
        or Recovery("X12-SEG-UNEXPECTED", usage=_elsewhere(grammar, text, tag))
    )


def _score(grammar: Grammar, stack: Stack, ahead: list[str]) -> int:
    """Count how many of the next segments fall into place."""
    for count, text in enumerate(ahead):
        step = grammar.step(stack, text)
        if step is None or step.over or step.missing:
            return count
        stack = step.stack
    return len(ahead)


def _passed(grammar: Grammar, stack: Stack, text: str, tag: str) -> Recovery | None:
    """The open loop, or for a whole loop the loops around it, had its place earlier."""
    qualifier = grammar.qualifier(text)
    for depth in range(len(stack) - 1, -1, -1):
        frame = stack[depth]
        for group in grammar.loops[frame.loop][: frame.group]:
            for member in group:
                if member.usage.tag != tag or group is grammar.loops[frame.loop][0]:
                    continue
                if member.qualifiers and qualifier not in member.qualifiers:
                    continue
                if member.loop:
                    inner = grammar.loops[member.loop][0]
                    seen = tuple(int(item.usage is member.usage) for item in inner)
                    inside = (*stack[: depth + 1], Frame(member.loop, 0, seen))
                    return Recovery("X12-SEG-ORDER", "", member.usage, None, inside)
                if depth == len(stack) - 1:
                    return Recovery("X12-SEG-ORDER", "", member.usage)
    return None


def _without_beginning(
    grammar: Grammar, stack: Stack, text: str, ahead: list[str], skip: int
) -> Recovery | None:
    """The segment belongs into a loop whose first segment is missing."""
    best: tuple[int, bool, Step] | None = None
    for entry in _entries(grammar, stack):
        inside = grammar.step(entry.stack, text)
        if inside is None or inside.over or len(inside.stack) < len(entry.stack):
            continue
        if inside.missing and not inside.member.loop:
            continue
        if inside.stack[len(entry.stack) - 1].loop != entry.stack[-1].loop:
            continue
        score = 1 + _score(grammar, inside.stack, ahead)
        rank = (score, entry.member.required and not entry.missing)
        if best is None or rank > best[:2]:
            best = (*rank, entry)
    if best is None or best[0] <= skip:
        return None
    entry = best[2]
    inside = grammar.step(entry.stack, text)
    assert inside is not None  # noqa: S101 - it was found above
    lost = Missing(entry.member.usage, "")
    return Recovery("", "", inside.member.usage, inside, None, (*entry.missing, lost))


def _entries(grammar: Grammar, stack: Stack) -> Iterator[Step]:
    """List the loops that could begin here."""
    for tag in grammar.openers:
        for step in grammar.steps(stack, tag):
            if step.member.loop and not step.over:
                yield step


def _wrong_qualifier(
    grammar: Grammar, stack: Stack, text: str, tag: str, ahead: list[str], skip: int
) -> Recovery | None:
    """The segment is expected, but with another qualifier."""
    candidates = [step for step in grammar.steps(stack, tag) if not step.over]
    if not candidates:
        return None

    def rank(step: Step) -> tuple[int, int, bool]:
        return (
            _score(grammar, step.stack, ahead) - 2 * len(step.missing),
            -len(step.missing),
            step.member.required,
        )

    best = max(candidates, key=rank)
    elsewhere = _elsewhere(grammar, text, tag)
    score = rank(best)[0]
    needed = best.member.required and not best.missing
    if elsewhere is not None and not (needed or score > skip):
        return None
    if best.missing and score <= skip:
        return None
    if best.member.loop or needed:
        return Recovery("", "", best.member.usage, best, None, best.missing)
    return Recovery("", "", best.member.usage)


def _elsewhere(grammar: Grammar, text: str, tag: str) -> Usage | None:
    """Find the usage of the same segment and qualifier at another place of the guide."""
    qualifier = grammar.qualifier(text)
    for usage in grammar.usages[tag]:
        from_codes = qualifiers_of(usage)
        if not from_codes or qualifier in from_codes:
            return usage
    return None
