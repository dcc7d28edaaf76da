"""Patients and coverages. What names a person is sealed; searches use keyed fingerprints."""

from typing import ClassVar

import msgspec
from django.db import models

from cleanclaim.apps.patients.records import CoverageRecord, PatientRecord
from cleanclaim.platform.sealed.record import SealedModel


class Patient(SealedModel):
    """A patient of a practice: an opaque id, and a sealed record that can be erased.

    `number_key`, `name_key` and `phone_key` are keyed fingerprints of the practice's number of
    the patient, of last name and birth date, and of the telephone number.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        CONFIRMED = "confirmed"
        MERGED = "merged"

    record: ClassVar[type[msgspec.Struct]] = PatientRecord
    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.identity.name"})

    number_key = models.BinaryField(max_length=16)
    name_key = models.BinaryField(max_length=16)
    phone_key = models.BinaryField(max_length=16, null=True)
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "patient"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "number_key"], name="patient_number"),
        ]
        indexes: ClassVar = [models.Index(fields=["practice_id", "name_key"], name="patient_name")]


class Coverage(SealedModel):
    """One plan that covers a patient, in its rank; the order of plans is dated."""

    class State(models.TextChoices):
        DRAFT = "draft"
        CONFIRMED = "confirmed"

    record: ClassVar[type[msgspec.Struct]] = CoverageRecord
    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.insurance.coverage"})

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="coverages")
    payer = models.ForeignKey("payers.Payer", models.PROTECT, related_name="+")
    rank = models.SmallIntegerField()
    relationship_code = models.CharField(max_length=2, default="18")
    member_key = models.BinaryField(max_length=16)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "coverage"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "patient", "payer", "member_key"], name="coverage_member"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice_id", "member_key"], name="coverage_member_key")
        ]
