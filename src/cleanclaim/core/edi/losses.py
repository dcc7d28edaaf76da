"""What a foreign claim says that no claim of ours carries: told, never dropped in silence."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from cleanclaim.core.edi.claim_from_837p import SIGNED_BY_PROVIDER, claim_from_837p
from cleanclaim.core.edi.claim_to_837p import claim_to_837p
from cleanclaim.core.edi.parties_837 import address_of
from cleanclaim_x12.typed.claims import OtherPayer
from cleanclaim_x12.typed.parties import Party
from cleanclaim_x12.typed.parts import DatePeriod, HealthCareCode, Item, Loop
from cleanclaim_x12.typed.t837p import ProfessionalClaim

# The head, who bills and the sum are ours; where a segment stood, how it was spelled and what the
# carrier of the last journey noted on it says nothing.
_OURS = frozenset({"batch", "billing", "charge_cents", "number"})
_SPELLING = frozenset({"place", "facility_qualifier", "id_qualifier", "format"})
_JOURNEY = "D9"
_TAG = re.compile(r"[A-Z0-9]{2,3}")
_PRINCIPAL = {"BK": "ABK", "BF": "ABF"}

type Signed = ProfessionalClaim | OtherPayer


def claim_losses(typed: ProfessionalClaim) -> tuple[str, ...]:
    """Name what is lost of a claim between two systems, as it is written again from here.

    Returns:
        Paths of the typed claim with the qualifier, without values: `lines.references EA`. Empty:
        nothing is lost.

    Raises:
        Refusal: As `claim_from_837p`.
    """
    again = claim_to_837p(claim_from_837p(typed))
    _add_implied(typed, again)
    return tuple(dict.fromkeys(_lost(typed, again, "")))


def _add_implied(typed: ProfessionalClaim, again: ProfessionalClaim) -> None:
    """Say in words what the wire leaves out because it says so by saying nothing."""
    for line in again.lines:
        line.place_of_service = line.place_of_service or typed.facility_code
    billing = typed.billing.provider if typed.billing else None
    own = typed.rendering_provider
    if billing and own and again.rendering_provider is None and own.id == billing.id:
        again.rendering_provider = own
    again.service_facility = again.service_facility or _office(typed)
    _sign(typed, again)
    for was, other in zip(typed.other_payers, again.other_payers, strict=False):
        _sign(was, other)


def _sign(was: Signed, new: Signed) -> None:
    """Take codes of 4010 as said: 5010 knows one alone."""
    if was.patient_signature != SIGNED_BY_PROVIDER:
        new.patient_signature = was.patient_signature


def _office(typed: ProfessionalClaim) -> Party | None:
    """Give the place of service where it is the billing provider's own address."""
    here, billing = typed.service_facility, typed.billing.provider if typed.billing else None
    is_office = here and billing and address_of(here) == address_of(billing)
    return here if is_office else None


def _lost(one: Any, other: Any, path: str) -> Iterator[str]:
    for name in one.__struct_fields__:
        value = getattr(one, name)
        if name in _OURS or name in _SPELLING or not value or value == "N":
            continue
        place = f"{path}.{name}" if path else name
        if name == "unknown":
            yield from (f"{path or 'claim'} {_tag(item.raw)}" for item in value)
            continue
        yield from _lost_of(value, getattr(other, name, None), place)


def _lost_of(value: Any, other: Any, place: str) -> Iterator[str]:
    if isinstance(value, Loop):
        yield from _lost(value, other, place) if other is not None else (place,)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield from _lost_items(value, other or (), place)
    elif isinstance(value, Item):
        if other is None or any(_lost(value, other, place)):
            yield place
    elif value != other and not (isinstance(value, Decimal) and not value):
        yield place


def _lost_items(values: Sequence[Any], others: Sequence[Any], place: str) -> Iterator[str]:
    if isinstance(values[0], Loop):
        for at, value in enumerate(values):
            yield from _lost_of(value, others[at] if at < len(others) else None, place)
        return
    kept = [_bare(item) for item in others]
    for item in values:
        if _bare(item) not in kept and _qualifier(item) != _JOURNEY:
            yield f"{place} {_qualifier(item)}".strip()


def _bare(item: Any) -> object:
    """Leave out of an item how it was spelled."""
    if not isinstance(item, msgspec.Struct):
        return item
    if isinstance(item, DatePeriod):
        return item.qualifier, item.start, item.end or item.start
    fields = {name: getattr(item, name) for name in item.__struct_fields__ if name not in _SPELLING}
    if isinstance(item, HealthCareCode):
        fields["qualifier"] = _PRINCIPAL.get(item.qualifier, item.qualifier)
    return fields


def _qualifier(item: Any) -> str:
    return str(getattr(item, "qualifier", "") or getattr(item, "code", ""))[:3]


def _tag(raw: str) -> str:
    found = _TAG.match(raw)
    return found.group() if found else "segment"
