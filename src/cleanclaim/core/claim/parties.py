"""Who stands on a claim: people, providers, places and payers, as they were when it was made."""

from datetime import date

import msgspec


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """A postal address; `zip_code` holds five or nine digits without a hyphen."""

    line_1: str
    line_2: str = ""
    city: str
    state: str
    zip_code: str
    country: str = ""


class PersonName(msgspec.Struct, frozen=True, kw_only=True):
    """A person's name in the parts that claims know."""

    last: str
    first: str = ""
    middle: str = ""
    suffix: str = ""


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """A person or organization that gives or bills services.

    Args:
        npi: Ten digits; empty for an atypical provider.
        name: Last name of a person or name of the organization.
        first: Set exactly for a person.
        tax_id: Nine digits; only the billing provider carries it.
        tax_id_kind: `EI` employer, `SY` social security (a person only).
        address: Only the billing provider carries it.
        other_id: Identifier at the payer for an atypical provider.
    """

    npi: str
    name: str
    first: str = ""
    middle: str = ""
    suffix: str = ""
    taxonomy_code: str = ""
    tax_id: str = ""
    tax_id_kind: str = "EI"
    address: Address | None = None
    phone: str = ""
    other_id: str = ""

    @property
    def is_person(self) -> bool:
        """Say whether it is a person and not an organization."""
        return bool(self.first)


class Facility(msgspec.Struct, frozen=True, kw_only=True):
    """Where the service was given, if not at the billing provider's address."""

    name: str
    npi: str = ""
    address: Address


class Payer(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asked to pay.

    Args:
        payer_id: Identifier in the exchange with the payer or clearinghouse.
        filing_indicator: `CI`, `MB`, `MC`, `BL` …, the claim filing indicator code.
    """

    payer_id: str
    name: str
    filing_indicator: str
    address: Address | None = None


class Subscriber(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a coverage; address, birth date and sex are needed where it is the patient too."""

    name: PersonName
    member_id: str
    birth_date: date | None = None
    sex: str = ""
    address: Address | None = None


class Patient(msgspec.Struct, frozen=True, kw_only=True):
    """Who was treated. `sex` is `F`, `M` or `U`."""

    name: PersonName
    birth_date: date
    sex: str
    address: Address | None = None
    death_date: date | None = None
    is_pregnant: bool = False
    weight_pounds: int | None = None


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """One payer in its place in the order of payers.

    Args:
        rank: 1 for the primary payer, then 2, 3 …
        relationship_code: The patient to the subscriber: `18` self, `01` spouse, `19` child …
        insurance_type_code: Why Medicare is not primary: `12`, `13`, `43` …
        signature_source: `P` where the provider signed for the patient, who was not there.
    """

    rank: int
    payer: Payer
    subscriber: Subscriber
    relationship_code: str = "18"
    group_number: str = ""
    group_name: str = ""
    plan_name: str = ""
    insurance_type_code: str = ""
    start_date: date | None = None
    end_date: date | None = None
    benefits_assigned: str = "Y"
    release_of_information: str = "Y"
    signature_source: str = ""
