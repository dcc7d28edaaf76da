"""Records with every field filled, each text with a mark of its own, so that a leak is seen."""

from datetime import date, timedelta
from decimal import Decimal

import msgspec
from msgspec import inspect

from cleanclaim.core.claim import Claim, ClaimKind

CLAIM = inspect.type_info(Claim)


def claim_random(chance, kind=ClaimKind.PROFESSIONAL, restricted=0.0):
    """A claim of three to six lines; with `restricted` the chance of a line to be restricted."""
    claim = _record(CLAIM, chance)
    diagnoses = tuple(_record(_part("diagnoses"), chance) for _ in range(chance.randint(2, 6)))
    lines = tuple(
        msgspec.structs.replace(
            _record(_part("lines"), chance),
            plan_disclosure_restricted=chance.random() < restricted,
            diagnosis_pointers=tuple(
                chance.sample(range(1, len(diagnoses) + 1), chance.randint(1, 2))
            ),
        )
        for _ in range(chance.randint(3, 6))
    )
    coverage = msgspec.structs.replace(claim.coverages[0], rank=1)
    return msgspec.structs.replace(
        claim,
        kind=kind,
        payer_rank=1,
        coverages=(coverage,),
        diagnoses=diagnoses,
        lines=lines,
        patient_paid_cents=sum(line.charge_cents for line in lines),
    )


def _part(name):
    field = next(f for f in CLAIM.fields if f.name == name)
    return field.type.item_type


def _record(info, chance):
    values = {field.name: _value(field.type, chance) for field in info.fields}
    return info.cls(**values)


def _value(kind, chance):
    for cls, make in MADE.items():
        if isinstance(kind, cls):
            return make(kind, chance)
    raise TypeError(kind)


def _of_union(kind, chance):
    parts = [part for part in kind.types if not isinstance(part, inspect.NoneType)]
    return _value(parts[0], chance)


MADE = {
    inspect.StructType: _record,
    inspect.VarTupleType: lambda kind, chance: (_value(kind.item_type, chance),),
    inspect.TupleType: lambda kind, chance: tuple(_value(i, chance) for i in kind.item_types),
    inspect.UnionType: _of_union,
    inspect.StrType: lambda _, chance: f"MARK{chance.getrandbits(64):016X}",
    inspect.IntType: lambda _, chance: chance.randint(1_000_000, 9_999_999),
    inspect.DecimalType: lambda _, chance: Decimal(chance.randint(100_000, 999_999)),
    inspect.DateType: lambda _, chance: date(2020, 1, 1) + timedelta(chance.randint(1, 2000)),
    inspect.BoolType: lambda _kind, _chance: True,
    inspect.EnumType: lambda kind, _: next(iter(kind.cls)),
}


def leaves(value, path=""):
    """Yield (field path, value) of every leaf that is neither empty nor at its default."""
    if isinstance(value, msgspec.Struct):
        for field in msgspec.structs.fields(value):
            inner = getattr(value, field.name)
            if inner != field.default:
                yield from leaves(inner, f"{path}.{field.name}" if path else field.name)
    elif isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
        for item in value:
            yield from leaves(item, path)
    elif value not in ((), "", None):
        yield path, value
