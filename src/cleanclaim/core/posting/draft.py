"""The work sheet of one decision: rows as they change, entries as they are made.

A draft is private to the decision that makes it; what leaves is an immutable `Decision`.
"""

from datetime import date
from typing import Any, NoReturn

import msgspec

from cleanclaim.core.ledger import Account, Entry, Line, Ref, period_of
from cleanclaim.core.posting.state import (
    ClaimState,
    Deposit,
    Hold,
    LineState,
    PatientState,
    Policy,
    Rows,
    WorkItem,
)
from cleanclaim.core.remit import Denial
from cleanclaim.kernel.refusal import Refusal


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Who decides, when, under which policy; `by` is `person:…` or `rule:…`.

    `key` names the act itself, so that the same act twice posts once, and two acts of one day on
    one claim post twice.
    """

    by: str
    day: date
    policy: Policy = Policy()
    key: str = ""

    @property
    def name(self) -> str:
        """Name the act in the keys of its entries."""
        return self.key or self.day.isoformat()

    @property
    def is_person(self) -> bool:
        """Say whether a person decides, not a rule."""
        return not self.by.startswith("rule:")


class Unposted(msgspec.Struct, frozen=True, gc=False):
    """An adjustment that was kept as information because the line had no balance for it."""

    line: Ref
    reason: str
    amount_cents: int


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision changes; the caller stores it in one transaction.

    Args:
        entries: New journal entries, in order.
        rows: The rows that changed, whole.
        opened, closed: Work items, for the timeline.
        denials, unposted: What the payer refused, and what could not be posted.
        matched_by: By which rung of the ladder each line, claim or parked part was matched.
        shares: How a claim-level adjustment was spread: reason, line, cents.
        to_post: Remittances that waited for this and may be posted now.
    """

    entries: tuple[Entry, ...] = ()
    rows: Rows = msgspec.field(default_factory=Rows)
    opened: tuple[WorkItem, ...] = ()
    closed: tuple[WorkItem, ...] = ()
    denials: tuple[Denial, ...] = ()
    unposted: tuple[Unposted, ...] = ()
    matched_by: dict[Ref, str] = {}
    shares: tuple[tuple[str, Ref, int], ...] = ()
    to_post: tuple[Ref, ...] = ()


