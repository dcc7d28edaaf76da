"""A claim in two parts: what identifies a person, and codes and cents.

Why: a sent version is kept for ever and never changed, but a person's data must be erasable.
The first part goes into a sealed row, the second into the immutable one.
"""

from typing import Any

import msgspec

from cleanclaim.core.claim.record import Claim

_PERSON_OF_LINE = ("note",)
_PERSON_OF_CLAIM = ("note", "attachments", "prior_authorization_number", "referral_number")


def split_claim(claim: Claim) -> tuple[bytes, bytes]:
    """Take a claim apart.

    Returns:
        JSON of what identifies the person (name, birth date, address, member ids, notes), and
        JSON of everything else. Both are needed to put the claim together again.
    """
    rest: dict[str, Any] = msgspec.to_builtins(claim)
    person: dict[str, Any] = {"patient": rest.pop("patient")}
    person["subscribers"] = [item.pop("subscriber") for item in rest["coverages"]]
    person["groups"] = [
        [item.pop("group_number"), item.pop("group_name")] for item in rest["coverages"]
    ]
    person["claim"] = {name: rest.pop(name) for name in _PERSON_OF_CLAIM}
    person["lines"] = [{name: item.pop(name) for name in _PERSON_OF_LINE} for item in rest["lines"]]
    return msgspec.json.encode(person), msgspec.json.encode(rest)


def join_claim(person: bytes, rest: bytes) -> Claim:
    """Put a claim together again.

    Args:
        person: The first part that `split_claim` gave.
        rest: The second part of the same claim.
    """
    record: dict[str, Any] = msgspec.json.decode(rest)
    names: dict[str, Any] = msgspec.json.decode(person)
    record["patient"] = names["patient"]
    record |= names["claim"]
    for item, subscriber, group in zip(
        record["coverages"], names["subscribers"], names["groups"], strict=True
    ):
        item["subscriber"] = subscriber
        item["group_number"], item["group_name"] = group
    for item, own in zip(record["lines"], names["lines"], strict=True):
        item.update(own)
    return msgspec.convert(record, Claim)
