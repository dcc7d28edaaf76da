"""What claims name and nobody has confirmed: shown once for all claims it holds, and settled."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec

from cleanclaim.apps.claims.models import Claim, ClaimFinding
from cleanclaim.apps.claims.services import Check, claims_recheck
from cleanclaim.apps.encounters.public import drafts_settle
from cleanclaim.apps.patients.public import (
    Coverage,
    CoverageRecord,
    PatientRecord,
    coverage_complete,
    coverages_by_id,
    patient_complete,
    patient_records,
)
from cleanclaim.apps.payers.public import Payer, payer_complete
from cleanclaim.apps.practices.public import Provider, provider_complete, providers_by_id
from cleanclaim.core.claim import Patient
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal

UNCONFIRMED = "CLAIM-UNCONFIRMED-"
SHOWN_AT_MOST = 500
_CODES = tuple(
    UNCONFIRMED + name for name in ("PATIENT", "PATIENT-DIFFERS", "PAYER", "COVERAGE", "PROVIDER")
)


class Unconfirmed(msgspec.Struct, kw_only=True):
    """One thing that nobody has confirmed, and the claims that it holds.

    Args:
        kind: `patient`, `coverage`, `payer` or `provider`.
        what: The row or opened record: `Provider`, `Payer`, `PatientRecord` or
            `(Coverage, CoverageRecord)`; None where the person was erased.
        differs: A known patient's number came with another name or birth date.
    """

    kind: str
    id: UUID
    practice_id: int
    what: object = None
    differs: bool = False
    claims: list[UUID] = []
    charge_cents: int = 0
    oldest_date: date | None = None


def unconfirmed_count(grant: Grant) -> int:
    """Count the claims that wait because of something unconfirmed."""
    rows = ClaimFinding.objects.under(grant).filter(code__in=_CODES)
    return int(rows.values("claim_id").distinct().count())


def unconfirmed_list(grant: Grant) -> list[Unconfirmed]:
    """Give what nobody has confirmed, what holds most dollars first.

    The oldest claims are looked at; the rest follow as those are settled.
    """
    findings = ClaimFinding.objects.under(grant).filter(code__in=_CODES)
    findings = findings.select_related("claim", "claim__encounter", "claim__encounter__rendering")
    found: dict[tuple[str, UUID], Unconfirmed] = {}
    coverages: dict[UUID, list[Claim]] = {}
    for finding in findings.order_by("claim_id", "code")[:SHOWN_AT_MOST]:
        claim: Claim = finding.claim
        word = finding.code.removeprefix(UNCONFIRMED)
        if word in ("PATIENT", "PATIENT-DIFFERS"):
            one = _add(found, "patient", claim.patient_id, claim)
            one.differs |= word == "PATIENT-DIFFERS"
        elif word == "PROVIDER" and claim.encounter.rendering_id:
            _add(found, "provider", claim.encounter.rendering_id, claim)
        elif word in ("PAYER", "COVERAGE"):
            for coverage_id in claim.encounter.coverages:
                coverages.setdefault(coverage_id, []).append(claim)
    _add_coverages(grant, found, coverages)
    _open(grant, found)
    return sorted(found.values(), key=lambda one: -one.charge_cents)


def _add(
    found: dict[tuple[str, UUID], Unconfirmed], kind: str, thing: UUID, claim: Claim
) -> Unconfirmed:
    one = found.setdefault(
        (kind, thing), Unconfirmed(kind=kind, id=thing, practice_id=claim.practice_id)
    )
    if claim.id not in one.claims:
        one.claims.append(claim.id)
        one.charge_cents += claim.charge_cents
        one.oldest_date = min(one.oldest_date or claim.service_date, claim.service_date)
    return one


def _add_coverages(
    grant: Grant, found: dict[tuple[str, UUID], Unconfirmed], claims: dict[UUID, list[Claim]]
) -> None:
    for row, record in coverages_by_id(grant, claims):
        for claim in claims[row.id]:
            if row.state == Coverage.State.DRAFT:
                _add(found, "coverage", row.id, claim).what = (row, record)
            if row.payer.state == Payer.State.DRAFT:
                _add(found, "payer", row.payer_id, claim).what = row.payer


def _open(grant: Grant, found: dict[tuple[str, UUID], Unconfirmed]) -> None:
    by_practice: dict[int, list[Unconfirmed]] = {}
    for one in found.values():
        by_practice.setdefault(one.practice_id, []).append(one)
    for practice_id, things in by_practice.items():
        people = [one.id for one in things if one.kind == "patient"]
        opened: dict[UUID, object] = dict(patient_records(grant, practice_id, people))
        named = [one.id for one in things if one.kind == "provider"]
        opened |= dict(providers_by_id(grant, practice_id, named))
        for one in things:
            one.what = one.what or opened.get(one.id)


def unconfirmed_get(grant: Grant, kind: str, thing_id: UUID) -> Unconfirmed:
    """Give one thing that holds claims.

    Raises:
        Refusal: `confirmed_already`: it holds none.
    """
    for one in unconfirmed_list(grant):
        if (one.kind, one.id) == (kind, thing_id):
            return one
    raise Refusal("confirmed_already", "Somebody has confirmed this already.")


class ProviderFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A provider as a person confirms it."""

    last: str
    first: str
    npi: str
    taxonomy_code: str


class PayerFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A payer as a person confirms it."""

    name: str
    payer_id: str
    filing_indicator: str


class CoverageFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A coverage as a person confirms it."""

    member_id: str
    group_number: str
    rank: int


def unconfirmed_settle(
    grant: Grant,
    kind: str,
    thing_id: UUID,
    facts: ProviderFacts | PayerFacts | CoverageFacts | Patient,
    *,
    check: Check,
    at: datetime,
) -> int:
    """Confirm a thing as a person completed it, and check again every claim that it held.

    Returns:
        How many claims are free of it now.

    Raises:
        Refusal: `confirmed_already`, and those of the capability that owns the thing.
    """
    thing = unconfirmed_get(grant, kind, thing_id)
    practice_id = thing.practice_id
    match facts:
        case ProviderFacts():
            provider_complete(grant, practice_id, thing_id, **msgspec.structs.asdict(facts))
        case PayerFacts():
            payer_complete(thing_id, **msgspec.structs.asdict(facts))
        case CoverageFacts():
            coverage_complete(grant, practice_id, thing_id, **msgspec.structs.asdict(facts))
        case Patient():
            patient_complete(grant, practice_id, thing_id, facts)
    _release(grant, thing.claims, kind, check=check, at=at)
    return len(thing.claims)


def _release(
    grant: Grant, claims: Iterable[UUID], kind: str, *, check: Check, at: datetime
) -> None:
    words = {kind, "patient_differs"} if kind == "patient" else {kind}
    rows = Claim.objects.under(grant).filter(id__in=list(claims))
    by_practice: dict[int, list[Claim]] = {}
    for row in rows.select_related("encounter"):
        by_practice.setdefault(row.practice_id, []).append(row)
    for practice_id, own in by_practice.items():
        still = _still(grant, own, kind)
        free = [row for row in own if row.encounter_id not in still]
        drafts_settle(grant, practice_id, [row.encounter_id for row in free], words)
        claims_recheck(grant, practice_id, [row.id for row in free], check=check, at=at)


def _still(grant: Grant, rows: list[Claim], kind: str) -> set[UUID]:
    """Name the visits that another draft of the same kind holds, such as a second coverage."""
    if kind not in ("coverage", "payer"):
        return set()
    ids = {one for row in rows for one in row.encounter.coverages}
    held = set()
    for coverage, _ in coverages_by_id(grant, ids):
        state = coverage.state if kind == "coverage" else coverage.payer.state
        if state == "draft":
            held.add(coverage.id)
    return {row.encounter_id for row in rows if held & set(row.encounter.coverages)}


def unconfirmed_words(thing: Unconfirmed) -> str:
    """Name a thing for its list."""
    match thing.what:
        case Provider() as provider:
            return f"{provider.last}, {provider.first}".strip(", ")
        case Payer() as payer:
            return str(payer.name)
        case PatientRecord() as record:
            return f"{record.patient.name.last}, {record.patient.name.first}".strip(", ")
        case (Coverage() as coverage, CoverageRecord()):
            return str(coverage.payer.name)
    return "Erased"
