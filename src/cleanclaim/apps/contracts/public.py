"""The only door of the contracts."""

from cleanclaim.apps.contracts.models import Contract, Rate
from cleanclaim.apps.contracts.queries import (
    CHARGE_MASTER,
    contracts_of,
    priced_contract,
    rate_books,
)
from cleanclaim.apps.contracts.services import contracts_keep, fees_replace

__all__ = [
    "CHARGE_MASTER",
    "Contract",
    "Rate",
    "contracts_keep",
    "contracts_of",
    "fees_replace",
    "priced_contract",
    "rate_books",
]
