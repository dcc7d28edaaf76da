"""The Python text of the handlers that `reading` compiles: one function per segment of a loop."""

from collections.abc import Iterable

from cleanclaim_x12.typed.codecs import READERS
from cleanclaim_x12.typed.parts import Loop
from cleanclaim_x12.typed.spec import Field, Segment, Spec, item_notation, walk

_MEMOS = {"cents": "CENTS", "date": "DATES", "decimal": "DECIMALS", "integer": "INTEGERS"}
_MEMOS |= {"pointers": "POINTERS", "components": "COMPONENTS", "repetitions": "REPETITIONS"}
_MEMOS |= {"procedure": "PROCEDURES"}
_TRUE = ("text", "components", "repetitions", "pointers")
_SHORT = {  # what nearly all of these segments are, without a call
    "DTP": (
        "len(e) == 4 and e[2] == 'D8'",
        "ITEM_DatePeriod(e[1], DATES[e[3]], None, '', 'D8', place)",
    ),
    "DTM": ("len(e) == 3", "ITEM_DatePeriod(e[1], DATES[e[2]], None, '', 'D8', place)"),
    "CAS": ("len(e) == 4 and e[3]", "ITEM_Adjustment(e[1], e[2], CENTS[e[3]], None, place)"),
}
_KEEP = "p.keep(raw, place, replaces=True)"
_MORE = "  " + _KEEP


class Node:
    """A placed loop while its handlers are made; each place of a loop has its own number."""

    def __init__(self, path: tuple[Spec, ...], number: int, parent: "Node | None") -> None:
        self.spec = path[-1]
        self.depth = len(path) - 1
        self.number = number
        self.parent = parent
        self.children: list[Node] = []
        if parent is not None:
            parent.children.append(self)


def nodes_of(root: Spec) -> list[Node]:
    """Give the placed loops of a transaction, parents first."""
    made: dict[tuple[int, ...], Node] = {}
    nodes = []
    for number, path in enumerate(walk(root)):
        key = tuple(map(id, path))
        node = Node(path, number, made.get(key[:-1]))
        made[key] = node
        nodes.append(node)
    return nodes


def handlers_source(node: Node) -> str:
    """Write a function `build` that gives the handlers of a loop's segments, in order."""
    lines = ["def build(E, C):"]
    for index, segment in enumerate(node.spec.segments):
        lines.append(f"  def h{index}(p, raw, place, e=None):")
        body = _split(segment)
        if index == 0 and node.parent is not None:
            body += _opener(segment, node)
        else:
            body += [f"o = p.path[{node.depth}]", *_own(segment, node)]
        lines += ["    " + line for line in body]
    names = ", ".join(f"h{index}" for index in range(len(node.spec.segments)))
    lines.append(f"  return [{names}]")
    return "\n".join(lines)


def _split(segment: Segment) -> list[str]:
    """Take the segment apart; one with a qualifier comes so already."""
    if segment.qualifiers and segment.qualifiers != ("?",):
        return []
    lines = ["if e is None:", "  e = raw.split(E)"]
    if len(segment.tag) == 3:  # the table knows three characters, and the name may go on
        lines += [f"  if e[0] != '{segment.tag}':", "    return p.keep(raw, place)"]
    return lines


def _opener(segment: Segment, node: Node) -> list[str]:
    """Make the loop that this segment opens and hang it where it belongs."""
    spec, parent = node.spec, node.parent
    assert parent is not None  # noqa: S101 - only the root has none, and nothing opens it
    field = spec.field
    lines = []
    if field:
        lines = [f"a = p.path[{parent.depth}]"]
    if field and not spec.is_list(parent.spec):
        lines += [
            f"if a.{field} is not None:",
            "  p.obj = a",
            f"  p.table = SPARE[{parent.number}]",
            "  return p.keep(raw, place)",
        ]
    lines += _made(segment, node)
    if field and spec.is_list(parent.spec):
        lines += [f"if a.{field}:", f"  a.{field}.append(o)", "else:", f"  a.{field} = [o]"]
    elif field:
        lines.append(f"a.{field} = o")
    lines.append(f"p.path[{node.depth}] = p.obj = o")
    if spec.is_unit:
        lines.append("p.units.append(o)")
    lines.append(f"p.table = TABLES[{node.number}]")
    return [*lines, "if more:", _MORE]


