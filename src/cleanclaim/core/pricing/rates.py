"""Prices by code and what they depend on: payer, plan, provider, place, modifier, day."""

from collections.abc import Iterable
from datetime import date

import msgspec

# A line with one of these is another service than without it: its price must name it.
PRICING_MODIFIERS = frozenset({"26", "TC", "53", "NU", "RR", "UE", "SL"})


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """One price for one unit; an empty part means "any".

    Args:
        modifier: The line must carry it; empty: for lines without a pricing modifier.
        place: Place of service.
        npi: Rendering provider.
        start: First day, `end` last day, None open.
    """

    code: str
    amount_cents: int
    payer_id: str = ""
    plan: str = ""
    npi: str = ""
    place: str = ""
    modifier: str = ""
    start: date = date.min
    end: date | None = None


class RateQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What a price is asked for."""

    code: str
    day: date
    modifiers: tuple[str, ...] = ()
    payer_id: str = ""
    plan: str = ""
    npi: str = ""
    place: str = ""


class RateBook:
    """A charge master, or a payer's fee schedule: its rates by code.

    >>> book = RateBook([Rate(code="99213", amount_cents=15000),
    ...                  Rate(code="99213", amount_cents=12000, place="02")])
    >>> book.find(RateQuestion(code="99213", day=date(2026, 1, 1), place="02")).amount_cents
    12000
    """

    def __init__(self, rates: Iterable[Rate]) -> None:
        self._by_code: dict[str, list[Rate]] = {}
        for rate in rates:
            self._by_code.setdefault(rate.code, []).append(rate)

    def find(self, question: RateQuestion) -> Rate | None:
        """Give the most exact rate that holds.

        Of several the one that names more wins: payer before plan, provider, modifier, place;
        of equal ones the one that began last, then the first given.
        """
        fitting = [rate for rate in self._by_code.get(question.code, ()) if _fits(rate, question)]
        return max(fitting, key=_exactness, default=None)


def _fits(rate: Rate, question: RateQuestion) -> bool:
    priced = PRICING_MODIFIERS.intersection(question.modifiers)
    return (
        rate.start <= question.day
        and (rate.end is None or question.day <= rate.end)
        and rate.payer_id in {"", question.payer_id}
        and rate.plan in {"", question.plan}
        and rate.npi in {"", question.npi}
        and rate.place in {"", question.place}
        and (not rate.modifier or rate.modifier in question.modifiers)
        and (not priced or rate.modifier in priced)
    )


def _exactness(rate: Rate) -> tuple[bool, bool, bool, bool, bool, date]:
    named = (rate.payer_id, rate.plan, rate.npi, rate.modifier, rate.place)
    one, two, three, four, five = (bool(item) for item in named)
    return (one, two, three, four, five, rate.start)
