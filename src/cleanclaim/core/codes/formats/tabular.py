"""From the nodes of the tabular list and the lines of an order file to diagnosis records."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import final

import msgspec

from cleanclaim.core.codes.records import Diagnosis, Note

_BASE = r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{0,4})?"
_CODE = rf"{_BASE}(?:-(?:{_BASE}-?)?)?"
_CODES = re.compile(rf"{_CODE}(?:(?:, ?| and | or |; ){_CODE})*,?")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_MANIFESTATION = "in diseases classified elsewhere"
_FULL = 7


@final
class TabularNode(msgspec.Struct, frozen=True, kw_only=True):
    """A chapter, section or code of the tabular list with its own notes."""

    code: str
    parent: str
    description: str
    notes: Mapping[str, tuple[str, ...]]
    seventh: tuple[tuple[str, str], ...] = ()
    is_group: bool = False


@final
class CodeLine(msgspec.Struct, frozen=True):
    """A code that exists, whatever the tabular list spells out of it.

    Args:
        billable: None where the list does not say; then a code without children is billable.
    """

    code: str
    billable: bool | None = None
    short: str = ""
    long: str = ""


def note_of(text: str) -> Note:
    """Read the codes that a note names in brackets.

    >>> note_of("gestational diabetes (O24.4-)").codes
    ('O244',)
    >>> note_of("infections (A00-B99) and burns (T20-T25, T31.0)").codes
    ('A00-B99', 'T20-T25', 'T310')
    """
    codes: list[str] = []
    for inside in _BRACKETS.findall(text):
        if _CODES.fullmatch(inside.strip()):
            codes += (c.rstrip("-").replace(".", "") for c in re.findall(_CODE, inside))
    return Note(text, tuple(codes))


def _notes(texts: Iterable[str]) -> tuple[Note, ...]:
    return tuple(note_of(text) for text in texts)


def diagnosis_records(
    nodes: Sequence[TabularNode], codes: Sequence[CodeLine] | None
) -> tuple[list[Diagnosis], list[Diagnosis]]:
    """Join both sources.

    Args:
        nodes: Parents before children; empty where only an order file is loaded.
        codes: All codes that exist, or None: then 7th characters are put to every code of a
            family that takes them.

    Returns:
        Chapters and sections, and codes.
    """
    known = {node.code: node for node in nodes}
    seventh = _inherited_seventh(nodes)
    lines = {x.code: x for x in codes} if codes is not None else _spell_out(nodes, seventh)
    for node in nodes:
        if not node.is_group:
            lines.setdefault(node.code, CodeLine(node.code))
    parents = {
        code: known[code].parent if code in known else _parent(code, lines) for code in lines
    }
    children: dict[str, list[str]] = {}
    for code in sorted(lines):
        children.setdefault(parents[code], []).append(code)
    for node in nodes:
        if node.is_group:
            children.setdefault(node.parent, []).append(node.code)
    titles = {
        code: line.long or _title(code, known, parents, seventh) for code, line in lines.items()
    }
    sides = _sides(children, titles)
    groups = [_group(node, children) for node in nodes if node.is_group]
    records = [
        _diagnosis(
            line,
            known.get(code),
            parent=parents[code],
            children=tuple(children.get(code, ())),
            title=titles[code],
            seventh=seventh.get(code, ()),
            side=sides.get(code) or ("" if code in known else sides.get(parents[code], "")),
        )
        for code, line in sorted(lines.items())
    ]
    return groups, records


def _inherited_seventh(nodes: Iterable[TabularNode]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for node in nodes:
        inherited = node.seventh or found.get(node.parent, ())
        if inherited and not node.is_group:
            found[node.code] = inherited
    return found


def _spell_out(
    nodes: Iterable[TabularNode], seventh: Mapping[str, tuple[tuple[str, str], ...]]
) -> dict[str, CodeLine]:
    has_children = {node.parent for node in nodes}
    lines = {node.code: CodeLine(node.code) for node in nodes if not node.is_group}
    for base in list(lines):
        if base in seventh and base not in has_children and len(base) < _FULL:
            for char, _ in seventh[base]:
                code = base.ljust(_FULL - 1, "X") + char
                lines[code] = CodeLine(code)
    return lines


def _parent(code: str, lines: Mapping[str, object]) -> str:
    """Find what a code hangs on that the tabular list does not spell out."""
    if len(code) == _FULL:
        base = code[:-1]
        while len(base) > 3 and base not in lines and base.endswith("X"):
            base = base[:-1]
        if base in lines:
            return base
    for length in range(len(code) - 1, 2, -1):
        if code[:length] in lines:
            return code[:length]
    return ""


def _title(
    code: str,
    known: Mapping[str, TabularNode],
    parents: Mapping[str, str],
    seventh: Mapping[str, tuple[tuple[str, str], ...]],
) -> str:
    if code in known:
        return known[code].description
    base = parents[code]
    words = dict(seventh.get(base, ())).get(code[-1], "")
    title = _title(base, known, parents, seventh) if base else code
    return f"{title}, {words}" if words else title


def _swap_sides(title: str) -> str:
    return re.sub(r"\bright\b", "left", title.lower())


def _sides(children: Mapping[str, Sequence[str]], titles: Mapping[str, str]) -> dict[str, str]:
    """Tell sides only where the family has the other side too: not in right heart failure."""
    sides: dict[str, str] = {}
    for family in children.values():
        lower = {code: titles[code].lower() for code in family if code in titles}
        lefts = {title: code for code, title in lower.items() if re.search(r"\bleft\b", title)}
        for code, title in lower.items():
            other = lefts.get(_swap_sides(title))
            if other and other != code and "right" in title:
                sides[code], sides[other] = "R", "L"
        if any(code in sides for code in lower):
            for code, title in lower.items():
                if code not in sides and "bilateral" in title:
                    sides[code] = "B"
                elif code not in sides and "unspecified" in title:
                    sides[code] = "U"
    return sides


def _group(node: TabularNode, children: Mapping[str, Sequence[str]]) -> Diagnosis:
    return Diagnosis(
        code=node.code,
        description=node.description,
        parent=node.parent,
        children=tuple(children.get(node.code, ())),
        includes=node.notes.get("includes", ()),
        excludes_1=_notes(node.notes.get("excludes_1", ())),
        excludes_2=_notes(node.notes.get("excludes_2", ())),
        code_first=_notes(node.notes.get("code_first", ())),
        use_additional=_notes(node.notes.get("use_additional", ())),
        notes=node.notes.get("notes", ()),
    )


def _diagnosis(  # noqa: PLR0913  one argument for each thing that was found apart
    line: CodeLine,
    node: TabularNode | None,
    *,
    parent: str,
    children: tuple[str, ...],
    title: str,
    seventh: tuple[tuple[str, str], ...],
    side: str,
) -> Diagnosis:
    notes = node.notes if node else {}
    billable = not children if line.billable is None else line.billable
    return Diagnosis(
        code=line.code,
        description=title,
        short=line.short,
        is_billable=billable,
        parent=parent,
        children=children,
        side=side,
        is_unspecified="unspecified" in title.lower(),
        is_manifestation=_MANIFESTATION in title.lower(),
        seventh=() if billable else seventh,
        includes=notes.get("includes", ()),
        inclusion_terms=notes.get("inclusion_terms", ()),
        excludes_1=_notes(notes.get("excludes_1", ())),
        excludes_2=_notes(notes.get("excludes_2", ())),
        code_first=_notes(notes.get("code_first", ())),
        use_additional=_notes(notes.get("use_additional", ())),
        code_also=_notes(notes.get("code_also", ())),
        notes=(*notes.get("notes", ()), *notes.get("seventh_notes", ())),
    )
