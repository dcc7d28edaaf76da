"""Record of the claim page: header, equation, and the tab that is open."""

from dataclasses import dataclass
from datetime import date

from cleanclaim.platform.ui.frame import Action, Choice
from cleanclaim.platform.ui.marks import Status
from cleanclaim.web.workbench.pages.check import CheckView
from cleanclaim.web.workbench.pages.forms import FormView
from cleanclaim.web.workbench.pages.parts import FindingView, Step
from cleanclaim.web.workbench.pages.x12 import X12View


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerTurn:
    """One payer in its order.

    Args:
        order: 1, 2, 3.
        name: "Sample Mutual PPO".
        is_current: Whose turn it is: drawn filled.
        waits_for: "waits for payer 1"; or empty.
    """

    order: int
    name: str
    is_current: bool = False
    waits_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """Billed - paid - adjusted = balance = payers' part + patient's part; allowed stands apart.

    Args:
        billed_cents: Charges of all lines.
        paid_cents: By all payers and the patient, reversals netted.
        adjusted_cents: Contract and other adjustments.
        payer_cents: Part of the balance that payers still owe.
        patient_cents: Part of the balance that the patient owes.
        allowed_cents: Allowed by the payer, or None before it answered.
        balance_cents: As the ledger has it.
        billed_note: "4 lines".
        paid_note: "1 remit".
        adjusted_note: "contract".
        balance_note: "two owners".
        payer_words: "Payer 1".
        payer_note: "line 3 denied".
        patient_note: "goes to payer 2 first".
    """

    billed_cents: int
    paid_cents: int
    adjusted_cents: int
    balance_cents: int
    payer_cents: int
    patient_cents: int
    allowed_cents: int | None = None
    billed_note: str = ""
    paid_note: str = ""
    adjusted_note: str = ""
    balance_note: str = ""
    payer_words: str = "Payers"
    payer_note: str = ""
    patient_note: str = ""

    @property
    def open_cents(self) -> int:
        """By how much the first half does not close; 0 in a sound ledger."""
        return self.billed_cents - self.paid_cents - self.adjusted_cents - self.balance_cents

    @property
    def unowned_cents(self) -> int:
        """By how much the second half does not close; 0 in a sound ledger."""
        return self.balance_cents - self.payer_cents - self.patient_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One service line.

    Args:
        number: From 1.
        code: "99213".
        modifiers: "25", "RT LT"; or empty.
        service: In words, never the licensed text of a code list unless the tenant holds it.
        pointers: Diagnosis letters: "A B".
        units: "4".
        charge_cents: Billed.
        expected_cents: What the contract allows, or None where none is known.
        allowed_cents: None before the payer answered.
        paid_cents: Paid.
        adjusted_cents: Adjusted.
        patient_cents: Patient share.
        open_cents: Not settled.
        reasons: "CO 45", "PR 3", each with our words for it.
        status: State of the line.
        is_marked: A person must act on it.
    """

    number: int
    code: str
    service: str
    units: str
    charge_cents: int
    status: Status
    modifiers: str = ""
    pointers: str = ""
    expected_cents: int | None = None
    allowed_cents: int | None = None
    paid_cents: int = 0
    adjusted_cents: int = 0
    patient_cents: int = 0
    open_cents: int = 0
    reasons: tuple[tuple[str, str], ...] = ()
    is_marked: bool = False

    @property
    def short_cents(self) -> int:
        """By how much the payer allowed less than the contract says."""
        if self.expected_cents is None or self.allowed_cents is None:
            return 0
        return max(self.expected_cents - self.allowed_cents, 0)


@dataclass(frozen=True, slots=True)
class ClaimLines:
    """The lines and their sums."""

    rows: tuple[ClaimLine, ...]

    @property
    def sums(self) -> list[int]:
        """Sums: charge, expected if known, allowed, paid, adjusted, patient, open."""
        expected = ("expected",) if self.has_expected else ()
        names = ("charge", *expected, "allowed", "paid", "adjusted", "patient", "open")
        return [sum(getattr(row, f"{name}_cents") or 0 for row in self.rows) for name in names]

    @property
    def has_expected(self) -> bool:
        """Whether the contract's amount of any line is known, and so the table a column for it."""
        return any(row.expected_cents is not None for row in self.rows)

    @property
    def has_service(self) -> bool:
        """Whether any line has words for its service, and so the table a column for them."""
        return any(row.service for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemitRow:
    """One answer of a payer to this claim.

    Args:
        href: The remittance page on this claim.
        payer: Who answered.
        trace: "EFT 00TEST88121".
        paid_date: Of the remittance.
        age_days: Its age.
        outcome: "Processed as primary", "Reversal".
        charge_cents: As the payer repeats it.
        paid_cents: Paid.
        adjusted_cents: Contract and other adjustments.
        patient_cents: Patient share.
        status: Posted, parked, reversed.
    """

    href: str
    payer: str
    trace: str
    paid_date: date
    age_days: int
    outcome: str
    charge_cents: int
    paid_cents: int
    adjusted_cents: int
    patient_cents: int
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One ledger line of this claim.

    Args:
        entry: Short id of the journal entry; lines of one entry stand together and sum to zero.
        is_first: Whether it is the first line of its entry.
        posted_date: When it was posted.
        account: "Receivable from payers".
        words: "Charge, line 1", "Contract adjustment, CO 45".
        amount_cents: Debit above zero, credit below.
        source: "835 EFT 00TEST88121"; or empty.
        source_href: Where the source can be read; or empty.
        reverses: Id of the entry that this one reverses; or empty.
    """

    entry: str
    posted_date: date
    account: str
    words: str
    amount_cents: int
    is_first: bool = True
    source: str = ""
    source_href: str = ""
    reverses: str = ""

    @property
    def debit_cents(self) -> int | None:
        """The amount as a debit, or None."""
        return self.amount_cents if self.amount_cents >= 0 else None

    @property
    def credit_cents(self) -> int | None:
        """The amount as a credit, or None."""
        return -self.amount_cents if self.amount_cents < 0 else None


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The claim's ledger lines, oldest first."""

    rows: tuple[LedgerRow, ...]

    @property
    def debit_cents(self) -> int:
        """Sum of all debits; equals the credits."""
        return sum(row.amount_cents for row in self.rows if row.amount_cents > 0)

    @property
    def credit_cents(self) -> int:
        """Sum of all credits."""
        return -sum(row.amount_cents for row in self.rows if row.amount_cents < 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitClaim:
    """One claim of the visit, with its own share of the visit's money.

    Args:
        number: Claim number.
        href: Its page.
        payer: Whom it asks.
        status: Where it stands.
        paid_cents: Paid on it.
        adjusted_cents: Adjusted on it.
        payer_cents: Open at its payer.
        patient_cents: Due from the patient under it.
        is_current: Whether it is the claim of this page.
    """

    number: str
    href: str
    payer: str
    status: Status
    paid_cents: int
    adjusted_cents: int
    payer_cents: int
    patient_cents: int
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class NoteView:
    """What somebody wrote: text, who, and when."""

    text: str
    by: str
    on_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """One claim. Only the record of the open tab is filled; the others stay None.

    Args:
        number: "CC-104287".
        patient: "Example, Edwina".
        status: The claim's stage or outcome, one word per state.
        holds: Holds as chips; at most one is drawn, the rest counted.
        owner: Who acts next: a person, "Payer", "Client"; or empty.
        due_date: When the next step is owed, or None.
        due_days: Days left, or None.
        actions: Buttons; the first is the primary one.
        pend_href: POST target with the field `days`; or empty.
        note_href: POST target with the field `text`; or empty.
        note_key: Names the note that would be written, so that it is kept once.
        visit: All claims of the visit, where it has several: the equation is the visit's.
        forms: What can be decided about it now.
        notes: What people wrote, newest first.
        payers: In their order.
        payer_control: The payer's control number; or empty.
        service_words: "2026-10-14", or a span.
        age_days: Since service.
        client: Practice.
        provider: Rendering provider.
        equation: The strip.
        tabs: In order, one current.
        tab: lines, edits, remits, ledger or x12; decides which record below is drawn.
        lines: Tab lines.
        timeline: Tab lines.
        findings: Tabs lines and edits.
        passed: Tab edits: "212 rules passed, of release 2026-11"; or empty.
        check: Tab edits: the newest check, or None.
        remits: Tab remits.
        ledger: Tab ledger.
        x12: Tabs lines (a part) and x12 (whole).
        previous_href: The claim before in the list it was opened from, key `k`; or empty.
        next_href: The claim after, key `j`; or empty.
        back_href: That list, key Escape; or empty.
    """

    number: str
    patient: str
    status: Status
    equation: Equation
    tabs: tuple[Choice, ...]
    tab: str
    service_words: str
    age_days: int
    client: str
    provider: str
    payers: tuple[PayerTurn, ...]
    holds: tuple[Status, ...] = ()
    owner: str = ""
    due_date: date | None = None
    due_days: int | None = None
    actions: tuple[Action, ...] = ()
    pend_href: str = ""
    note_href: str = ""
    visit: tuple[VisitClaim, ...] = ()
    note_key: str = ""
    forms: tuple[FormView, ...] = ()
    notes: tuple[NoteView, ...] = ()
    payer_control: str = ""
    lines: ClaimLines | None = None
    timeline: tuple[Step, ...] = ()
    findings: tuple[FindingView, ...] = ()
    passed: str = ""
    check: CheckView | None = None
    remits: tuple[RemitRow, ...] = ()
    ledger: LedgerView | None = None
    x12: X12View | None = None
    previous_href: str = ""
    next_href: str = ""
    back_href: str = ""