class Draft:
    """Rows under change. Reads see the changes; `decision` gives what changed."""

    def __init__(self, rows: Rows, day: date, source: str, policy: Policy | None = None) -> None:
        self.given = rows
        self.changed = Rows()
        self.day = day
        self.source = source
        self.policy = policy or Policy()
        self.entries: list[Entry] = []
        self.opened: list[WorkItem] = []
        self.closed: list[WorkItem] = []
        self.denials: list[Denial] = []
        self.unposted: list[Unposted] = []
        self.matched_by: dict[Ref, str] = {}
        self.shares: list[tuple[str, Ref, int]] = []
        self.to_post: list[Ref] = []

    def decision(self) -> Decision:
        """Give everything that changed."""
        return Decision(
            entries=tuple(self.entries),
            rows=self.changed,
            opened=tuple(self.opened),
            closed=tuple(self.closed),
            denials=tuple(self.denials),
            unposted=tuple(self.unposted),
            matched_by=self.matched_by,
            shares=tuple(self.shares),
            to_post=tuple(self.to_post),
        )

    # --- claims and money

    def claim(self, claim: Ref) -> ClaimState:
        """Give a claim as it stands now."""
        found = self.changed.claims.get(claim) or self.given.claims.get(claim)
        if found is None:
            refuse("unknown_claim", "no such claim")
        return found

    def claims(self) -> dict[Ref, ClaimState]:
        """Give all loaded claims as they stand now."""
        return {**self.given.claims, **self.changed.claims}

    def set_claim(self, claim: Ref, **changes: Any) -> ClaimState:
        """Change fields of a claim."""
        new = msgspec.structs.replace(self.claim(claim), **changes)
        self.changed.claims[claim] = new
        return new

    def set_line(self, claim: Ref, line: Ref, **changes: Any) -> None:
        """Change fields of one line of a claim."""
        state = self.claim(claim)
        at = self._place(state, line)
        new = msgspec.structs.replace(state.lines[at], **changes)
        self._put_line(state, at, new)

    def _place(self, state: ClaimState, line: Ref) -> int:
        for at, item in enumerate(state.lines):
            if item.line == line:
                return at
        return refuse("unknown_line", "the claim has no such line")

    def _put_line(self, state: ClaimState, at: int, new: LineState) -> None:
        lines = (*state.lines[:at], new, *state.lines[at + 1 :])
        self.changed.claims[state.claim] = msgspec.structs.replace(state, lines=lines)

    def line(self, claim: Ref, line: Ref) -> LineState:
        """Give one line of a claim as it stands now."""
        state = self.claim(claim)
        return state.lines[self._place(state, line)]

    def post(self, entry: Entry, part: str = "", back_period: str = "") -> Entry:
        """Stamp an entry with its key and day, keep it, and move the balances it touches."""
        if period_of(self.day) in self.given.closed_periods:
            refuse("period_closed", f"period {period_of(self.day)} is closed")
        key = f"{self.source}{part}/{len(self.entries) + 1}"
        entry = msgspec.structs.replace(entry, key=key, day=self.day, back_period=back_period)
        self.entries.append(entry)
        for line in entry.lines:
            self._move(line)
        return entry

    def _move(self, line: Line) -> None:
        if line.claim is None or line.line is None:
            if line.patient is not None:
                self._move_patient(line.patient, line)
            return
        if line.account not in (Account.INSURANCE, Account.PATIENT):
            return
        state = self.claim(line.claim)
        at = self._place(state, line.line)
        have, cents = state.lines[at], line.amount_cents
        if line.account == Account.INSURANCE:
            new = msgspec.structs.replace(have, balance_cents=have.balance_cents + cents)
        else:
            new = msgspec.structs.replace(have, patient_cents=have.patient_cents + cents)
        self._put_line(state, at, new)

    def patient(self, patient: Ref) -> PatientState:
        """Give a patient's account as it stands now."""
        found = self.changed.patients.get(patient) or self.given.patients.get(patient)
        return found or PatientState(patient=patient)

    def _move_patient(self, patient: Ref, line: Line) -> None:
        have, cents = self.patient(patient), line.amount_cents
        if line.account == Account.UNAPPLIED_PATIENT:
            change: dict[str, Any] = {"unapplied_cents": have.unapplied_cents - cents}
        elif line.account != Account.PATIENT:
            return
        elif line.line is None:
            change = {"account_cents": have.account_cents + cents}
        else:
            change = {
                "lines": tuple(
                    msgspec.structs.replace(one, patient_cents=one.patient_cents + cents)
                    if one.line == line.line
                    else one
                    for one in have.lines
                )
            }
        self.changed.patients[patient] = msgspec.structs.replace(have, **change)

    # --- work items and holds

    def item(self, kind: str, subject: Ref) -> WorkItem | None:
        """Give an open work item."""
        key = (kind, subject)
        found = self.changed.items.get(key) or self.given.items.get(key)
        return found if found and found.is_open else None

    def items_of(self, claim: Ref) -> list[WorkItem]:
        """Give the open work items that keep a claim open."""
        every = {**self.given.items, **self.changed.items}
        return [
            item
            for item in every.values()
            if item.is_open
            and (item.claim == claim or (item.about, item.subject) == ("claim", claim))
        ]

    def open_item(self, item: WorkItem) -> None:
        """Open a work item, if the same is not open already."""
        key = (item.kind, item.subject)
        if self.item(*key) is None:
            self.changed.items[key] = item
            self.opened.append(item)

    def close_item(self, kind: str, subject: Ref) -> None:
        """Close a work item, if it is open."""
        found = self.item(kind, subject)
        if found is None:
            return
        self.changed.items[kind, subject] = msgspec.structs.replace(found, is_open=False)
        if found in self.opened:
            self.opened.remove(found)
        else:
            self.closed.append(found)

    def deposit_wait(self, deposit: Deposit | None) -> None:
        """Let money that came before its remittance wait with it: whose it is, is known now."""
        if deposit is not None and deposit.status == "unmatched":
            waiting = msgspec.structs.replace(deposit, status="matched_remit_not_posted")
            self.changed.deposits[deposit.trace] = waiting
            self.close_item("unmatched_eft", deposit.name)

    def hold(self, kind: str, subject: Ref, what: str = "") -> None:
        """Set a hold."""
        self.changed.holds[kind, subject, what] = Hold(kind=kind, subject=subject, what=what)

    def lift(self, kind: str, subject: Ref, what: str = "") -> None:
        """Lift a hold, if there is one."""
        if self.is_held(subject, what, kind):
            self.changed.holds[kind, subject, what] = Hold(
                kind=kind, subject=subject, what=what, is_active=False
            )

    def is_held(self, subject: Ref, what: str = "", kind: str = "") -> bool:
        """Say whether a thing is on hold."""
        every = {**self.given.holds, **self.changed.holds}
        return any(
            hold.is_active
            for (of_kind, of_subject, of_what), hold in every.items()
            if of_subject == subject and of_what == what and kind in ("", of_kind)
        )


def refuse(code: str, message: str) -> NoReturn:
    """Refuse; nothing was written."""
    raise Refusal(code, message)
