"""Events as they happen, and the links that a sequencer chains them with."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Cast

from cleanclaim.platform.models.bases import TenantModel


class AuditEvent(TenantModel):
    """One thing done or refused; one row for a batch, never one for each record.

    `resource_ids` and `detail` hold opaque ids, codes and counts, never an identifier of a person.
    """

    practice_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    actor = models.TextField()
    action = models.TextField()
    resource_type = models.TextField()
    resource_ids = ArrayField(models.TextField(), default=list)
    resource_count = models.IntegerField(default=0)
    outcome = models.TextField()
    purpose = models.TextField(default="")
    recipient = models.TextField(default="")
    rule = models.TextField(default="")
    policy_digest = models.TextField(default="")
    decision_id = models.TextField(default="")
    detail = models.JSONField(default=dict)
    transaction_number = models.BigIntegerField(
        db_default=Cast(
            Cast(models.Func(function="pg_current_xact_id"), models.TextField()),
            models.BigIntegerField(),
        )
    )

    class Meta:
        indexes = (
            models.Index(
                fields=["tenant_id", "transaction_number", "id"], name="audit_event_order"
            ),
            models.Index(fields=["tenant_id", "at"], name="audit_event_at"),
        )


class AuditLink(TenantModel):
    """The place of an event in its tenant's chain; `digest` covers it and the link before."""

    number = models.BigIntegerField()
    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="link")
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["tenant_id", "number"], name="audit_link_number"),
        )
