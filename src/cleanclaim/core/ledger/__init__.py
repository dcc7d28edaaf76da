"""The ledger: double entry in whole cents, append only, corrections are reversals.

An `Entry` has lines that sum to zero; debits are positive. It never changes: a correction is a
new entry that mirrors it line by line (`mirror`) and names it (`reverses`). Every entry has a
natural key (its source and the ordinals in it), so posting the same thing twice is refused by a
unique key alone. `Balances` are sums of lines: they are kept up by adding the new entries and can
be proved from the journal at any time (`balances_of`).

Accounts stand in `accounts`, what each event posts in `makers`, the laws in `entries`. A claim
line's debt at a payer is 1100 with payer, rank, claim and line; the patient's is 1110 with claim
and line; money that a payer announced is 1040 under its trace until the bank shows it; money
without a claim or line is 1190 under the name of the parked item.
"""

from cleanclaim.core.ledger.accounts import ACCOUNT_NAMES, Account
from cleanclaim.core.ledger.balances import Balances, Totals, balances_of, totals_of
from cleanclaim.core.ledger.entries import (
    Entry,
    Line,
    Ref,
    entry_findings,
    period_of,
    transfer,
    with_amount,
)

__all__ = [
    "ACCOUNT_NAMES",
    "Account",
    "Balances",
    "Entry",
    "Line",
    "Ref",
    "Totals",
    "balances_of",
    "entry_findings",
    "period_of",
    "totals_of",
    "transfer",
    "with_amount",
]
