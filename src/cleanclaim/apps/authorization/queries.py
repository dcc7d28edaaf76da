"""Reading what payers permitted and answered, as the scrubber asks for it."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from cleanclaim.apps.authorization.models import Authorization, EligibilityAnswer, Stay
from cleanclaim.apps.authorization.records import AuthorizationRecord
from cleanclaim.core import scrub
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.sealed.keyset import sealer


def authorizations_for(
    grant: Grant, practice_id: int, patient_ids: Iterable[UUID]
) -> dict[UUID, tuple[scrub.Authorization, ...]]:
    """Give patients' authorizations and referrals by patient; an erased one is left out."""
    rows = Authorization.objects.under(grant, practice_id=practice_id)
    by = sealer(practice_id)
    found: dict[UUID, tuple[scrub.Authorization, ...]] = defaultdict(tuple)
    for row in rows.filter(patient_id__in=set(patient_ids)).order_by("end_date", "id"):
        if row.sealed is not None:
            number = row.unseal(AuthorizationRecord, by).number
            found[row.patient_id] += (_authorization(row, number),)
    return found


def _authorization(row: Authorization, number: str) -> scrub.Authorization:
    ranges = [one.partition("-") for one in row.codes]
    return scrub.Authorization(
        number=number,
        payer_id=row.payer_id,
        start_date=row.start_date,
        end_date=row.end_date,
        kind=row.kind,
        status=row.status,
        codes=tuple(scrub.CodeRange(first, last or first) for first, _, last in ranges),
        npis=frozenset(row.provider_npis),
        units_approved=row.units,
    )


def answers_for(
    grant: Grant, practice_id: int, patient_ids: Iterable[UUID]
) -> dict[UUID, list[EligibilityAnswer]]:
    """Give payers' answers about patients, the newest first."""
    rows = EligibilityAnswer.objects.under(grant, practice_id=practice_id)
    found: dict[UUID, list[EligibilityAnswer]] = defaultdict(list)
    for row in rows.filter(patient_id__in=set(patient_ids)).order_by("-checked_date", "id"):
        found[row.patient_id].append(row)
    return found


def has_answers(grant: Grant, practice_id: int) -> bool:
    """Say whether this practice asks payers about eligibility at all."""
    return bool(EligibilityAnswer.objects.under(grant, practice_id=practice_id).exists())


def stays_for(
    grant: Grant, practice_id: int, patient_ids: Iterable[UUID]
) -> dict[UUID, tuple[scrub.Stay, ...]]:
    """Give patients' stays."""
    rows = Stay.objects.under(grant, practice_id=practice_id)
    found: dict[UUID, tuple[scrub.Stay, ...]] = defaultdict(tuple)
    for row in rows.filter(patient_id__in=set(patient_ids)).order_by("admitted_date", "id"):
        found[row.patient_id] += (
            scrub.Stay(admitted=row.admitted_date, discharged=row.discharged_date, kind=row.kind),
        )
    return found
