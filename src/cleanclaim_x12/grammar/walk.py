"""Walks the segments of one transaction through its grammar and notes every fault."""

from typing import NamedTuple

from cleanclaim_x12.findings import Fault
from cleanclaim_x12.grammar.explain import explain, explain_loosely
from cleanclaim_x12.grammar.hierarchy import Hierarchy
from cleanclaim_x12.grammar.machine import Act, Grammar, Missing, Step, qualifiers_of
from cleanclaim_x12.grammar.recover import Recovery, recover
from cleanclaim_x12.guides.dictionary import segments as known_segments
from cleanclaim_x12.guides.notation import Usage

Row = tuple[Usage, str, int]
_LOOK = 3  # segments looked ahead at, to tell a missing segment from one out of order
_CLAIMS = 5000
_BACK = 100  # segments looked back at, to place what is missing before its siblings


class Noted(NamedTuple):
    """A fault at a segment: its place in the transaction, its loop, its name."""

    position: int
    loop: str
    tag: str
    fault: Fault
    context: str = ""  # the business unit that it belongs to, `CLM01:` and its value


class Walk:
    """The walk through one transaction; feed it the segments between ST and SE.

    Args:
        grammar: The grammar of its guide.
        rows: Takes each segment with its usage and place, for rules over several segments.
    """

    def __init__(self, grammar: Grammar, rows: list[Row] | None = None) -> None:
        self.grammar = grammar
        self.delimiters = grammar.delimiters
        self.state = grammar.state(grammar.start)
        self.rows = rows
        self.noted: list[Noted] = []
        self.tallies = [0] * grammar.slots
        self.hierarchy = Hierarchy()
        self.lines: dict[str, int] = {}
        self.claims = 0
        self.unit = ""
        self.watchers = {
            "HL": self._level, "CLM": self._claim, "LX": self._line, "TRN": self._trace,
            "ENT": self._entity, "INS": self._member, "REF": self._member,
        }  # fmt: skip

    def feed(self, texts: list[str], first: int, start: int = 0, stop: int | None = None) -> None:
        """Walk on over segments.

        Args:
            texts: Raw segments; those behind `stop` are only looked ahead at.
            first: The place of `texts[0]` in the transaction.
            start: Index of the first segment to walk over.
            stop: Index behind the last one.
        """
        state = self.state
        lengths = self.grammar.lengths
        rows = self.rows
        for index, text in enumerate(texts[start:stop], start):
            length = lengths.get(text[:3], 3)
            way = state.get(text[:length]) if length else state.get(self.grammar.key(text))
            if way is not None:
                following, match, act, usage = way
                if match(text) is not None:  # type: ignore[operator]
                    state = following
                    if act is not None:
                        self._act(act, text, first + index)
                    if rows is not None:
                        rows.append((usage, text, first + index))
                    continue
            self.state = state
            self._slow(texts, index, first + index)
            state = self.state
        self.state = state

    def finish(self, position: int) -> None:
        """End the transaction: what is still required is missing at this place."""
        missing = self.grammar.missing_at_end(self.state.stack)
        self._note_missing(missing, position)
        self._note_levels(self.hierarchy.finish())

    # -- the ordinary extras ----------------------------------------------------------------------

    def _act(self, act: Act, text: str, position: int) -> None:
        usage = act.usage
        for slot in act.resets:
            self.tallies[slot] = 0
        if act.slot >= 0:
            count = self.tallies[act.slot] = self.tallies[act.slot] + 1
            if count == act.maximum + 1 and act.maximum:
                code = "X12-LOOP-REPEAT" if act.opens else "X12-SEG-REPEAT"
                self._note(position, usage, Fault(code, expected=f"at most {act.maximum}"))
        watch = self.watchers.get(usage.tag)
        if watch is not None:
            watch(usage, text, position)

    def _level(self, usage: Usage, text: str, position: int) -> None:
        self.unit = ""
        self.lines.clear()
        for fault in self.hierarchy.take(text.split(self.delimiters.element), position, usage):
            self._note(position, usage, fault)
        self._note_levels(self.hierarchy.closed())

    def _claim(self, usage: Usage, text: str, position: int) -> None:
        self.lines.clear()
        self._begin_unit("CLM01", text, 1)
        self.claims += 1
        if self.claims == _CLAIMS + 1:
            self._note(position, usage, Fault("X12-CLAIMS-MANY"))

    def _trace(self, _usage: Usage, text: str, _position: int) -> None:
        self._begin_unit("TRN02", text, 2)

    def _entity(self, _usage: Usage, text: str, _position: int) -> None:
        self._begin_unit("ENT01", text, 1)

    def _member(self, usage: Usage, text: str, _position: int) -> None:
        if usage.tag == "INS":
            self.unit = ""
        elif qualifiers_of(usage) == {"0F"}:
            self._begin_unit("SUBSCRIBER NUMBER REF02", text, 2)

    def _begin_unit(self, name: str, text: str, element: int) -> None:
        """Remember the claim, trace or member that the next segments belong to."""
        parts = text.split(self.delimiters.element, element + 1)
        self.unit = f"{name}:{parts[element]}" if len(parts) > element else ""

    def _line(self, usage: Usage, text: str, position: int) -> None:
        """LX01 counts the lines of a claim; an 835 only asks for a number."""
        if usage.loop != "2400":
            return
        expected = self.lines.get(usage.loop, 0) + 1
        self.lines[usage.loop] = expected
        parts = text.split(self.delimiters.element)
        if len(parts) > 1 and parts[1].isdigit() and int(parts[1]) != expected:
            self._note(position, usage, Fault("X12-LX-NUMBER", 1, 0, 0, str(expected), parts[1]))
            self.lines[usage.loop] = int(parts[1])

    def _note_levels(self, closed: list[tuple[int, str, Fault]]) -> None:
        for position, loop, fault in closed:
            self.noted.append(Noted(position, loop, "HL", fault))

    # -- what went wrong --------------------------------------------------------------------------

    def _slow(self, texts: list[str], index: int, position: int) -> None:
        """Take a segment that no known way takes as it stands."""
        text = texts[index]
        tag = text.split(self.delimiters.element, 1)[0]
        key = self.grammar.key(text)
        way = self.state.get(key)
        if way is None or way.usage.tag != tag:
            way = self.grammar.learn(self.state, text)
        if way is not None:
            usage = way.usage
            self.state = way.state
            if way.match(text) is None:  # type: ignore[operator]
                self._explain(usage, text, position)
            if way.act is not None:
                self._act(way.act, text, position)
            if self.rows is not None:
                self.rows.append((usage, text, position))
            return
        ahead = tuple(self.grammar.key(item) for item in texts[index + 1 : index + 1 + _LOOK])
        same = (self.state.stack, tag, key, ahead)
        found = self.grammar.recoveries.get(same)
        if found is None:
            step = self.grammar.step(self.state.stack, text)
            if step is not None and not step.over:
                self._take(step, texts, index, position)
                return
            found = recover(self.grammar, self.state.stack, texts, index, step)
            self.grammar.remember(same, found)
        self._recovered(found, texts, index, position)

    def _take(self, step: Step, texts: list[str], index: int, position: int) -> None:
        """Take a step; what it passes over is missing unless it only stands out of order."""
        missing = tuple(
            lost
            for lost in step.missing
            if lost.opens or step.member.loop or not self._comes(lost, texts, index)
        )
        self._note_missing(missing, position, texts[:index])
        text = texts[index]
        way = self.grammar.way(step)
        self._explain(way.usage, text, position)
        if way.act is not None:
            self._act(way.act, text, position)
        self.state = way.state
        if self.rows is not None:
            self.rows.append((way.usage, text, position))

    def _recovered(self, found: Recovery, texts: list[str], index: int, position: int) -> None:
        text = texts[index]
        tag = text.split(self.delimiters.element, 1)[0]
        if found.code:
            loop = found.usage.loop if found.usage else self.state.stack[-1].loop
            name = tag or "?"
            self.noted.append(
                Noted(position, loop, name, Fault(found.code, expected=found.expected))
            )
        for lost in found.missing:
            self._note_missing((lost,), position, texts[:index])
        if found.usage is not None:
            self._explain(found.usage, text, position)
            if self.rows is not None:
                self.rows.append((found.usage, text, position))
        elif tag in known_segments() and found.code != "X12-SEG-NOT-IN-SET":
            for fault in explain_loosely(tag, text, self.delimiters):
                self.noted.append(Noted(position, self.state.stack[-1].loop, tag, fault))
        if found.step is not None:
            way = self.grammar.way(found.step)
            self.state = way.state
            if way.act is not None:
                self._act(way.act._replace(slot=-1), text, position)
        elif found.stack is not None:
            self.state = self.grammar.state(found.stack)

    def _comes(self, lost: Missing, texts: list[str], index: int) -> bool:
        """Say whether a segment that was passed over follows, out of order."""
        match = self.grammar.matcher(lost.usage)
        for text in texts[index + 1 : index + 1 + _LOOK]:
            if match(text) is not None:  # type: ignore[operator]
                return True
            tag = text.split(self.delimiters.element, 1)[0]
            if tag in self.grammar.openers:
                return False
        return False

    def _note_missing(
        self, missing: tuple[Missing, ...], position: int, before: list[str] | None = None
    ) -> None:
        for lost in missing:
            code = "X12-LOOP-MISSING" if lost.opens else "X12-SEG-MISSING"
            words = f"{_describe(lost.usage)} of loop {lost.usage.loop}"
            back = self._siblings_behind(lost, before or [])
            self._note(position - back, lost.usage, Fault(code, expected=words))

    def _siblings_behind(self, lost: Missing, before: list[str]) -> int:
        """Count the segments since the first sibling that the guide puts behind what is missing."""
        if not lost.loop:
            return 0
        siblings = self.grammar.loops[lost.loop][lost.group]
        own = next(at for at, member in enumerate(siblings) if member.usage is lost.usage)
        opener = self.grammar.table.loops[lost.loop][0]
        found = 0
        for back, text in enumerate(reversed(before[-_BACK:]), 1):
            tag = text.split(self.delimiters.element, 1)[0]
            if tag == lost.usage.tag:
                qualifier = self.grammar.qualifier(text)
                at = next((n for n, m in enumerate(siblings) if qualifier in m.qualifiers), own)
                found = back if at > own else found
            if tag == getattr(opener, "tag", "") or (tag != lost.usage.tag and not lost.opens):
                break
        return found

    def _explain(self, usage: Usage, text: str, position: int) -> None:
        for fault in explain(usage, text, self.delimiters):
            self._note(position, usage, fault)

    def _note(self, position: int, usage: Usage, fault: Fault) -> None:
        self.noted.append(Noted(position, usage.loop, usage.tag, fault, self.unit))


def _describe(usage: Usage) -> str:
    """Name a segment with its qualifier, for people."""
    first = next(
        (use for use in usage.elements if use is not None and (use.codes or use.parts)), None
    )
    if first is not None and first.parts:
        first = next((part for part in first.parts if part is not None), None)
    if first is None or not first.codes or len(first.codes) > 4:
        return usage.tag
    return f"{usage.tag}*{'|'.join(first.codes)}"
