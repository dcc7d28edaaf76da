"""Single segments that claims and reviews share: contract, repricing, transport."""

from decimal import Decimal
from typing import ClassVar

from cleanclaim_x12.typed.parts import Item


class Contract(Item, frozen=True):
    """CN1: what the provider and the payer have agreed."""

    notation: ClassVar[str] = "type cents percent code discount_percent version"
    type: str = ""
    cents: int | None = None
    percent: Decimal | None = None
    code: str = ""
    discount_percent: Decimal | None = None
    version: str = ""
    place: int = 0


class Pricing(Item, frozen=True):
    """HCP: what a repricer has made of a claim or line."""

    notation: ClassVar[str] = (
        "method allowed_cents saved_cents organization_id rate group_code group_cents revenue_code"
        " product_qualifier product_code unit_code quantity reject_reason policy exception"
    )
    method: str = ""
    allowed_cents: int | None = None
    saved_cents: int | None = None
    organization_id: str = ""
    rate: Decimal | None = None
    group_code: str = ""
    group_cents: int | None = None
    revenue_code: str = ""
    product_qualifier: str = ""
    product_code: str = ""
    unit_code: str = ""
    quantity: Decimal | None = None
    reject_reason: str = ""
    policy: str = ""
    exception: str = ""
    place: int = 0


class Transport(Item, frozen=True):
    """CR1: an ambulance transport."""

    notation: ClassVar[str] = (
        "weight_unit weight - reason_code distance_unit distance - - round_trip stretcher"
    )
    weight_unit: str = ""
    weight: Decimal | None = None
    reason_code: str = ""
    distance_unit: str = ""
    distance: Decimal | None = None
    round_trip: str = ""
    stretcher: str = ""
    place: int = 0
