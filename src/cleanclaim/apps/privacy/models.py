"""What facts about agreements rest on."""

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
