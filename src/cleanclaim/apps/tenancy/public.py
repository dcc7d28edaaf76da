"""The door of tenancy."""

from cleanclaim.apps.tenancy.access import ACCESS, ROLES, is_allowed, refuse_unless
from cleanclaim.apps.tenancy.models import Person, Tenant
from cleanclaim.apps.tenancy.queries import (
    person_get,
    person_list,
    person_practice_ids,
    tenant_get,
    tenant_list,
)
from cleanclaim.apps.tenancy.services import (
    person_create,
    person_disable,
    second_factor_create,
    second_factor_secret,
    tenant_change,
    tenant_create,
)

__all__ = [
    "ACCESS",
    "ROLES",
    "Person",
    "Tenant",
    "is_allowed",
    "person_create",
    "person_disable",
    "person_get",
    "person_list",
    "person_practice_ids",
    "refuse_unless",
    "second_factor_create",
    "second_factor_secret",
    "tenant_change",
    "tenant_create",
    "tenant_get",
    "tenant_list",
]
