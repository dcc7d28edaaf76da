"""The only door of the ledger."""

from cleanclaim.apps.ledger.queries import (
    balances_by_detail,
    balances_prove,
    closed_periods,
    entries_by_key,
    entries_for_claim,
    entry_keys,
    journal_totals,
    patient_own_balances,
)
from cleanclaim.apps.ledger.services import (
    entries_known,
    entries_post,
    periods_close,
)

__all__ = [
    "balances_by_detail",
    "balances_prove",
    "closed_periods",
    "entries_by_key",
    "entries_for_claim",
    "entries_known",
    "entries_post",
    "entry_keys",
    "journal_totals",
    "patient_own_balances",
    "periods_close",
]
