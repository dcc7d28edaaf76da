"""The rows that decisions read and give back: compact, immutable, in plain words.

A service loads the few rows that a decision needs into `Rows`, calls the decision, and stores
what comes back. Nothing is ever deleted: an item, hold or parked amount is marked as done.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from cleanclaim.core.claim.stages import LineOutcome, Outcome, Owner, Stage, SubmissionKind
from cleanclaim.core.ledger import Entry, Line, Ref
from cleanclaim.core.ledger.makers import Place
from cleanclaim.core.remit import Cas, RemitClaim, RemitLine, Remittance


class LineState(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One charge line as it stands at one payer.

    Args:
        number: Our line control number, sent and given back.
        order: Position in the encounter, for allocation by age and order.
        balance_cents: Open at this payer (1100 of this claim).
        patient_cents: Due from the patient under this claim (1110).
        expected_cents: What the contract with this payer allows for the whole line.
        is_restricted: The patient forbade to tell the plan; nothing of it may reach one.
        charge_key: Key of the entry that posted the charge, which taking it back mirrors.
    """

    line: Ref
    number: str
    code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    charge_cents: int
    service_date: date
    order: int = 0
    provider: Ref | None = None
    balance_cents: int = 0
    patient_cents: int = 0
    expected_cents: int | None = None
    outcome: LineOutcome = LineOutcome.NONE
    charge_key: str = ""
    is_restricted: bool = False

    @property
    def is_voided(self) -> bool:
        """Say whether its charge was taken back."""
        return self.outcome == LineOutcome.VOIDED


