"""Visits as they came in, and the charges they become."""

from typing import ClassVar

import msgspec
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cleanclaim.apps.encounters.records import EncounterRecord
from cleanclaim.platform.models.bases import PracticeModel
from cleanclaim.platform.sealed.record import SealedModel


class Intake(PracticeModel):
    """One source that was given: a superbill, a bundle, a file of another system.

    imported + waiting + already + refused = given.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    kind = models.TextField()
    digest = models.CharField(max_length=64)
    given = models.PositiveIntegerField()
    imported = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)
    taken_at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        db_table = "intake"


class Encounter(SealedModel):
    """One visit.

    waiting_for_coding -> charge_ready -> billed; sent_elsewhere -> billed. Drafts among what it
    names (`drafts`: patient, payer, provider, coverage) do not stop the charges; they hold the
    claim.
    """

    class State(models.TextChoices):
        WAITING_FOR_CODING = "waiting_for_coding"
        CHARGE_READY = "charge_ready"
        SENT_ELSEWHERE = "sent_elsewhere"
        BILLED = "billed"
        CANCELLED = "cancelled"

    record: ClassVar[type[msgspec.Struct]] = EncounterRecord
    data_categories: ClassVar[frozenset[str]] = frozenset(
        {"phi.clinical.diagnosis", "phi.clinical.procedure"}
    )

    number = models.TextField()
    content_key = models.BinaryField(max_length=16)
    intake = models.ForeignKey(Intake, models.PROTECT, null=True, related_name="+")
    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="+")
    rendering = models.ForeignKey("practices.Provider", models.PROTECT, null=True, related_name="+")
    service_date = models.DateField()
    place_of_service = models.CharField(max_length=2, blank=True)
    diagnoses = ArrayField(models.CharField(max_length=8), default=list)
    state = models.TextField(choices=State.choices)
    coverages = ArrayField(models.UUIDField(), default=list)
    drafts = ArrayField(models.TextField(), default=list)
    foreign_control_number = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "encounter"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "number"], name="encounter_number"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["practice_id", "state", "id"],
                include=["tenant_id"],
                name="encounter_states",
            ),
            models.Index(
                fields=["practice_id", "foreign_control_number"],
                name="encounter_foreign_number",
                condition=~models.Q(foreign_control_number=""),
            ),
        ]


class Charge(PracticeModel):
    """One service line of a visit; never changed once claimed: a void and a new one instead.

    posted -> voided.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.clinical.procedure"})

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="charges")
    line_number = models.TextField()
    ordinal = models.SmallIntegerField()
    procedure_code = models.CharField(max_length=5)
    modifiers = ArrayField(models.CharField(max_length=2), default=list)
    units = models.DecimalField(max_digits=11, decimal_places=3)
    unit_code = models.CharField(max_length=2, default="UN")
    charge_cents = models.BigIntegerField()
    service_date = models.DateField()
    diagnosis_pointers = ArrayField(models.SmallIntegerField(), default=list)
    drug = models.JSONField(null=True)
    is_restricted = models.BooleanField(default=False)
    is_self_pay = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True)
    replaces_id = models.UUIDField(null=True)

    class Meta:
        db_table = "charge"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "encounter", "line_number"], name="charge_line_number"
            ),
        ]


class Documented(PracticeModel):
    """What the documentation of a visit says, of one of its lines or, without one, of the whole."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.clinical.procedure"})

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="documented")
    ordinal = models.SmallIntegerField(default=0)
    content = models.JSONField()

    class Meta:
        db_table = "documented"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "encounter", "ordinal"], name="documented_once"
            ),
        ]
