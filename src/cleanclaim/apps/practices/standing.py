"""A practice's standing with payers: credentials, enrollments and its laboratory's certificate."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import QuerySet

from cleanclaim.apps.practices.models import Certificate, Credential, Enrollment, Practice
from cleanclaim.core.intake.terms import (
    CertificateRow,
    CredentialRow,
    EnrollmentRow,
    PracticeRow,
)
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record


def credentials_keep(grant: Grant, practice_id: int, rows: Iterable[CredentialRow]) -> int:
    """Keep providers' standing with payers; a span that is there under its key is corrected."""
    made = [
        Credential(
            practice_id=practice_id,
            provider_npi=row.provider_npi,
            payer_id=row.payer_id,
            status=row.status,
            effective_date=row.effective_date,
            end_date=row.end_date,
        )
        for row in rows
    ]
    key = ("provider_npi", "payer_id", "effective_date")
    return _keep(_rows(grant, practice_id, Credential), made, key, ("status", "end_date"))


def enrollments_keep(grant: Grant, practice_id: int, rows: Iterable[EnrollmentRow]) -> int:
    """Keep the practice's enrollments for electronic transactions."""
    made = [
        Enrollment(
            practice_id=practice_id,
            payer_id=row.payer_id,
            transaction=row.transaction,
            status=row.status,
            effective_date=row.effective_date,
        )
        for row in rows
    ]
    key = ("payer_id", "transaction", "effective_date")
    return _keep(_rows(grant, practice_id, Enrollment), made, key, ("status",))


def certificates_keep(grant: Grant, practice_id: int, rows: Iterable[CertificateRow]) -> int:
    """Keep the CLIA certificates of the practice's laboratory; claims carry the newest number."""
    made = [
        Certificate(
            practice_id=practice_id,
            clia_number=row.clia_number,
            level=row.level,
            start_date=row.start_date,
            end_date=row.end_date,
        )
        for row in rows
    ]
    key = ("clia_number", "start_date")
    count = _keep(_rows(grant, practice_id, Certificate), made, key, ("level", "end_date"))
    newest = certificates_of(grant, practice_id)[-1:]
    Practice.objects.filter(id=practice_id).update(
        clia_number=newest[0].clia_number if newest else ""
    )
    return count


def practice_facts_keep(grant: Grant, practice_id: int, rows: Sequence[PracticeRow]) -> int:
    """Note what is so of the whole practice; what a row leaves empty stays as it was."""
    if practice_id not in grant.practice_ids:
        raise Refusal("grant_wrong_practice", "The leave does not cover this practice.")
    practice = Practice.objects.get(id=practice_id)
    for row in rows:
        told = {
            "place_of_service": row.place_of_service,
            "known_since": row.known_since.isoformat() if row.known_since else "",
        }
        practice.policies = practice.policies | {name: one for name, one in told.items() if one}
    practice.save(update_fields=["policies"])
    audit_record(action="change", resource_type="practice", resource_ids=[practice_id])
    return len(rows)


def _keep(
    rows: QuerySet[Any], made: list[Any], key: tuple[str, ...], values: tuple[str, ...]
) -> int:
    rows.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["practice_id", *key],
        update_fields=list(values),
    )
    name = rows.model._meta.db_table  # noqa: SLF001  Django's public place for it
    audit_record(action="change", resource_type=name, resource_count=len(made))
    return len(made)


def _rows(grant: Grant, practice_id: int, model: type[models.Model]) -> QuerySet[Any]:
    """Give rows of one of the grant's practices; they are no patients' data."""
    if practice_id not in grant.practice_ids:
        raise Refusal("grant_wrong_practice", "The leave does not cover this practice.")
    rows: QuerySet[Any] = model.objects.filter(practice_id=practice_id)  # type: ignore[attr-defined]
    return rows


def credentials_of(grant: Grant, practice_id: int) -> list[Credential]:
    """Give the standing of all providers of a practice with all payers."""
    return list(_rows(grant, practice_id, Credential))


def enrollments_of(grant: Grant, practice_id: int) -> list[Enrollment]:
    """Give the practice's enrollments, the newest last."""
    return list(_rows(grant, practice_id, Enrollment).order_by("effective_date", "id"))


def certificates_of(grant: Grant, practice_id: int) -> list[Certificate]:
    """Give the practice's CLIA certificates, the newest last."""
    return list(_rows(grant, practice_id, Certificate).order_by("start_date", "id"))
