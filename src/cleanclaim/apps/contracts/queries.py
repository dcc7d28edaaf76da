"""Reading contracts and prices as the pricing core asks for them."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from cleanclaim.apps.contracts.models import Contract, Rate
from cleanclaim.core import pricing
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal

CHARGE_MASTER = ""


def held_by(grant: Grant, practice_id: int, model: type[Contract | Rate]) -> QuerySet[Any]:
    """Give contracts or rates of one of the grant's practices; they are no patients' data."""
    if practice_id not in grant.practice_ids:
        raise Refusal("grant_wrong_practice", "The leave does not cover this practice.")
    rows: QuerySet[Any] = model.objects.filter(practice_id=practice_id)
    return rows


def contracts_of(grant: Grant, practice_id: int) -> list[Contract]:
    """Give all contracts of a practice."""
    return list(held_by(grant, practice_id, Contract).order_by("contract", "start_date"))


def rate_books(grant: Grant, practice_id: int, codes: Iterable[str]) -> dict[str, pricing.RateBook]:
    """Give the prices of some codes by contract; those of the charge master under `""`."""
    rows = held_by(grant, practice_id, Rate).filter(code__in=set(codes))
    rates: dict[str, list[pricing.Rate]] = defaultdict(list)
    for row in rows.order_by("id"):
        rates[row.contract].append(_rate(row))
    return {contract: pricing.RateBook(found) for contract, found in rates.items()}


def priced_contract(row: Contract, books: dict[str, pricing.RateBook]) -> pricing.Contract:
    """Give a contract as the pricing core knows it, with the prices that were read."""
    return pricing.Contract(
        contract_id=row.contract,
        payer_id=row.payer_id,
        method=row.method,
        percent=Decimal(row.percent),
        plan=row.plan,
        npis=frozenset(row.provider_npis),
        start=row.start_date,
        end=row.end_date,
        rates=books.get(row.contract),
        locality=row.locality,
        lesser_of_charge=row.lesser_of_charge,
    )


def _rate(row: Rate) -> pricing.Rate:
    return pricing.Rate(
        code=row.code,
        amount_cents=row.amount_cents,
        payer_id=row.payer_id,
        plan=row.plan,
        npi=row.provider_npi,
        place=row.place,
        modifier=row.modifier,
        start=row.start_date,
        end=row.end_date,
    )
