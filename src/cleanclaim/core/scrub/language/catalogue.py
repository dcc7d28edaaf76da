"""The fields that a rule may name, worked out from the claim record, for checking and type-ahead.

A name begins with who or what is meant (`claim`, `line`, `patient`, `payer`, `subscriber`,
`coverage`, `billing`, `rendering`) and follows the record's own field names. A path through a
list gives a list of texts: `claim.diagnoses.code has "E119"`.
"""

import types
import typing
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

import msgspec

from cleanclaim.core.claim import Claim, ClaimLine, Coverage, Patient, Payer, Provider, Subscriber
from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.kernel.dates import age_years

type Reader = Callable[[Case, Row | None], Any]


class Kind(StrEnum):
    """What a value is; only values of like kinds compare."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    FLAG = "yes or no"
    TEXTS = "list of texts"


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One name of the language.

    Args:
        read: Gives the value for a case and a line; None where there is none.
        of_line: Needs a line: the rule looks at each line by itself.
        identifies: May identify a person: usable in conditions, never in a message.
        path: The field's path in the claim record, if a correction can set it.
    """

    name: str
    kind: Kind
    read: Reader
    of_line: bool = False
    identifies: bool = False
    path: str = ""


_DEPTH = 3
_IDENTIFYING = frozenset(
    {"birth_date", "death_date", "member_id", "address", "note", "phone", "tax_id", "group_number"}
    | {"prior_authorization_number", "referral_number", "pick_up", "drop_off"}
    | {"claim_number", "payer_control_number", "prescription_number", "other_id", "line_number"}
)
_PERSONS = ("patient", "subscriber", "coverage", "claim.patient", "claim.coverages")
_NOT_WALKED = frozenset({"claim.lines", "claim.coverages", "claim.pay_to", "line.adjudications"})
_SCALARS: dict[type, Kind] = {
    str: Kind.TEXT,
    int: Kind.NUMBER,
    Decimal: Kind.NUMBER,
    date: Kind.DATE,
    bool: Kind.FLAG,
}


@cache
def catalogue() -> dict[str, Field]:
    """Give every field by its name, in the order of the record."""
    fields = {item.name: item for root in _ROOTS for item in _walk(*root)}
    return fields | {item.name: item for item in _computed()}


def _line(_: Case, row: Row | None) -> Any:
    return None if row is None else row.line


_ROOTS: tuple[tuple[str, type, Reader, str], ...] = (
    ("line", ClaimLine, _line, "line"),
    ("claim", Claim, lambda case, _: case.claim, "claim"),
    ("patient", Patient, lambda case, _: case.claim.patient, "claim.patient"),
    ("payer", Payer, lambda case, _: case.coverage.payer, ""),
    ("subscriber", Subscriber, lambda case, _: case.coverage.subscriber, ""),
    ("coverage", Coverage, lambda case, _: case.coverage, ""),
    ("billing", Provider, lambda case, _: case.claim.billing, "claim.billing"),
    ("rendering", Provider, lambda case, row: row and case.rendering(row), ""),
)


def _walk(name: str, record: type, read: Reader, path: str, depth: int = 0) -> Iterator[Field]:
    for item in msgspec.structs.fields(record):
        full = f"{name}.{item.name}"
        if full in _NOT_WALKED:
            continue
        inner, is_list = _inner(item.type)
        getter = _getter(read, item.name, is_list=is_list)
        where = f"{path}.{item.name}" if path and not is_list else ""
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            if depth < _DEPTH:
                walked = _walk(full, inner, getter, where, depth + 1)
                yield from (_listed(field) for field in walked) if is_list else walked
            continue
        kind = _kind(item.name, inner, is_list=is_list)
        if kind is None:
            continue
        if is_list and isinstance(inner, tuple):
            getter = _first_items(getter)
        yield Field(
            name=full,
            kind=kind,
            read=getter,
            of_line=name.startswith(("line", "rendering")),
            identifies=_identifies(full),
            path=where or (f"{path}.{item.name}" if path and kind is Kind.TEXTS else ""),
        )


def _listed(field: Field) -> Field:
    """Turn the field of an item into the list of it over all items; only texts make sense."""
    return msgspec.structs.replace(field, kind=Kind.TEXTS, path="")


def _inner(hint: Any) -> tuple[Any, bool]:
    """Give what a type holds, without its "or None", and whether it is a list of it."""
    if isinstance(hint, types.UnionType):
        hint = next(item for item in typing.get_args(hint) if item is not type(None))
    if typing.get_origin(hint) is tuple:
        item = typing.get_args(hint)[0]
        return (item, True) if typing.get_origin(item) is not tuple else ((item,), True)
    return hint, False


def _kind(name: str, inner: Any, *, is_list: bool) -> Kind | None:
    if is_list:
        return Kind.TEXTS if inner is str or isinstance(inner, tuple) else None
    if name.endswith("_cents"):
        return Kind.MONEY
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        return Kind.TEXT
    return _SCALARS.get(inner)


def _getter(read: Reader, name: str, *, is_list: bool) -> Reader:
    def get(case: Case, row: Row | None) -> Any:
        owner = read(case, row)
        if owner is None:
            return () if is_list else None
        if isinstance(owner, tuple):
            return tuple(getattr(item, name) for item in owner)
        return getattr(owner, name)

    return get


def _first_items(read: Reader) -> Reader:
    return lambda case, row: tuple(item[0] for item in read(case, row))


def _identifies(full: str) -> bool:
    steps = full.split(".")
    if any(step in _IDENTIFYING for step in steps):
        return True
    return full.startswith(_PERSONS) and "name" in steps


def _computed() -> tuple[Field, ...]:
    def days_since(case: Case, row: Row | None) -> int:
        return (case.day - (row.dos if row else case.claim.first_service_date)).days

    def age(case: Case, row: Row | None) -> int:
        dos = row.dos if row else case.claim.first_service_date
        return age_years(case.claim.patient.birth_date, dos)

    return (
        Field(name="day", kind=Kind.DATE, read=lambda case, _: case.day),
        Field(name="patient.age", kind=Kind.NUMBER, read=age, identifies=True),
        Field(name="claim.days_since_service", kind=Kind.NUMBER, read=days_since),
        Field(
            name="claim.charge_cents",
            kind=Kind.MONEY,
            read=lambda case, _: case.claim.charge_cents,
        ),
        Field(name="payer.kind", kind=Kind.TEXT, read=lambda case, _: case.payer.kind),
        Field(
            name="line.diagnoses",
            kind=Kind.TEXTS,
            read=lambda case, row: case.pointed(row) if row else (),
            of_line=True,
        ),
        Field(
            name="line.place",
            kind=Kind.TEXT,
            read=lambda _, row: row and row.pos,
            of_line=True,
        ),
    )
