"""What eligibility, status and review transactions have in common: members and their answers."""

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar

from cleanclaim_x12.typed.parties import NAME, Party
from cleanclaim_x12.typed.parts import (
    Contact,
    DatePeriod,
    HealthCareCode,
    Item,
    Paperwork,
    Procedure,
    Text,
)


class Validation(Item, frozen=True):
    """AAA: why a request could not be answered, and what to do."""

    notation: ClassVar[str] = "is_valid agency reason_code follow_up"
    is_valid: str = ""
    agency: str = ""
    reason_code: str = ""
    follow_up: str = ""
    place: int = 0


class Trace(Item, frozen=True):
    """TRN: a number that the asker gives and gets back."""

    notation: ClassVar[str] = "type_code number originator_id supplement"
    type_code: str = ""
    number: str = ""
    originator_id: str = ""
    supplement: str = ""
    place: int = 0


class Delivery(Item, frozen=True):
    """HSD: how many services, how often, over what time."""

    notation: ClassVar[str] = (
        "quantity_qualifier quantity unit_code frequency period_qualifier periods"
        " pattern_code time_code"
    )
    quantity_qualifier: str = ""
    quantity: Decimal | None = None
    unit_code: str = ""
    frequency: Decimal | None = None
    period_qualifier: str = ""
    periods: Decimal | None = None
    pattern_code: str = ""
    time_code: str = ""
    place: int = 0


class Insured(Item, frozen=True):
    """INS: whether it is the subscriber, and the relationship to it."""

    notation: ClassVar[str] = (
        "is_subscriber relationship_code change_type change_reason - - - - student_status"
        " handicapped - - - - - - birth_sequence"
    )
    is_subscriber: str = ""
    relationship_code: str = ""
    change_type: str = ""
    change_reason: str = ""
    student_status: str = ""
    handicapped: str = ""
    birth_sequence: str = ""
    place: int = 0


class Military(Item, frozen=True):
    """MPI: military service."""

    notation: ClassVar[str] = (
        "information_status employment_status affiliation description rank_code period_format"
        " period"
    )
    information_status: str = ""
    employment_status: str = ""
    affiliation: str = ""
    description: str = ""
    rank_code: str = ""
    period_format: str = ""
    period: str = ""
    place: int = 0


class Member(Party):
    """A party of a request or answer: its name, what identifies it, what is wrong with it."""

    insured: Insured | None = None
    codes: Sequence[HealthCareCode] = ()
    validations: Sequence[Validation] = ()
    military: Military | None = None


def member(qualifiers: str) -> tuple[str, ...]:
    """Give the notation of an NM1 loop in the order of these guides."""
    return (
        f"NM1={qualifiers} {NAME}",
        "REF* references",
        "N3 street street_2",
        "N4 city state postal_code country - - subdivision",
        "PER* contacts",
        "AAA* validations",
        "PRV provider_code 'PXC' taxonomy_code",
        "DMG 'D8' birth_date gender",
        "INS @insured",
        "HI* codes",
        "DTP* dates",
        "MPI @military",
    )


__all__ = [
    "Contact",
    "DatePeriod",
    "Delivery",
    "Insured",
    "Member",
    "Military",
    "Paperwork",
    "Procedure",
    "Text",
    "Trace",
    "Validation",
    "member",
]
