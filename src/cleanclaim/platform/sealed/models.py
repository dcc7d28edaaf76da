"""Wrapped keysets."""

from django.db import models

from cleanclaim.platform.models.bases import TenantModel


class Keyset(TenantModel):
    """The keys of a practice, or of the tenant itself, wrapped by the master key.

    `purpose` is `seal` or `index`; removing the row makes everything sealed with it unreadable.
    """

    practice_id = models.BigIntegerField(null=True)
    purpose = models.TextField()
    wrapped = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["tenant_id", "practice_id", "purpose"],
                nulls_distinct=False,
                name="sealed_keyset_once",
            ),
        )
