"""People, organizations and places: the NM1 and N1 loops of every transaction."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from cleanclaim_x12.typed.parts import Contact, DatePeriod, Item, Loop, Reference

NAME = "entity_code entity_type last_name first_name middle_name prefix suffix id_qualifier id"


class Name(Item, frozen=True):
    """NM1 alone: a name without an address, as remittances and status answers give it."""

    notation: ClassVar[str] = NAME
    entity_code: str
    entity_type: str = ""
    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    prefix: str = ""
    suffix: str = ""
    id_qualifier: str = ""
    id: str = ""
    place: int = 0


class Party(Loop):
    """A person or an organization with the role that it has here.

    Args:
        entity_code: The role: `85` billing provider, `IL` insured, `PR` payer, `82` rendering …
        entity_type: `1` a person, `2` an organization.
        last_name: Last name, or the organization's whole name.
        id_qualifier: `XX` NPI, `MI` member number, `PI` payer number, `46` exchange number …
        taxonomy_code: PRV03.
        provider_code: PRV01: `BI`, `PE`, `AT` …
    """

    entity_code: str = ""
    entity_type: str = ""
    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    prefix: str = ""
    suffix: str = ""
    id_qualifier: str = ""
    id: str = ""
    provider_code: str = ""
    taxonomy_code: str = ""
    street: str = ""
    street_2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    subdivision: str = ""
    birth_date: date | None = None
    gender: str = ""
    dates: Sequence[DatePeriod] = ()
    references: Sequence[Reference] = ()
    contacts: Sequence[Contact] = ()

    def reference(self, qualifier: str) -> str:
        """Give the identifier with this qualifier, or nothing."""
        return reference_of(self.references, qualifier)


ADDRESS = ("N3 street street_2", "N4 city state postal_code country - - subdivision")
_REST = (
    "PRV provider_code 'PXC' taxonomy_code",
    *ADDRESS,
    "DMG 'D8' birth_date gender",
    "DTP* dates",
    "REF* references",
    "PER* contacts",
)


class Organization(Loop):
    """Loops 1000A and 1000B of an 835: the payer or the payee, with its address."""

    entity_code: str = ""
    name: str = ""
    id_qualifier: str = ""
    id: str = ""
    street: str = ""
    street_2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    subdivision: str = ""
    references: Sequence[Reference] = ()
    contacts: Sequence[Contact] = ()
    delivery_code: str = ""
    delivery_name: str = ""
    delivery_number: str = ""

    def reference(self, qualifier: str) -> str:
        """Give the identifier with this qualifier, or nothing."""
        return reference_of(self.references, qualifier)


def organization(code: str) -> tuple[str, ...]:
    """Give the notation of the N1 loop that this entity code opens."""
    return (
        f"N1={code} entity_code name id_qualifier id",
        *ADDRESS,
        "REF* references",
        "PER* contacts",
        "RDM delivery_code delivery_name delivery_number",
    )


def party(qualifiers: str) -> tuple[str, ...]:
    """Give the notation of an NM1 loop that these entity codes open."""
    return (f"NM1={qualifiers} {NAME}", *_REST)


def reference_of(references: Sequence[Reference], qualifier: str) -> str:
    """Give the value of the first REF with this qualifier, or nothing."""
    for each in references:
        if each.qualifier == qualifier:
            return each.value
    return ""


def date_of(dates: Sequence[DatePeriod], qualifier: str) -> date | None:
    """Give the first date of the first DTP with this qualifier, or nothing."""
    for each in dates:
        if each.qualifier == qualifier:
            return each.start
    return None
