"""Reading claims: counts, pages, one claim with everything about it."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Count, F, Min, QuerySet, Sum

from cleanclaim.apps.claims.models import (
    Claim,
    ClaimEvent,
    ClaimFinding,
    ClaimLine,
    ClaimVersion,
    PayerNumber,
)
from cleanclaim.apps.claims.versions import version_claim
from cleanclaim.apps.patients.public import patients_opened
from cleanclaim.apps.work.public import claims_queued
from cleanclaim.core import claim as core
from cleanclaim.core.privacy import Grant

COUNTED_AT_MOST = 10_000


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a list of claims shows: every filter empty shows all.

    Args:
        ids: Only these claims; None: whatever the other filters leave.
        queue: Only claims with an open item of this kind, those awake on `day`.
    """

    stages: tuple[str, ...] = ()
    outcome: str = ""
    payer_id: str = ""
    practice_id: int = 0
    ids: tuple[UUID, ...] | None = None
    queue: str = ""
    day: date | None = None


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One page of claims, newest first, with the marks of the pages beside it."""

    rows: list[Claim]
    count: int
    newer: UUID | None
    older: UUID | None


def claim_counts(grant: Grant) -> list[tuple[str, str, int]]:
    """Count the claims of the grant's practices by stage and outcome."""
    rows = Claim.objects.under(grant).values("stage", "outcome").annotate(count=Count("id"))
    return list(rows.order_by("stage", "outcome").values_list("stage", "outcome", "count"))


def claim_stage_sums(grant: Grant) -> list[dict[str, Any]]:
    """Sum claims by stage and owner: number, charges, paid, open, oldest service."""
    rows = Claim.objects.under(grant).values("stage", "owner", "outcome")
    return list(
        rows.annotate(
            count=Count("id"),
            charge=Sum("charge_cents"),
            paid=Sum("paid_cents"),
            open=Sum("open_cents"),
            patient=Sum("patient_cents"),
            oldest=Min("service_date"),
        ).order_by("stage", "owner", "outcome")
    )


