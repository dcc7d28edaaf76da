"""Client practices, the people who give services there, and their standing with payers."""

from typing import ClassVar

from django.db import models

from cleanclaim.platform.models.bases import PracticeModel, TenantModel


class Practice(TenantModel):
    """A client practice. Its number is what every row of the practice carries."""

    class State(models.TextChoices):
        ONBOARDING = "onboarding"
        LIVE = "live"
        OFFBOARDING = "offboarding"
        CLOSED = "closed"

    data_categories: ClassVar[frozenset[str]] = frozenset({"biz.practice_profile"})

    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    npi = models.CharField(max_length=10)
    tax_id = models.CharField(max_length=9)
    taxonomy_code = models.CharField(max_length=10, blank=True)
    clia_number = models.CharField(max_length=10, blank=True)
    address = models.JSONField(default=dict)
    phone = models.TextField(blank=True)
    timezone = models.TextField(default="America/New_York")
    state = models.TextField(choices=State.choices, default=State.ONBOARDING)
    policies = models.JSONField(default=dict)

    class Meta:
        db_table = "practice"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant_id", "npi"], name="practice_npi"),
        ]


class Provider(PracticeModel):
    """A person who gives services at a practice; a draft holds claims until it is confirmed."""

    class State(models.TextChoices):
        DRAFT = "draft"
        CONFIRMED = "confirmed"

    data_categories: ClassVar[frozenset[str]] = frozenset({"biz.identifiers"})

    npi = models.CharField(max_length=10)
    last = models.TextField()
    first = models.TextField(blank=True)
    taxonomy_code = models.CharField(max_length=10, blank=True)
    state = models.TextField(choices=State.choices, default=State.DRAFT)

    class Meta:
        db_table = "provider"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "npi"], name="provider_npi"),
        ]


class Credential(PracticeModel):
    """A provider's standing with a payer, from a day to a day."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"biz.identifiers"})

    provider_npi = models.CharField(max_length=10)
    payer_id = models.TextField()
    status = models.TextField()
    effective_date = models.DateField()
    end_date = models.DateField(null=True)

    class Meta:
        db_table = "credential"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "provider_npi", "payer_id", "effective_date"],
                name="credential_span",
            ),
        ]


class Enrollment(PracticeModel):
    """The practice's enrollment for an electronic transaction with a payer, since a day."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"biz.identifiers"})

    payer_id = models.TextField()
    transaction = models.CharField(max_length=4)
    status = models.TextField()
    effective_date = models.DateField()

    class Meta:
        db_table = "enrollment"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "payer_id", "transaction", "effective_date"],
                name="enrollment_since",
            ),
        ]


class Certificate(PracticeModel):
    """The CLIA certificate of the practice's laboratory, from a day to a day."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"biz.identifiers"})

    clia_number = models.CharField(max_length=10)
    level = models.TextField()
    start_date = models.DateField()
    end_date = models.DateField()

    class Meta:
        db_table = "certificate"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "clia_number", "start_date"], name="certificate_span"
            ),
        ]
