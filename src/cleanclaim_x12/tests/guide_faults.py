"""Faults that a guide's table itself names: too often, too long, not used, notes broken."""

from collections.abc import Iterator

from cleanclaim_x12.guides import LoopUse
from cleanclaim_x12.guides.dictionary import elements, segments
from cleanclaim_x12.guides.notation import ElementUse
from cleanclaim_x12.tests.faults import Clean, Fault, put

_MOST = 120  # repeats that are tried


def guide_faults(clean: Clean) -> Iterator[Fault]:
    """Break what the table says, usage by usage; the file has each usage once."""
    for usage, text, position in clean.rows:
        make = _Maker(clean, usage.tag, position)
        values = [*text.split("*"), *[""] * 30]
        for at, use in enumerate(usage.elements, 1):
            if use is None:
                yield make("not used", put(text, at, "X"), at, "I10")
            elif use.parts is not None:
                yield from _parts(make, use, text, values[at])
            elif values[at]:
                yield from _lengths(make, use, text)
        for kind, positions in segments()[usage.tag].notes:
            yield from _notes(make, kind, positions, usage.elements, text)
    yield from _segments_too_often(clean)
    yield from _loops_too_often(clean)


class _Maker:
    """Makes the faults of one segment."""

    def __init__(self, clean: Clean, tag: str, position: int) -> None:
        self.clean = clean
        self.tag = tag
        self.position = position

    def __call__(self, kind: str, text: str, element: int, acks: str) -> Fault:
        data = self.clean.with_text(self.position, text)
        name = f"{self.clean.name} {self.tag} {kind}"
        return Fault(name, data, self.tag, (self.position,), element, frozenset(acks.split()))


def _parts(make: _Maker, use: ElementUse, text: str, value: str) -> Iterator[Fault]:
    if not value or "^" in value:
        return
    given = value.split(":")
    for number, part in enumerate(use.parts or (), 1):
        if part is None:
            yield make("part not used", put(text, use.position, "X", number), use.position, "I10")
        elif part.required and 1 < len(given) >= number:
            yield make("part missing", put(text, use.position, "", number), use.position, "1")


def _lengths(make: _Maker, use: ElementUse, text: str) -> Iterator[Fault]:
    element = elements()[use.number]
    if element.kind not in ("AN", "ID"):
        return
    if element.shortest > 1 and not use.format_at:
        short = put(text, use.position, "X" * (element.shortest - 1))
        yield make("short", short, use.position, "4 7 I6 I12")
    if element.longest < 1000:
        long = put(text, use.position, "X" * (element.longest + 1))
        yield make("long", long, use.position, "5 7 8 9 I6 I12")


def _notes(
    make: _Maker,
    kind: str,
    positions: tuple[int, ...],
    uses: tuple[ElementUse | None, ...],
    text: str,
) -> Iterator[Fault]:
    """Break one relational note, where the guide uses all that it speaks of."""
    values = [*text.split("*"), *[""] * 30]
    tied = [use for at in positions if (use := uses[at - 1]) is not None]
    if len(tied) < len(positions):
        return
    name = f"note {kind}" + "".join(f"{at:02}" for at in positions)
    if kind in "PC" and all(values[at] for at in positions):
        for use in tied[kind == "C" :]:
            if not use.required:
                yield make(name, put(text, use.position, ""), use.position, "2")
    elif kind in "RL" and not any(use.required for use in tied):
        broken = text
        for at in positions[kind == "L" :]:
            broken = put(broken, at, "")
        yield make(name, broken, -1, "2")
    elif kind == "E":
        both = text
        for use in tied:
            both = put(both, use.position, values[use.position] or (use.codes or ("AB",))[0])
        yield make(name, both, -1, "10 2")


def _segments_too_often(clean: Clean) -> Iterator[Fault]:
    openers = {items[0].order for items in clean.guide.table().loops.values()}  # type: ignore[union-attr]
    for usage, text, position in clean.rows:
        if usage.order in openers or not 1 < usage.maximum < _MOST:
            continue
        data = clean.with_more(position + 1, *[text] * usage.maximum)
        place = (position + usage.maximum,)
        name = f"{clean.name} {usage.tag} too often"
        yield Fault(name, data, usage.tag, place, 0, frozenset("5"))


def _loops_too_often(clean: Clean) -> Iterator[Fault]:
    table = clean.guide.table()
    uses = [item for items in table.loops.values() for item in items if isinstance(item, LoopUse)]
    most = {use.loop: use.maximum for use in uses}
    for index, (usage, _, _) in enumerate(clean.rows):
        loop = usage.loop
        is_opener = table.loops[loop][0] is usage
        if not is_opener or usage.tag == "HL" or not 0 < most.get(loop, 0) < _MOST:
            continue
        inside = _inside(loop, {name: _loops_in(items) for name, items in table.loops.items()})
        rows = [clean.rows[index]]
        for row in clean.rows[index + 1 :]:
            if row[0].loop not in inside or row[0] is usage:
                break
            rows.append(row)
        texts = [text for _, text, _ in rows]
        more = []
        for turn in range(most[loop]):
            more += [f"LX*{turn + 2}", *texts[1:]] if usage.tag == "LX" else texts
        after = rows[-1][2] + 1
        place = (after + len(texts) * (most[loop] - 1),)
        data = clean.with_more(after, *more)
        yield Fault(f"{clean.name} {loop} too often", data, usage.tag, place, 0, frozenset("4"))


def _loops_in(items: tuple[object, ...]) -> list[str]:
    return [item.loop for item in items if isinstance(item, LoopUse)]


def _inside(loop: str, loops: dict[str, list[str]]) -> set[str]:
    found = {loop}
    for inner in loops[loop]:
        found |= _inside(inner, loops)
    return found
