"""What payers said about money, and what the bank showed."""

from typing import ClassVar

from django.db import models

from cleanclaim.apps.exchange.models import InboundFile
from cleanclaim.apps.payers.models import Payer
from cleanclaim.platform.models.bases import PracticeModel


class Remittance(PracticeModel):
    """One payment of one payer to one payee, or the notice that there is none.

    received -> out_of_balance | parked_trace_conflict | duplicate | posted_awaiting_eft |
    partially_posted | closed. One remittance is one trace: the key names payer, trace and payee.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.payments"})

    file = models.ForeignKey(InboundFile, models.PROTECT, null=True, related_name="+")
    payer = models.ForeignKey(Payer, models.PROTECT, null=True, related_name="+")
    payer_trace_id = models.TextField()
    trace = models.TextField()
    payee = models.TextField()
    digest = models.CharField(max_length=64)
    is_held_back = models.BooleanField(default=False)
    amount_cents = models.BigIntegerField()
    method = models.CharField(max_length=3)
    payment_date = models.DateField()
    payer_name = models.TextField(blank=True)
    claim_count = models.PositiveIntegerField(default=0)
    content = models.JSONField(default=dict)
    state = models.TextField()
    received_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "remittance"
        constraints: ClassVar = [
            # What was held back (duplicate, conflict, out of balance) does not take the key.
            models.UniqueConstraint(
                fields=["practice_id", "payer_trace_id", "trace", "payee"],
                name="remittance_trace",
                condition=models.Q(is_held_back=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice_id", "state", "payment_date"], name="remittance_state"),
            models.Index(fields=["practice_id", "trace"], name="remittance_trace_search"),
        ]


class RemittanceClaim(PracticeModel):
    """One claim of a remittance and the claim of ours that it was placed on."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.payments"})

    remittance = models.ForeignKey(Remittance, models.PROTECT, related_name="claims")
    ordinal = models.PositiveIntegerField()
    number = models.TextField()
    status_code = models.CharField(max_length=2)
    payer_control_number = models.TextField(blank=True)
    charge_cents = models.BigIntegerField()
    paid_cents = models.BigIntegerField()
    patient_cents = models.BigIntegerField()
    claim_id = models.UUIDField(null=True)
    matched_by = models.TextField(blank=True)
    state = models.TextField(default="received")
    content = models.JSONField(default=dict)

    class Meta:
        db_table = "remittance_claim"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "remittance", "ordinal"], name="remittance_claim_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice_id", "claim_id"], name="remittance_claim_claim"),
            models.Index(fields=["practice_id", "number"], name="remittance_claim_number"),
        ]


class Deposit(PracticeModel):
    """Money that the bank showed: a transfer with its trace.

    seen -> matched -> reconciled; matched_remit_not_posted; unmatched.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.payments"})

    file = models.ForeignKey(InboundFile, models.PROTECT, null=True, related_name="+")
    payer_trace_id = models.TextField()
    trace = models.TextField()
    amount_cents = models.BigIntegerField()
    deposit_date = models.DateField()
    state = models.TextField(default="seen")
    received_at = models.DateTimeField()

    class Meta:
        db_table = "deposit"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "payer_trace_id", "trace"], name="deposit_trace"
            ),
        ]
