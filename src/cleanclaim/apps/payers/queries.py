"""Finding payers of the scope's tenant."""

from collections.abc import Iterable
from uuid import UUID

from cleanclaim.apps.payers.models import Payer


def payers_by_exchange_id(payer_ids: Iterable[str]) -> dict[str, Payer]:
    """Give the known ones of these payers by their identifier in the exchange."""
    return {item.payer_id: item for item in Payer.objects.filter(payer_id__in=set(payer_ids))}


def payers_by_id(ids: Iterable[UUID]) -> dict[UUID, Payer]:
    """Give payers by their own id."""
    return {item.id: item for item in Payer.objects.filter(id__in=set(ids))}


def payers_by_trace(trace_originator: str) -> list[Payer]:
    """Give the payers whose payments bear this originator; several brands may share one."""
    return list(Payer.objects.filter(trace_originator=trace_originator).order_by("payer_id"))


def payer_list() -> list[Payer]:
    """Give all payers of the tenant by name."""
    return list(Payer.objects.order_by("name", "payer_id"))
