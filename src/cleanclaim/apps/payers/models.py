"""Payers as a billing company knows them."""

from typing import ClassVar

from django.db import models

from cleanclaim.platform.models.bases import TenantModel


class Payer(TenantModel):
    """A payer: its identifier in the exchange, its trace originator, its terms.

    A draft came in with an encounter and holds that encounter's claims until a person confirms.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        CONFIRMED = "confirmed"

    data_categories: ClassVar[frozenset[str]] = frozenset({"biz.identifiers"})

    payer_id = models.TextField()
    name = models.TextField()
    filing_indicator = models.CharField(max_length=2)
    trace_originator = models.TextField(blank=True)
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    takes_replacements = models.BooleanField(default=True)
    timely_filing_days = models.PositiveSmallIntegerField(null=True)
    crossover_wait_days = models.PositiveSmallIntegerField(default=30)
    profile = models.JSONField(default=dict)

    class Meta:
        db_table = "payer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant_id", "payer_id"], name="payer_id_in_exchange"),
        ]