class ClaimState(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One claim at one payer.

    Args:
        number_base: Claim number without the letter of the version.
        number: Claim number of the newest version; `numbers` are all that ever went out.
        payer_control_numbers: The payer's own numbers of it, newest last.
        next_claim: The claim for the same services at the next payer, if there is one.
        planned: A void or replacement that is decided and not yet sent.
        in_flight: What went out last and has no adjudication yet.
        forwarded_until: Until when we wait for the next payer after a crossover.
        first_adjudicated: Day of the first adjudication; corrections have a window from it.
        bars_patient: Nothing may be asked of the patient: Medicaid, QMB.
    """

    claim: Ref
    patient: Ref
    payer: Ref
    payer_code: str = ""
    rank: int = 1
    number_base: str
    number: str = ""
    numbers: tuple[str, ...] = ()
    version: int = 0
    stage: Stage = Stage.DRAFT
    outcome: Outcome = Outcome.NONE
    owner: Owner = Owner.US
    planned: SubmissionKind | None = None
    in_flight: SubmissionKind | None = None
    payer_control_numbers: tuple[str, ...] = ()
    next_claim: Ref | None = None
    forwarded_until: date | None = None
    first_adjudicated: date | None = None
    takes_corrections: bool = True
    bars_patient: bool = False
    lines: tuple[LineState, ...]

    def place(self, line: LineState) -> Place:
        """Name where a line stands, for the ledger."""
        return Place(self.claim, self.payer, self.rank, line.line, line.provider, self.patient)

    @property
    def balance_cents(self) -> int:
        """Add up what is open at this payer."""
        return sum(line.balance_cents for line in self.lines)

    @property
    def patient_cents(self) -> int:
        """Add up what the patient owes under this claim."""
        return sum(line.patient_cents for line in self.lines)


class AdjudicatedLine(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What a payer said of one of our lines; the next payer is told exactly this."""

    line: Ref
    remit: RemitLine
    matched_by: str


class Adjudication(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One claim of a remittance as it was posted.

    Args:
        key: Remittance and ordinal, unique.
        remit: What the payer said, without its lines; they stand in `lines`.
        entries: Everything it posted, which a reversal mirrors.
        reversed_by: Key of the adjudication that took it back.
    """

    key: str
    remittance: Ref
    claim: Ref
    payment_date: date
    posted_on: date
    remit: RemitClaim
    lines: tuple[AdjudicatedLine, ...] = ()
    entries: tuple[Entry, ...] = ()
    reversed_by: str = ""


class PatientState(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A patient's account beside the claims.

    Args:
        unapplied_cents: Money that was paid ahead (1191).
        account_cents: Owed without a line, such as the fee for a returned check (1110).
        lines: Charges that no payer hears of.
    """

    patient: Ref
    unapplied_cents: int = 0
    account_cents: int = 0
    lines: tuple[LineState, ...] = ()


class WorkItem(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Something that somebody has to do; `about` says what kind of thing the subject is.

    `claim` is the claim that it keeps open, where the subject is not a claim itself.
    """

    kind: str
    subject: Ref
    owner: Owner = Owner.US
    about: str = "claim"
    claim: Ref | None = None
    is_open: bool = True
    requested_by: str = ""
    amount_cents: int = 0


class Hold(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Something that must not go on: `statements` or `refunds` of a patient, or a claim."""

    kind: str
    subject: Ref
    what: str = ""
    is_active: bool = True


class Timer(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Something to look at on a day; it opens a work item of its kind."""

    kind: str
    claim: Ref
    due: date
    is_active: bool = True


class RemittanceState(msgspec.Struct, frozen=True, kw_only=True):
    """A remittance that arrived, and where it stands.

    Args:
        status: `posted_awaiting_eft`, `closed`, `partially_posted`, `out_of_balance`,
            `duplicate_of:…`, `superseded_by:…`, `parked_trace_conflict`,
            `balanced_awaiting_decision`, `awaiting_eft` or `closed_not_posted`.
        content: What it says; kept for one that may still be posted.
    """

    remittance: Ref
    key: tuple[str, str, str]
    digest: str
    status: str
    amount_cents: int
    is_without_money: bool = False
    parked: int = 0
    content: Remittance | None = None

    @property
    def is_posted(self) -> bool:
        """Say whether its money is in the ledger."""
        return self.status in POSTED


POSTED = frozenset({"posted_awaiting_eft", "closed", "partially_posted"})


class Deposit(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Bank money that carries a trace."""

    trace: str
    payer_trace_id: str
    amount_cents: int
    status: str

    @property
    def name(self) -> str:
        """Name it for people and work items."""
        return f"EFT-{self.trace}"


class Parked(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A part of a remittance that has no claim or line yet; its money is in 1190 by this name."""

    name: str
    remittance: Ref
    payer: Ref | None
    amount_cents: int
    payment_date: date
    remit: RemitClaim
    line: RemitLine | None = None
    claim_adjustments: tuple[Cas, ...] = ()
    claim: Ref | None = None
    adjudication: str = ""
    is_open: bool = True


class Refund(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Money to be given back; `owed` are the lines on 2000 or 2010 that hold it.

    Args:
        status: `approved`, `paid`, `acknowledged_by_payer`, `settled_by_recoupment`.
    """

    name: str
    amount_cents: int
    status: str
    owed: tuple[Line, ...]
    payer: Ref | None = None
    patient: Ref | None = None
    claim: Ref | None = None


class OpenPlb(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A provider-level amount that a payer announced for a later remittance (2020).

    `left_cents` is what we still owe the payer; negative where the payer took more than known.
    """

    name: str
    remittance: Ref
    payer: Ref | None
    code: str
    reference: str
    trace: str
    left_cents: int
    claim: Ref | None = None


class Payment(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A patient's payment and where it went; needed when the bank returns it."""

    payment: Ref
    patient: Ref
    tender: str
    amount_cents: int
    entries: tuple[Entry, ...]
    number: str = ""
    is_returned: bool = False


class Capitation(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A capitation payment and the months that earn it."""

    name: str
    payer: Ref | None
    amount_cents: int
    months: tuple[str, ...]
    earned: tuple[str, ...] = ()


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The switches of a tenant that decisions read; cents and days."""

    post_before_eft_match: bool = True
    auto_allocate_prepayments: bool = False
    corrected_claim_window_days: int | None = None
    crossover_wait_days: int = 30
    statement_minimum_cents: int = 0
    small_balance_limit_cents: int | None = None
    small_balance_needs_person: bool = False
    refund_second_person_above_cents: int | None = None
    returned_check_fee_to_patient: bool = False
    capitation_months: Mapping[str, tuple[str, ...]] = {}


class Rows(msgspec.Struct, kw_only=True):
    """The rows a decision was given, or the rows it changed."""

    claims: dict[Ref, ClaimState] = {}
    adjudications: dict[str, Adjudication] = {}
    patients: dict[Ref, PatientState] = {}
    items: dict[tuple[str, Ref], WorkItem] = {}
    holds: dict[tuple[str, Ref, str], Hold] = {}
    timers: dict[tuple[str, Ref], Timer] = {}
    remittances: dict[Ref, RemittanceState] = {}
    deposits: dict[str, Deposit] = {}
    parked: dict[str, Parked] = {}
    refunds: dict[str, Refund] = {}
    plbs: dict[str, OpenPlb] = {}
    payments: dict[Ref, Payment] = {}
    capitations: dict[str, Capitation] = {}
    closed_periods: dict[str, bool] = {}

    def merge(self, changed: "Rows") -> None:
        """Take over changed rows, as a store does."""
        for field in self.__struct_fields__:
            getattr(self, field).update(getattr(changed, field))
