"""Records of work that is no claim, and of the pages on which people type."""

from dataclasses import dataclass
from datetime import date

from django.forms import BaseFormSet, Form

from cleanclaim.platform.ui.frame import Action
from cleanclaim.platform.ui.marks import Status
from cleanclaim.web.workbench.pages.claims import Fact, QueueGroup
from cleanclaim.web.workbench.pages.forms import FormView
from cleanclaim.web.workbench.pages.parts import Empty, FindingView, Pager
from cleanclaim.web.workbench.pages.remittance import MatchWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One row of work that is no claim.

    Args:
        id: Opaque id.
        href: This list with its item on the right.
        status: State of the work.
        words: What it is: "Parked part of a remittance".
        detail: "Sample Mutual, EFT 00TEST88121".
        client: Practice; or empty.
        amount_cents: At stake; None where there is none.
        age_days: How long it waits.
        is_chosen: Whether its item is shown.
    """

    id: str
    href: str
    status: Status
    words: str
    detail: str
    age_days: int
    client: str = ""
    amount_cents: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskItem:
    """The right pane of work that is no claim.

    Args:
        title: What it is.
        stake_cents: Headline amount, or None.
        stake_words: "at stake".
        why: Why it is here, in a sentence.
        facts: What is known.
        findings: Found wrong, with places.
        links: Where more of it can be read.
        actions: Buttons that need nothing typed.
        forms: What can be done with it.
        notes: What people wrote: text and who.
        pend_href: POST target with the field `days`; or empty.
        note_href: POST target with the fields `text` and `key`; or empty.
        note_key: Names the note that would be written.
    """

    title: str
    why: str
    facts: tuple[Fact, ...] = ()
    stake_cents: int | None = None
    stake_words: str = "at stake"
    findings: tuple[FindingView, ...] = ()
    links: tuple[Action, ...] = ()
    actions: tuple[Action, ...] = ()
    forms: tuple[FormView, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    pend_href: str = ""
    note_href: str = ""
    note_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskListPage:
    """A queue of work that is no claim: queues, list, item."""

    title: str
    count: int
    rows: tuple[Task, ...]
    queues: tuple[QueueGroup, ...]
    pager: Pager
    item: TaskItem | None = None
    empty: Empty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPage:
    """A page with one large form: coding a visit, changing a claim.

    Args:
        title: "Code the visit of 2026-11-20".
        back: Where it came from: words and address.
        facts: What is known.
        source: What the source says: code system, code, words.
        form: What stands for all lines.
        lines: One form for each line.
        href: POST target.
        form_name: Tells which form was sent.
        words: Of the button.
        search_href: Answers the type-ahead of codes.
        day: Day of service, by which codes are valid.
        hint: What happens then.
    """

    title: str
    back: Action
    form: Form
    lines: BaseFormSet  # type: ignore[type-arg]
    href: str
    form_name: str
    words: str
    search_href: str
    day: str
    facts: tuple[Fact, ...] = ()
    source: tuple[tuple[str, str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EobPage:
    """A paper explanation of benefits, typed in for one claim.

    Args:
        title: "Explanation of benefits, claim 104287".
        back: Where it came from.
        facts: What is known.
        form: The head of the paper.
        work: The grid of the claim's lines.
        today: What `..` in a date field means.
        href: POST target.
    """

    title: str
    back: Action
    facts: tuple[Fact, ...]
    form: Form
    work: MatchWork
    today: date
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsPage:
    """A page of small forms beside each other: payments by hand.

    Args:
        title: "Payments by hand".
        back: Where it came from.
        forms: Each with its heading in `summary`.
    """

    title: str
    back: Action
    forms: tuple[FormView, ...]
