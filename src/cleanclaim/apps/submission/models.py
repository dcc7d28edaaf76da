"""Batches of claims that go out, and what comes back about them before any money."""

from typing import ClassVar

from django.db import models

from cleanclaim.platform.models.bases import PracticeModel


class Batch(PracticeModel):
    """One ST of claims inside an interchange.

    sealed -> sent -> accepted_file | partially_accepted | rejected_file.
    """

    class State(models.TextChoices):
        SEALED = "sealed"
        SENT = "sent"
        ACCEPTED = "accepted_file"
        PARTIAL = "partially_accepted"
        REJECTED = "rejected_file"

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    interchange = models.ForeignKey("exchange.Interchange", models.PROTECT, related_name="batches")
    group_control_number = models.BigIntegerField()
    transaction_control_number = models.TextField()
    reference = models.TextField()
    claim_count = models.PositiveIntegerField()
    charge_cents = models.BigIntegerField()
    state = models.TextField(choices=State.choices, default=State.SEALED)

    class Meta:
        db_table = "batch"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "interchange", "transaction_control_number"],
                name="batch_control_number",
            ),
        ]


class BatchClaim(PracticeModel):
    """One claim version in its place in a batch; a version is sent once."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="claims")
    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="+")
    version = models.ForeignKey("claims.ClaimVersion", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    ordinal = models.PositiveIntegerField()

    class Meta:
        db_table = "batch_claim"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "version"], name="batch_version_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice_id", "number"], name="batch_claim_number"),
        ]


class Acknowledgement(PracticeModel):
    """What a file said about a claim or a batch; append only."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    file = models.ForeignKey("exchange.InboundFile", models.PROTECT, related_name="+")
    ordinal = models.PositiveIntegerField()
    kind = models.TextField()
    interchange_id = models.UUIDField(null=True)
    claim_id = models.UUIDField(null=True)
    number = models.TextField(blank=True)
    verdict = models.TextField()
    content = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        db_table = "acknowledgement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "file", "ordinal"], name="acknowledgement_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice_id", "claim_id"], name="acknowledgement_claim"),
        ]
