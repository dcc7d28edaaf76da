"""Contracts of a practice with payers, and prices: its own and its payers'."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cleanclaim.platform.models.bases import PracticeModel


class Contract(PracticeModel):
    """How a payer pays the practice, from a day to a day."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"biz.practice_profile"})

    contract = models.TextField()
    payer_id = models.TextField()
    plan = models.TextField(blank=True)
    provider_npis = ArrayField(models.CharField(max_length=10), default=list)
    method = models.TextField()
    percent = models.DecimalField(max_digits=7, decimal_places=3)
    locality = models.TextField(blank=True)
    lesser_of_charge = models.BooleanField(default=True)
    start_date = models.DateField()
    end_date = models.DateField(null=True)

    class Meta:
        db_table = "contract"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "contract", "start_date"], name="contract_since"
            ),
        ]


class Rate(PracticeModel):
    """A price of one unit: of a contract's fee schedule, or, without one, of the charge master."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"biz.practice_profile"})

    contract = models.TextField(blank=True)
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    place = models.CharField(max_length=2, blank=True)
    provider_npi = models.CharField(max_length=10, blank=True)
    payer_id = models.TextField(blank=True)
    plan = models.TextField(blank=True)
    amount_cents = models.BigIntegerField()
    start_date = models.DateField()
    end_date = models.DateField(null=True)

    class Meta:
        db_table = "rate"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[
                    *("practice_id", "code", "contract", "modifier", "place"),
                    *("provider_npi", "payer_id", "plan", "start_date"),
                ],
                name="rate_since",
            ),
        ]
