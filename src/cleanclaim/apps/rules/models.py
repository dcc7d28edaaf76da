"""Own rules in versions, and what became of each: both append only."""

from typing import ClassVar

from django.db import models

from cleanclaim.platform.models.bases import TenantModel


class RuleVersion(TenantModel):
    """One version of a rule that people wrote; never changed, a new version instead.

    Without a practice it holds for all of the company's, without a payer for all payers.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    practice_id = models.BigIntegerField(null=True, editable=False)
    payer_id = models.TextField(blank=True)
    rule_id = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    when = models.TextField()
    message = models.TextField()
    severity = models.TextField()
    field = models.TextField(blank=True)
    fix = models.TextField(blank=True)
    source = models.TextField(blank=True)
    effective_date = models.DateField()
    end_date = models.DateField(null=True)
    made_at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        db_table = "rule_version"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant_id", "practice_id", "rule_id", "version"],
                name="rule_version_once",
                nulls_distinct=False,
            ),
        ]


class RuleStep(TenantModel):
    """What was done with a version: tested, activated, ended. `detail` holds counts and cents."""

    class Kind(models.TextChoices):
        TESTED = "tested"
        ACTIVATED = "activated"
        ENDED = "ended"

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    practice_id = models.BigIntegerField(null=True, editable=False)
    rule_version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="steps")
    kind = models.TextField(choices=Kind.choices)
    at = models.DateTimeField()
    actor = models.TextField()
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "rule_step"
        indexes: ClassVar = [
            models.Index(fields=["rule_version", "at"], name="rule_step_version"),
        ]


class RuleTrial(TenantModel):
    """A back-test as it goes on: how many claims there are, and how many were looked at.

    waiting -> running -> done | failed; `problem` says why it failed.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    practice_id = models.BigIntegerField(null=True, editable=False)
    rule_version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="trials")
    state = models.TextField(choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    looked = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        db_table = "rule_trial"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rule_version"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="rule_trial_one_at_a_time",
            ),
        ]
