"""Puts one fault at a time into a clean file, and says where it must be found."""

from collections.abc import Iterator
from typing import NamedTuple

from cleanclaim_x12.grammar.machine import grammar_for
from cleanclaim_x12.grammar.walk import Row, Walk
from cleanclaim_x12.guides import guide_for
from cleanclaim_x12.guides.dictionary import composites, elements, segments
from cleanclaim_x12.guides.notation import ElementUse
from cleanclaim_x12.syntax import DEFAULT_DELIMITERS


class Fault(NamedTuple):
    """A damaged file.

    Args:
        kind: Transaction and kind of damage.
        data: The file.
        segment: The name that the finding must carry, or nothing where any will do.
        positions: Places in the transaction that are right.
        element: Element, 0 for the segment as a whole, -1 where any will do.
        acks: Right codes for the acknowledgement, empty where any will do.
    """

    kind: str
    data: bytes
    segment: str
    positions: tuple[int, ...]
    element: int
    acks: frozenset[str]


class Clean:
    """A clean file, taken apart."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        text = data.decode("ascii")
        self.texts = [part.strip("\r\n") for part in text.split("~")][:-1]
        self.start = next(at for at, part in enumerate(self.texts) if part.startswith("ST*"))
        self.end = next(at for at, part in enumerate(self.texts) if part.startswith("SE*"))
        parts = [*self.texts[self.start].split("*"), ""]
        version = parts[3] or self.texts[self.start - 1].split("*")[8]
        purpose = self.texts[self.start + 1].split("*")[2] if parts[1] == "278" else ""
        guide = guide_for(parts[1], version, purpose)
        assert guide is not None
        self.guide = guide
        rows: list[Row] = []
        walk = Walk(grammar_for(guide, DEFAULT_DELIMITERS), rows)
        walk.feed(self.texts[self.start + 1 : self.end], 2)
        assert not walk.noted, (name, walk.noted)
        self.rows = rows

    def with_text(self, position: int, text: str) -> bytes:
        """Replace the segment at a place."""
        texts = list(self.texts)
        texts[self.start + position - 1] = text
        return self.join(texts)

    def without(self, *positions: int) -> bytes:
        """Leave segments out; SE01 follows."""
        drop = {self.start + position - 1 for position in positions}
        return self.join([part for at, part in enumerate(self.texts) if at not in drop])

    def with_more(self, position: int, *more: str) -> bytes:
        """Insert segments so that the first stands at this place; SE01 follows."""
        at = self.start + position - 1
        return self.join([*self.texts[:at], *more, *self.texts[at:]])

    def join(self, texts: list[str], *, recount: bool = True) -> bytes:
        """Write segments as a file, with SE01 put right."""
        if recount:
            first = next(at for at, part in enumerate(texts) if part.startswith("ST*"))
            last = next(at for at, part in enumerate(texts) if part.startswith("SE*"))
            parts = texts[last].split("*")
            parts[1] = str(last - first + 1)
            texts = [*texts[:last], "*".join(parts), *texts[last + 1 :]]
        return ("~".join(texts) + "~").encode("latin-1")


def put(text: str, element: int, value: str, component: int = 0) -> str:
    """Write a value into a segment; empty ends are cut off."""
    parts = text.split("*")
    parts += [""] * (element + 1 - len(parts))
    if component:
        inner = parts[element].split(":")
        inner += [""] * (component - len(inner))
        inner[component - 1] = value
        value = ":".join(inner).rstrip(":")
    parts[element] = value
    return "*".join(parts).rstrip("*")


def element_faults(clean: Clean) -> Iterator[Fault]:  # noqa: C901 - one damage after the other
    """Damage single elements and components."""
    for usage, text, position in clean.rows:
        values = text.split("*")
        tag = usage.tag

        def fault(
            kind: str, new: str, element: int, *acks: str, tag: str = tag, at: int = position
        ) -> Fault:
            data = clean.with_text(at, new)
            name = f"{clean.name} {kind}"
            return Fault(name, data, tag, (at,), element, frozenset(acks))

        for use in usage.elements:
            if use is None:
                continue
            at = use.position
            value = values[at] if at < len(values) else ""
            if use.parts is not None:
                yield from _component_faults(fault, use, text, value)
                continue
            for kind, new, acks in _damages(use, value):
                yield fault(kind, put(text, at, new), at, *acks)
        for at, use in enumerate(usage.elements, 1):
            if use is None and at < len(values):
                yield fault("not used", put(text, at, "X"), at, "I10")
                break
        beyond = len(segments()[tag].parts) + 1
        yield fault("too many elements", put(text, beyond, "X"), beyond, "3")
        yield fault("trailing separator", text + "*", len(values), "3")
        for kind, positions in segments()[tag].notes:
            if kind != "P" or len(positions) != 2:
                continue
            uses = [usage.elements[at - 1] for at in positions]
            here = all(at < len(values) and values[at] for at in positions)
            if here and all(use is not None and not use.required for use in uses):
                yield fault("pair broken", put(text, positions[0], ""), positions[0], "2")


def _component_faults(fault, use: ElementUse, text: str, value: str) -> Iterator[Fault]:
    at = use.position
    if not value:
        if use.required:
            return
        return
    if use.required and "*" in text:
        yield fault("composite missing", put(text, at, ""), at, "1")
    inner = value.split("^", maxsplit=1)[0].split(":")
    for part in use.parts or ():
        if part is None or part.position > len(inner) or "^" in value:
            continue
        old = inner[part.position - 1]
        for kind, new, acks in _damages(part, old):
            if kind == "repetition" and use.repeat > 1:
                continue
            if new == "" and part.position == 1 and len(inner) == 1:
                continue
            yield fault(f"component {kind}", put(text, at, new, part.position), at, *acks)
    beyond = len(composites()[use.number].parts) + 1
    yield fault("too many components", put(text, at, "X", beyond), at, "13")
    if use.repeat == 1:
        yield fault("repeated composite", put(text, at, f"{value}^{value}"), at, "12")


def _damages(  # noqa: C901, PLR0912 - one damage after the other
    use: ElementUse, value: str
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """List wrong values for an element that holds this value."""
    if use.required and value:
        yield "required missing", "", ("1",)
    if not value:
        return
    element = elements()[use.number]
    if use.codes:
        wrong = "ZQ9"[: max(element.shortest, min(2, element.longest))]
        yield "code", wrong, ("7", "I6")
        return
    if element.kind == "AN":
        if use.format_at:
            bad = value.replace("0", "9", 1) if len(value) == 4 else value[:4] + "13" + value[6:]
            yield "date", "2561" if len(value) == 4 else bad, ("8", "9")
            return
        if element.longest < 300 and not use.pattern:
            yield "too long", "X" * (element.longest + 1), ("5",)
        if element.shortest > 1:
            yield "too short", "X" * (element.shortest - 1), ("4",)
        yield "control character", value + "\x07", ("6",)
        yield "accent", value[:-1] + "\xe9", ("6",)
        yield "leading blank", (" " + value)[: element.longest], ("6",)
        if len(value) > element.shortest:
            yield "trailing blank", value[: element.longest - 1] + " ", ("6",)
        if use.repeat == 1 and element.longest > 8:
            yield "repetition", "A^B", ("12",)
    elif element.kind == "R" or element.kind[0] == "N":
        yield "no number", "1X"[: max(1, element.longest)] if element.longest > 1 else "X", ("6",)
        if element.kind == "R" and use.pattern and use.number == "782":
            yield "three decimals", "1.234", ("I12",)
            yield "too many digits", "123456789", ("5",)
        if element.kind == "R":
            yield "two points", "1.2.3", ("6",)
    elif element.kind == "DT":
        yield "date", "20261341", ("8",)
        yield "day of month", "20260230", ("8",)
    elif element.kind == "TM":
        yield "time", "2560", ("9",)
    elif element.kind == "ID" and not use.codes:
        yield "too long", "X" * (element.longest + 1), ("5",)


def segment_faults(clean: Clean) -> Iterator[Fault]:  # noqa: C901 - one damage after the other
    """Leave out, repeat, add and exchange segments."""
    rows = clean.rows
    name = clean.name
    openers = {items[0].order for items in clean.guide.table().loops.values()}  # type: ignore[union-attr]
    tags = {usage.tag for usage, _, _ in rows}
    counts: dict[int, int] = {}
    for usage, _, _ in rows:
        counts[usage.order] = counts.get(usage.order, 0) + 1
    for index, (usage, text, position) in enumerate(rows):
        tag = usage.tag
        opener = usage.order in openers
        alone = index + 1 == len(rows) or rows[index + 1][0].loop != usage.loop
        if usage.required and not (opener and (counts[usage.order] > 1 or alone)):
            data = clean.without(position)
            near = tuple(range(position - 1, position + 4))
            kind = "loop start missing" if opener else "required segment missing"
            yield Fault(f"{name} {kind}", data, tag, near, 0, frozenset("3"))
        if usage.maximum == 1 and not opener:
            data = clean.with_more(position + 1, text)
            yield Fault(
                f"{name} segment twice",
                data,
                tag,
                (position + 1,),
                0,
                frozenset(("5", "7", "2", "4")),
            )
        after = position + 1
        unknown = clean.with_more(after, "ZZZ*1*2")
        yield Fault(f"{name} unknown segment", unknown, "ZZZ", (after,), 0, frozenset("1"))
        foreign = clean.with_more(after, "PO1*1*2")
        yield Fault(f"{name} foreign segment", foreign, "PO1", (after,), 0, frozenset("6"))
        lower = clean.with_text(position, text.replace(tag, tag.lower(), 1))
        yield Fault(f"{name} lower case name", lower, tag.lower(), (position,), 0, frozenset("1"))
        blank = clean.with_more(after, "")
        yield Fault(f"{name} empty segment", blank, "?", (after,), 0, frozenset("8"))
        if index:
            first = rows[0][1]
            moved = clean.with_more(after, first)
            head = rows[0][0].tag
            right = frozenset(("2", "5", "7", "4"))
            yield Fault(f"{name} header again", moved, head, (after,), 0, right)
        if index + 1 < len(rows):
            other, following, _ = rows[index + 1]
            same_loop = other.loop == usage.loop and other.tag != tag
            if same_loop and not opener and other.order not in openers:
                texts = list(clean.texts)
                at = clean.start + position - 1
                texts[at], texts[at + 1] = following, text
                near = (position, position + 1)
                swapped = clean.join(texts)
                right = frozenset(("7", "3", "2"))
                yield Fault(f"{name} segments exchanged", swapped, "", near, 0, right)
    if "HL" in tags:
        yield from _level_faults(clean)
    if any(usage.tag == "LX" and usage.loop == "2400" for usage, _, _ in rows):
        for usage, _, position in rows:
            if usage.tag == "LX":
                data = clean.with_text(position, "LX*7")
                yield Fault(f"{name} line number", data, "LX", (position,), 1, frozenset("7"))


def _level_faults(clean: Clean) -> Iterator[Fault]:
    for usage, text, position in clean.rows:
        if usage.tag != "HL":
            continue
        name = clean.name
        number = clean.with_text(position, put(text, 1, "77"))
        yield Fault(f"{name} HL01", number, "HL", (position,), 1, frozenset("7"))
        values = text.split("*")
        if len(values) > 2 and values[2]:
            parent = clean.with_text(position, put(text, 2, "66"))
            yield Fault(f"{name} HL02", parent, "HL", (position,), 2, frozenset("7"))
        level = clean.with_text(position, put(text, 3, "ZZ"))
        yield Fault(f"{name} HL03", level, "HL", (position,), 3, frozenset(("7", "I6")))
        if len(values) > 4 and usage.elements[3] and len(usage.elements[3].codes) > 1:
            child = clean.with_text(position, put(text, 4, "1" if values[4] == "0" else "0"))
            yield Fault(f"{name} HL04", child, "HL", (position,), 4, frozenset("7"))
