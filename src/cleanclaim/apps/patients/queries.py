"""Reading patients: by id in batches, by fingerprints for a search."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from cleanclaim.apps.patients.keys import member_key, name_key, number_key
from cleanclaim.apps.patients.models import Coverage, Patient
from cleanclaim.apps.patients.records import CoverageRecord, PatientRecord
from cleanclaim.core.claim import PersonName
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.sealed.keyset import sealer


def patient_records(
    grant: Grant, practice_id: int, ids: Iterable[UUID]
) -> dict[UUID, PatientRecord]:
    """Open the records of patients; an erased one is left out."""
    by = sealer(practice_id)
    rows = Patient.objects.under(grant, practice_id=practice_id).filter(id__in=set(ids))
    return {row.id: row.unseal(PatientRecord, by) for row in rows if row.sealed is not None}


def coverages_for_patients(
    grant: Grant, practice_id: int, ids: Iterable[UUID]
) -> dict[UUID, list[tuple[Coverage, CoverageRecord]]]:
    """Open the coverages of patients, in rank order; an erased one is left out."""
    by = sealer(practice_id)
    found: dict[UUID, list[tuple[Coverage, CoverageRecord]]] = defaultdict(list)
    rows = Coverage.objects.under(grant, practice_id=practice_id).filter(patient_id__in=set(ids))
    for row in rows.select_related("payer").order_by("patient_id", "rank", "id"):
        if row.sealed is not None:
            found[row.patient_id].append((row, row.unseal(CoverageRecord, by)))
    return found


def patients_by_number(grant: Grant, practice_id: int, numbers: Iterable[str]) -> dict[str, UUID]:
    """Find patients by the practice's numbers of them; a number that is nobody's is left out."""
    keys = {number_key(practice_id, number): number for number in numbers}
    rows = Patient.objects.under(grant, practice_id=practice_id).filter(number_key__in=keys)
    return {keys[bytes(row.number_key)]: row.id for row in rows.only("id", "number_key")}


def patients_opened(grant: Grant, ids: Iterable[UUID]) -> dict[UUID, PatientRecord]:
    """Open the records of patients of all the grant's practices; an erased one is left out."""
    by = {practice_id: sealer(practice_id) for practice_id in grant.practice_ids}
    rows = Patient.objects.under(grant).filter(id__in=set(ids))
    return {
        row.id: row.unseal(PatientRecord, by[row.practice_id])
        for row in rows
        if row.sealed is not None
    }


def patients_search(grant: Grant, *, number: str = "", name: str = "") -> list[UUID]:
    """Find patients of the grant's practices.

    Args:
        grant: Opens the practices' patients and coverages.
        number: The practice's number of the patient, or of a member at a plan.
        name: `last name, 1980-02-14`.
    """
    practices = grant.practice_ids
    rows = Patient.objects.under(grant)
    if name:
        last, _, born = (part.strip() for part in name.partition(","))
        keys = [name_key(practice_id, PersonName(last=last), born) for practice_id in practices]
        return list(rows.filter(name_key__in=keys).values_list("id", flat=True)[:50])
    keys = [number_key(practice_id, number) for practice_id in practices]
    members = [member_key(practice_id, number) for practice_id in practices]
    held = Coverage.objects.under(grant).filter(member_key__in=members)
    found = list(rows.filter(number_key__in=keys).values_list("id", flat=True)[:50])
    return [*found, *held.values_list("patient_id", flat=True)[:50]]


def coverages_by_id(grant: Grant, ids: Iterable[UUID]) -> list[tuple[Coverage, CoverageRecord]]:
    """Open coverages of the grant's practices; an erased one is left out."""
    rows = Coverage.objects.under(grant).filter(id__in=set(ids)).select_related("payer")
    return [
        (row, row.unseal(CoverageRecord, sealer(row.practice_id)))
        for row in rows.order_by("patient_id", "rank", "id")
        if row.sealed is not None
    ]
