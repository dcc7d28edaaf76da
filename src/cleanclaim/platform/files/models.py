"""A file and its sealed pieces; both are written once."""

from django.db import models

from cleanclaim.platform.models.bases import TenantModel


class StoredFile(TenantModel):
    """A file by the digest of its content, which is its natural key within the tenant.

    Kept under the tenant, because an inbound file may hold several practices until it is routed.
    The name is sealed: partners write names of persons into it.
    """

    digest = models.BinaryField(max_length=32)
    size = models.BigIntegerField()
    kind = models.TextField()
    sealed_name = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["tenant_id", "digest"], name="files_file_digest"),
        )


class FilePiece(TenantModel):
    """One sealed piece of a file, in its order."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    number = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["file", "number"], name="files_piece_number"),
        )
