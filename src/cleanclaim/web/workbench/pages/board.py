"""Record of the day board: what came in, where it stands, what is stuck and why."""

from dataclasses import dataclass
from datetime import date

from cleanclaim.platform.ui.frame import Action, Choice
from cleanclaim.platform.ui.marks import Shape
from cleanclaim.web.workbench.pages.ageing import AgeingTable
from cleanclaim.web.workbench.pages.parts import Job


@dataclass(frozen=True, slots=True)
class Stuck:
    """One line that says what is stuck in a stage, with the way to its queue."""

    shape: Shape
    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One of the five stages of the trip.

    Args:
        words: "Claims".
        note: "Scrub and hold".
        count: How many stand here.
        amount_cents: Their charges; for Paid, what was paid.
        href: The list of them.
        stuck: The worst thing here, or None when all moves.
    """

    words: str
    note: str
    count: int
    amount_cents: int
    href: str
    stuck: Stuck | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """One key figure with all that is needed to believe it.

    Args:
        words: "Days in A/R".
        figure: "32.6", already rounded by its maker.
        unit: "d" or "%".
        change: "1.2 d better than last month"; or empty.
        is_better: Whether the change is good; None when it is neither.
        formula: "(A/R - credits) / (charges of 90 d / 90)".
        window: "90 days to 2026-11-22", or the counts: "2,716 of 2,865, 30 d".
        href: The lines behind it.
        values: Earlier values, oldest first, for the small line; fewer than two draw none.
    """

    words: str
    figure: str
    unit: str
    formula: str
    window: str
    href: str
    change: str = ""
    is_better: bool | None = None
    values: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendView:
    """A figure over time.

    Args:
        words: "Days in A/R".
        note: "26 weeks".
        values: Oldest first, two at least.
        first_date: Date of the first value.
        last_date: Date of the last value.
        last_words: "32.6".
        goal: The goal's value, or None.
        goal_words: "goal 35".
        sentence: What the line says, for those who do not see it.
        table_href: The same as a table.
    """

    words: str
    note: str
    values: tuple[float, ...]
    first_date: date
    last_date: date
    last_words: str
    sentence: str
    table_href: str
    goal: float | None = None
    goal_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckRow:
    """One thing that has been stuck longest.

    Args:
        shape: Why it is stuck, as a glyph.
        words: "CC-103710, waits for enrollment".
        href: Where it is worked.
        amount_cents: At stake.
        age_days: For how long.
    """

    shape: Shape
    words: str
    href: str
    amount_cents: int
    age_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerNext:
    """How much waits for one kind of owner.

    Args:
        words: "Us", "Coder", "Client", "Provider", "Payer".
        count: Items.
        amount_cents: Their amount.
        oldest_days: Age of the oldest.
        href: The list of them.
    """

    words: str
    count: int
    amount_cents: int
    oldest_days: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that the reader's role answers for and that is not in order.

    Args:
        head: "Evidence of the privacy page".
        words: What is wrong and what helps.
        actions: Where to see to it.
    """

    head: str
    words: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """The day. Its sums agree: see DESIGN "Board".

    Args:
        on_date: The day.
        as_of: "as of 07:40, ledger closed through October".
        scopes: "All clients", "By client".
        stages: Five, in the order of the trip.
        figures: Five key figures, or fewer.
        ageing: A/R by payer.
        ageing_basis: "age from service date".
        ageing_href: The whole ageing.
        owners: Who acts next.
        stuck: Stuck longest, five at most.
        stuck_count: How many are stuck in all.
        stuck_href: All of them.
        trend: A figure over time, or None while there is too little history.
        job: The day that is running now, or the last one, or None.
        export_href: XLSX of this page's figures; empty draws no button.
        previous_href: The day before, key `[`.
        next_href: The day after, key `]`; empty on the last.
        alarms: What the reader's role answers for, above everything else.
    """

    on_date: date
    as_of: str
    stages: tuple[Stage, ...]
    ageing: AgeingTable
    ageing_basis: str
    ageing_href: str
    owners: tuple[OwnerNext, ...]
    stuck: tuple[StuckRow, ...]
    stuck_count: int
    stuck_href: str
    scopes: tuple[Choice, ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    trend: TrendView | None = None
    job: Job | None = None
    export_href: str = ""
    previous_href: str = ""
    next_href: str = ""
    alarms: tuple[Alarm, ...] = ()
