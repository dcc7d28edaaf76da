"""What facts about agreements rest on, and what waits for the privacy officer."""

from typing import ClassVar

from django.db import models

from cleanclaim.platform.models.bases import TenantModel


class Agreement(TenantModel):
    """An agreement with somebody, such as the business associate agreement of 45 CFR 164.504(e).

    `party` names the other side by kind and opaque id: `practice:12`, `connection:…`.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"evidence.compliance"})

    kind = models.TextField()
    party = models.TextField()
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    reference = models.TextField(blank=True)

    class Meta:
        db_table = "agreement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant_id", "kind", "party", "start_date"], name="agreement_once"
            ),
        ]


class Alert(TenantModel):
    """Something that the privacy officer has to see to; open until it is mended.

    `subject` names a sentence of the page (`SA-10`), a part of it, or a finding of a policy file.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"evidence.compliance"})

    subject = models.TextField()
    words = models.TextField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "privacy_alert"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant_id", "subject"],
                name="privacy_alert_open_once",
                condition=models.Q(closed_at=None),
            ),
        ]
