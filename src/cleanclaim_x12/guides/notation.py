"""Reads the guides' tables: loops, the segments and loops within them, and their elements.

A table is text. `@2010AA` begins a loop, which is defined once; the lines under it are its
segments and the loops within it, in the order of the guide:

    @2010AA
    NM1 R1 01=85 02=1|2 03 04? 08?=XX 09?
    REF S2 01=0B|1G 02
    > 2010AB S1

`R` or `S` says whether it is required, the number how often it may stand (`*` is without limit).
An element is its position; `?` makes it situational; `=` lists its codes, where `%name` stands for
a list that the guide names and `#` for a blank; `~` gives a pattern of its own; `^5` lets it repeat; `05(1=11 2? 3)` are
the components of a composite; `02-12?(…)` says the same of a stretch. What is not listed is not
used. A line that begins with blanks goes on with the line before.
"""

import re

import msgspec

from cleanclaim_x12.guides.dictionary import composites, elements, segments

_TOKEN = re.compile(
    r"(?P<first>\d+)(?:-(?P<last>\d+))?(?P<may>\?)?(?:\((?P<parts>.*)\))?"
    r"(?:=(?P<codes>[^~^]+))?(?:~(?P<pattern>\S+?))?(?:\^(?P<repeat>\d+))?$"
)
_TOKENS = re.compile(r"[^\s()]+(?:\([^()]*\)[^\s()]*)?")
_MONEY = r"-?(?:(?:0|[1-9][0-9]{0,7})(?:\.[0-9]{1,2})?|\.[0-9]{1,2})"
_QUANTITY = r"-?(?:(?:0|[1-9][0-9]{0,7})(?:\.[0-9]{1,3})?|\.[0-9]{1,3})"
_COUNTED = {"782": _MONEY, "380": _QUANTITY}


class ElementUse(msgspec.Struct, frozen=True, kw_only=True):
    """What a guide says of one element or component.

    Args:
        position: From 1, in the segment or in the composite.
        number: Its number in the dictionary, or the name of the composite.
        required: Whether it must stand.
        codes: The values that the guide allows; empty where it lists none.
        pattern: A regular expression that the guide's limits make of it, or nothing.
        repeat: How often it may stand.
        parts: The components of a composite, None for the others and for those not used.
        format_at: Position of the element that says how this date is written, or 0.
    """

    position: int
    number: str
    required: bool
    codes: tuple[str, ...] = ()
    pattern: str = ""
    repeat: int = 1
    parts: tuple["ElementUse | None", ...] | None = None
    format_at: int = 0


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """What a guide says of one segment at one place.

    Args:
        tag: The segment's name.
        loop: The loop that it stands in.
        required: Whether it must stand.
        maximum: How often it may stand, 0 without limit.
        elements: By position from 1, the first of the tuple is ELE01; None is not used.
        order: Unique in the guide, and growing within a loop.
    """

    tag: str
    loop: str
    required: bool
    maximum: int
    elements: tuple[ElementUse | None, ...]
    order: int


class LoopUse(msgspec.Struct, frozen=True, kw_only=True):
    """A loop at its place within another."""

    loop: str
    required: bool
    maximum: int


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A guide's loops by name; each is a tuple of segments and loops in order."""

    root: str
    loops: dict[str, tuple[Usage | LoopUse, ...]]


def read_table(text: str, lists: dict[str, str], *, limits: bool = True) -> Table:
    """Read a guide's table; a loop that is defined again replaces the earlier one.

    Args:
        text: The table, see the module; its first loop is the transaction.
        lists: Code lists by name, codes parted by `|`.
        limits: Whether amounts and quantities are held to the limits of the HIPAA guides.
    """
    loops: dict[str, list[Usage | LoopUse]] = {}
    name = root = ""
    order = 0
    for line in _lines(text):
        if line.startswith("@"):
            name = line[1:].strip()
            root = root or name
            loops[name] = []
            continue
        words = line.split(None, 3 if line.startswith(">") else 2)
        if words[0] == ">":
            _, loop, count = words[:3]
            loops[name].append(
                LoopUse(loop=loop, required=count[0] == "R", maximum=_maximum(count))
            )
            continue
        order += 1
        rest = words[2] if len(words) > 2 else ""
        loops[name].append(_usage(words[0], words[1], rest, name, order, lists, limits=limits))
    return Table(root=root, loops={name: tuple(items) for name, items in loops.items()})


def _lines(text: str) -> list[str]:
    joined: list[str] = []
    for line in text.splitlines():
        if line.startswith("    ") and joined:
            joined[-1] += " " + line.strip()
        elif line.strip():
            joined.append(line.strip())
    return joined


def _maximum(count: str) -> int:
    return 0 if count[1:] == "*" else int(count[1:])


def _usage(  # noqa: PLR0913 - the columns of one line of the table
    tag: str, count: str, rest: str, loop: str, order: int, lists: dict[str, str], *, limits: bool
) -> Usage:
    return Usage(
        tag=tag,
        loop=loop,
        required=count[0] == "R",
        maximum=_maximum(count),
        elements=_elements(rest, segments()[tag].parts, lists, limits=limits),
        order=order,
    )


def _elements(
    text: str, numbers: tuple[str, ...], lists: dict[str, str], *, limits: bool
) -> tuple[ElementUse | None, ...]:
    uses: list[ElementUse | None] = [None] * len(numbers)
    for token in _TOKENS.findall(text):
        match = _TOKEN.match(token)
        if match is None:
            msg = f"cannot read {token!r}"
            raise ValueError(msg)
        first = int(match["first"])
        for position in range(first, int(match["last"] or first) + 1):
            number = numbers[position - 1]
            uses[position - 1] = _element(match, position, number, lists, limits=limits)
    return _with_formats(tuple(uses))


def _element(
    match: re.Match[str], position: int, number: str, lists: dict[str, str], *, limits: bool
) -> ElementUse:
    codes = (match["codes"] or "").replace("#", " ")
    codes = "|".join(
        lists[part[1:]] if part[0] == "%" else part for part in codes.split("|") if part
    )
    parts = None
    if number in composites():
        inner = match["parts"] or ""
        parts = _elements(inner, composites()[number].parts, lists, limits=limits)
    return ElementUse(
        position=position,
        number=number,
        required=not match["may"],
        codes=tuple(codes.split("|")) if codes else (),
        pattern=match["pattern"] or (_COUNTED.get(number, "") if limits else ""),
        repeat=int(match["repeat"] or 1),
        parts=parts,
    )


def _with_formats(uses: tuple[ElementUse | None, ...]) -> tuple[ElementUse | None, ...]:
    """Tie each date period to the format qualifier before it."""
    found = list(uses)
    for at, use in enumerate(uses):
        before = uses[at - 1] if at else None
        if use and use.number == "1251" and before and before.number == "1250":
            found[at] = msgspec.structs.replace(use, format_at=before.position)
    return tuple(found)


def kinds_are_known(table: Table) -> bool:
    """Say whether every element of the table stands in the dictionary."""
    known = elements().keys() | composites().keys()
    return all(
        use is None or use.number in known
        for items in table.loops.values()
        for item in items
        if isinstance(item, Usage)
        for use in item.elements
    )
