"""Bad data is a value: a finding says what is wrong, where, and what would be right."""

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """What a finding does to the thing that it was found on."""

    BLOCKS = "blocks"
    WARNS = "warns"
    INFORMS = "informs"


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One change that removes a finding; a person accepts it, nothing applies it alone.

    Args:
        field: Path of the field as in `Finding.place`, for example `lines[2].modifiers`.
        value: The whole new value of that field, JSON-like (lists for tuples).
        words: What is done, in words for the person: "Add modifier 59 to line 2".
    """

    field: str
    value: object
    words: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong or worth knowing; it identifies nobody, so it may be logged.

    Args:
        code: Stable and unique in the product, for example `SCRUB-NCCI-PTP`.
        severity: Whether it blocks, warns or informs.
        place: Where, as a path in the record: `lines[2].modifiers`; lines count from 0 here.
        message: A sentence that names field, value and fix, for the person who mends it.
        expected: What would be right, in words or as a value.
        found: What stands there; empty where it would identify a person.
        source: The public rule or table and its release.
        correction: A proposed change, or None.
    """

    code: str
    severity: Severity
    place: str
    message: str
    expected: str = ""
    found: str = ""
    source: str = ""
    correction: Correction | None = None
