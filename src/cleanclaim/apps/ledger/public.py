"""The only door of the ledger."""

from cleanclaim.apps.ledger.queries import (
    balances_by_detail,
    balances_prove,
    closed_periods,
    entries_by_key,
    entries_for_claim,
    journal_totals,
)
from cleanclaim.apps.ledger.services import entries_post, periods_close

__all__ = [
    "balances_by_detail",
    "balances_prove",
    "closed_periods",
    "entries_by_key",
    "entries_for_claim",
    "entries_post",
    "journal_totals",
    "periods_close",
]
