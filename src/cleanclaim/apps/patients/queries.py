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


def patients_search(
    grant: Grant, practice_id: int, *, number: str = "", member_id: str = "", name: str = ""
) -> list[UUID]:
    """Find patients by number, by member id, or by `last name, 1980-02-14`."""
    rows = Patient.objects.under(grant, practice_id=practice_id)
    if number:
        rows = rows.filter(number_key=number_key(practice_id, number))
    elif member_id:
        found = Coverage.objects.under(grant, practice_id=practice_id)
        ids = found.filter(member_key=member_key(practice_id, member_id)).values("patient_id")
        rows = rows.filter(id__in=ids)
    else:
        last, _, born = (part.strip() for part in name.partition(","))
        rows = rows.filter(name_key=name_key(practice_id, PersonName(last=last), born))
    return list(rows.values_list("id", flat=True)[:50])


def coverages_by_id(grant: Grant, ids: Iterable[UUID]) -> list[tuple[Coverage, CoverageRecord]]:
    """Open coverages of the grant's practices; an erased one is left out."""
    rows = Coverage.objects.under(grant).filter(id__in=set(ids)).select_related("payer")
    return [
        (row, row.unseal(CoverageRecord, sealer(row.practice_id)))
        for row in rows.order_by("patient_id", "rank", "id")
        if row.sealed is not None
    ]
