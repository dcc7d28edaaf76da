"""Prices: charge master, contracts, Medicare schedules, the expected allowed amount of a line."""

from cleanclaim.core.pricing.expected import (
    Contract,
    ExpectedLine,
    contract_for,
    expected_lines,
    line_question,
)
from cleanclaim.core.pricing.medicare import (
    FeeLine,
    Priced,
    anesthesia_cents,
    fee_dollars,
    half_up_cents,
    is_facility,
    medicare_prices,
    sequestration_cents,
)
from cleanclaim.core.pricing.rates import Rate, RateBook, RateQuestion

__all__ = [
    "Contract",
    "ExpectedLine",
    "FeeLine",
    "Priced",
    "Rate",
    "RateBook",
    "RateQuestion",
    "anesthesia_cents",
    "contract_for",
    "expected_lines",
    "fee_dollars",
    "half_up_cents",
    "is_facility",
    "line_question",
    "medicare_prices",
    "sequestration_cents",
]
