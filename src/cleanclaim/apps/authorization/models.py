"""Authorizations and referrals with their sealed numbers, answers about eligibility, stays."""

from typing import ClassVar

import msgspec
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cleanclaim.apps.authorization.records import AuthorizationRecord
from cleanclaim.platform.models.bases import PracticeModel
from cleanclaim.platform.sealed.record import SealedModel


class Authorization(SealedModel):
    """An authorization or referral as the payer gave it; its number is sealed.

    `number_key` is the keyed fingerprint that a number is found by; `codes` are single codes and
    ranges, `97110-97140`.
    """

    record: ClassVar[type[msgspec.Struct]] = AuthorizationRecord
    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.insurance.coverage"})

    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="+")
    number_key = models.BinaryField(max_length=16)
    payer_id = models.TextField()
    kind = models.TextField()
    status = models.TextField()
    start_date = models.DateField()
    end_date = models.DateField()
    codes = ArrayField(models.CharField(max_length=11), default=list)
    provider_npis = ArrayField(models.CharField(max_length=10), default=list)
    units = models.DecimalField(max_digits=9, decimal_places=3, null=True)

    class Meta:
        db_table = "authorization"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "patient", "payer_id", "number_key"],
                name="authorization_number",
            ),
        ]


class EligibilityAnswer(PracticeModel):
    """What a payer answered about a patient's coverage from a day to a day."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.insurance.coverage"})

    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="+")
    payer_id = models.TextField()
    checked_date = models.DateField()
    status = models.TextField()
    start_date = models.DateField()
    end_date = models.DateField()
    requires_referral = models.BooleanField(default=False)
    overlays = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "eligibility_answer"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "patient", "payer_id", "checked_date", "start_date"],
                name="eligibility_answer_once",
            ),
        ]


class Stay(PracticeModel):
    """A patient's inpatient or skilled nursing stay; without a last day it goes on."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.insurance.coverage"})

    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="+")
    kind = models.TextField()
    admitted_date = models.DateField()
    discharged_date = models.DateField(null=True)

    class Meta:
        db_table = "stay"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "patient", "admitted_date"], name="stay_since"
            ),
        ]
