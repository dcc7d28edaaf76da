"""Makes of the loops of a transaction the steps that its segments take.

A segment is dispatched on its first three characters; every place has one flat table of what may
follow it, its own segments and those of the loops around it, so that nothing is searched while
reading. Tables are made when a place is first entered, for most are entered by no file.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from cleanclaim_x12.syntax import Delimiters
from cleanclaim_x12.typed.codecs import READERS, code_of, procedure_of
from cleanclaim_x12.typed.elements import Cents, Element, Hook, Literal, Parts, Row, Value
from cleanclaim_x12.typed.native import Slot
from cleanclaim_x12.typed.spec import Field, Segment, Spec, item_notation, walk
from cleanclaim_x12.typed.steps import (
    Becomes,
    Chooses,
    Fills,
    Keeps,
    Node,
    Opens,
    Reads,
    ReadsAdjustments,
    ReadsCodes,
    ReadsDates,
    Step,
    Walk,
)
from cleanclaim_x12.typed.values import parse_cents, parse_date, parse_decimal, parse_integer

Parse = Callable[[str], Any]
_READS: dict[str, type[Reads]] = {"CAS": ReadsAdjustments, "HI": ReadsCodes}
_READS |= {"DTP": ReadsDates, "DTM": ReadsDates}
_EMPTY = {"text": "", "components": (), "repetitions": (), "pointers": ()}


class Placed(Node):
    """A place with the loop that may stand there."""

    def __init__(
        self, path: tuple[Spec, ...], above: "Placed | None", fill: Callable[[Any], None]
    ) -> None:
        super().__init__(len(path) - 1, above, fill)
        self.spec = path[-1]
        self.around = above
        self.children: list[Placed] = []
        self.steps: list[Step] = []
        if above is not None:
            above.children.append(self)


class Machine:
    """What reads one transaction type in one set of delimiters."""

    def __init__(self, root: Spec, delimiters: Delimiters) -> None:
        self.root = root
        self.delimiters = delimiters
        c, r = delimiters.component, delimiters.repetition
        parsers: dict[str, Parse | None] = {
            "text": None,
            "cents": parse_cents,
            "date": parse_date,
            "decimal": parse_decimal,
            "integer": parse_integer,
            "pointers": lambda text: tuple(map(int, text.split(c))),
            "components": lambda text: tuple(text.split(c)),
            "repetitions": lambda text: tuple(text.split(r) if r else [text]),
            "procedure": lambda text: procedure_of(text, c),
            "code": lambda text: code_of(text, c),
        }
        self.parsers: dict[str, tuple[Parse | None, dict[str, Any]]] = {
            kind: (parse, {}) for kind, parse in parsers.items()
        }
        standard = {delimiters.element: "*", c: ":", r or "^": "^"}
        self.standard = {ord(a): ord(b) for a, b in standard.items() if a != b}
        places: dict[tuple[int, ...], Placed] = {}
        for path in walk(root):
            key = tuple(map(id, path))
            places[key] = Placed(path, places.get(key[:-1]), self._fill)
        self.start_at = next(iter(places.values()))
        self.depth = max(map(len, places))
        self._fill(self.start_at)

    def start(self) -> Walk:
        """Begin a transaction."""
        root = self.root.model()
        return Walk(root, self.start_at, self.depth, self.delimiters, self.standard)

    def _fill(self, place: Placed) -> None:
        """Make the tables of a place, nearest first."""
        found: dict[str, dict[str, Step]] = {}
        below: dict[str, dict[str, Step]] = {}
        at: Placed | None = place
        closed = False
        while at is not None:
            if not closed:
                own = list(zip(at.spec.segments, self._steps(at), strict=True))
                for segment, step in own[at.around is not None :]:
                    _offer(found, segment, step)
            for child in at.children:
                if not closed or child.spec.is_closed:
                    step = self._steps(child)[0]
                    _offer(found, child.spec.segments[0], step)
                    _offer(below, child.spec.segments[0], step)
            closed = closed or at.spec.is_closed
            at = at.around
        place.table.update(self._table(place, found))
        place.below.update(self._table(place, below))

    def _table(self, place: Placed, found: dict[str, dict[str, Step]]) -> dict[str, Step]:
        table: dict[str, Step] = {}
        for tag, steps in found.items():
            step = steps["?"] if [*steps] == ["?"] else None
            at = 3 if tag == "HL" else 1
            table[self._key(tag)] = step or Chooses(tag, place, steps, at)
        for tag in ("ST", "SE"):
            table[self._key(tag)] = Step(tag, place)
        return table

    def _key(self, tag: str) -> str:
        return (tag + self.delimiters.element)[:3]

    def _steps(self, place: Placed) -> list[Step]:
        if not place.steps:
            first, *others = place.spec.segments
            around = place.around
            step = self._step(first, place) if around is None else self._opens(first, place, around)
            place.steps = [step, *(self._step(segment, place) for segment in others)]
        return place.steps

    def _opens(self, segment: Segment, place: Placed, around: Placed) -> Opens:
        spec, model = place.spec, place.spec.model
        blank = {each.name: _EMPTY.get(each.kind) for each in _named(segment.fields)}
        is_list = bool(spec.field) and spec.is_list(around.spec)
        slot = Slot(around.spec.model, spec.field) if spec.field else None
        row = Row(self._elements(segment.fields, model))
        make: Callable[[], Any] = model(**blank).__copy__  # type: ignore[arg-type, attr-defined]
        step = Opens(segment.tag, place, make, row, Hook(slot, is_list))
        step.is_unit = spec.is_unit
        step.links = [(Slot(model, name), depth) for name, depth in spec.links.items()]
        return step

    def _step(self, segment: Segment, place: Placed) -> Step:
        tag, model = segment.tag, place.spec.model
        if segment.item is not None:
            slot = Slot(model, segment.fields[0].name)
            if tag not in READERS:
                return self._becomes(segment, place, Hook(slot, segment.many))
            value = Value(None, *self.parsers["code" if tag == "HI" else "date"])
            return _READS.get(tag, Reads)(tag, place, slot, READERS[tag], value)
        if not segment.fields:
            return Keeps(tag, place)
        made = model()
        names = [each.name for each in _named(segment.fields)]
        resets = [Slot(model, name) for name in names if getattr(made, name)]
        wanted = [Slot(model, name) for name in names if not getattr(made, name)]
        row = Row(self._elements(segment.fields, model))
        return Fills(tag, place, row, wanted[0] if wanted else None, resets)

    def _becomes(self, segment: Segment, place: Placed, hook: Hook) -> Becomes:
        item = segment.item
        assert item is not None  # noqa: S101 - holds by the caller
        fields = item_notation(item, segment.tag).fields
        names, defaults = item.__struct_fields__, item.__struct_defaults__
        needed = len(names) - len(defaults)
        step = Becomes(segment.tag, place, hook, item, self._elements(fields, item))
        step.spots = [names.index(each.name) if each.name else -1 for each in fields]
        step.blank = [*[""] * needed, *defaults]
        given = (at for at, spot in enumerate(step.spots, 1) if 0 <= spot < needed)
        step.least = max(given, default=1)
        return step

    def _elements(self, fields: tuple[Field, ...], model: type) -> list[Element]:
        return [self._element(each, model) for each in fields]

    def _element(self, field: Field, model: type) -> Element:
        if field.parts:
            return Parts(Row(self._elements(field.parts, model)))
        if field.kind == "~":
            return Element()
        if not field.name:
            return Literal(field.kind.strip("'-"))
        kind = Cents if field.kind == "cents" else Value
        return kind(Slot(model, field.name), *self.parsers[field.kind])


def _offer(into: dict[str, dict[str, Step]], segment: Segment, step: Step) -> None:
    for qualifier in segment.qualifiers or ("?",):
        into.setdefault(segment.tag, {}).setdefault(qualifier, step)


def _named(fields: tuple[Field, ...]) -> Iterable[Field]:
    for field in fields:
        if field.parts:
            yield from _named(field.parts)
        elif field.name:
            yield field


@lru_cache(32)
def machine_for(root: Spec, delimiters: Delimiters) -> Machine:
    """Give what reads a transaction type."""
    return Machine(root, delimiters)
