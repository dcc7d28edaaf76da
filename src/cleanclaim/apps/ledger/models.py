"""Journal and balances. Lines carry typed ids and no foreign keys upward."""

from typing import ClassVar

from django.db import models

from cleanclaim.platform.models.bases import PracticeModel


class JournalEntry(PracticeModel):
    """One entry; its lines sum to zero, which the database itself holds."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.payments"})

    key = models.TextField()
    event = models.TextField()
    day = models.DateField()
    period = models.CharField(max_length=7)
    reverses = models.TextField(blank=True)
    back_period = models.CharField(max_length=7, blank=True)
    actor = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "key"], name="ledger_entry_key"),
        ]
        indexes: ClassVar = [models.Index(fields=["practice_id", "day"], name="ledger_entry_day")]


class JournalLine(PracticeModel):
    """One line: a debit is positive. The key is practice, entry and ordinal."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.payments"})

    id = None
    pk = models.CompositePrimaryKey("practice_id", "entry_id", "ordinal")
    entry_id = models.UUIDField()
    ordinal = models.SmallIntegerField()
    account = models.CharField(max_length=4)
    amount_cents = models.BigIntegerField()
    day = models.DateField()
    payer_id = models.UUIDField(null=True)
    rank = models.SmallIntegerField(default=0)
    claim_id = models.UUIDField(null=True)
    line_id = models.UUIDField(null=True)
    patient_id = models.UUIDField(null=True)
    provider_id = models.UUIDField(null=True)
    trace = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    plb = models.TextField(blank=True)
    suspense = models.TextField(blank=True)
    month = models.CharField(max_length=7, blank=True)
    remittance = models.TextField(blank=True)

    class Meta:
        db_table = "ledger_line"
        indexes: ClassVar = [
            models.Index(fields=["practice_id", "claim_id"], name="ledger_line_claim"),
            models.Index(fields=["practice_id", "day", "account"], name="ledger_line_day"),
        ]


class Balance(PracticeModel):
    """What stands under a trace, a parked item or a patient's prepayments.

    Kept up in the transaction that adds the lines. What claims owe stands on their lines.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.payments"})

    id = None
    pk = models.CompositePrimaryKey("practice_id", "account", "detail")
    account = models.CharField(max_length=4)
    detail = models.TextField()
    cents = models.BigIntegerField()

    class Meta:
        db_table = "ledger_balance"


class ClosedPeriod(PracticeModel):
    """A month that takes no more entries; what comes late goes into the open month."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.payments"})

    period = models.CharField(max_length=7)
    closed_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_closed_period"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "period"], name="closed_period_once"),
        ]
