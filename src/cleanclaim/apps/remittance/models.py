"""What payers said about money, and what the bank showed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cleanclaim.platform.models.bases import PracticeModel


class Remittance(PracticeModel):
    """One payment of one payer to one payee, or the notice that there is none.

    received -> out_of_balance | parked_trace_conflict | duplicate | posted_awaiting_eft |
    partially_posted | closed. One remittance is one trace: the key names payer, trace and payee.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.payments"})

    file = models.ForeignKey("exchange.InboundFile", models.PROTECT, null=True, related_name="+")
    payer = models.ForeignKey("payers.Payer", models.PROTECT, null=True, related_name="+")
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
    content = models.BinaryField(null=True)
    parked = models.PositiveIntegerField(default=0)
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


class Adjudication(PracticeModel):
    """One claim of a remittance as it was posted to a claim of ours; names nobody.

    `entry_keys` name everything it posted, which a reversal mirrors.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.payments"})

    key = models.TextField()
    remittance = models.ForeignKey(Remittance, models.PROTECT, related_name="adjudications")
    ordinal = models.PositiveIntegerField()
    claim_id = models.UUIDField()
    number = models.TextField()
    status_code = models.CharField(max_length=2)
    payer_control_number = models.TextField(blank=True)
    charge_cents = models.BigIntegerField()
    paid_cents = models.BigIntegerField()
    patient_cents = models.BigIntegerField()
    content = models.BinaryField()
    entry_keys = ArrayField(models.TextField(), default=list)
    reversed_by = models.TextField(blank=True)

    class Meta:
        db_table = "adjudication"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "key"], name="adjudication_key"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice_id", "claim_id"], name="adjudication_claim"),
            models.Index(
                fields=["practice_id", "remittance", "ordinal"], name="adjudication_remittance"
            ),
        ]


class Matter(PracticeModel):
    """Something about money that is not finished: a parked part, a refund, an announced PLB.

    Kinds are those of `core.posting.state`: `parked`, `refund`, `plb`, `payment`, `capitation`.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.payments"})

    kind = models.TextField()
    name = models.TextField()
    is_open = models.BooleanField(default=True)
    amount_cents = models.BigIntegerField()
    remittance_id = models.UUIDField(null=True)
    claim_id = models.UUIDField(null=True)
    patient_id = models.UUIDField(null=True)
    payer_id = models.UUIDField(null=True)
    content = models.BinaryField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "matter"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "kind", "name"], name="matter_name"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["practice_id", "kind"], name="matter_open", condition=models.Q(is_open=True)
            ),
            models.Index(fields=["practice_id", "remittance_id"], name="matter_remittance"),
        ]


class Deposit(PracticeModel):
    """Money that the bank showed: a transfer with its trace.

    seen -> matched -> reconciled; matched_remit_not_posted; unmatched.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.payments"})

    file = models.ForeignKey("exchange.InboundFile", models.PROTECT, null=True, related_name="+")
    payer_trace_id = models.TextField()
    trace = models.TextField()
    amount_cents = models.BigIntegerField()
    deposit_date = models.DateField()
    state = models.TextField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "deposit"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "payer_trace_id", "trace"], name="deposit_trace"
            ),
        ]