def _made(segment: Segment, node: Node) -> list[str]:
    """Make the record in one call from all elements of the segment that opens it."""
    model = f"MODEL_{node.spec.model.__name__}"
    links = [f"{name}=p.path[{depth}]" for name, depth in node.spec.links.items()]
    length = len(segment.fields) + 1
    if not any(True for each in _flat(segment.fields) if each.name):
        return [f"more = len(e) > {length}", f"o = {model}({', '.join(['place=place', *links])})"]
    lines = ["n = len(e)", f"more = n > {length}", f"if n < {length}:"]
    lines.append(f"  e += [''] * ({length} - n)")
    given = ["place=place", *links]
    odd = []
    for at, field in enumerate(segment.fields, 1):
        if field.parts:
            lines += [f"c{at} = e[{at}].split(C)", f"if len(c{at}) != {len(field.parts)}:"]
            lines.append(f"  more = more or len(c{at}) > {len(field.parts)}")
            lines.append(f"  c{at} += [''] * ({len(field.parts)} - len(c{at}))")
            parts = enumerate(field.parts)
            given += [f"{each.name}={_value(each, f'c{at}[{sub}]')}" for sub, each in parts]
        elif field.name:
            given.append(f"{field.name}={_value(field, f'e[{at}]')}")
        elif field.kind == "-":
            odd.append(f"e[{at}]")
        elif field.kind[0] == "'":
            odd.append(f"e[{at}] not in ('', {field.kind})")
    if odd:
        lines += [f"if {' or '.join(odd)}:", "  more = True"]
    slow = [f"o = {model}({', '.join(['place=place', *links])})", *_chain(segment), "more = True"]
    slow = [line.replace(_KEEP, "pass") for line in slow]  # it is kept once, below
    lines += ["try:", f"  o = {model}({', '.join(given)})", "except ValueError:"]
    return lines + ["  " + line for line in slow]


def _own(segment: Segment, node: Node) -> list[str]:
    """Fill fields of a loop that is open."""
    if segment.item is not None:
        return _items(segment)
    if not segment.fields:
        return ["return p.keep(raw, place)"]
    made = node.spec.model()
    first = next((each for each in _flat(segment.fields) if _is_empty(each, made)), None)
    lines = []
    if first is not None:  # it stood there already
        test = "" if first.kind in _TRUE else " is not None"
        lines += [f"if o.{first.name}{test}:", "  return p.keep(raw, place)"]
    for field in _flat(segment.fields):  # what stands in a new record does not stand in the file
        if field.name and getattr(made, field.name):
            lines.append(f"o.{field.name} = ''")
    return lines + _chain(segment)


def _chain(segment: Segment) -> list[str]:
    """Set field by field, as far as the segment goes and its values can be understood."""
    lines = ["n = len(e)", "try:"]
    indent = "  "
    for position, field in enumerate(segment.fields, 1):
        lines.append(f"{indent}if n > {position}:")
        indent += " "
        lines += [indent + line for line in _element(field, f"e[{position}]")]
    lines.append(f"{indent}if n > {len(segment.fields) + 1}:")
    return [*lines, indent + _MORE, "except ValueError:", _MORE]


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
        return [f"if {source}: {_KEEP}"]
    if field.kind[0] == "'":
        return [f"if {source} not in ('', {field.kind}): {_KEEP}"]
    if field.kind != "composite":
        return [f"o.{field.name} = {_value(field, source)}"]
    lines = [f"c = {source}.split(C)", "m = len(c)"]
    for index, part in enumerate(field.parts):
        pad = " " * (index + 1)
        lines.append(f"{' ' * index}if m > {index}:")
        lines += [pad + line for line in _element(part, f"c[{index}]")]
    lines.append(f"if m > {len(field.parts)}: {_KEEP}")
    return lines


def _value(field: Field, source: str) -> str:
    return source if field.kind == "text" else f"{_MEMOS[field.kind]}[{source}]"


def _items(segment: Segment) -> list[str]:
    """Make an item, or several, of a segment that is one."""
    field, item = segment.fields[0].name, segment.item
    assert item is not None  # noqa: S101 - holds by the caller
    lines = []
    if not segment.many:
        lines += [f"if o.{field} is not None:", "  return p.keep(raw, place)"]
    failed = ["except (ValueError, IndexError, TypeError):", "  return p.keep(raw, place)"]
    if segment.tag in READERS:
        call = f"READ_{segment.tag}(e, place, D)"
        short, value = _SHORT.get(segment.tag, ("", ""))
        if not short:
            return ["try:", f"  items = {call}", *failed, *_extend(field)]
        lines = ["try:", f"  if {short}:", f"    item = {value}"]
        lines += ["    " + line for line in [*_append(field), "return"]]
        return [*lines, f"  items = {call}", *failed, *_extend(field)]
    wanted = item_notation(item, segment.tag).fields
    lines += ["n = len(e)", f"if n > {len(wanted) + 1}:", "  return p.keep(raw, place)"]
    for at in [at for at, each in enumerate(wanted, 1) if not each.name]:
        lines += [f"if n > {at} and e[{at}]:", "  return p.keep(raw, place)"]
    lines += ["try:"]
    for count in sorted(range(1, len(wanted) + 1), key=lambda count: count != 2):
        given = "".join(
            f"{each.name}={_value(each, f'e[{at}]')}, "
            for at, each in enumerate(wanted[:count], 1)
            if each.name
        )
        lines.append(f"  {'if' if lines[-1] == 'try:' else 'elif'} n == {count + 1}:")
        lines.append(f"    item = ITEM_{item.__name__}({given}place=place)")
    lines += ["  else:", "    return p.keep(raw, place)", *failed]
    return [*lines, *(_append(field) if segment.many else [f"o.{field} = item"])]


def _append(field: str) -> list[str]:
    """Lists are made when the first item comes: most loops have few of the kinds they may have."""
    return [f"if o.{field}:", f"  o.{field}.append(item)", "else:", f"  o.{field} = [item]"]


def _extend(field: str) -> list[str]:
    return [f"if o.{field}:", f"  o.{field} += items", "else:", f"  o.{field} = items"]
