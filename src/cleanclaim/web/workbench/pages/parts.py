"""Records of the parts that stand on several pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cleanclaim.platform.ui.frame import Action
from cleanclaim.platform.ui.marks import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One finding: what is wrong, where, and what mends it.

    Args:
        shape: BLOCKED stops the claim, WARNING lets it go on, IDLE informs.
        sentence: What is wrong: "The drug code is missing".
        field: In words: "NDC, line 3"; empty draws no row.
        place: Loop and element in mono: "2410 LIN03"; or empty.
        value: What stands there; empty draws "empty" in red, None draws no row.
        needed: What would be right; empty draws no row.
        fix: What to do; empty draws no row.
        fix_action: The button or link that opens the editor on that field, or None.
        code: Of the finding, as in the generated reference.
        because: Why it is stopped, with the rule's source.
        overrule: Who may overrule it, or empty.
        override: The button that lets a warning pass, or None.
    """

    shape: Shape
    sentence: str
    field: str
    value: str | None
    fix: str
    place: str = ""
    needed: str = ""
    fix_action: Action | None = None
    code: str = ""
    because: str = ""
    overrule: str = ""
    override: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a timeline; newest on top, the next owed step before all.

    Args:
        shape: Glyph of what happened.
        words: "Accepted by clearinghouse".
        on_date: When it happened or is owed.
        age_days: How long ago; None for a step that is still owed.
        due_days: Days left of an owed step; None for one that happened.
        proof: What proves it: "277CA A1", "999 A for group 41, set 0007".
        proof_href: Where the proof can be read, or empty.
    """

    shape: Shape
    words: str
    on_date: date
    age_days: int | None = None
    due_days: int | None = None
    proof: str = ""
    proof_href: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One value that a filter can take: what stands in the address, what people read."""

    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One filter of a list; it lives in the address bar.

    Args:
        name: Query parameter.
        words: "Payer".
        options: Values to choose from, the first meaning any; empty draws a date field.
        value: The value now.
    """

    name: str
    words: str
    options: tuple[Option, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """How a list is sorted, on the server.

    Args:
        column: Name of the sorted column.
        is_descending: Largest or newest first.
        hrefs: Address per column name that sorts by it, or turns it round.
    """

    column: str
    is_descending: bool = False
    hrefs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Keyset pages: there is a page before and after, never a page number.

    Args:
        shown: Rows on this page.
        previous_href: Address of the page before; empty on the first.
        next_href: Address of the page after; empty on the last.
    """

    shown: int
    previous_href: str = ""
    next_href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """A list without rows: what is true, when it changes, one next place.

    Args:
        truth: "No denials are open".
        until: "Remits arrive at 05:30."; or empty.
        action: One next place, or None.
    """

    truth: str
    until: str = ""
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class JobFound:
    """What long work has found so far: glyph, words with the number, where to look."""

    shape: Shape
    words: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Long work that can be left and found again.

    Args:
        words: "Sending batch 2026-11-23-01".
        done: Units done.
        total: Units in all; 0 while unknown.
        unit: "claims sent"; or empty.
        left_words: "about 40 s left", "finished 07:52", or empty.
        found: Findings so far.
        href: The page of the run.
        poll_href: Address that answers with this part again; empty once it has ended.
        poll_seconds: How often it is asked again.
        is_ended: Whether it has ended.
    """

    words: str
    done: int
    total: int
    unit: str = ""
    left_words: str = ""
    found: tuple[JobFound, ...] = ()
    href: str = ""
    poll_href: str = ""
    poll_seconds: int = 1
    is_ended: bool = False
