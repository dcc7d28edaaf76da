"""A claim laid out for the rules: its lines with their traits, and the facts beside it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import msgspec

from cleanclaim.core.claim import Claim, ClaimKind, ClaimLine, Coverage, Provider
from cleanclaim.core.codes.fees import PhysicianFee
from cleanclaim.core.codes.records import AddOn, Diagnosis
from cleanclaim.core.codes.release import Setting, Table
from cleanclaim.core.codes.tables import CodeTables, Missing
from cleanclaim.core.scrub.facts import (
    DENIED,
    VOIDED,
    Authorization,
    CredentialingSpan,
    Eligibility,
    HistoryLine,
    LineFacts,
    LocationFacts,
    PatientHistory,
    PayerProfile,
    ProviderFacts,
    VisitFacts,
)
from cleanclaim.core.scrub.traits import Trait, code_traits, modifier_traits, taxonomy_kind
from cleanclaim.kernel.dates import age_years

EQUIPMENT_SUPPLIER = "332B"
MEDICARE_INDICATORS = frozenset({"MA", "MB"})
UNCHECKED = frozenset({Missing.NOT_LOADED, Missing.NOT_COVERED})
type Memo = dict[object, Any]

_NO_LINE_FACTS = LineFacts()


class ScrubContext(msgspec.Struct, frozen=True, kw_only=True):
    """Everything beside the claim; None means "not known here", and rules that need it are silent.

    Args:
        day: The day on which the claim would leave.
        spans: Credentialing spans of the claim's providers with its payer.
        enrolled: Whether this transaction is enrolled with the payer or clearinghouse.
        expected_cents: What the contract allows by line number, where a price is known.
        listed_cents: What the practice's charge master says by line number, where it does.
    """

    tables: CodeTables
    day: date
    payer: PayerProfile
    history: PatientHistory = PatientHistory()
    spans: tuple[CredentialingSpan, ...] | None = None
    authorizations: tuple[Authorization, ...] | None = None
    eligibility: Eligibility | None = None
    providers: Mapping[str, ProviderFacts] = msgspec.field(default_factory=dict)
    location: LocationFacts | None = None
    visit: VisitFacts = msgspec.field(default_factory=VisitFacts)
    enrolled: bool | None = None
    expected_cents: Mapping[str, int] = msgspec.field(default_factory=dict)
    listed_cents: Mapping[str, int] = msgspec.field(default_factory=dict)


class Row:
    """One line of the claim with what every rule asks of it."""

    __slots__ = ("code", "dos", "end", "index", "line", "modifiers", "pos", "traits")

    def __init__(self, claim: Claim, index: int, line: ClaimLine) -> None:
        self.index = index
        self.line = line
        self.code = line.procedure_code
        self.modifiers = line.modifiers
        self.dos = line.service_date
        self.end = line.end_date or line.service_date
        self.pos = line.place_of_service or claim.place_of_service
        self.traits = code_traits(self.code) | modifier_traits(line.modifiers)

    def is_a(self, trait: int) -> bool:
        """Say whether the line has the trait."""
        return bool(self.traits & trait)

    def place(self, field: str = "") -> str:
        """Give the path of one of its fields, or of the line."""
        return f"lines[{self.index}].{field}" if field else f"lines[{self.index}]"

    @property
    def number(self) -> int:
        """Give the line's number as people count."""
        return self.index + 1


