"""The fields of records, which of them a task needs, and records without the other ones.

A field is named by its path, without positions: `lines.procedure_code`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import msgspec
from msgspec.inspect import (
    ListType,
    NoneType,
    StrType,
    StructType,
    Type,
    UnionType,
    VarTupleType,
    type_info,
)

from cleanclaim.core.privacy.policy import Policy, words_covered


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the inventory.

    Args:
        path: The field of the record.
        category: Its word in the policy.
        needed_by: Task and place that need it, for example `837P 2010BA.NM103` or `statement`.
    """

    path: str
    category: str
    needed_by: tuple[str, ...]

    @property
    def tasks(self) -> frozenset[str]:
        """Name the tasks without their places."""
        return frozenset(place.partition(" ")[0] for place in self.needed_by)


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """What people wrote of all fields that a pattern matches; the first that matches stands."""

    pattern: str
    category: str
    needed_by: tuple[str, ...]


def field_paths(record: Any) -> tuple[str, ...]:
    """List the leaf fields of a record type in the order of its definition.

    >>> class Name(msgspec.Struct):
    ...     last: str
    >>> class Person(msgspec.Struct):
    ...     name: Name
    ...     codes: tuple[str, ...] = ()
    >>> field_paths(Person)
    ('name.last', 'codes')
    """
    return tuple(dict.fromkeys(_paths(type_info(record), "")))


def _paths(kind: Type, prefix: str) -> Iterator[str]:
    match kind:
        case StructType():
            for field in kind.fields:
                yield from _paths(field.type, f"{prefix}.{field.name}" if prefix else field.name)
        case VarTupleType() | ListType():
            yield from _paths(kind.item_type, prefix)
        case UnionType():
            for part in kind.types:
                if not isinstance(part, NoneType):
                    yield from _paths(part, prefix)
        case _:
            yield prefix


def inventory_from_annotations(
    paths: Iterable[str], annotations: Sequence[Annotation]
) -> tuple[list[Field], list[str]]:
    """Give every field its category and its needs.

    Returns:
        The inventory in the order of the paths, and what is wrong: fields that no annotation
        matches or nobody needs, and annotations that match nothing.
    """
    fields, wrong, used = [], [], set()
    for path in paths:
        note = next((note for note in annotations if fnmatchcase(path, note.pattern)), None)
        if note is None:
            wrong.append(f"{path}: no line of the inventory says what it is")
            continue
        used.add(note.pattern)
        if not note.needed_by:
            wrong.append(f"{path}: nobody needs it")
        fields.append(Field(path=path, category=note.category, needed_by=note.needed_by))
    wrong += [f"{n.pattern}: matches no field" for n in annotations if n.pattern not in used]
    return fields, wrong


def annotations_read(text: str) -> list[Annotation]:
    """Read the hand-written side of the inventory: `pattern | category | need; need`."""
    rows = [
        [part.strip() for part in line.split("|")]
        for line in text.splitlines()
        if line.strip() and not line.startswith("#")
    ]
    return [
        Annotation(
            pattern=pattern,
            category=category,
            needed_by=tuple(need.strip() for need in needs.split(";") if need.strip()),
        )
        for pattern, category, needs in rows
    ]


def field_sets(
    policy: Policy,
    inventory: Sequence[Field],
    roles: Mapping[str, Sequence[str]],
    tasks: Mapping[str, Sequence[str]],
) -> dict[tuple[str, str, str], frozenset[str]]:
    """Work out which fields each rule opens for each task and role.

    A field is in a set where the rule covers its category, the task needs it, and the role works
    with such data.

    Args:
        policy: The policy of one tenant.
        inventory: All fields.
        roles: From role to the patterns of what it works with.
        tasks: From field set to the tasks that it is for.

    Returns:
        From (field set, task, role) to fields; sets that would be empty are left out.
    """
    words = policy.words.categories
    found: dict[tuple[str, str, str], frozenset[str]] = {}
    for rule in (rule for rule in policy.allows if rule.field_set):
        for role, patterns in roles.items():
            open_words = rule.categories & words_covered(patterns, words)
            for task in tasks.get(rule.field_set, ()):
                fields = frozenset(
                    field.path
                    for field in inventory
                    if field.category in open_words and task in field.tasks
                )
                if fields:
                    key = (rule.field_set, task, role)
                    found[key] = found.get(key, frozenset()) | fields
    return found


class _Mask(msgspec.Struct, frozen=True):
    """What to do with one record type: fields to put to a value, and records within it."""

    closed: dict[str, Any]
    within: dict[str, "_Mask"]


def record_masked[Record: msgspec.Struct](record: Record, fields: frozenset[str]) -> Record:
    """Copy a record with every field that is not in the set put to its default or emptied.

    What has neither, such as a birth date, stays: without it there would be no record, and tests
    show that every task needs it.
    """
    masked: Record = _applied(record, _mask(type(record), fields, ""))
    return masked


@cache
def _mask(kind: type[msgspec.Struct], fields: frozenset[str], prefix: str) -> _Mask:
    """Work a field set out for one record type, once for all records of a batch."""
    info = type_info(kind)
    if not isinstance(info, StructType):
        raise TypeError(kind)
    closed: dict[str, Any] = {}
    within: dict[str, _Mask] = {}
    for field in info.fields:
        path = f"{prefix}{field.name}"
        inner = _record_type(field.type)
        if any(name == path or name.startswith(f"{path}.") for name in fields):
            if inner is not None:
                within[field.name] = _mask(inner, fields, f"{path}.")
        elif field.default is not msgspec.NODEFAULT:
            closed[field.name] = field.default
        elif field.default_factory is not msgspec.NODEFAULT:
            closed[field.name] = field.default_factory()
        elif isinstance(field.type, StrType):
            closed[field.name] = ""
    return _Mask(
        closed, {name: mask for name, mask in within.items() if mask.closed or mask.within}
    )


def _record_type(kind: Type) -> type[msgspec.Struct] | None:
    match kind:
        case StructType():
            return kind.cls
        case VarTupleType():
            return _record_type(kind.item_type)
        case UnionType():
            return next((found for part in kind.types if (found := _record_type(part))), None)
    return None


def _applied(record: Any, mask: _Mask) -> Any:
    changed = dict(mask.closed)
    for name, inner in mask.within.items():
        value = getattr(record, name)
        if isinstance(value, tuple):
            changed[name] = tuple(_applied(item, inner) for item in value)
        elif value is not None:
            changed[name] = _applied(value, inner)
    return msgspec.structs.replace(record, **changed)
