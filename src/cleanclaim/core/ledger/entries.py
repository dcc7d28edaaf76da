"""Entries and their lines: whole cents, debits positive, every entry sums to zero."""

from collections.abc import Iterable
from datetime import date

import msgspec

from cleanclaim.core.ledger.accounts import Account
from cleanclaim.kernel.finding import Finding, Severity

type Ref = str | int


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line of an entry.

    Args:
        account: Where it is posted.
        amount_cents: Positive is a debit, negative a credit, never zero.
        payer, rank, claim, line, patient, provider: Whose money it is; on 1100 the first four.
        trace: Number of the payment whose bank money is awaited; always on 1040.
        reason: `CO-45`, `PR-2` or the words of a write-off.
        plb: Code of the provider-level adjustment that caused it.
        suspense: Name of the parked item; always on 1190.
        month: Month of service that capitation is earned in.
        remittance: Where the amount was read.
    """

    account: Account
    amount_cents: int
    payer: Ref | None = None
    rank: int = 0
    claim: Ref | None = None
    line: Ref | None = None
    patient: Ref | None = None
    provider: Ref | None = None
    trace: str = ""
    reason: str = ""
    plb: str = ""
    suspense: str = ""
    month: str = ""
    remittance: Ref | None = None


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One entry of the journal; never changed, only reversed.

    Args:
        event: What happened, for example `era_payment`.
        lines: At least two; they sum to zero.
        key: Natural and unique in the practice: the source and its ordinals.
        day: Posting day, which decides the period.
        reverses: Key of the entry that this one mirrors.
        back_period: The closed period, as `2026-04`, that a late entry speaks of.
    """

    event: str
    lines: tuple[Line, ...]
    key: str = ""
    day: date = date.min
    reverses: str = ""
    back_period: str = ""

    @property
    def period(self) -> str:
        """Give the month of the posting day.

        >>> Entry("charge", (), day=date(2026, 3, 9)).period
        '2026-03'
        """
        return period_of(self.day)


def period_of(day: date) -> str:
    """Name the accounting period of a day: its month."""
    return f"{day.year:04d}-{day.month:02d}"


def with_amount(line: Line, amount_cents: int) -> Line:
    """Give the same line with another amount."""
    return msgspec.structs.replace(line, amount_cents=amount_cents)


def transfer(event: str, cents: int, debit: Line, credit: Line) -> Entry:
    """Make an entry of two lines; a negative amount changes their sides.

    >>> made = transfer("x", 5, Line(Account.CASH, 0), Line(Account.CHARGES, 0))
    >>> [line.amount_cents for line in made.lines]
    [5, -5]
    """
    return Entry(event, (with_amount(debit, cents), with_amount(credit, -cents)))


def entry_findings(entry: Entry) -> list[Finding]:
    """Check the laws of one entry: sum zero, no empty line, the dimensions that an account needs.

    Returns:
        One finding for each broken law, empty for a sound entry.
    """
    faults: list[tuple[str, str, str]] = []
    total = sum(line.amount_cents for line in entry.lines)
    if total:
        faults.append(("LEDGER-SUM", "lines", f"debits and credits differ by {total} cents"))
    if len(entry.lines) < 2:
        faults.append(("LEDGER-LINES", "lines", "an entry has two lines or more"))
    for index, line in enumerate(entry.lines):
        faults.extend((code, f"lines[{index}]", words) for code, words in _line_faults(line))
    return [
        Finding(code=code, severity=Severity.BLOCKS, place=place, message=words)
        for code, place, words in faults
    ]


def _line_faults(line: Line) -> Iterable[tuple[str, str]]:
    if not line.amount_cents:
        yield "LEDGER-ZERO", "a line has an amount"
    if line.account == Account.INSURANCE and not (
        line.payer is not None and line.rank and line.claim is not None and line.line is not None
    ):
        yield "LEDGER-DIMENSIONS", "1100 needs payer, rank, claim and line"
    if line.account == Account.EFT_CLEARING and not line.trace:
        yield "LEDGER-TRACE", "1040 needs the trace of its payment"
    if line.account == Account.UNAPPLIED_INSURANCE and not line.suspense:
        yield "LEDGER-SUSPENSE", "1190 needs the name of the parked item"
