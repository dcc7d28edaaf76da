"""Record of the workbench and of the claim list: queues, list, item."""

from dataclasses import dataclass
from datetime import date

from cleanclaim.platform.ui.frame import Action
from cleanclaim.platform.ui.marks import Status
from cleanclaim.web.workbench.pages.parts import Empty, Filter, FindingView, Pager, Sorting, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One queue of the left pane.

    Args:
        words: "Blocking edits".
        href: Its list.
        count: Items.
        amount_cents: Their amount at stake.
        age_words: "6 d" for the oldest, or "4 d left" for the nearest deadline; or empty.
        is_late: Whether that is urgent.
        is_current: Whether it is the list in the middle.
    """

    words: str
    href: str
    count: int
    amount_cents: int
    age_words: str = ""
    is_late: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """Queues that belong together: "Before sending"."""

    words: str
    queues: tuple[Queue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One row of a list.

    Args:
        id: Opaque id, for selecting.
        href: The claim page, opened by Enter.
        item_href: This list with this row's item on the right; empty in the wide list.
        status: In a queue the state of the work, in the wide list the claim's stage.
        number: Our claim number without prefix: "104287".
        client: Short name in a queue ("EXO"), full name in the wide list.
        patient: "Example, Edwina".
        payer: Whose turn it is.
        amount_cents: At stake in a queue, balance in the wide list.
        age_days: Since service.
        due_days: Days left to the nearest deadline; negative when late; None without one.
        reason_code: CARC, finding family, or empty.
        reason: In our words, short: "No authorization".
        service_date: First date of service.
        billed_cents: Charges; wide list only.
        is_chosen: Whether its item is shown.
    """

    id: str
    href: str
    status: Status
    number: str
    client: str
    patient: str
    payer: str
    amount_cents: int
    age_days: int
    due_days: int | None = None
    item_href: str = ""
    reason_code: str = ""
    reason: str = ""
    service_date: date | None = None
    billed_cents: int = 0
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact of an item: label, value, and something said quietly after it."""

    label: str
    value: str
    aside: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One service line in short.

    Args:
        code: Code with modifiers: "99213-25".
        charge_cents: Billed.
        allowed_cents: Allowed by the payer.
        paid_cents: Paid.
        patient_cents: Patient share.
        open_cents: Not settled; drawn red unless zero.
    """

    code: str
    charge_cents: int
    allowed_cents: int
    paid_cents: int
    patient_cents: int
    open_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """The right pane.

    Args:
        patient: "Example, Edwina".
        number: "CC-104287".
        href: The claim page.
        position: "1 of 23"; or empty.
        stake_cents: Headline amount.
        stake_words: "at stake, payer 1".
        due_words: "Fix by 2026-11-24"; or empty.
        due_days: Days left, or None.
        facts: Payer, service, owner.
        findings: Why it is here.
        remark: What the payer said, and what else has the same cause; or empty.
        lines: Service lines.
        steps: The last steps, newest first.
        actions: Buttons in order; the first is the primary one.
        pend_href: POST target with the field `days`; empty when it can't be pended.
        note_href: POST target with the field `text`; empty when notes are not allowed.
        note_key: Names the note that would be written, so that it is kept once.
        back: Where an act leads back to: this queue, which goes on with its next item.
    """

    patient: str
    number: str
    href: str
    stake_cents: int
    stake_words: str
    facts: tuple[Fact, ...] = ()
    findings: tuple[FindingView, ...] = ()
    remark: str = ""
    lines: tuple[ItemLine, ...] = ()
    steps: tuple[Step, ...] = ()
    actions: tuple[Action, ...] = ()
    position: str = ""
    due_words: str = ""
    due_days: int | None = None
    pend_href: str = ""
    note_href: str = ""
    note_key: str = ""
    back: str = ""

    @property
    def line_sums(self) -> list[int]:
        """Sums of the lines: charge, allowed, paid, patient, open."""
        names = ("charge", "allowed", "paid", "patient", "open")
        return [sum(getattr(line, f"{name}_cents") for line in self.lines) for name in names]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimListPage:
    """A list of claims, with queues and an item beside it, or alone and wide.

    Args:
        title: "Denied", "Claims".
        count: All matches, not only this page.
        is_count_least: Whether counting stopped there: drawn as "10,000 or more".
        amount_cents: Of all matches; None where it is not summed.
        queues: Left pane; empty draws none.
        filters: In the address bar.
        kept: Query parameters that a change of filter keeps, such as sort and search.
        sorting: Columns: claim, client, patient, payer, reason, amount, age, due, service, billed.
        rows: This page.
        pager: Keyset pages.
        item: Right pane, or None.
        empty: Drawn instead of the table when there are no rows.
        export_href: XLSX of every match, numbers as numbers.
        is_wide: The claim list: more columns, no item.
        search_text: What was searched for; drawn in the head.
    """

    title: str
    count: int
    rows: tuple[ClaimRow, ...]
    pager: Pager
    sorting: Sorting
    amount_cents: int | None = None
    is_count_least: bool = False
    queues: tuple[QueueGroup, ...] = ()
    filters: tuple[Filter, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    item: Item | None = None
    empty: Empty | None = None
    export_href: str = ""
    is_wide: bool = False
    search_text: str = ""

    @property
    def has_due(self) -> bool:
        """Whether any row has a deadline, and so the list a column for it."""
        return any(row.due_days is not None for row in self.rows)
