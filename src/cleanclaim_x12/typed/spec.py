"""The notation that says which segment of a loop fills which field; reader and writer read it.

A loop is a list of segments in the order of its guide, the first being the one that opens it:

    Spec("2400", ServiceLine,
         "LX number",
         "SV1 procedure charge_cents unit_code quantity place_of_service - diagnosis_pointers",
         "DTP* dates",
         child=...)

- A name stands for the field that the element in this position fills; its type says how.
- `-` is an element that is not used; `~` one that is derived (HL numbers) and not kept.
- `'D8'` is always this text where the next element stands.
- `@name` alone: the whole segment becomes one item.
- `(a,b,c)` spreads the components of a composite over fields.
- A name ending in `^` takes the repetitions of an element.
- `TAG=Q1|Q2` wants one of these in its first element (HL: the third); `TAG=?` takes any.
- `+TAG …` stands behind the loops below (IK5 behind the IK3 loops).
- `TAG* field` may stand several times; every segment becomes items of the field.
"""

import re
import types
import typing
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from cleanclaim_x12.typed.parts import Item, Loop

_NOTATION = re.compile(
    r"(?P<last>\+)?(?P<tag>[A-Z0-9]{2,3})(?:=(?P<quals>\S+?))?(?P<many>\*)?(?: (?P<rest>.*))?"
)
_QUALIFIER_AT = {"HL": 3}
_KINDS: dict[object, str] = {
    str: "text",
    int: "integer",
    date: "date",
    Decimal: "decimal",
    tuple[int, ...]: "pointers",
    tuple[str, ...]: "components",
}


class Field(msgspec.Struct, frozen=True):
    """What fills one element: a field, the fields of a composite, or nothing."""

    name: str
    kind: str
    parts: tuple["Field", ...] = ()


class Segment(msgspec.Struct, frozen=True):
    """One segment of a loop, understood."""

    tag: str
    fields: tuple[Field, ...]
    qualifiers: tuple[str, ...] = ()
    many: bool = False
    item: type[Item] | None = None
    is_last: bool = False

    @property
    def qualifier_at(self) -> int:
        """The element that holds the qualifier."""
        return _QUALIFIER_AT.get(self.tag, 1)


class Spec:
    """A loop and where it hangs.

    Args:
        name: As in the guide: `2400`.
        model: The record that it fills.
        notation: Its segments, see the module.
        field: The parent's field; a list takes many, else the loop stands once.
        children: The loops below it.
        links: Fields that point to the loops above: field to their depth, the root being 0.
        is_closed: Segments of the loops above do not belong into it.
        is_unit: It is what a stream of this transaction yields.
    """

    def __init__(  # noqa: PLR0913 - a table row, read as one
        self,
        name: str,
        model: type[Loop],
        *notation: str,
        field: str = "",
        children: tuple["Spec", ...] = (),
        links: dict[str, int] | None = None,
        is_closed: bool = False,
        is_unit: bool = False,
    ) -> None:
        self.name = name
        self.model = model
        self.notation = notation
        self.field = field
        self.children = children
        self.links = links or {}
        self.is_closed = is_closed
        self.is_unit = is_unit
        self._segments: tuple[Segment, ...] | None = None

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments, understood when first asked for."""
        if self._segments is None:
            types_of = field_types(self.model)
            self._segments = tuple(segment_of(text, types_of) for text in self.notation)
        return self._segments

    def placed(self, field: str, *notation: str, name: str = "") -> "Spec":
        """Give the same loop under another field, opened by another segment."""
        return Spec(
            name or self.name,
            self.model,
            *notation,
            *self.notation[len(notation) :],
            field=field,
            children=self.children,
            links=self.links,
            is_closed=self.is_closed,
            is_unit=self.is_unit,
        )

    def is_list(self, parent: "Spec") -> bool:
        """Say whether the parent may have many of it."""
        return typing.get_origin(field_types(parent.model)[self.field]) is Sequence


def field_types(model: type) -> dict[str, object]:
    """Give the types of a record's fields, `| None` taken off."""
    hints = typing.get_type_hints(model)
    return {name: _bare(hint) for name, hint in hints.items()}


def _bare(hint: object) -> object:
    if isinstance(hint, types.UnionType):
        return next(each for each in typing.get_args(hint) if each is not types.NoneType)
    return hint


def segment_of(text: str, types_of: dict[str, object]) -> Segment:
    """Understand one line of the notation."""
    match = _NOTATION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    qualifiers = tuple(match["quals"].split("|")) if match["quals"] else ()
    rest = match["rest"] or ""
    tag, is_last = match["tag"], bool(match["last"])
    if match["many"]:
        item = typing.get_args(types_of[rest])[0]
        field = Field(rest, "items")
        return Segment(tag, (field,), qualifiers, many=True, item=item, is_last=is_last)
    if rest.startswith("@"):
        field = Field(rest[1:], "item")
        item = types_of[rest[1:]]
        return Segment(tag, (field,), qualifiers, item=item, is_last=is_last)  # type: ignore[arg-type]
    fields = tuple(_field(token, types_of) for token in rest.split())
    return Segment(tag, fields, qualifiers, is_last=is_last)


def _field(token: str, types_of: dict[str, object]) -> Field:
    if token in ("-", "~") or token.startswith("'"):
        return Field("", token)
    if token.startswith("("):
        names = token[1:-1].split(",")
        return Field("", "composite", tuple(_field(name, types_of) for name in names))
    if token.endswith("^"):
        return Field(token[:-1], "repetitions")
    return Field(token, _kind(token, types_of[token]))


def _kind(name: str, hint: object) -> str:
    """Say how an element becomes the value of a field."""
    if hint is int and name.endswith("cents"):
        return "cents"
    if isinstance(hint, type) and issubclass(hint, Item):
        return hint.__name__.lower()
    return _KINDS[hint]


def item_notation(item: type[Item], tag: str) -> Segment:
    """Understand the notation of an item that is one segment."""
    return segment_of(f"{tag} {item.notation}", field_types(item))


def walk(spec: Spec, path: tuple[Spec, ...] = ()) -> Iterator[tuple[Spec, ...]]:
    """Give every placed loop as its path from the root."""
    path = (*path, spec)
    yield path
    for child in spec.children:
        yield from walk(child, path)