class Case:
    """One claim under the rules, with everything that they may look at.

    `memo` outlives the claim: answers of these code tables by what was asked.
    """

    def __init__(self, claim: Claim, context: ScrubContext, memo: Memo | None = None) -> None:
        self.memo = {} if memo is None else memo
        self.claim = claim
        self.context = context
        self.tables = context.tables
        self.day = context.day
        self.payer = context.payer
        self.history = context.history
        self.visit = context.visit
        self.unchecked: dict[Table, None] = {}
        self._fees: dict[int, PhysicianFee | None] = {}
        self._addons: dict[int, AddOn | None] = {}
        self._once: dict[str, Any] = {}
        self.rows = [Row(claim, index, line) for index, line in enumerate(claim.lines)]

    @cached_property
    def coverage(self) -> Coverage:
        """Give the coverage that the claim goes to."""
        return self.claim.coverage

    @cached_property
    def is_medicare(self) -> bool:
        """Say whether Medicare (fee for service) is asked to pay."""
        return self.payer.is_medicare or self.coverage.payer.filing_indicator in MEDICARE_INDICATORS

    @cached_property
    def is_institutional(self) -> bool:
        """Say whether it is a facility's claim."""
        return self.claim.kind is ClaimKind.INSTITUTIONAL

    @cached_property
    def is_inpatient(self) -> bool:
        """Say whether its type of bill is an inpatient one."""
        facts = self.claim.institutional
        return facts is not None and facts.type_of_bill[:2] in {"11", "18", "21", "41"}

    @cached_property
    def setting(self) -> Setting:
        """Name the edit tables that hold for it."""
        if self.is_institutional:
            return Setting.HOSPITAL
        is_supplier = self.claim.billing.taxonomy_code.startswith(EQUIPMENT_SUPPLIER)
        return Setting.DME if is_supplier else Setting.PRACTITIONER

    @cached_property
    def dos(self) -> date:
        """Give the day that dates the claim's diagnosis codes."""
        facts = self.claim.institutional
        return facts.statement_to if facts else self.first_day

    @cached_property
    def age(self) -> int:
        """Give the patient's age in years on the first day of service."""
        return age_years(self.claim.patient.birth_date, self.first_day)

    @cached_property
    def past(self) -> list[HistoryLine]:
        """Give the earlier lines that still stand and that this claim doesn't replace."""
        replaced = {self.claim.claim_number}
        if self.claim.payer_control_number:
            replaced |= {
                item.claim_number
                for item in self.history.claims
                if item.payer_control_number == self.claim.payer_control_number
            }
        return [
            line
            for line in self.history.lines
            if line.status not in {VOIDED, DENIED} and line.claim_number not in replaced
        ]

    def known[T](self, table: Table, answer: T | Missing) -> T | None:
        """Give a record of a table, None without one; remember a table that couldn't be asked."""
        if isinstance(answer, Missing):
            if answer in UNCHECKED:
                self.unchecked[table] = None
            return None
        return answer

    def fee(self, code: str, day: date, modifier: str = "") -> PhysicianFee | None:
        """Give a code's payment indicators on a day."""
        return self.asked(Table.PHYSICIAN_FEE, self.tables.physician_fee, code, modifier, day)

    def addon(self, row: Row) -> AddOn | None:
        """Give a line's add-on record, None for a code that is no add-on."""
        addons = self._addons
        if row.index not in addons:
            addons[row.index] = self.asked(Table.ADD_ON, self.tables.addon, row.code, row.dos)
        return addons[row.index]

    @cached_property
    def diagnosis_day(self) -> date:
        """Give the day on which diagnoses are looked up: the claim's, or the last of a release.

        Why: most codes outlive the release that is loaded. What it holds is checked as of its last
        day, and the claim says so; what it does not hold may be new, and is not checked.
        """
        key = ("last day", Table.DIAGNOSIS)
        if key not in self.memo:
            self.memo[key] = self.tables.last_day(Table.DIAGNOSIS)
        last: date | None = self.memo[key]
        return min(self.dos, last) if last else self.dos

    @cached_property
    def is_release_ended(self) -> bool:
        """Say whether the newest release of the diagnoses ended before the claim's day."""
        return self.diagnosis_day < self.dos

    def diagnosis_answer(self, code: str) -> Diagnosis | Missing:
        """Give a diagnosis as it was on the claim's day, or why there is none."""
        answer = self.answer(Table.DIAGNOSIS, self.tables.diagnosis, code, self.diagnosis_day)
        if self.is_release_ended and isinstance(answer, Missing):
            return Missing.NOT_COVERED
        return answer

    def diagnosis(self, code: str) -> Diagnosis | None:
        """Give a diagnosis as it was on the claim's day."""
        if self.is_release_ended:
            return self.diagnosis_answer(code) or None
        return self.asked(Table.DIAGNOSIS, self.tables.diagnosis, code, self.dos)

    def asked[T](
        self, table: Table, look_up: Callable[..., T | Missing], *question: object
    ) -> T | None:
        """Ask a table once for many claims; as `known`."""
        answer: T | Missing | None = self.memo.get((table, question))
        if answer is None:
            answer = self.answer(table, look_up, *question)
        return self.known(table, answer) if isinstance(answer, Missing) else answer

    def answer[T](
        self, table: Table, look_up: Callable[..., T | Missing], *question: object
    ) -> T | Missing:
        """Ask a table once for many claims, and tell why there is no record."""
        key = (table, question)
        answer: T | Missing | None = self.memo.get(key)
        if answer is None:
            answer = self.memo[key] = look_up(*question)
        return answer

    def fee_of(self, row: Row) -> PhysicianFee | None:
        """Give a line's payment indicators."""
        fees = self._fees
        if row.index not in fees:
            fees[row.index] = self.fee(row.code, row.dos)
        return fees[row.index]

    @cached_property
    def diagnoses(self) -> list[tuple[int, str, Diagnosis | None]]:
        """Give the claim's diagnoses: position from 0, code, record."""
        codes = enumerate(item.code for item in self.claim.diagnoses)
        return [(index, code, self.diagnosis(code)) for index, code in codes]

    @cached_property
    def first_day(self) -> date:
        """Give the first day of service."""
        return min(row.dos for row in self.rows)

    def once[T](self, key: str, make: Callable[["Case"], T]) -> T:
        """Work something out once for all rules of a family."""
        if key not in self._once:
            self._once[key] = make(self)
        found: T = self._once[key]
        return found

    def rows_with(self, trait: int) -> Iterator[Row]:
        """Give the lines that have a trait."""
        return (row for row in self.rows if row.traits & trait)

    def line_facts(self, row: Row) -> LineFacts:
        """Give what is documented for a line."""
        return self.visit.lines.get(row.line.line_number, _NO_LINE_FACTS)

    def rendering(self, row: Row) -> Provider:
        """Give who rendered a line: its own, else the claim's, else the billing provider."""
        return row.line.rendering or self.claim.rendering or self.claim.billing

    def provider_kind(self, provider: Provider) -> str:
        """Give what kind of provider it is: as a registry says, else by its taxonomy code."""
        facts = self.context.providers.get(provider.npi)
        return facts.kind if facts and facts.kind else taxonomy_kind(provider.taxonomy_code)

    def is_same_provider(self, row: Row, line: HistoryLine) -> bool:
        """Say whether an earlier line is of the same person, or of the same group and specialty."""
        mine = self.rendering(row)
        if mine.npi and line.rendering_npi == mine.npi:
            return True
        return (
            line.billing_npi == self.claim.billing.npi
            and bool(mine.taxonomy_code)
            and line.taxonomy_code == mine.taxonomy_code
        )

    def past_same_day(self, row: Row) -> Iterator[HistoryLine]:
        """Give the same provider's earlier lines for this patient on the line's day."""
        return (
            line
            for line in self.past
            if line.service_date == row.dos and self.is_same_provider(row, line)
        )

    def pointed(self, row: Row) -> list[str]:
        """Give the diagnosis codes that a line points to, most important first."""
        codes = self.claim.diagnoses
        return [codes[p - 1].code for p in row.line.diagnosis_pointers if 0 < p <= len(codes)]

    def traits(self) -> int:
        """Add up what the claim and its lines are: by this the plan chooses the rules."""
        traits = Trait.EVER
        for row in self.rows:
            traits |= row.traits
            if row.pos in {"02", "10"}:
                traits |= Trait.TELEHEALTH
            if row.line.plan_disclosure_restricted:
                traits |= Trait.RESTRICTED
            if row.line.unit_code == "MJ":
                traits |= Trait.MINUTES
            if row.line.drug is not None:
                traits |= Trait.DRUG_CODE
        return traits | self._claim_traits()

    def _claim_traits(self) -> int:
        claim, payer, context = self.claim, self.payer, self.context
        history = self.history
        holds = (
            (Trait.MEDICARE, self.is_medicare),
            (Trait.NOT_FIRST_PAYER, claim.payer_rank > 1),
            (Trait.CHANGES_EARLIER, claim.frequency_code != "1"),
            (Trait.SEVERAL_LINES, len(self.rows) > 1),
            (Trait.SEVERAL_PAYERS, len(claim.coverages) > 1),
            (Trait.PERMISSION, payer.authorization_rules or context.authorizations),
            (Trait.POLICY, payer.frequency_limits or payer.coverage_conditions),
            (Trait.POLICY, payer.attachment_rules),
            (Trait.PRICED, context.expected_cents or context.listed_cents),
            (Trait.HISTORY, history.lines or history.claims or history.stays),
        )
        traits = Trait.INSTITUTIONAL if self.is_institutional else Trait.PROFESSIONAL
        for trait, is_so in holds:
            if is_so:
                traits |= trait
        return traits
