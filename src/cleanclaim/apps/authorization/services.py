"""Writing authorizations, referrals and eligibility answers; people are found by their number."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from cleanclaim.apps.authorization.models import Authorization, EligibilityAnswer, Stay
from cleanclaim.apps.authorization.records import AuthorizationRecord
from cleanclaim.apps.patients.public import patients_by_number
from cleanclaim.core.intake.terms import AuthorizationRow, EligibilityRow, StayRow
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.sealed.keyset import blind_index, sealer


def authorizations_keep(grant: Grant, practice_id: int, rows: Sequence[AuthorizationRow]) -> int:
    """Keep authorizations and referrals; one that is there under its number is corrected.

    Raises:
        Refusal: `unknown_patient`; then nothing is written.
    """
    patients = _patients(grant, practice_id, [row.patient_number for row in rows])
    by = sealer(practice_id)
    made = []
    for row in rows:
        one = Authorization(
            practice_id=practice_id,
            patient_id=patients[row.patient_number],
            number_key=_number_key(practice_id, patients[row.patient_number], row),
            payer_id=row.payer_id,
            kind=row.kind,
            status=row.status,
            start_date=row.start_date,
            end_date=row.end_date,
            codes=list(row.codes),
            provider_npis=list(row.provider_npis),
            units=row.units,
        )
        one.seal(AuthorizationRecord(row.number), by)
        made.append(one)
    held = Authorization.objects.under(grant, practice_id=practice_id)
    # Sealed content is bound to its row's id: a corrected row is a new one in the old one's place.
    held.filter(number_key__in=[one.number_key for one in made]).delete()
    held.bulk_create(made)
    _audit(practice_id, "authorization", len(made))
    return len(made)


def answers_keep(grant: Grant, practice_id: int, rows: Sequence[EligibilityRow]) -> int:
    """Keep what payers answered about eligibility.

    Raises:
        Refusal: `unknown_patient`; then nothing is written.
    """
    patients = _patients(grant, practice_id, [row.patient_number for row in rows])
    held = EligibilityAnswer.objects.under(grant, practice_id=practice_id)
    held.bulk_create(
        [
            EligibilityAnswer(
                practice_id=practice_id,
                patient_id=patients[row.patient_number],
                payer_id=row.payer_id,
                checked_date=row.checked_date,
                status=row.status,
                start_date=row.start_date,
                end_date=row.end_date,
                requires_referral=row.requires_referral,
                overlays=list(row.overlays),
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["practice_id", "patient", "payer_id", "checked_date", "start_date"],
        update_fields=["status", "end_date", "requires_referral", "overlays"],
    )
    _audit(practice_id, "eligibility", len(rows))
    return len(rows)


def stays_keep(grant: Grant, practice_id: int, rows: Sequence[StayRow]) -> int:
    """Keep patients' stays; one that is there under its first day is corrected.

    Raises:
        Refusal: `unknown_patient`; then nothing is written.
    """
    patients = _patients(grant, practice_id, [row.patient_number for row in rows])
    Stay.objects.under(grant, practice_id=practice_id).bulk_create(
        [
            Stay(
                practice_id=practice_id,
                patient_id=patients[row.patient_number],
                kind=row.kind,
                admitted_date=row.admitted_date,
                discharged_date=row.discharged_date,
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["practice_id", "patient", "admitted_date"],
        update_fields=["kind", "discharged_date"],
    )
    _audit(practice_id, "stay", len(rows))
    return len(rows)


def _number_key(practice_id: int, patient_id: UUID, row: AuthorizationRow) -> bytes:
    words = f"{practice_id}|{patient_id}|{row.payer_id}|{row.number.upper()}"
    return blind_index("authorization.number", words)


def _patients(grant: Grant, practice_id: int, numbers: Iterable[str]) -> dict[str, UUID]:
    wanted = list(numbers)
    found = patients_by_number(grant, practice_id, wanted)
    for at, number in enumerate(wanted, 2):
        if number not in found:
            raise Refusal("unknown_patient", f"Row {at} names a patient whom nobody here knows.")
    return found


def _audit(practice_id: int, what: str, rows: int) -> None:
    audit_record(
        action="change", resource_type=what, practice_id=practice_id, detail={"rows": rows}
    )
