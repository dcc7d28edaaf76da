"""The facts beside claims that the scrubber asks for, read once for a practice or a batch."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import msgspec

from cleanclaim.apps.authorization.public import (
    EligibilityAnswer,
    answers_for,
    authorizations_for,
    has_answers,
    stays_for,
)
from cleanclaim.apps.claims.history import Visit, histories, known_since
from cleanclaim.apps.codes.public import MappedTables
from cleanclaim.apps.contracts.public import (
    CHARGE_MASTER,
    contracts_of,
    priced_contract,
    rate_books,
)
from cleanclaim.apps.encounters.public import WHOLE_VISIT, documents_for
from cleanclaim.apps.payers.public import Payer
from cleanclaim.apps.practices.public import (
    Enrollment,
    certificates_of,
    credentials_of,
    enrollments_of,
    practice_get,
)
from cleanclaim.core import claim as core
from cleanclaim.core.pricing import (
    Contract,
    ExpectedLine,
    RateBook,
    expected_lines,
    half_up_cents,
    line_question,
)
from cleanclaim.core.privacy import Grant
from cleanclaim.core.scrub import (
    Authorization,
    CredentialingSpan,
    Eligibility,
    LocationFacts,
    Overlay,
    PatientHistory,
    PayerProfile,
    ScrubContext,
    Stay,
    VisitFacts,
)
from cleanclaim.core.scrub.facts import DENIED, VOIDED

_KINDS = {
    "MA": "medicare",
    "MB": "medicare",
    "MC": "medicaid",
    "16": "medicare_advantage",
    "CH": "tricare",
    "WC": "workers_compensation",
    "AM": "auto",
}
_TRANSACTION = "837P"
_ACTIVE = "active"
UNITS = "UN"
_NOTHING_DOCUMENTED = VisitFacts()


class Subject(NamedTuple):
    """A claim that is checked, with what its facts are found by; `day` is when it would leave."""

    claim: core.Claim
    payer: Payer
    patient_id: UUID
    encounter_id: UUID
    service_date: date
    day: date


class Contexts:
    """The facts of one practice's claims.

    Args:
        grant: Opens the practice's claims.
        practice_id: Whose.
        tables: The code tables of this check.
    """

    def __init__(self, grant: Grant, practice_id: int, tables: MappedTables) -> None:
        self._practice_id, self._tables = practice_id, tables
        self._contracts = contracts_of(grant, practice_id)
        self._enrollments = enrollments_of(grant, practice_id)
        self._certificates = certificates_of(grant, practice_id)
        self._known_since = known_since(grant, practice_id)
        self._place = practice_get(practice_id).policies.get("place_of_service", "")
        self._profiles: dict[str, PayerProfile] = {}
        self._spans: dict[str, tuple[CredentialingSpan, ...]] = {}
        for row in credentials_of(grant, practice_id):
            self._spans[row.payer_id] = (
                *self._spans.get(row.payer_id, ()),
                CredentialingSpan(
                    npi=row.provider_npi,
                    payer_id=row.payer_id,
                    status=row.status,
                    effective_date=row.effective_date,
                    end_date=row.end_date,
                ),
            )
        self.knows_eligibility = has_answers(grant, practice_id)

    def of(
        self, grant: Grant, subjects: Sequence[Subject]
    ) -> list[tuple[ScrubContext, list[ExpectedLine]]]:
        """Give the context of each claim of a batch, with what each line should be allowed."""
        if not subjects:
            return []
        practice_id = self._practice_id
        people = {one.patient_id for one in subjects}
        visits = [Visit(one.patient_id, one.encounter_id, one.service_date) for one in subjects]
        past = histories(grant, practice_id, visits, npi=subjects[0].claim.billing.npi)
        permitted = authorizations_for(grant, practice_id, people)
        answers = answers_for(grant, practice_id, people) if self.knows_eligibility else {}
        stays = stays_for(grant, practice_id, people)
        documents = documents_for(grant, practice_id, [one.encounter_id for one in subjects])
        codes = {line.procedure_code for one in subjects for line in one.claim.lines}
        books = rate_books(grant, practice_id, codes)
        contracts = [priced_contract(row, books) for row in self._contracts]
        listed = books.get(CHARGE_MASTER)
        found = []
        for one in subjects:
            payer = self._profile(one.payer)
            expected = expected_lines(one.claim, (*contracts, *_by_schedule(payer)), self._tables)
            history = self._history(past[one.encounter_id], stays.get(one.patient_id, ()), one)
            context = ScrubContext(
                tables=self._tables,
                day=one.day,
                payer=payer,
                history=history,
                spans=self._spans.get(payer.payer_id),
                authorizations=_used(permitted.get(one.patient_id, ()), history),
                eligibility=_eligibility(answers.get(one.patient_id, ()), payer, one.service_date),
                location=self._location(one.claim, one.service_date),
                visit=_visit(documents.get(one.encounter_id, {})),
                enrolled=_enrolled(self._enrollments, payer.payer_id, one.day),
                expected_cents={
                    line.line_number: line.fee_cents
                    for line in expected
                    if line.fee_cents is not None
                },
                listed_cents=_listed(one.claim, listed) if listed else {},
            )
            found.append((context, expected))
        return found

    def _profile(self, payer: Payer) -> PayerProfile:
        profile = self._profiles.get(payer.payer_id)
        if profile is None:
            profile = self._profiles[payer.payer_id] = payer_profile(payer)
        return profile

    def _history(
        self, history: PatientHistory, stays: tuple[Stay, ...], one: Subject
    ) -> PatientHistory:
        since = self._known_since
        years = (one.service_date - since).days // 365 if since else 0
        if years < 1 and not stays:
            return history
        return msgspec.structs.replace(history, years_known=max(years, 0), stays=stays)

    def _location(self, claim: core.Claim, day: date) -> LocationFacts:
        begun = [row for row in self._certificates if row.start_date <= day]
        if not begun:
            return LocationFacts(place_of_service=self._place, clia_number=claim.clia_number)
        row = begun[-1]
        return LocationFacts(
            place_of_service=self._place,
            clia_number=row.clia_number,
            clia_level=row.level,
            clia_end_date=row.end_date,
        )


def payer_profile(payer: Payer) -> PayerProfile:
    """Read what a payer wants from its row; `profile` holds fields of `PayerProfile`."""
    told = msgspec.convert(payer.profile, dict[str, object]) if payer.profile else {}
    facts: dict[str, object] = {
        "payer_id": payer.payer_id,
        "kind": _KINDS.get(payer.filing_indicator, "commercial"),
        "filing_days": payer.timely_filing_days,
    }
    return msgspec.convert(facts | told, PayerProfile)


def _by_schedule(payer: PayerProfile) -> tuple[Contract, ...]:
    """Medicare pays its own schedule where the locality is known; a contract goes before it."""
    if not (payer.is_medicare and payer.locality):
        return ()
    name = "Medicare fee schedules"
    return (
        Contract(
            contract_id=name, payer_id=payer.payer_id, method="medicare", locality=payer.locality
        ),
    )


def _listed(claim: core.Claim, charges: RateBook) -> dict[str, int]:
    """Price each line by the charge master, where it names the code."""
    found = {}
    for line in claim.lines:
        rate = charges.find(line_question(claim, line))
        if rate is not None and line.unit_code == UNITS:
            cents = half_up_cents(Decimal(rate.amount_cents) * line.units / 100)
            found[line.line_number] = cents
    return found


def _visit(documents: Mapping[str, dict[str, object]]) -> VisitFacts:
    """Read what is documented of a visit and of its lines, by line number."""
    if not documents:
        return _NOTHING_DOCUMENTED
    lines = {number: said for number, said in documents.items() if number != WHOLE_VISIT}
    return msgspec.convert(documents.get(WHOLE_VISIT, {}) | {"lines": lines}, VisitFacts)


def _used(
    permitted: Iterable[Authorization], history: PatientHistory
) -> tuple[Authorization, ...] | None:
    """Count what was billed already under each authorization."""
    known = tuple(permitted)
    payer_of = {claim.claim_number: claim.payer_id for claim in history.claims}
    return tuple(
        msgspec.structs.replace(
            one,
            units_used=sum(
                (
                    line.units
                    for line in history.lines
                    if payer_of.get(line.claim_number) == one.payer_id
                    and one.start_date <= line.service_date <= one.end_date
                    and line.status not in {VOIDED, DENIED}
                    and (not one.codes or any(c.holds(line.procedure_code) for c in one.codes))
                    and (not one.npis or line.rendering_npi in one.npis)
                ),
                start=Decimal(0),
            ),
        )
        if one.units_approved is not None
        else one
        for one in known
    )


def _eligibility(
    answers: Iterable[EligibilityAnswer], payer: PayerProfile, day: date
) -> Eligibility | None:
    """Choose the newest answer that speaks of the day."""
    for row in answers:
        if row.payer_id == payer.payer_id and row.start_date <= day <= row.end_date:
            return Eligibility(
                status=row.status,
                checked_date=row.checked_date,
                requires_referral=row.requires_referral,
                overlays=tuple(
                    Overlay(kind=kind, start_date=row.start_date, end_date=row.end_date)
                    for kind in row.overlays
                ),
            )
    return None


def _enrolled(enrollments: Iterable[Enrollment], payer_id: str, day: date) -> bool | None:
    """Say whether claims may go out electronically; None where nobody keeps enrollments."""
    rows = [
        row for row in enrollments if (row.payer_id, row.transaction) == (payer_id, _TRANSACTION)
    ]
    if not rows:
        return None
    begun = [row.status for row in rows if row.effective_date <= day]
    return bool(begun) and begun[-1] == _ACTIVE
