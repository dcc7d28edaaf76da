"""People, providers and payers of a claim, to and from the NM1 loops of an 837."""

from typing import Any

from cleanclaim.core.claim import (
    Address,
    Coverage,
    Facility,
    Patient,
    Payer,
    PersonName,
    Provider,
    Subscriber,
)
from cleanclaim_x12.typed.parties import Party
from cleanclaim_x12.typed.parts import Contact, Reference

# Who refers, supervises or orders is a person, also where no first name is told.
_PEOPLE = frozenset({"DN", "P3", "DQ", "DK"})
_WITH_ADDRESS = frozenset({"85", "DK"})
RANKS = "PSTABCDEFGH"  # SBR01 by rank: primary, secondary, tertiary, 4th to 11th
_PERSON, _ORGANIZATION = "1", "2"


def address_fields(address: Address | None) -> dict[str, Any]:
    """Spread an address over the fields of a party."""
    if address is None:
        return {}
    return {
        "street": address.line_1,
        "street_2": address.line_2,
        "city": address.city,
        "state": address.state,
        "postal_code": address.zip_code,
        "country": address.country,
    }


def address_of(party: Party | None) -> Address | None:
    """Read the address of a party, if it has one."""
    if party is None or not (party.street or party.city):
        return None
    return Address(
        line_1=party.street,
        line_2=party.street_2,
        city=party.city,
        state=party.state,
        zip_code=party.postal_code,
        country=party.country,
    )


def name_of(party: Party) -> PersonName:
    """Read a person's name."""
    return PersonName(
        last=party.last_name, first=party.first_name, middle=party.middle_name, suffix=party.suffix
    )


def person_party(code: str, name: PersonName, address: Address | None = None) -> Party:
    """Make the loop of a person."""
    return Party(
        entity_code=code,
        entity_type=_PERSON,
        last_name=name.last,
        first_name=name.first,
        middle_name=name.middle,
        suffix=name.suffix,
        **address_fields(address),
    )


def provider_party(code: str, provider: Provider, role: str = "") -> Party:
    """Make the loop of a provider; `role` is PRV01 where the taxonomy is told here."""
    references = []
    has_phone = bool(provider.phone) and code == "85"
    if provider.tax_id:
        references.append(Reference(provider.tax_id_kind, provider.tax_id))
    if provider.other_id and code != "85":
        references.append(Reference("G2", provider.other_id))
    return Party(
        entity_code=code,
        entity_type=_PERSON if provider.is_person or code in _PEOPLE else _ORGANIZATION,
        last_name=provider.name,
        first_name=provider.first,
        middle_name=provider.middle,
        suffix=provider.suffix,
        id_qualifier="XX" if provider.npi else "",
        id=provider.npi,
        provider_code=role if provider.taxonomy_code else "",
        taxonomy_code=provider.taxonomy_code if role else "",
        references=tuple(references),
        contacts=(Contact("IC", "", "TE", provider.phone),) if has_phone else (),
        **address_fields(provider.address if code in _WITH_ADDRESS else None),
    )


def provider_of(party: Party | None) -> Provider | None:
    """Read a provider."""
    if party is None:
        return None
    kind = next((q for q in ("EI", "SY") if party.reference(q)), "EI")
    return Provider(
        npi=party.id if party.id_qualifier == "XX" else "",
        name=party.last_name,
        first=party.first_name,
        middle=party.middle_name,
        suffix=party.suffix,
        taxonomy_code=party.taxonomy_code,
        tax_id=party.reference(kind),
        tax_id_kind=kind,
        address=address_of(party),
        phone=next((one.number_1 for one in party.contacts if one.qualifier_1 == "TE"), ""),
        other_id=party.reference("G2"),
    )


def facility_party(code: str, facility: Facility) -> Party:
    """Make the loop of a place."""
    return Party(
        entity_code=code,
        entity_type=_ORGANIZATION,
        last_name=facility.name,
        id_qualifier="XX" if facility.npi else "",
        id=facility.npi,
        **address_fields(facility.address),
    )


def facility_of(party: Party | None) -> Facility | None:
    """Read a place; one without an address is none."""
    address = address_of(party)
    if party is None or address is None:
        return None
    npi = party.id if party.id_qualifier == "XX" else ""
    return Facility(name=party.last_name, npi=npi, address=address)


def payer_party(payer: Payer, references: tuple[Reference, ...] = ()) -> Party:
    """Make the loop of a payer."""
    return Party(
        entity_code="PR",
        entity_type=_ORGANIZATION,
        last_name=payer.name,
        id_qualifier="PI",
        id=payer.payer_id,
        references=references,
        **address_fields(payer.address),
    )


def subscriber_party(coverage: Coverage, patient: Patient | None) -> Party:
    """Make the loop of a coverage's holder; of the patient's own, with birth date and address."""
    holder = coverage.subscriber
    own = patient if coverage.relationship_code == "18" else None
    party = person_party("IL", holder.name, holder.address or (own.address if own else None))
    party.id_qualifier, party.id = "MI", holder.member_id
    party.birth_date = holder.birth_date or (own.birth_date if own else None)
    party.gender = holder.sex or (own.sex if own else "")
    return party


def subscriber_of(party: Party) -> Subscriber:
    """Read the holder of a coverage."""
    return Subscriber(
        name=name_of(party),
        member_id=party.id,
        birth_date=party.birth_date,
        sex=party.gender,
        address=address_of(party),
    )