def claims_listed(
    grant: Grant,
    wanted: Wanted,
    *,
    after: UUID | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> Listed:
    """Give one page of claims.

    Args:
        grant: Opens the practices' claims.
        wanted: The filters.
        after: Show what follows this claim, older ones.
        before: Show what stands before this claim, newer ones.
        limit: Rows of a page.
    """
    rows = claims_filtered(grant, wanted)
    count = claims_counted(grant, wanted, rows)
    if before is not None:
        page = list(rows.filter(id__gt=before).order_by("id")[: limit + 1])
        has_newer, page = len(page) > limit, page[:limit][::-1]
        has_older = bool(page)
    else:
        older = rows.filter(id__lt=after) if after is not None else rows
        page = list(older.order_by("-id")[: limit + 1])
        has_older, page = len(page) > limit, page[:limit]
        has_newer = after is not None
    return Listed(
        rows=page,
        count=count,
        newer=page[0].id if page and has_newer else None,
        older=page[-1].id if page and has_older else None,
    )


def claims_counted(grant: Grant, wanted: Wanted, rows: "QuerySet[Claim]") -> int:
    """Count up to a limit; a queue by its items alone, without reading the claims."""
    if wanted.queue and wanted == Wanted(queue=wanted.queue, day=wanted.day):
        queued = claims_queued(grant, wanted.queue, day=wanted.day)
        return int(queued.distinct()[:COUNTED_AT_MOST].count())
    return int(rows.order_by()[:COUNTED_AT_MOST].count())


def claims_filtered(grant: Grant, wanted: Wanted) -> "QuerySet[Claim]":
    """Give the claims that the filters leave, with payer and provider."""
    if wanted.practice_id:
        rows = Claim.objects.under(grant, practice_id=wanted.practice_id)
    else:
        rows = Claim.objects.under(grant)
    rows = rows.select_related("payer", "provider")
    if wanted.stages:
        rows = rows.filter(stage__in=wanted.stages)
    if wanted.outcome:
        rows = rows.filter(outcome=wanted.outcome)
    if wanted.payer_id:
        rows = rows.filter(payer_id=wanted.payer_id)
    if wanted.ids is not None:
        rows = rows.filter(id__in=wanted.ids)
    if wanted.queue:
        rows = rows.filter(id__in=claims_queued(grant, wanted.queue, day=wanted.day))
    found: QuerySet[Claim] = rows
    return found


def claims_search(grant: Grant, words: str) -> list[UUID]:
    """Find claims by the number of the claim or of a version, here, at the payer or elsewhere."""
    typed = words.strip()
    texts = {typed, typed.upper()}
    rows = Claim.objects.under(grant)
    ways = (
        {"number__in": texts},
        {"versions__number__in": texts},
        {"id__in": claims_of_payer_numbers(grant, texts)},
        {"encounter__foreign_control_number__in": texts},
    )
    found = {one for way in ways for one in rows.filter(**way).values_list("id", flat=True)[:50]}
    return sorted(found, reverse=True)


def claims_of_payer_numbers(
    grant: Grant, numbers: Iterable[str], *, practice_id: int | None = None
) -> list[UUID]:
    """Find claims by numbers that payers gave them."""
    rows = PayerNumber.objects.under(grant, practice_id=practice_id)
    return list(rows.filter(number__in=set(numbers)).values_list("claim_id", flat=True))


def claims_numbered(grant: Grant, numbers: Iterable[str]) -> list[tuple[str, UUID, int]]:
    """Find what went out under numbers, from here or from elsewhere: number, claim, practice."""
    rows = ClaimVersion.objects.under(grant).filter(number__in=set(numbers))
    return list(rows.values_list("number", "claim_id", "practice_id"))


def numbers_used(grant: Grant, practice_id: int, numbers: Iterable[str]) -> set[str]:
    """Tell which numbers of foreign claims another claim of the practice went out under."""
    rows = ClaimVersion.objects.under(grant, practice_id=practice_id)
    own = rows.filter(number__in=set(numbers)).exclude(
        claim__encounter__foreign_control_number=F("number")
    )
    return set(own.values_list("number", flat=True))


def claims_of_patients(grant: Grant, patient_ids: Iterable[UUID]) -> list[UUID]:
    """Give the claims of patients, newest first."""
    rows = Claim.objects.under(grant).filter(patient_id__in=list(patient_ids))
    return list(rows.order_by("-id").values_list("id", flat=True)[:200])


def patient_names(grant: Grant, claims: Iterable[Claim]) -> dict[UUID, str]:
    """Open the names of the claims' patients: `Last, First` by patient."""
    people = patients_opened(grant, {claim.patient_id for claim in claims})
    return {
        patient_id: f"{record.patient.name.last}, {record.patient.name.first}".strip(", ")
        for patient_id, record in people.items()
    }


class Detail(msgspec.Struct, frozen=True, kw_only=True):
    """One claim with everything about it that its page shows."""

    claim: Claim
    patient: str
    siblings: list[Claim]
    lines: list[ClaimLine]
    findings: list[ClaimFinding]
    events: list[ClaimEvent]
    versions: list[ClaimVersion]


def claim_detail(grant: Grant, claim_id: UUID) -> Detail | None:
    """Give one claim, or None where the grant opens none of this id."""
    rows = Claim.objects.under(grant)
    claim = rows.select_related("payer", "provider", "encounter").filter(id=claim_id).first()
    if claim is None:
        return None
    siblings = rows.filter(encounter_id=claim.encounter_id).select_related("payer")
    lines = ClaimLine.objects.under(grant).filter(claim=claim).select_related("charge")
    findings = ClaimFinding.objects.under(grant).filter(claim=claim)
    events = ClaimEvent.objects.under(grant).filter(claim=claim)
    versions = ClaimVersion.objects.under(grant).filter(claim=claim)
    return Detail(
        claim=claim,
        patient=patient_names(grant, [claim]).get(claim.patient_id, "Erased"),
        siblings=list(siblings.order_by("level")),
        lines=list(lines.order_by("ordinal")),
        findings=list(findings.order_by("severity", "id")),
        events=list(events.order_by("-at", "-id")),
        versions=list(versions.order_by("-version")),
    )


def version_read(grant: Grant, version_id: UUID) -> core.Claim:
    """Put a sent version together again, as it went out."""
    rows = ClaimVersion.objects.under(grant).select_related("person")
    return version_claim(rows.get(id=version_id))
