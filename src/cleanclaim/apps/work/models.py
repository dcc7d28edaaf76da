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
    owner = models.TextField()
    state = models.TextField(choices=State.choices, default=State.OPEN)
    words = models.TextField(blank=True)
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
                fields=["practice_id", "kind", "subject_kind", "subject_id"],
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
            models.Index(
                fields=["practice_id", "subject_kind", "subject_id"], name="work_item_subject"
            ),
        ]
