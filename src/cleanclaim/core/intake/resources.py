"""The few fields of FHIR R4 resources that an intake reads; everything else is passed over."""

from typing import Literal

import msgspec


class Record(msgspec.Struct, frozen=True, rename="camel"):
    """Base: FHIR's names are in camel case."""


class Coding(Record, frozen=True):
    """One code of one system."""

    system: str = ""
    code: str = ""
    display: str = ""


class Concept(Record, frozen=True):
    """The same thing in one or several systems."""

    coding: list[Coding] = []


class Reference(Record, frozen=True):
    """A pointer to another resource, or only its name."""

    reference: str = ""
    display: str = ""


class Identifier(Record, frozen=True):
    """A number somebody gave."""

    system: str = ""
    value: str = ""
    type: Concept | None = None


class HumanName(Record, frozen=True):
    """A person's name."""

    family: str = ""
    given: list[str] = []


class PostalAddress(Record, frozen=True):
    """Where a person lives."""

    line: list[str] = []
    city: str = ""
    state: str = ""
    postal_code: str = ""


class Period(Record, frozen=True):
    """From when until when."""

    start: str = ""
    end: str = ""


class Participant(Record, frozen=True):
    """Who took part."""

    individual: Reference | None = None


class Resource(Record, frozen=True):
    """What every resource that is read has; each kind adds its own."""

    id: str = ""
    identifier: list[Identifier] = []


class Person(Resource, frozen=True):
    """A Patient or Practitioner."""

    name: list[HumanName] = []
    birth_date: str = ""
    gender: str = ""
    address: list[PostalAddress] = []


class Organization(Resource, frozen=True):
    """A practice or a payer."""

    name: str = ""


class Encounter(Resource, frozen=True):
    """A visit."""

    status: str = ""
    class_: Coding | None = msgspec.field(default=None, name="class")
    type: list[Concept] = []
    subject: Reference | None = None
    participant: list[Participant] = []
    period: Period | None = None
    service_provider: Reference | None = None


class Coded(Resource, frozen=True):
    """A Condition, Procedure or Immunization: something found or done at an encounter."""

    encounter: Reference | None = None
    code: Concept | None = None
    vaccine_code: Concept | None = None


class CoverageResource(Resource, frozen=True):
    """A plan that covers a patient."""

    beneficiary: Reference | None = None
    payor: list[Reference] = []
    subscriber_id: str = ""


class Insurance(Record, frozen=True):
    """Which coverage a claim names."""

    coverage: Reference | None = None


class ClaimItem(Record, frozen=True):
    """A line of a claim: the visits that it is of."""

    encounter: list[Reference] = []


class ClaimResource(Resource, frozen=True):
    """A chart's own claim; only what it says of the payer of a visit is read."""

    insurance: list[Insurance] = []
    item: list[ClaimItem] = []


KINDS: dict[str, type[Resource]] = {
    "Claim": ClaimResource,
    "Condition": Coded,
    "Coverage": CoverageResource,
    "Encounter": Encounter,
    "Immunization": Coded,
    "Organization": Organization,
    "Patient": Person,
    "Practitioner": Person,
    "Procedure": Coded,
}


class Head(Record, frozen=True):
    """Which kind a resource is."""

    resource_type: str = ""


class Entry(Record, frozen=True):
    """One resource in a bundle, not yet read."""

    resource: msgspec.Raw = msgspec.Raw(b"{}")
    full_url: str = ""


class Bundle(Record, frozen=True):
    """A bundle."""

    resource_type: Literal["Bundle"]
    entry: list[Entry] = []
