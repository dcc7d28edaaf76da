"""Compiles the loops of a transaction into functions that write them, from the same notation."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from cleanclaim_x12.findings import Fault, Finding, Place, finding_at
from cleanclaim_x12.syntax import DEFAULT_DELIMITERS, Delimiters
from cleanclaim_x12.typed.codecs import WRITERS, procedure_components
from cleanclaim_x12.typed.native import Element, Pen
from cleanclaim_x12.typed.parts import Loop, Unknown
from cleanclaim_x12.typed.spec import Field, Segment, Spec, item_notation
from cleanclaim_x12.typed.values import (
    DATE_TEXTS,
    Memo,
    format_cents,
    format_decimal,
    format_integer,
)

WriteLoop = Callable[[Any, "Writer"], None]
_FORMATS = {"cents": "CENTS", "date": "DATE", "decimal": "DECIMAL", "integer": "INTEGER"}
_JOINED = {
    "pointers": "POINTERS[{}] or ''",
    "components": "[*{}] or ''",
    "repetitions": "tuple({}) or ''",
    "procedure": "PROCEDURE({}) or ''",
}
_EXTENDED = frozenset(map(chr, range(0x20, 0x7F)))
_BASIC = frozenset(" ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!\"&'()*+,-./:;?=")


class Writer(Pen):
    """Takes elements and makes segments that can be taken apart again.

    Args:
        delimiters: Of the file.
        transliterate: Replace what cannot stand in a value, with a warning, instead of refusing.
        is_basic: Only the basic character set is allowed.
    """

    def __init__(
        self,
        delimiters: Delimiters = DEFAULT_DELIMITERS,
        *,
        transliterate: bool = False,
        is_basic: bool = False,
    ) -> None:
        separators = delimiters.element + delimiters.component
        if delimiters.repetition != delimiters.component:  # else repetitions cannot be told apart
            separators += delimiters.repetition
        taken = separators + delimiters.segment
        self.writable = (_BASIC if is_basic else _EXTENDED) - set(taken)
        super().__init__(separators, "".join(sorted(self.writable)))
        self.delimiters = delimiters
        self.t = delimiters.segment
        self.transliterate = transliterate
        self.is_basic = is_basic
        self.findings: list[Finding] = []
        self.control = ""
        self.loop = ""
        self.gone = 0  # segments that were taken
        self.start = 0
        self.hl_count = 0
        self.levels: dict[int, int] = {}
        self.index = 0
        self.has_children = False

    @property
    def place(self) -> int:
        """How many segments were written."""
        return self.gone + len(self.out)

    def take(self, line_break: str) -> bytes:
        """Hand out what was written since it was last asked for."""
        end = self.t + line_break
        data = "".join([text + end for text in self.out]).encode("latin-1")
        self.gone += len(self.out)
        self.out.clear()
        return data

    def mended(self, elements: Sequence[Element]) -> str:
        """Refuse the values that cannot be written, or replace what is wrong in them."""
        return self.e.join(self._flat(self._mend(elements))).rstrip(self.e)

    def kept(self, unknown: Unknown) -> None:
        """Write a segment as it was read, in the delimiters of this file."""
        table = {"*": self.e, ":": self.c, "^": self.r or "^"}
        raw = unknown.raw.translate({ord(a): b for a, b in table.items() if a != b})
        if self.t in raw or "\n" in raw:
            self.refuse(raw.split(self.e)[0], 0, 0)
        else:
            self.out.append(raw)

    def hl(self, level: str, depth: int, above: int, has_children: bool | None) -> None:
        """Write HL with the next number, under the level that is open above."""
        self.hl_count += 1
        self.levels[depth] = self.hl_count
        parent = str(self.levels[above]) if above >= 0 else ""
        flag = "" if has_children is None else str(int(has_children))
        self.put(["HL", str(self.hl_count), parent, level, flag])

    def _flat(self, elements: Sequence[Element]) -> Iterator[str]:
        for element in elements:
            if isinstance(element, str):
                yield element
            else:
                join = self.c if isinstance(element, list) else self.r
                yield join.join(element).rstrip(join or None)

    def _mend(self, elements: Sequence[Element]) -> list[Element]:
        """Find the values that cannot be written: refuse them, or replace what is wrong."""
        mended: list[Element] = [elements[0]]
        tag = str(elements[0])
        for at, element in enumerate(elements[1:], 1):
            if isinstance(element, str):
                mended.append(self._value(element, tag, at, 0))
            elif isinstance(element, list):
                parts = [self._value(each, tag, at, sub) for sub, each in enumerate(element, 1)]
                mended.append(parts)
            else:
                if len(element) > 1 and not self.r:
                    self.refuse(tag, at, 0)
                mended.append(tuple(self._value(each, tag, at, 0) for each in element))
        return mended

    def _value(self, value: str, tag: str, element: int, component: int) -> str:
        """Give the value, or what can be written of it."""
        if all(self.is_writable(char) for char in value):
            return value
        if not self.transliterate:
            self.refuse(tag, element, component)
            return ""
        plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode("ascii")
        plain = plain.upper() if self.is_basic else plain
        plain = "".join(char if self.is_writable(char) else " " for char in plain)
        self._report("X12-WRITE-REPLACED", tag, element, component)
        return plain.strip()

    def is_writable(self, char: str) -> bool:
        """Say whether the character can stand in a value of this file."""
        return char in self.writable

    def refuse(self, tag: str, element: int, component: int) -> None:
        """Report that a value cannot be written; nothing will be."""
        self._report("X12-WRITE-VALUE", tag, element, component)

    def _report(self, code: str, tag: str, element: int, component: int) -> None:
        place = Place(
            control=self.control,
            loop=self.loop,
            segment=tag,
            segment_position=self.place - self.start + 1,
        )
        fault = Fault(code=code, element=element, component=component)
        self.findings.append(finding_at(place, fault))


@lru_cache(64)
def loop_writers(root: Spec) -> dict[str, WriteLoop]:
    """Give a function for each loop below (and with) the root that writes it and its children.

    The keys are the paths of loop names: `2000A/2000B/2300`.
    """
    names: dict[str, Any] = {
        "CENTS": Memo(format_cents),
        "DATE": DATE_TEXTS,
        "DECIMAL": Memo(format_decimal),
        "INTEGER": Memo(format_integer),
        "POINTERS": Memo(lambda pointers: [*map(str, pointers)]),
        "PROCEDURE": procedure_components,
        "UNKNOWN": _with_unknown,
    }
    names |= {f"WRITE_{tag}": write for tag, write in WRITERS.items()}
    lines: list[str] = ["MADE = {}"]
    _loop(root, "", 0, -1, lines)
    exec("\n".join(lines), names)  # noqa: S102 - our own text, made from our own tables
    made: dict[str, WriteLoop] = names["MADE"]
    return made


def _with_unknown(loop: Loop, w: Writer, writes: dict[str, WriteLoop]) -> None:
    """Write a loop's own segments and those that were kept, these in the others' stead or after."""
    left = list(loop.unknown)
    for key, write in writes.items():
        tag = key.partition(" ")[0]
        instead = [each for each in left if each.replaces and _tag(each) == tag]
        if instead:
            if tag == "HL":  # it counts, for the levels below
                write(loop, w)
                w.out.pop()
            w.kept(instead[0])
            left.remove(instead[0])
        else:
            write(loop, w)
    for each in left:
        w.kept(each)


def _tag(unknown: Unknown) -> str:
    return unknown.raw.partition("*")[0]


def _loop(spec: Spec, above_key: str, depth: int, above: int, lines: list[str]) -> None:
    """Add the functions of a loop and its children to the text."""
    key = f"{above_key}/{spec.name}".strip("/")
    name = "loop_" + str(len(lines))
    writes: list[tuple[str, str]] = []
    last: list[tuple[str, str]] = []
    texts: dict[str, list[str]] = {}
    is_level = bool(spec.segments) and spec.segments[0].tag == "HL"
    for index, segment in enumerate(spec.segments):
        function = f"{name}_{index}"
        texts[function] = _segment(segment, spec, depth, above)
        lines.append(f"def {function}(o, w):")
        lines += ["  " + line for line in texts[function]]
        (last if segment.is_last else writes).append((f"{segment.tag} {index}", function))
    children = []
    for child in spec.children:
        if not child.field:
            _loop(child, key, depth + 1, depth if is_level else above, lines)
            continue
        called = f"loop_{len(lines)}"
        children.append((child, called))
        _loop(child, key, depth + 1, depth if is_level else above, lines)
    table = ", ".join(f"'{each}': {function}" for each, function in writes)
    after = [f"  {function}(o, w)" for _, function in last]
    if any(not child.field for child in spec.children):  # these are written by hand in between
        lines += [f"def {name}_after(o, w):", *after, "  return", f"MADE['{key}+'] = {name}_after"]
        after = []
    lines += [f"def {name}_all(o, w):", f"  w.loop = '{spec.name}'", "  if o.unknown:"]
    lines += [f"    UNKNOWN(o, w, {{{table}}})", "  else:", "    pass"]
    lines += ["    " + line for _, function in writes for line in texts[function]]
    for child, called in children:
        if child.is_list(spec):
            lines += [
                f"  if o.{child.field}:",
                f"    for w.index, c in enumerate(o.{child.field}, 1):",
                f"      {called}_all(c, w)",
            ]
        else:
            lines += [f"  if o.{child.field} is not None:", f"    {called}_all(o.{child.field}, w)"]
    lines += [*after, "  return", f"MADE['{key}'] = {name}_all"]


def _segment(segment: Segment, spec: Spec, depth: int, above: int) -> list[str]:
    if segment.item is not None:
        return _items(segment)
    if segment.tag == "HL":
        below = [
            f"bool(o.{child.field})"
            for child in spec.children
            if child.field and child.segments[0].tag == "HL"
        ]
        has = " or ".join(below) or "False"
        if any(not child.field and child.segments[0].tag == "HL" for child in spec.children):
            has = "w.has_children"
        if len(segment.fields) < 4:  # the guide does not use HL04 here
            has = "None"
        return [f"w.hl('{segment.qualifiers[0]}', {depth}, {above}, {has})"]
    if not segment.fields:
        return [f"w.put(['{segment.tag}'])"]
    elements = _elements(segment.tag, segment.fields)
    if segment.tag == "LX":
        elements = elements.replace("o.number", "(o.number or str(w.index))")
    put = [f"w.put([{elements}])"]
    if segment is spec.segments[0] and depth:
        return put
    made = spec.model()
    wanted = [field for field in _named(segment.fields) if not getattr(made, field.name)]
    has = " or ".join(map(_has, wanted))
    return [f"if {has}:", *("  " + line for line in put)]


def _named(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        if field.parts:
            yield from _named(field.parts)
        elif field.name:
            yield field


def _has(field: Field) -> str:
    if field.kind in ("text", "components", "repetitions", "pointers"):
        return f"o.{field.name}"
    return f"o.{field.name} is not None"


def _elements(tag: str, fields: tuple[Field, ...]) -> str:
    """Give the elements as Python text; a literal stands only before an element that stands."""
    made = [f"'{tag}'"]
    for at, field in enumerate(fields):
        if field.kind[0] == "'":
            made.append(f"{field.kind} if {_has(fields[at + 1])} else ''")
        else:
            made.append(_element(field))
    return ", ".join(made)


def _element(field: Field) -> str:
    if not field.name and not field.parts:
        return "''"
    if field.kind == "text":
        return f"o.{field.name}"
    if field.kind == "composite":
        return "[" + ", ".join(map(_element, field.parts)) + "]"
    if field.kind in _JOINED:
        return _JOINED[field.kind].format(f"o.{field.name}")
    return f"{_FORMATS[field.kind]}[o.{field.name}]"


def _items(segment: Segment) -> list[str]:
    field, item = segment.fields[0].name, segment.item
    if segment.tag in WRITERS:
        return [
            f"if o.{field}:",
            f"  for each in WRITE_{segment.tag}(o.{field}, '{segment.tag}'):",
            "    w.put(each)",
        ]
    assert item is not None  # noqa: S101 - holds for every segment that stands many times
    wanted = item_notation(item, segment.tag).fields
    put = [f"  w.put([{re.sub(r'\bo\.', 'i.', _elements(segment.tag, wanted))}])"]
    if segment.many:
        return [f"if o.{field}:", f"  for i in o.{field}:", *("  " + line for line in put)]
    return [f"i = o.{field}", "if i is not None:", *put]
