"""Work items."""

from typing import ClassVar

import msgspec
from django.db import models

from cleanclaim.apps.work.records import NoteText
from cleanclaim.platform.models.bases import PracticeModel, TenantModel
from cleanclaim.platform.sealed.record import SealedModel


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
    assignee_id = models.UUIDField(null=True)

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
                include=["tenant_id", "owner", "state", "pended_until", "stake_cents"],
                name="work_item_queue_sums",
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


class Note(SealedModel):
    """What somebody wrote about a claim or another subject: kept for ever, sealed, erasable."""

    record: ClassVar[type[msgspec.Struct]] = NoteText
    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    subject_id = models.TextField()
    actor = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "note"
        indexes: ClassVar = [
            models.Index(fields=["practice_id", "subject_id", "at"], name="note_subject"),
        ]


class Run(TenantModel):
    """One billing day of a company, as it goes on: what each step has moved and how long it took.

    running -> waiting -> running; running -> failed -> running. Who reads it and finds it running
    without a sign of life knows that its worker is gone.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        WAITING = "waiting"
        FAILED = "failed"

    data_categories: ClassVar[frozenset[str]] = frozenset({"biz.identifiers"})

    day = models.DateField()
    state = models.TextField(choices=State.choices, default=State.RUNNING)
    step = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    seconds = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    actor = models.TextField()
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "run"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant_id", "day"], name="run_day"),
        ]
