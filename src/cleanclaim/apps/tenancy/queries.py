"""Reading the directory of tenants and people."""

from collections.abc import Iterable

from cleanclaim.apps.tenancy.models import Person, Tenant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import directory_scope


def tenant_list() -> list[Tenant]:
    """List all tenants, oldest first; for jobs that go from tenant to tenant."""
    with directory_scope():
        return list(Tenant.objects.order_by("id"))


def tenant_get(slug: str) -> Tenant:
    """Find a tenant by its short name.

    Raises:
        Refusal: There is none; the message lists those that are.
    """
    tenants = {tenant.slug: tenant for tenant in tenant_list()}
    if slug not in tenants:
        known = ", ".join(tenants) or "none"
        raise Refusal("no_such_tenant", f"There is no tenant {slug}; there are: {known}.")
    return tenants[slug]


def person_get(username: str) -> Person:
    """Find a person by sign-in name.

    Raises:
        Refusal: There is none.
    """
    with directory_scope():
        found = Person.objects.filter(username__iexact=username).first()
    if found is None:
        raise Refusal("no_such_person", f"Nobody signs in as {username}.")
    return found


def person_list() -> list[Person]:
    """List the people of the scope's tenant by name."""
    return list(Person.objects.order_by("name", "id"))


def person_practice_ids(person: Person, all_practice_ids: Iterable[int]) -> tuple[int, ...]:
    """Tell the practices that a person may work for, in ascending order.

    Args:
        all_practice_ids: The tenant's practices, which this floor does not know.
    """
    every = sorted(all_practice_ids)
    if person.has_all_practices:
        return tuple(every)
    with directory_scope():
        own = set(person.practices.values_list("practice_id", flat=True))
    return tuple(number for number in every if number in own)
