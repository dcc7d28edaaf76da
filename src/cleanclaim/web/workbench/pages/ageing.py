"""Records of A/R ageing; every amount is a sum of ledger lines and leads to them."""

from dataclasses import dataclass
from datetime import date

from cleanclaim.platform.ui.frame import Choice
from cleanclaim.web.workbench.pages.parts import Filter, Pager

BUCKETS = ("0 to 30", "31 to 60", "61 to 90", "91 to 120", "over 120")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingRow:
    """One payer, practice or provider.

    Args:
        words: Its name; patients together are one row, "Patients".
        cents: Open amount per bucket, youngest first, five of them; credits are negative.
        hrefs: Address of the ledger lines behind each bucket, five of them.
        href: Address of the ledger lines of the whole row.
        marked: Buckets (0 to 4) where a person must act.
    """

    words: str
    cents: tuple[int, int, int, int, int]
    hrefs: tuple[str, str, str, str, str]
    href: str
    marked: frozenset[int] = frozenset()

    @property
    def total_cents(self) -> int:
        """Sum of the buckets."""
        return sum(self.cents)

    @property
    def cells(self) -> list[tuple[int, str, bool]]:
        """Amount, address and mark of each bucket."""
        return [
            (amount, href, number in self.marked)
            for number, (amount, href) in enumerate(zip(self.cents, self.hrefs, strict=True))
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingTable:
    """Rows and their sum.

    Args:
        head: "Payer", "Practice" or "Provider".
        rows: Largest first.
    """

    head: str
    rows: tuple[AgeingRow, ...]

    @property
    def buckets(self) -> tuple[str, ...]:
        """Words of the five buckets."""
        return BUCKETS

    @property
    def sums(self) -> list[int]:
        """Sum of each bucket over all rows."""
        return [sum(row.cents[number] for row in self.rows) for number in range(len(BUCKETS))]

    @property
    def total_cents(self) -> int:
        """Sum of all rows."""
        return sum(row.total_cents for row in self.rows)

    @property
    def largest_cents(self) -> int:
        """Total of the largest row, for the scale of the bars."""
        return max((row.total_cents for row in self.rows), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingPage:
    """A/R by age, grouped one of three ways.

    Args:
        as_of: Day of the figures.
        basis: What the age counts from: "age from service date".
        groups: Payer, practice, provider, one of them current.
        filters: Practice, payer; they narrow what is summed.
        table: The rows.
        export_href: XLSX of this very table and its ledger lines.
        credits_cents: Credit balances, shown apart and not in the buckets; 0 or negative.
    """

    as_of: date
    basis: str
    groups: tuple[Choice, ...]
    table: AgeingTable
    export_href: str
    filters: tuple[Filter, ...] = ()
    credits_cents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingLine:
    """One ledger line behind a figure.

    Args:
        claim_number: "CC-104287".
        claim_href: The claim's ledger.
        service_date: What the age counts from.
        age_days: Its age on the day of the figures.
        posted_date: When it was posted.
        account: "Receivable from payers".
        words: "Charge, line 3", "Payment, EFT 00TEST88121".
        amount_cents: Signed: what it adds to the receivable.
    """

    claim_number: str
    claim_href: str
    service_date: date
    age_days: int
    posted_date: date
    account: str
    words: str
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingLinesPage:
    """The ledger lines behind one figure of the ageing.

    Args:
        title: "Sample Mutual, 31 to 60 days".
        back_href: The ageing it came from.
        as_of: Day of the figures.
        total_cents: The figure; the sum of all lines, not only of this page.
        count: All lines, not only of this page.
        rows: This page of them.
        pager: Keyset pages.
        export_href: XLSX of all lines.
    """

    title: str
    back_href: str
    as_of: date
    total_cents: int
    count: int
    rows: tuple[AgeingLine, ...]
    pager: Pager
    export_href: str
