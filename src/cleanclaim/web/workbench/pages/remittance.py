"""Records of deposits and of the remittance page: the document left, our claims right."""

from dataclasses import dataclass
from datetime import date

from cleanclaim.platform.ui.frame import Action, Choice
from cleanclaim.platform.ui.marks import Shape, Status
from cleanclaim.web.workbench.pages.parts import Empty, Filter, Pager
from cleanclaim.web.workbench.pages.x12 import X12View


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """One remittance or transfer of the list.

    Args:
        href: Its page.
        status: "Posted", "Not balanced", "No transfer yet".
        payer: Who paid.
        trace: "EFT 00TEST88121".
        practice: Who is paid.
        paid_date: Of the remittance.
        age_days: Its age.
        claims: Claims on it.
        transfer_cents: What the bank moved or should move.
        placed_cents: What has been posted or parked by name.
    """

    href: str
    status: Status
    payer: str
    trace: str
    practice: str
    paid_date: date
    age_days: int
    claims: int
    transfer_cents: int
    placed_cents: int

    @property
    def open_cents(self) -> int:
        """Not placed."""
        return self.transfer_cents - self.placed_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositListPage:
    """Deposits, newest first.

    Args:
        count: All matches.
        rows: This page.
        pager: Keyset pages.
        filters: State, payer, practice.
        empty: Drawn when there are no rows.
        export_href: XLSX; or empty.
        by_hand_href: Money that came without a file; or empty.
    """

    count: int
    rows: tuple[Deposit, ...]
    pager: Pager
    filters: tuple[Filter, ...] = ()
    empty: Empty | None = None
    export_href: str = ""
    by_hand_href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One service line as the payer wrote it.

    Args:
        code: Code with modifiers as paid.
        charge_cents: As the payer repeats it.
        allowed_cents: Allowed.
        adjusted_cents: Contract and other adjustments.
        patient_cents: Patient share.
        paid_cents: Paid.
        reasons: Group and code with our words: (("CO 45", "Above the contracted fee."),).
        is_different: Differs from what was billed.
    """

    code: str
    charge_cents: int
    allowed_cents: int
    adjusted_cents: int
    patient_cents: int
    paid_cents: int
    reasons: tuple[tuple[str, str], ...] = ()
    is_different: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentClaim:
    """One claim as the payer wrote it.

    Args:
        id: Opaque; the same claim on the right carries it too.
        patient: As the payer spells it.
        number: The control number that came back.
        note: Payer's control number, "reversal", "correction".
        paid_cents: CLP04.
        lines: Its service lines.
        href: This page with this claim chosen.
        is_chosen: Whether it is the one worked on.
    """

    id: str
    patient: str
    number: str
    paid_cents: int
    lines: tuple[DocumentLine, ...]
    href: str
    note: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderLevel:
    """One provider-level adjustment, signed as it acts on the transfer.

    Args:
        code: "WO".
        words: "Takes back overpayment, CC-103120".
        amount_cents: Below zero when it lowers the transfer.
    """

    code: str
    words: str
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemittanceDocument:
    """The payer's document, readable.

    Args:
        payer: "Sample Mutual Insurance".
        payer_note: "Remittance advice, payer EXM01".
        trace_words: "EFT".
        trace: "00TEST88121".
        paid_date: Of the remittance.
        payee: "Example Orthopedics, NPI 1234567893".
        claims: In the order of the file.
        provider_levels: In the order of the file.
        count_words: "6 claims, 2 provider level".
    """

    payer: str
    payer_note: str
    trace_words: str
    trace: str
    paid_date: date
    payee: str
    claims: tuple[DocumentClaim, ...]
    provider_levels: tuple[ProviderLevel, ...] = ()
    count_words: str = ""

    @property
    def claims_cents(self) -> int:
        """Sum of the claims."""
        return sum(claim.paid_cents for claim in self.claims)

    @property
    def provider_cents(self) -> int:
        """Sum at provider level, signed as it acts on the transfer."""
        return sum(level.amount_cents for level in self.provider_levels)

    @property
    def transfer_cents(self) -> int:
        """What the document adds up to."""
        return self.claims_cents + self.provider_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRow:
    """One row of the right side, in the order of the document.

    Args:
        shape: DONE placed, BLOCKED waits for a person, HELD parked.
        words: Patient, or "Provider level WO".
        number: Our claim number; or empty.
        number_href: The claim page, or the parked part in its queue; or empty.
        match: "Matched on line number", "Line 1: code differs", "Parked: no such claim".
        paid_cents: Of the document.
        href: This page with this row chosen.
        is_chosen: Whether it is the one worked on.
    """

    shape: Shape
    words: str
    match: str
    paid_cents: int
    number: str = ""
    number_href: str = ""
    href: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One line of the entry grid.

    Args:
        number: From 1; names the fields: `allowed-1`, `paid-1`, `contract-1`, `patient-1`.
        billed: Code with modifiers as billed.
        payer: Code as paid.
        charge_cents: Billed.
        allowed_cents: None leaves the field empty; so do the other three.
        paid_cents: Paid.
        contract_cents: Group CO.
        patient_cents: Group PR.
    """

    number: int
    billed: str
    payer: str
    charge_cents: int
    allowed_cents: int | None = None
    paid_cents: int | None = None
    contract_cents: int | None = None
    patient_cents: int | None = None

    @property
    def is_different(self) -> bool:
        """Whether the payer paid another code than was billed."""
        return self.billed != self.payer

    @property
    def left_cents(self) -> int:
        """Charge less all that is said about it."""
        said = (self.paid_cents, self.contract_cents, self.patient_cents)
        return self.charge_cents - sum(amount or 0 for amount in said)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchWork:
    """The claim that a person works on.

    Args:
        patient: "Fixture, Fiona".
        number: "CC-104310"; or empty when nothing was matched.
        service_date: Of the claim, or None.
        claim_href: The claim page; or empty.
        sentence: What differs: "The payer paid 99213. You billed 99214."; empty when nothing.
        explanation: What happens meanwhile; or empty.
        choices: Numbered, keys 1, 2, 3.
        lines: Entry grid; empty draws none.
        save_href: POST target of the grid; empty makes it read only.
    """

    patient: str
    number: str = ""
    service_date: date | None = None
    claim_href: str = ""
    sentence: str = ""
    explanation: str = ""
    choices: tuple[Action, ...] = ()
    lines: tuple[EntryLine, ...] = ()
    save_href: str = ""

    @property
    def sums(self) -> list[int]:
        """Sums of the grid: charge, allowed, paid, contract, patient, left."""
        names = ("charge", "allowed", "paid", "contract", "patient", "left")
        return [sum(getattr(line, f"{name}_cents") or 0 for line in self.lines) for name in names]


