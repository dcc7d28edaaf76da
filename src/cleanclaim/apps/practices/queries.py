"""Finding practices of the scope's tenant and providers of the grant's practices."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from cleanclaim.apps.practices.models import Practice, Provider
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal


def practice_list() -> list[Practice]:
    """Give all practices of the tenant by name."""
    return list(Practice.objects.order_by("name", "id"))


def practice_get(practice_id: int) -> Practice:
    """Give one practice.

    Raises:
        Refusal: `unknown_practice`.
    """
    found = Practice.objects.filter(id=practice_id).first()
    if found is None:
        raise Refusal("unknown_practice", "The company has no such practice.")
    return found


def practice_by_npi(npi: str) -> Practice | None:
    """Find the practice that bills under an NPI."""
    return Practice.objects.filter(npi=npi).first()


def providers_of(grant: Grant, practice_id: int) -> QuerySet[Provider]:
    """Give the providers of one of the grant's practices; they are no patients' data."""
    if practice_id not in grant.practice_ids:
        raise Refusal("grant_wrong_practice", "The leave does not cover this practice.")
    return Provider.objects.filter(practice_id=practice_id)


def providers_by_npi(grant: Grant, practice_id: int, npis: Iterable[str]) -> dict[str, Provider]:
    """Give the known ones of these providers of a practice."""
    rows = providers_of(grant, practice_id).filter(npi__in=set(npis))
    return {item.npi: item for item in rows}


def providers_by_id(grant: Grant, practice_id: int, ids: Iterable[UUID]) -> dict[UUID, Provider]:
    """Give providers of a practice by their own id."""
    rows = providers_of(grant, practice_id).filter(id__in=set(ids))
    return {item.id: item for item in rows}
