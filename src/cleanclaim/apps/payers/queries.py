"""Finding payers of the scope's tenant."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models.functions import Lower

from cleanclaim.apps.payers.models import Payer
from cleanclaim.core.intake import BY_NAME


def payers_by_exchange_id(payer_ids: Iterable[str]) -> dict[str, Payer]:
    """Give the known ones of these payers by their identifier in the exchange.

    A chart may know a payer's name alone and call it `name:blue plan`; the payer that a person has
    confirmed under this name is then the one.
    """
    wanted = set(payer_ids)
    found = {item.payer_id: item for item in Payer.objects.filter(payer_id__in=wanted)}
    names = [one.removeprefix(BY_NAME) for one in wanted - set(found) if one.startswith(BY_NAME)]
    if names:
        rows = Payer.objects.annotate(lower=Lower("name")).filter(lower__in=names)
        for item in rows.filter(state=Payer.State.CONFIRMED).order_by("payer_id"):
            found.setdefault(BY_NAME + item.lower, item)
    return found


def payers_by_id(ids: Iterable[UUID]) -> dict[UUID, Payer]:
    """Give payers by their own id."""
    return {item.id: item for item in Payer.objects.filter(id__in=set(ids))}


def payers_by_trace(trace_originator: str) -> list[Payer]:
    """Give the payers whose payments bear this originator; several brands may share one."""
    return list(Payer.objects.filter(trace_originator=trace_originator).order_by("payer_id"))


def payer_list() -> list[Payer]:
    """Give all payers of the tenant by name."""
    return list(Payer.objects.order_by("name", "payer_id"))
