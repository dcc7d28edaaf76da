"""Compiles the loops of a transaction into handlers and drives raw segments through them.

The handlers are generated as Python text once per transaction type, because a straight line of
assignments is several times faster than walking a table for every element. A segment is dispatched
on its first three characters; every loop has one flat table of what may follow it, its own
segments and those of the loops around it, so that nothing is searched while reading.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from cleanclaim_x12.syntax import Delimiters
from cleanclaim_x12.typed.codecs import READERS, procedure_of
from cleanclaim_x12.typed.handlers import Node, handlers_source, nodes_of
from cleanclaim_x12.typed.parts import Loop, Unknown
from cleanclaim_x12.typed.spec import Segment, Spec
from cleanclaim_x12.typed.values import CENTS, DATES, DECIMALS, INTEGERS, Memo

Handler = Callable[..., None]
Table = dict[str, Handler]


class Walk:
    """Where the reading of one transaction stands.

    Args:
        path: The open loop at each depth, the root first.
        obj: The loop that segments go to.
        table: What may come next.
        units: The loops that a stream yields, in order.
        name: Whoever began it may name it.
    """

    __slots__ = ("name", "obj", "path", "standard", "table", "units")

    def __init__(self, root: Loop, depth: int, table: Table, standard: dict[int, int]) -> None:
        self.path: list[Any] = [root] + [None] * depth
        self.obj: Any = root
        self.table = table
        self.units: list[Any] = []
        self.standard = standard
        self.name = ""

    def feed(self, segments: Iterable[str], place: int) -> None:
        """Take segments, the first of which stands at this place of the transaction."""
        for raw in segments:
            try:
                handler = self.table[raw[:3]]
            except KeyError:
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


class Machine:
    """What reads one transaction type in one set of delimiters."""

    def __init__(self, root: Spec, delimiters: Delimiters) -> None:
        self.root = root
        self.nodes = nodes_of(root)
        self.depth = max(node.depth for node in self.nodes) + 1
        self.tables: list[Table] = [{} for _ in self.nodes]
        self.spare: list[Table] = [{} for _ in self.nodes]
        self.delimiters = delimiters
        component, repetition = delimiters.component, delimiters.repetition
        standard = {delimiters.element: "*", component: ":", repetition or "^": "^"}
        self.standard = {ord(a): ord(b) for a, b in standard.items() if a != b}
        self.names = self._names()
        self.handlers: dict[int, list[Handler]] = {}
        self._compile(self.nodes[0])

    def _compile(self, node: Node) -> None:
        """Make the handlers of a loop: when the first one is met, for most are met by no file."""
        names = self.names
        exec(handlers_source(node), names)  # noqa: S102 - our own text, from our own tables
        delimiters = self.delimiters
        self.handlers[node.number] = names["build"](delimiters.element, delimiters.component)
        for each in self.nodes:
            if each.number in self.handlers:
                self._fill(each)

    def _opener(self, node: Node) -> Handler:
        """Give the handler that opens a loop, or one that makes it first."""
        if node.number in self.handlers:
            return self.handlers[node.number][0]

        def first(walk: Walk, raw: str, place: int, e: list[str] | None = None) -> None:
            if node.number not in self.handlers:
                self._compile(node)
            self.handlers[node.number][0](walk, raw, place, e)

        return first

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

    def _fill(self, node: Node) -> None:
        """Make the table of what may follow in a loop, nearest first."""
        found: dict[str, dict[str, Handler]] = {}

        def offer(segment: Segment, handler: Handler) -> None:
            for qualifier in segment.qualifiers or ("?",):
                found.setdefault(segment.tag, {}).setdefault(qualifier, handler)

        below: list[tuple[Segment, Handler]] = []
        at: Node | None = node
        closed = False
        while at is not None:
            if not closed:
                for index, segment in enumerate(at.spec.segments):
                    if index or at.parent is None:
                        handler = self.handlers[at.number][index]
                        offer(segment, handler if at is node else self._back(handler, at))
            for child in at.children:
                if not closed or child.spec.is_closed:
                    trigger = child.spec.segments[0]
                    handler = self._opener(child)
                    offer(trigger, handler)
                    below.append((trigger, handler))
            closed = closed or at.spec.is_closed
            at = at.parent
        self.tables[node.number].update(self._table(found))
        found = {}
        for segment, handler in below:
            offer(segment, handler)
        self.spare[node.number].update(self._table(found))

    def _back(self, handler: Handler, node: Node) -> Handler:
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


def _keep(walk: Walk, raw: str, place: int, e: list[str] | None = None) -> None:
    del e
    walk.keep(raw, place)


def _dispatch(tag: str, by_qualifier: dict[str, Handler], element: str) -> Handler:
    """Choose by the qualifier, where a loop knows several."""
    default = by_qualifier.pop("?", _keep)
    if not by_qualifier:
        return default
    get = by_qualifier.get
    at = 3 if tag == "HL" else 1

    def choose(walk: Walk, raw: str, place: int) -> None:
        e = raw.split(element)
        if len(e) > at and e[0] == tag:
            get(e[at], default)(walk, raw, place, e)
        else:
            walk.keep(raw, place)

    return choose


@lru_cache(32)
def machine_for(root: Spec, delimiters: Delimiters) -> Machine:
    """Give the compiled reader of a transaction type."""
    return Machine(root, delimiters)
