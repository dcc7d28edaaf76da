"""What is sealed of an authorization."""

import msgspec


class AuthorizationRecord(msgspec.Struct, frozen=True):
    """The number that the payer gave, as it goes on the claim."""

    number: str
