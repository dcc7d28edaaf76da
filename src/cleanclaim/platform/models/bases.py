"""Abstract models: rows of a tenant and rows of a practice, and the manager that guards them."""

from typing import Any, ClassVar, Self

from django.db import models

from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models import lookups as _lookups  # noqa: F401  registers itself
from cleanclaim.platform.models.scope import refuse_uncovered, refuse_unless_allowed, scope_now


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows of the scope; `under` narrows them to what one grant covers."""

    def under(self, grant: Grant, *, practice_id: int | None = None) -> Self:
        """Keep the rows that a grant opens.

        Args:
            grant: Its practices filter the rows; its categories must cover the model's.
            practice_id: One practice of them; None for all.

        Raises:
            Refusal: Another tenant, practice or kind of data, or after the grant's end.
        """
        chosen = grant.practice_ids if practice_id is None else (practice_id,)
        refuse_unless_allowed(grant, chosen, getattr(self.model, "data_categories", frozenset()))
        if not issubclass(self.model, PracticeModel):
            return self.filter(tenant_id=grant.tenant_id)
        return self.filter(**_practice_filter(chosen))


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """Shows the rows of the scope, and refuses outside one."""

    def get_queryset(self) -> ScopedQuerySet:
        """Start a query on the scope's rows; the explicit filter lets the indexes serve it."""
        held = scope_now()
        rows: ScopedQuerySet = super().get_queryset()
        if held.every:
            return rows
        if held.tenant_id is None:
            raise Refusal("no_tenant", "The directory's scope opens no rows of a company.")
        if not issubclass(self.model, PracticeModel):
            return rows.filter(tenant_id=held.tenant_id)
        if not held.practice_ids:
            raise Refusal("no_practice", "Rows of a practice need a grant that names it.")
        refuse_uncovered(self.model.data_categories)
        return rows.filter(**_practice_filter(held.practice_ids))


def tenant_in_scope() -> int:
    """Tell the tenant that a new row belongs to."""
    tenant_id = scope_now().tenant_id
    if tenant_id is None:
        raise Refusal("no_tenant", "A row of a company was made outside its scope.")
    return tenant_id


def practice_in_scope() -> int:
    """Tell the practice that a new row belongs to, where the scope holds exactly one."""
    practice_ids = scope_now().practice_ids
    if len(practice_ids) != 1:
        raise Refusal("which_practice", "The scope holds several practices: name one for the row.")
    return practice_ids[0]


class TenantModel(models.Model):
    """A row of a tenant; its table is guarded by `guards.tenant_guard` in its migration.

    `data_categories` names what the rows hold in words of the policy.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.BigIntegerField(default=tenant_in_scope, editable=False)

    objects = ScopedManager()

    class Meta:
        abstract = True


class PracticeModel(TenantModel):
    """A row of a practice; guarded by `guards.practice_guard`; unique keys hold the practice."""

    practice_id = models.BigIntegerField(default=practice_in_scope, editable=False)

    class Meta:
        abstract = True


def _practice_filter(practice_ids: tuple[int, ...]) -> dict[str, object]:
    if len(practice_ids) == 1:
        return {"practice_id": practice_ids[0]}
    return {"practice_id__in": practice_ids}
