"""Work items."""

from typing import ClassVar

from django.db import models

from cleanclaim.platform.models.bases import PracticeModel


class WorkItem(PracticeModel):
    """One thing that waits for somebody: kind, subject, owner, what is at stake, until when.

    The subject is named by kind and id (`claim`, `remittance`, `file`), never by a person's name.
    """

    class State(models.TextChoices):
        OPEN = "open"
        PENDED = "pended"
        DONE = "done"

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    kind = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.TextField()
    claim_id = models.UUIDField(null=True)
    owner = models.TextField()
    state = models.TextField(choices=State.choices, default=State.OPEN)
    words = models.TextField(blank=True)
    requested_by = models.TextField(blank=True)
    stake_cents = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    due_date = models.DateField(null=True)
    pended_until = models.DateField(null=True)
    assignee_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "work_item"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "kind", "subject_id"],
                name="work_item_open_once",
                condition=~models.Q(state="done"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["practice_id", "kind", "opened_at"],
                name="work_item_queue",
                condition=~models.Q(state="done"),
            ),
            models.Index(fields=["practice_id", "subject_id"], name="work_item_subject"),
            models.Index(fields=["practice_id", "claim_id"], name="work_item_claim"),
        ]


class Hold(PracticeModel):
    """Something that must not go on: submission of a claim, statements or refunds of a patient."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    kind = models.TextField()
    subject_id = models.TextField()
    what = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "hold"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "kind", "subject_id", "what"], name="hold_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["practice_id", "subject_id"],
                name="hold_active",
                condition=models.Q(is_active=True),
            ),
        ]


class Timer(PracticeModel):
    """Something to look at on a day; what rings opens a work item of its kind."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    kind = models.TextField()
    claim_id = models.UUIDField()
    due_date = models.DateField()
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "timer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "kind", "claim_id"], name="timer_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["practice_id", "due_date"],
                name="timer_due",
                condition=models.Q(is_active=True),
            ),
        ]
