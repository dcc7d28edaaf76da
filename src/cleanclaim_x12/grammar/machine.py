"""The loop grammar of one guide: from a state and the next segment to the next state.

A state is where we stand in every open loop: the place within it (siblings of the same name stand
in no order, as in the standard) and what was seen at that place. States and the ways between them
are worked out when a file first needs them, and kept: `state -> {segment key -> Way}`. The slow
part, what to do with a segment that no way leads to, is in `recover`.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from cleanclaim_x12.grammar.pattern import compile_usage
from cleanclaim_x12.guides import Guide, LoopUse, Usage
from cleanclaim_x12.syntax import Delimiters

_STATES_KEPT = 20_000  # so that odd files cannot fill the memory
_RECOVERIES_KEPT = 5_000
_COUNTED_IN_STATE = 10  # repeats up to this are part of the state, larger ones are tallied

# Segments that are told apart by their first element, where a guide has several at one place.
_QUALIFIED = frozenset("NM1 N1 REF DTP DTM AMT QTY PER CRC PWK NTE LQ HI CTX PRV".split())
_LEVELS = {"HL": 3, "ENT": 2}  # the element that tells these apart


class Member(NamedTuple):
    """A segment, or a loop with its first segment, at its place in a loop."""

    usage: Usage
    loop: str  # the loop that it opens, or nothing
    required: bool
    maximum: int
    qualifiers: frozenset[str]
    slot: int  # number of its tally, -1 for none


class Frame(NamedTuple):
    """An open loop: which group we are at, and how often each of its members was seen."""

    loop: str
    group: int
    seen: tuple[int, ...]


Stack = tuple[Frame, ...]


class Missing(NamedTuple):
    """A required segment or loop that was passed over, with its place in the grammar."""

    usage: Usage
    opens: str
    loop: str = ""
    group: int = 0


class State(dict[str, "Way"]):
    """Ways on from here by segment key."""

    __slots__ = ("stack",)

    def __init__(self, stack: Stack) -> None:
        super().__init__()
        self.stack = stack


class Act(NamedTuple):
    """What else to do when a way is taken: count, and look at hierarchy and line numbers."""

    usage: Usage
    resets: tuple[int, ...]
    slot: int
    maximum: int
    opens: str


class Way(NamedTuple):
    """A step: the next state, the test of the segment, what else to do, and the usage."""

    state: State
    match: object  # the bound match of a compiled expression
    act: Act | None
    usage: Usage


class Step(NamedTuple):
    """A way that was found, with what it passes over."""

    stack: Stack
    member: Member
    missing: tuple[Missing, ...]
    over: bool
    at: tuple[int, int]  # depth in the stack and group: the place in the grammar


class Grammar:
    """The grammar of one guide for one set of delimiters."""

    def __init__(self, guide: Guide, delimiters: Delimiters) -> None:
        self.guide = guide
        self.delimiters = delimiters
        self.table = guide.table()
        self.slots = 0
        self.loops: dict[str, tuple[tuple[Member, ...], ...]] = {}
        self.loop_slots: dict[str, tuple[int, ...]] = {}
        for name in self.table.loops:
            self._build_loop(name)
        self.usages: dict[str, list[Usage]] = {}
        for groups in self.loops.values():
            for group in groups:
                for member in group:
                    if not member.loop:
                        self.usages.setdefault(member.usage.tag, []).append(member.usage)
        for name in self.table.loops:
            self.usages.setdefault(self._first(name).tag, []).append(self._first(name))
        self.openers = sorted({self._first(name).tag for name in self.table.loops})
        self.lengths = {
            (tag + delimiters.element)[:3]: self._key_length(tag) for tag in self.usages
        }
        self.states: dict[Stack, State] = {}
        self.matchers: dict[int, object] = {}
        self.recoveries: dict[object, Any] = {}  # what was decided about unexpected segments
        root = Frame(self.table.root, 0, (0,) * len(self.loops[self.table.root][0]))
        self.start: Stack = (root,)

    # -- building -------------------------------------------------------------------------------

    def _first(self, loop: str) -> Usage:
        item = self.table.loops[loop][0]
        assert isinstance(item, Usage)  # noqa: S101 - every loop begins with a segment
        return item

    def _build_loop(self, name: str) -> None:
        groups: list[list[Member]] = []
        slots = []
        for item in self.table.loops[name]:
            usage = self._first(item.loop) if isinstance(item, LoopUse) else item
            slot = -1
            if item.maximum > _COUNTED_IN_STATE:
                slot = self.slots
                slots.append(slot)
                self.slots += 1
            opens = item.loop if isinstance(item, LoopUse) else ""
            member = Member(usage, opens, item.required, item.maximum, qualifiers_of(usage), slot)
            last = groups[-1] if groups else None
            if last and last[-1].usage.tag == usage.tag and usage.tag != "HL":
                last.append(member)
            else:
                groups.append([member])
        self.loops[name] = tuple(tuple(group) for group in groups)
        self.loop_slots[name] = tuple(slots)

    def _key_length(self, tag: str) -> int:
        if tag in _LEVELS:
            return 0
        if tag not in _QUALIFIED or all(not qualifiers_of(u) for u in self.usages[tag]):
            return 3
        longest = max((len(q) for u in self.usages[tag] for q in qualifiers_of(u)), default=2)
        return len(tag) + 1 + min(longest, 3)

    def matcher(self, usage: Usage) -> object:
        """Give the bound match of a usage, compiled when it is first needed."""
        found = self.matchers.get(usage.order)
        if found is None:
            found = self.matchers[usage.order] = compile_usage(usage, self.delimiters).match
        return found

    def state(self, stack: Stack) -> State:
        """Give the state for a stack; the same stack is always the same state."""
        found = self.states.get(stack)
        if found is None:
            if len(self.states) >= _STATES_KEPT:
                for kept in self.states.values():
                    kept.clear()
                self.states.clear()
            found = self.states[stack] = State(stack)
        return found

    def remember(self, situation: object, decision: object) -> None:
        """Keep a decision about an unexpected segment; a bad file repeats itself."""
        if len(self.recoveries) >= _RECOVERIES_KEPT:
            self.recoveries.clear()
        self.recoveries[situation] = decision

    # -- walking --------------------------------------------------------------------------------

    def key(self, text: str) -> str:
        """Give the key of a segment in a state's ways."""
        length = self.lengths.get(text[:3], 3)
        return text[:length] if length else level_key(text, self.delimiters.element)

    def qualifier(self, text: str) -> str:
        """Give the value that tells a segment apart from others of its name."""
        parts = text.split(self.delimiters.element, 4)
        tag = parts[0]
        if tag in _LEVELS:
            return parts[_LEVELS[tag]] if len(parts) > _LEVELS[tag] else ""
        value = parts[1] if len(parts) > 1 else ""
        if tag in ("HI", "CTX"):
            value = value.split(self.delimiters.component)[0]
        return value

    def steps(self, stack: Stack, tag: str) -> Iterator[Step]:
        """List every step that a segment of this name could be, the nearest first."""
        passed: list[Missing] = []
        for depth in range(len(stack) - 1, -1, -1):
            frame = stack[depth]
            groups = self.loops[frame.loop]
            skipped = list(passed)
            for index in range(frame.group, len(groups)):
                seen = frame.seen if index == frame.group else (0,) * len(groups[index])
                for at, member in enumerate(groups[index]):
                    if member.usage.tag == tag:
                        yield self._step(stack[:depth], frame.loop, index, seen, at, skipped)
                for at, member in enumerate(groups[index]):
                    if member.required and not seen[at]:
                        skipped.append(Missing(member.usage, member.loop, frame.loop, index))
            passed = skipped

    def _step(
        self,
        outer: Stack,
        loop: str,
        group: int,
        seen: tuple[int, ...],
        at: int,
        skipped: list[Missing],
    ) -> Step:
        member = self.loops[loop][group][at]
        count = seen[at] + 1
        tallied = member.slot >= 0 or not member.maximum
        over = not tallied and count > member.maximum
        now = (
            *seen[:at],
            1 if tallied else min(count, member.maximum),
            *seen[at + 1 :],
        )
        stack = (*outer, Frame(loop, group, now))
        if member.loop:
            inner = self.loops[member.loop][0]
            first = tuple(int(usage.usage.order == member.usage.order) for usage in inner)
            stack = (*stack, Frame(member.loop, 0, first))
        return Step(stack, member, tuple(skipped), over, (len(outer), group))

    def step(self, stack: Stack, text: str) -> Step | None:
        """Find the step that a segment is, also one that passes over or repeats too often."""
        over = None
        tag = text.split(self.delimiters.element, 1)[0]
        qualifier = self.qualifier(text) if tag in self.usages else ""
        fits: list[Step] = []
        for step in self.steps(stack, tag):
            if fits and step.at != fits[0].at:
                break
            if not step.member.qualifiers or qualifier in step.member.qualifiers:
                if step.over:
                    over = step if over is None or _is_again(over, step) else over
                else:
                    fits.append(step)
                    if not step.member.qualifiers:
                        break
        if len(fits) > 1:
            for step in fits:
                if self.matcher(step.member.usage)(text):  # type: ignore[operator]
                    return step
        return fits[0] if fits else over

    def way(self, step: Step) -> Way:
        """Turn a step without faults into a way."""
        member = step.member
        usage = member.usage
        resets = self.loop_slots[member.loop] if member.loop else ()
        act = None
        if resets or member.slot >= 0 or self._is_watched(usage):
            act = Act(usage, resets, member.slot, member.maximum, member.loop)
        return Way(self.state(step.stack), self.matcher(usage), act, usage)

    def _is_watched(self, usage: Usage) -> bool:
        """Say whether a usage counts levels, lines or claims, or begins a business unit."""
        if usage.tag in ("TRN", "REF"):
            unit_loops = ("2200D", "2200E", "2000C", "2000D", "2000E", "2000")
            mine = usage.tag == "TRN" or qualifiers_of(usage) == {"0F"}
            return self.guide.code != "837" and mine and usage.loop in unit_loops
        return usage.tag in ("HL", "LX", "CLM", "ENT", "INS")

    def learn(self, state: State, text: str) -> Way | None:
        """Work out the way of a segment from a state, and keep it; None where none leads on."""
        step = self.step(state.stack, text)
        if step is None or step.over or step.missing:
            return None
        way = self.way(step)
        member = step.member
        key = self.key(text)
        rivals = [
            other
            for other in self.steps(state.stack, member.usage.tag)
            if other.at == step.at
            and other.member.usage is not member.usage
            and (
                other.member.qualifiers & member.qualifiers
                or self._has_key(member.usage.tag, other.member.qualifiers, key)
            )
        ]
        if not rivals:
            state[key] = way
        return way

    def _has_key(self, tag: str, qualifiers: frozenset[str], key: str) -> bool:
        """Say whether one of these values has this key, too: keys are cut short."""
        start = tag + self.delimiters.element
        return any(key == (start + value)[: len(key)] for value in qualifiers)

    def missing_at_end(self, stack: Stack) -> tuple[Missing, ...]:
        """List what is still required when the transaction ends here."""
        passed: list[Missing] = []
        for frame in reversed(stack):
            groups = self.loops[frame.loop]
            for index in range(frame.group, len(groups)):
                seen = frame.seen if index == frame.group else (0,) * len(groups[index])
                passed += [
                    Missing(member.usage, member.loop, frame.loop, index)
                    for at, member in enumerate(groups[index])
                    if member.required and not seen[at]
                ]
        return tuple(passed)


def _is_again(first: Step, loop: Step) -> bool:
    """Say whether a segment that is there twice is the loop, which is complete, there twice."""
    return loop.member.usage is first.member.usage and not loop.missing


def qualifiers_of(usage: Usage) -> frozenset[str]:
    """Give the values that tell this usage apart, or none where its name is enough."""
    tag = usage.tag
    if tag not in _QUALIFIED and tag not in _LEVELS:
        return frozenset()
    use = usage.elements[_LEVELS.get(tag, 1) - 1]
    if use is not None and use.parts:
        use = use.parts[0]
    return frozenset(use.codes) if use else frozenset()


def level_key(text: str, element: str) -> str:
    """Give the key of a segment whose level does not stand first, as in HL."""
    parts = text.split(element, 4)
    at = _LEVELS.get(parts[0], 0)
    return parts[0] + " " + (parts[at] if len(parts) > at else "")


@lru_cache(32)
def grammar_for(guide: Guide, delimiters: Delimiters) -> Grammar:
    """Give the grammar of a guide, built once for each set of delimiters."""
    return Grammar(guide, delimiters)
