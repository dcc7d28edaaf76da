"""Opaque identifiers: made at the edge, carried everywhere, never an identifier of a person."""

from typing import NewType
from uuid import UUID

TenantId = NewType("TenantId", int)
PracticeId = NewType("PracticeId", int)

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def short_code(value: UUID) -> str:
    """Write an id for people: 26 letters and digits without I, L, O and U.

    >>> short_code(UUID(int=31))
    '0000000000000000000000000Z'
    """
    number, out = value.int, []
    for _ in range(26):
        number, digit = divmod(number, 32)
        out.append(_ALPHABET[digit])
    return "".join(reversed(out))
