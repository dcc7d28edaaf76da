"""Records of the edits: what holds claims, the own rules, their editor, what each rule earned."""

from dataclasses import dataclass, field
from datetime import date

from cleanclaim.platform.ui.frame import Action, Choice
from cleanclaim.platform.ui.marks import Status
from cleanclaim.web.workbench.pages.parts import Empty, Job, Option


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRow:
    """Claims that one rule, payer or practice holds or warns of.

    Args:
        words: The rule's code, or a name.
        href: The claims behind it.
        is_current: Whether they are shown now.
        held: Claims held.
        held_cents: Their charges; a claim counts once.
        warned: Claims that are only warned of.
        warned_cents: Their charges.
        age_days: Age of the oldest finding.
    """

    words: str
    href: str
    is_current: bool
    held: int
    held_cents: int
    warned: int
    warned_cents: int
    age_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditClaimRow:
    """One claim behind a row.

    Args:
        number: "104287".
        href: The claim's edits.
        client: The practice.
        payer: Whom it goes to.
        status: Held or ready.
        codes: What was found.
        age_days: Age of its oldest finding.
        charge_cents: Its charge.
    """

    number: str
    href: str
    client: str
    payer: str
    status: Status
    codes: str
    age_days: int
    charge_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditsPage:
    """What holds and warns claims that have not left.

    Args:
        head: "Rule", "Payer" or "Practice".
        groups: The three groupings.
        rows: Most held dollars first.
        claims: Behind the chosen row, most dollars first.
        claims_title: Words of the chosen row, or empty.
        is_cut: Whether there are more claims than shown.
        rules_href: The own rules.
        worth_href: Which rules earn their keep.
        empty: When nothing is held.
        notices: Code tables that have ended, in sentences.
    """

    head: str
    groups: tuple[Choice, ...]
    rows: tuple[EditRow, ...]
    claims: tuple[EditClaimRow, ...]
    claims_title: str
    is_cut: bool
    rules_href: str
    worth_href: str
    empty: Empty
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One version of an own rule.

    Args:
        words: "UHC-95, version 2".
        href: Its page; empty for a rule of a pack.
        status: Draft, active or ended.
        scope: For whom.
        message: What billers read.
        severity: What it does.
        from_date: First day of service.
        until: Last day of service, or None.
    """

    words: str
    href: str
    status: Status
    scope: str
    message: str
    severity: str
    from_date: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesPage:
    """The own rules.

    Args:
        rows: By rule, newest version first.
        new: The button for a new one, or None.
        empty: When there is none.
    """

    rows: tuple[RuleRow, ...]
    new: Action | None
    empty: Empty


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleField:
    """One text of the editor.

    Args:
        name: Of the form.
        words: Its label.
        value: As typed.
        hint: How it is written.
        rows: Lines of the box; 1 draws a one-line field.
        options: What can be chosen; empty: it is typed.
        has_names: Whether names of fields are offered while typing.
        problem: What is wrong, or empty.
        before: Text before the wrong place.
        marked: The wrong place.
    """

    name: str
    words: str
    value: str = ""
    hint: str = ""
    rows: int = 1
    options: tuple[Option, ...] = ()
    has_names: bool = False
    problem: str = ""
    before: str = ""
    marked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedView:
    """What came out of a back-test.

    Args:
        on_date: When it was run.
        claims: How many were looked at.
        stopped: How many it would have stopped.
        denied: Of those: denied or rejected.
        partly_paid: Of those: paid in part.
        paid: Of those: paid.
        open: Of those: not decided yet.
        denied_cents: Charges denied on them.
        paid_cents: Paid on them.
        missed_denied: Denied claims that it would have let go.
        failed: Claims on which it could not be run.
        rows: The stopped claims that the reader may see.
    """

    on_date: date
    claims: int
    stopped: int
    denied: int
    partly_paid: int
    paid: int
    open: int
    denied_cents: int
    paid_cents: int
    missed_denied: int
    failed: int
    rows: tuple[EditClaimRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage:
    """One own rule in its editor.

    Args:
        title: "New rule" or "UHC-95, version 2".
        fields: Of the form.
        save_href: Where it goes; empty for who may only read.
        check_href: Where it is checked while typing.
        fields_href: Names of fields as JSON.
        back_href: The list.
        status: Of this version, or None for a new one.
        test: The newest back-test, or None.
        job: A back-test that goes on, or None.
        problem: Why the newest back-test failed, or empty.
        actions: Try, activate, end.
    """

    title: str
    fields: tuple[RuleField, ...]
    save_href: str
    check_href: str
    fields_href: str
    back_href: str
    status: Status | None = None
    test: TriedView | None = None
    job: Job | None = None
    problem: str = ""
    actions: tuple[Action, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthRow:
    """What one rule has done.

    Args:
        code: Of its findings.
        stopped: Claims that it held.
        mended: Of those, left since.
        overridden: Warnings let pass by a person.
        passed: Claims that left with its warning.
        denied: Of those that left: later denied.
        paid: Of those that left: later paid.
        denied_cents: Charges of the denied ones.
        paid_cents: Paid on the paid ones.
        waiting_cents: Charges that it holds now.
    """

    code: str
    stopped: int
    mended: int
    overridden: int
    passed: int
    denied: int
    paid: int
    denied_cents: int
    paid_cents: int
    waiting_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthPage:
    """Which rules earn their keep.

    Args:
        since: First day counted.
        rows: The busiest first.
        back_href: The edits.
        empty: When no rule has found anything.
    """

    since: date
    rows: tuple[WorthRow, ...]
    back_href: str
    empty: Empty
