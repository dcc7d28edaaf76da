"""Balances are sums of lines, kept up by adding, and always provable from the journal."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from cleanclaim.core.ledger.accounts import ADJUSTMENT_ACCOUNTS, Account
from cleanclaim.core.ledger.entries import Entry, Ref

type LineKey = tuple[Ref | None, Ref | None]


class Balances(msgspec.Struct):
    """Sums of many lines, each way that the product reads them.

    Args:
        accounts: By account.
        insurance: 1100 by (claim, line).
        by_rank: 1100 by rank of the payer.
        by_payer: 1100 by payer.
        ranked: 1100 by (line, rank).
        patient: 1110 by (claim, line).
        traces: 1040 by trace.
        suspense: 1190 by the name of the parked item; credit positive.
        prepaid: 1191 by patient; credit positive.
    """

    accounts: dict[Account, int] = msgspec.field(default_factory=lambda: defaultdict(int))
    insurance: dict[LineKey, int] = msgspec.field(default_factory=lambda: defaultdict(int))
    by_rank: dict[int, int] = msgspec.field(default_factory=lambda: defaultdict(int))
    by_payer: dict[Ref | None, int] = msgspec.field(default_factory=lambda: defaultdict(int))
    ranked: dict[tuple[Ref | None, int], int] = msgspec.field(
        default_factory=lambda: defaultdict(int)
    )
    patient: dict[LineKey, int] = msgspec.field(default_factory=lambda: defaultdict(int))
    traces: dict[str, int] = msgspec.field(default_factory=lambda: defaultdict(int))
    suspense: dict[str, int] = msgspec.field(default_factory=lambda: defaultdict(int))
    prepaid: dict[Ref | None, int] = msgspec.field(default_factory=lambda: defaultdict(int))

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries; the order of adding does not matter."""
        for entry in entries:
            for line in entry.lines:
                cents = line.amount_cents
                self.accounts[line.account] += cents
                if line.account == Account.INSURANCE:
                    self.insurance[line.claim, line.line] += cents
                    self.by_rank[line.rank] += cents
                    self.by_payer[line.payer] += cents
                    self.ranked[line.line, line.rank] += cents
                elif line.account == Account.PATIENT:
                    self.patient[line.claim, line.line] += cents
                elif line.account == Account.EFT_CLEARING:
                    self.traces[line.trace] += cents
                elif line.account == Account.UNAPPLIED_INSURANCE:
                    self.suspense[line.suspense] -= cents
                elif line.account == Account.UNAPPLIED_PATIENT:
                    self.prepaid[line.patient] -= cents


def balances_of(entries: Iterable[Entry]) -> Balances:
    """Sum a journal from nothing."""
    balances = Balances()
    balances.add(entries)
    return balances


class Totals(msgspec.Struct, frozen=True):
    """What became of the charges; charged = paid + adjusted + patient + open."""

    charged_cents: int = 0
    paid_cents: int = 0
    adjusted_cents: int = 0
    patient_cents: int = 0
    open_cents: int = 0
    ledger_sum: int = 0


def totals_of(entries: Iterable[Entry]) -> Totals:
    """Split the charges of a journal into paid, adjusted, due from patients and open at payers.

    Why: this is the sum that a billing day must prove. Each entry that touches a receivable moves
    a charge on; where it moves to is the account on the other side. Money that touches no
    receivable (provider-level adjustments, prepayments not yet allocated) stands apart.
    """
    charged = paid = adjusted = patient = opened = whole = 0
    for entry in entries:
        whole += sum(line.amount_cents for line in entry.lines)
        if not any(line.account in _RECEIVABLES for line in entry.lines):
            continue
        for line in entry.lines:
            if line.account == Account.CHARGES:
                charged -= line.amount_cents
            elif line.account == Account.INSURANCE:
                opened += line.amount_cents
            elif line.account == Account.PATIENT:
                patient += line.amount_cents
            elif line.account in ADJUSTMENT_ACCOUNTS:
                adjusted += line.amount_cents
            else:
                paid += line.amount_cents
    return Totals(charged, paid, adjusted, patient, opened, whole)


_RECEIVABLES = frozenset({Account.INSURANCE, Account.PATIENT})
