"""Connections with partners and every file that went out or came in."""

from typing import ClassVar

from django.db import models

from cleanclaim.platform.files.models import StoredFile
from cleanclaim.platform.models.bases import PracticeModel, TenantModel


class Connection(TenantModel):
    """How files reach a clearinghouse or payer, and under which names."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"biz.identifiers"})

    name = models.TextField()
    transport = models.TextField()
    settings = models.JSONField(default=dict)
    sender_id = models.CharField(max_length=15)
    receiver_id = models.CharField(max_length=15)
    is_test = models.BooleanField(default=False)
    polled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "connection"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant_id", "name"], name="connection_name"),
        ]


class ControlNumber(TenantModel):
    """A control number given out for ever; answers that name it are routed to its practice."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"biz.identifiers"})

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    practice_id = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "control_number"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant_id", "connection", "number"], name="control_number_once"
            ),
        ]


class Interchange(PracticeModel):
    """One file that goes out. It holds one practice; its bytes are kept before any leaves.

    sealed -> sending -> sent -> accepted | rejected; sending -> unknown -> sent | sealed.
    """

    class State(models.TextChoices):
        SEALED = "sealed"
        SENDING = "sending"
        UNKNOWN = "unknown"
        SENT = "sent"
        ACCEPTED = "accepted"
        REJECTED = "rejected"

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="+")
    control_number = models.BigIntegerField()
    name = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.TextField(choices=State.choices, default=State.SEALED)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    proof = models.TextField(blank=True)

    class Meta:
        db_table = "interchange"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "connection", "control_number"],
                name="interchange_control_number",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["practice_id", "state"],
                name="interchange_open",
                condition=~models.Q(state__in=["accepted", "rejected"]),
            ),
        ]


class InboundFile(TenantModel):
    """One file that came in; kept under the tenant until it is routed to a practice.

    received -> applied | parked | refused; parked -> applied | refused by a person.
    """

    class State(models.TextChoices):
        RECEIVED = "received"
        APPLIED = "applied"
        PARKED = "parked"
        REFUSED = "refused"

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.payments"})

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="+", null=True)
    practice_id = models.BigIntegerField(null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    kind = models.TextField(blank=True)
    state = models.TextField(choices=State.choices, default=State.RECEIVED)
    reason = models.TextField(blank=True)
    times_received = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inbound_file"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant_id", "file"], name="inbound_file_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant_id", "received_at"],
                name="inbound_file_waiting",
                condition=models.Q(state="received"),
            ),
        ]
