"""Writing practices and their providers; NPIs are the natural keys."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from cleanclaim.apps.practices.models import Practice, Provider
from cleanclaim.apps.practices.queries import providers_of
from cleanclaim.core import claim as core
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel import npi as npis
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record


def practice_create(*, name: str, npi: str, tax_id: str, **facts: Any) -> Practice:
    """Make a live practice of the scope's tenant, or find it.

    Args:
        name: Legal name, as on claims.
        npi: Its own NPI.
        tax_id: Nine digits.
        facts: Other fields of `Practice`.

    Raises:
        Refusal: `bad_npi`, or `key_reused` when the NPI is another practice's.
    """
    if not npis.is_valid(npi):
        raise Refusal("bad_npi", "The practice's NPI has a wrong check digit.")
    practice, is_new = Practice.objects.get_or_create(
        npi=npi,
        defaults={"name": name, "tax_id": tax_id, "state": Practice.State.LIVE} | facts,
    )
    if not is_new and (practice.name, practice.tax_id) != (name, tax_id):
        raise Refusal("key_reused", f"The NPI {npi} is another practice's.")
    if is_new:
        audit_record(action="create", resource_type="practice", resource_ids=[practice.id])
    return practice


def provider_create(
    grant: Grant, practice_id: int, provider: core.Provider, *, is_confirmed: bool = True
) -> Provider:
    """Make a provider of a practice, or find it by NPI."""
    state = Provider.State.CONFIRMED if is_confirmed else Provider.State.DRAFT
    found, _ = providers_of(grant, practice_id).get_or_create(
        npi=provider.npi,
        practice_id=practice_id,
        defaults={
            "last": provider.name,
            "first": provider.first,
            "taxonomy_code": provider.taxonomy_code,
            "state": state,
        },
    )
    made: Provider = found
    return made


def providers_draft(
    grant: Grant, practice_id: int, providers: Iterable[core.Provider]
) -> dict[str, Provider]:
    """Make drafts of providers that came in with an encounter and are not known.

    Returns:
        The new ones by NPI.
    """
    named = {item.npi: item for item in providers if item.npi}
    return {
        key: provider_create(grant, practice_id, item, is_confirmed=False)
        for key, item in sorted(named.items())
    }


def provider_confirm(grant: Grant, practice_id: int, provider_id: UUID) -> None:
    """Confirm a draft, so that it holds no claim any more."""
    rows = providers_of(grant, practice_id)
    changed = rows.filter(id=provider_id, state=Provider.State.DRAFT).update(
        state=Provider.State.CONFIRMED
    )
    if not changed:
        raise Refusal("wrong_state", "The provider is not a draft.")
    audit_record(action="confirm", resource_type="provider", resource_ids=[provider_id])


def provider_complete(  # noqa: PLR0913  a provider has these facts
    grant: Grant,
    practice_id: int,
    provider_id: UUID,
    *,
    last: str,
    first: str,
    npi: str,
    taxonomy_code: str,
) -> None:
    """Confirm a draft with the facts that a person looked up, so that it holds no claim any more.

    Raises:
        Refusal: `bad_npi`; `key_reused`: the NPI is another provider's; `wrong_state`.
    """
    if not npis.is_valid(npi):
        raise Refusal("bad_npi", "The NPI has a wrong check digit: look it up in the registry.")
    rows = providers_of(grant, practice_id)
    if rows.filter(npi=npi).exclude(id=provider_id).exists():
        raise Refusal("key_reused", "Another provider of this practice has this NPI.")
    rows.filter(id=provider_id).update(last=last, first=first, npi=npi, taxonomy_code=taxonomy_code)
    provider_confirm(grant, practice_id, provider_id)


def provider_list(grant: Grant, practice_id: int) -> list[Provider]:
    """Give the providers of a practice by name."""
    return list(providers_of(grant, practice_id).order_by("last", "first", "npi"))