@dataclass(frozen=True, slots=True)
class CodeWords:
    """A reason code in our own words."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemittancePage:
    """One remittance. Transfer - placed = not placed is always in sight.

    Args:
        payer: "Sample Mutual".
        trace_words: "EFT 00TEST88121".
        paid_date: Of the remittance.
        age_days: Its age.
        bank: "Bank matched", "No transfer yet".
        transfer_cents: What the bank moved or should move (BPR02).
        placed_cents: What has been posted or parked by name.
        post: The button; off with its reason until nothing is left to place; None once posted.
        views: Readable, X12 835.
        document: The payer's document.
        matches: Our side, same order.
        work: The chosen one, or None.
        codes: Words of the reason codes on the chosen claim.
        x12: Drawn instead of the readable document when that view is chosen.
        back_href: The deposits.
        previous_href: The item before, key `k`.
        next_href: The item after, key `j`.
        today: For `..` in date fields.
    """

    payer: str
    trace_words: str
    paid_date: date
    age_days: int
    bank: Status
    transfer_cents: int
    placed_cents: int
    document: RemittanceDocument
    matches: tuple[MatchRow, ...]
    back_href: str
    today: date
    post: Action | None = None
    views: tuple[Choice, ...] = ()
    work: MatchWork | None = None
    codes: tuple[CodeWords, ...] = ()
    x12: X12View | None = None
    previous_href: str = ""
    next_href: str = ""

    @property
    def open_cents(self) -> int:
        """Not placed."""
        return self.transfer_cents - self.placed_cents
