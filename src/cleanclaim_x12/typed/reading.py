"""Compiles the loops of a transaction into handlers and drives raw segments through them.

The handlers are generated as Python text once per transaction type, because a straight line of
assignments is several times faster than walking a table for every element. A segment is dispatched
on its first three characters; every loop has one flat table of what may follow it, its own
segments and those of the loops around it, so that nothing is searched while reading.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, ClassVar

from cleanclaim_x12.syntax import Delimiters
from cleanclaim_x12.typed.codecs import READERS, procedure_of
from cleanclaim_x12.typed.parts import Item, Loop, Unknown
from cleanclaim_x12.typed.spec import Field, Segment, Spec, item_notation, walk
from cleanclaim_x12.typed.values import CENTS, DATES, DECIMALS, INTEGERS, Memo

Handler = Callable[..., None]
Table = dict[str, Handler]
_MEMOS = {"cents": "CENTS", "date": "DATES", "decimal": "DECIMALS", "integer": "INTEGERS"}
_MEMOS |= {"pointers": "POINTERS", "components": "COMPONENTS", "repetitions": "REPETITIONS"}
_MEMOS |= {"procedure": "PROCEDURES"}
_DEFAULTS = {"text": '""', "components": "()", "repetitions": "()", "pointers": "()"}


class Walk:
    """Where the reading of one transaction stands.

    Args:
        path: The open loop at each depth, the root first.
        obj: The loop that segments go to.
        table: What may come next.
        units: The loops that a stream yields, in order.
    """

    __slots__ = ("obj", "path", "standard", "table", "units")
    kept: ClassVar[int] = 0

    def __init__(self, root: Loop, depth: int, table: Table, standard: dict[int, int]) -> None:
        self.path: list[Any] = [root] + [None] * depth
        self.obj: Any = root
        self.table = table
        self.units: list[Any] = []
        self.standard = standard

    def feed(self, segments: Iterable[str], place: int) -> None:
        """Take segments, the first of which stands at this place of the transaction."""
        for raw in segments:
            handler = self.table.get(raw[:3])
            if handler is None:
                self.keep(raw, place)
            else:
                handler(self, raw, place)
            place += 1

    def keep(self, raw: str, place: int, *, replaces: bool = False) -> None:
        """Keep a segment whole in the loop at hand."""
        if self.standard:
            raw = raw.translate(self.standard)
        loop = self.obj
        last = loop.unknown[-1] if loop.unknown else None
        if last is None:
            loop.unknown = [Unknown(raw, place, replaces)]
        elif last.place != place:
            loop.unknown.append(Unknown(raw, place, replaces))


class _Node:
    """A placed loop while its handlers are made."""

    def __init__(self, path: tuple[Spec, ...], number: int, parent: "_Node | None") -> None:
        self.spec = path[-1]
        self.depth = len(path) - 1
        self.number = number
        self.parent = parent
        self.children: list[_Node] = []
        if parent is not None:
            parent.children.append(self)


def _nodes(root: Spec) -> list[_Node]:
    made: dict[tuple[int, ...], _Node] = {}
    nodes = []
    for number, path in enumerate(walk(root)):
        key = tuple(map(id, path))
        node = _Node(path, number, made.get(key[:-1]))
        made[key] = node
        nodes.append(node)
    return nodes


class Machine:
    """What reads one transaction type in one set of delimiters."""

    def __init__(self, root: Spec, delimiters: Delimiters) -> None:
        self.root = root
        self.nodes = _nodes(root)
        self.depth = max(node.depth for node in self.nodes) + 1
        self.tables: list[Table] = [{} for _ in self.nodes]
        self.spare: list[Table] = [{} for _ in self.nodes]
        self.delimiters = delimiters
        component, repetition = delimiters.component, delimiters.repetition
        standard = {delimiters.element: "*", component: ":", repetition or "^": "^"}
        self.standard = {ord(a): ord(b) for a, b in standard.items() if a != b}
        names = self._names()
        exec(_source(root), names)  # noqa: S102 - our own text, made from our own tables
        self.handlers: dict[str, Handler] = names["build"](delimiters.element, component)
        for node in self.nodes:
            self._fill(node)

    def start(self) -> Walk:
        """Begin a transaction."""
        return Walk(self.root.model(), self.depth, self.tables[0], self.standard)

    def _names(self) -> dict[str, Any]:
        c, r = self.delimiters.component, self.delimiters.repetition
        names: dict[str, Any] = {
            "CENTS": CENTS,
            "DATES": DATES,
            "DECIMALS": DECIMALS,
            "INTEGERS": INTEGERS,
            "POINTERS": Memo(lambda text: tuple(map(int, text.split(c))) if text else ()),
            "COMPONENTS": Memo(lambda text: tuple(text.split(c)) if text else ()),
            "REPETITIONS": Memo(lambda text: tuple(text.split(r) if r else [text]) if text else ()),
            "PROCEDURES": Memo(lambda text: procedure_of(text, c)),
            "D": self.delimiters,
            "TABLES": self.tables,
            "SPARE": self.spare,
        }
        names |= {f"READ_{tag}": read for tag, read in READERS.items()}
        for node in self.nodes:
            names[f"MODEL_{node.spec.model.__name__}"] = node.spec.model
            for segment in node.spec.segments:
                if segment.item is not None:
                    names[f"ITEM_{segment.item.__name__}"] = segment.item
        return names

    def _fill(self, node: _Node) -> None:
        """Make the table of what may follow in a loop, nearest first."""
        found: dict[str, dict[str, Handler]] = {}

        def offer(segment: Segment, handler: Handler) -> None:
            for qualifier in segment.qualifiers or ("?",):
                found.setdefault(segment.tag, {}).setdefault(qualifier, handler)

        below: list[tuple[Segment, Handler]] = []
        at: _Node | None = node
        closed = False
        while at is not None:
            if not closed:
                for index, segment in enumerate(at.spec.segments):
                    if index or at.parent is None:
                        handler = self.handlers[f"h{at.number}_{index}"]
                        offer(segment, handler if at is node else self._back(handler, at))
            for child in at.children:
                if not closed or child.spec.is_closed:
                    trigger = child.spec.segments[0]
                    handler = self.handlers[f"h{child.number}_0"]
                    offer(trigger, handler)
                    below.append((trigger, handler))
            closed = closed or at.spec.is_closed
            at = at.parent
        self.tables[node.number].update(self._table(found))
        found = {}
        for segment, handler in below:
            offer(segment, handler)
        self.spare[node.number].update(self._table(found))

    def _back(self, handler: Handler, node: _Node) -> Handler:
        """Return to a loop above and do there what the segment asks for."""
        table, depth = self.tables[node.number], node.depth

        def back(walk: Walk, raw: str, place: int, e: list[str] | None = None) -> None:
            walk.obj = walk.path[depth]
            walk.table = table
            handler(walk, raw, place, e)

        return back

    def _table(self, found: dict[str, dict[str, Handler]]) -> Table:
        element = self.delimiters.element
        table: Table = {}
        for tag, by_qualifier in found.items():
            key = (tag + element)[:3]
            table[key] = _dispatch(tag, by_qualifier, element)
        for tag in ("ST", "SE"):
            table[(tag + element)[:3]] = _pass
        return table


def _pass(walk: Walk, raw: str, place: int) -> None:
    """ST and SE belong to the envelope."""


def _dispatch(tag: str, by_qualifier: dict[str, Handler], element: str) -> Handler:
    """Choose by the qualifier, where a loop knows several."""
    default = by_qualifier.pop("?", Walk.keep)
    if not by_qualifier:
        if len(tag) == 2:
            return default

        def plain(walk: Walk, raw: str, place: int) -> None:
            if raw[3:4] == element:
                default(walk, raw, place)
            else:
                walk.keep(raw, place)

        return plain if default is not Walk.keep else default
    get = by_qualifier.get
    at = 3 if tag == "HL" else 1
    key = len(tag)

    def choose(walk: Walk, raw: str, place: int) -> None:
        e = raw.split(element)
        if len(e) <= at or len(e[0]) != key:
            walk.keep(raw, place)
            return
        handler = get(e[at], default)
        if handler is Walk.keep:
            walk.keep(raw, place)
        else:
            handler(walk, raw, place, e)

    return choose


@lru_cache(32)
def machine_for(root: Spec, delimiters: Delimiters) -> Machine:
    """Give the compiled reader of a transaction type."""
    return Machine(root, delimiters)


@lru_cache(32)
def _source(root: Spec) -> str:
    lines = ["def build(E, C):", "  made = {}"]
    for node in _nodes(root):
        for index, segment in enumerate(node.spec.segments):
            name = f"h{node.number}_{index}"
            lines.append(f"  def {name}(p, raw, place, e=None):")
            opens = index == 0 and node.parent is not None
            body = _opener(node) if opens else [f"o = p.path[{node.depth}]"]
            body += _segment(segment, node, is_trigger=opens)
            lines += ["    " + line for line in body]
            lines.append(f"  made['{name}'] = {name}")
    lines.append("  return made")
    return "\n".join(lines)


def _opener(node: _Node) -> list[str]:
    spec, parent = node.spec, node.parent
    assert parent is not None  # noqa: S101 - only the root has none, and nothing opens it
    lines = []
    if not spec.field:
        lines.append(f"o = MODEL_{spec.model.__name__}()")
    elif spec.is_list(parent.spec):
        lines.append(f"o = MODEL_{spec.model.__name__}()")
        lines += [
            f"a = p.path[{parent.depth}]",
            f"if a.{spec.field}:",
            f"  a.{spec.field}.append(o)",
            "else:",
            f"  a.{spec.field} = [o]",
        ]
    else:
        lines += [
            f"a = p.path[{parent.depth}]",
            f"if a.{spec.field} is not None:",
            "  p.obj = a",
            f"  p.table = SPARE[{parent.number}]",
            "  return p.keep(raw, place)",
            f"a.{spec.field} = o = MODEL_{spec.model.__name__}()",
        ]
    lines.append("o.place = place")
    lines.append(f"p.path[{node.depth}] = p.obj = o")
    lines += [f"o.{name} = p.path[{depth}]" for name, depth in spec.links.items()]
    if spec.is_unit:
        lines.append("p.units.append(o)")
    lines.append(f"p.table = TABLES[{node.number}]")
    return lines


def _segment(segment: Segment, node: _Node, *, is_trigger: bool) -> list[str]:
    if segment.item is not None:
        return _items(segment)
    if not segment.fields:
        return ["return"] if is_trigger else ["return p.keep(raw, place)"]
    lines = []
    made = node.spec.model()
    first = next((each for each in _flat(segment.fields) if _is_empty(each, made)), None)
    if not is_trigger and first is not None:
        empty = _DEFAULTS.get(first.kind, "None")
        lines += [f"if o.{first.name} != {empty}:", "  return p.keep(raw, place)"]
    lines += ["if e is None:", "  e = raw.split(E)", "n = len(e)", "try:"]
    indent = "  "
    for position, field in enumerate(segment.fields, 1):
        lines.append(f"{indent}if n > {position}:")
        indent += " "
        lines += [indent + line for line in _element(field, f"e[{position}]")]
    lines.append(f"{indent}if n > {len(segment.fields) + 1}:")
    lines.append(f"{indent}  p.keep(raw, place, replaces=True)")
    lines += ["except ValueError:", "  p.keep(raw, place, replaces=True)"]
    return lines


def _is_empty(field: Field, made: Loop) -> bool:
    """Say whether a field is empty until its segment was read."""
    return bool(field.name) and not getattr(made, field.name)


def _flat(fields: tuple[Field, ...]) -> Iterable[Field]:
    for field in fields:
        yield from field.parts or (field,)


def _element(field: Field, source: str) -> list[str]:
    if field.kind == "~":
        return ["pass"]
    if field.kind == "-":
        return [f"if {source}: p.keep(raw, place, replaces=True)"]
    if field.kind[0] == "'":
        return [f"if {source} not in ('', {field.kind}): p.keep(raw, place, replaces=True)"]
    if field.kind != "composite":
        return [f"o.{field.name} = {_value(field, source)}"]
    lines = [f"c = {source}.split(C)", "m = len(c)"]
    for index, part in enumerate(field.parts):
        pad = " " * (index + 1)
        lines.append(f"{' ' * index}if m > {index}:")
        lines += [pad + line for line in _element(part, f"c[{index}]")]
    lines.append(f"if m > {len(field.parts)}: p.keep(raw, place, replaces=True)")
    return lines


def _value(field: Field, source: str) -> str:
    return source if field.kind == "text" else f"{_MEMOS[field.kind]}[{source}]"


def _items(segment: Segment) -> list[str]:
    field, item = segment.fields[0].name, segment.item
    assert item is not None  # noqa: S101 - holds for every segment that stands many times
    split = ["if e is None:", "  e = raw.split(E)"]
    if not segment.many:
        split += [f"if o.{field} is not None:", "  return p.keep(raw, place)"]
    failed = ["except (ValueError, IndexError, TypeError):", "  return p.keep(raw, place)"]
    if segment.tag in READERS:
        call = f"  items = READ_{segment.tag}(e, place, D)"
        return [*split, "try:", call, *failed, *_extend(field)]
    wanted = item_notation(item, segment.tag).fields
    lines = [*split, "n = len(e)", f"if n > {len(wanted) + 1}:", "  return p.keep(raw, place)"]
    unused = [at for at, each in enumerate(wanted, 1) if not each.name]
    for at in unused:
        lines += [f"if n > {at} and e[{at}]:", "  return p.keep(raw, place)"]
    lines += ["try:"]
    for count in range(1, len(wanted) + 1):
        given = ", ".join(
            f"{each.name}={_value(each, f'e[{at}]')}"
            for at, each in enumerate(wanted[:count], 1)
            if each.name
        )
        head = "if" if count == 1 else "elif"
        lines.append(f"  {head} n == {count + 1}:")
        given += ", " if given else ""
        lines.append(f"    item = ITEM_{item.__name__}({given}place=place)")
    lines += ["  else:", "    return p.keep(raw, place)", *failed]
    return [*lines, *(_append(field) if segment.many else [f"o.{field} = item"])]


def _append(field: str) -> list[str]:
    """Lists are made when the first item comes: most loops have few of the kinds they may have."""
    return [f"if o.{field}:", f"  o.{field}.append(item)", "else:", f"  o.{field} = [item]"]


def _extend(field: str) -> list[str]:
    return [f"if o.{field}:", f"  o.{field} += items", "else:", f"  o.{field} = items"]


__all__ = ["Item", "Machine", "Walk", "machine_for"]
