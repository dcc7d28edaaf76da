"""Writing payers; the identifier in the exchange is the natural key."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from cleanclaim.apps.payers.models import Payer
from cleanclaim.core import claim as core
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record


def payer_create(*, payer_id: str, name: str, filing_indicator: str, **terms: Any) -> Payer:
    """Make a confirmed payer, or find it.

    Args:
        payer_id: Its identifier in the exchange.
        name: As it is written on claims.
        filing_indicator: `CI`, `MB` …
        terms: Other fields of `Payer`.

    Raises:
        Refusal: `key_reused`: the identifier is another payer's.
    """
    wanted = {"name": name, "filing_indicator": filing_indicator} | terms
    payer, is_new = Payer.objects.get_or_create(
        payer_id=payer_id, defaults=wanted | {"state": Payer.State.CONFIRMED}
    )
    if not is_new and payer.name != name:
        raise Refusal("key_reused", f"The payer {payer_id} is there already under another name.")
    return payer


def payers_draft(payers: Iterable[core.Payer]) -> dict[str, Payer]:
    """Make drafts of payers that came in with an encounter and are not known.

    Returns:
        All of them by identifier, known or new.
    """
    named = {item.payer_id: item for item in payers}
    Payer.objects.bulk_create(
        [
            Payer(payer_id=key, name=item.name or key, filing_indicator=item.filing_indicator)
            for key, item in sorted(named.items())
        ],
        ignore_conflicts=True,
    )
    return {item.payer_id: item for item in Payer.objects.filter(payer_id__in=named)}


def payer_confirm(payer_id: UUID) -> None:
    """Confirm a draft, so that it holds no claim any more."""
    changed = Payer.objects.filter(id=payer_id, state=Payer.State.DRAFT).update(
        state=Payer.State.CONFIRMED
    )
    if not changed:
        raise Refusal("wrong_state", "The payer is not a draft.")
    audit_record(action="confirm", resource_type="payer", resource_ids=[payer_id])
