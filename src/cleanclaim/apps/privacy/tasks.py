"""What runs by the clock for all tenants."""

from contextlib import suppress
from datetime import UTC, datetime

from procrastinate.contrib.django import app

from cleanclaim.apps.privacy.watch import evidence_watch
from cleanclaim.apps.tenancy.public import tenant_list
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import tenant_scope


@app.periodic(cron="*/10 * * * *")
@app.task(name="privacy.evidence_look", queue="upkeep", queueing_lock="evidence_look")
def evidence_look(timestamp: int) -> None:
    """Look at the evidence of every tenant's published page."""
    now = datetime.fromtimestamp(timestamp, UTC)
    for tenant in tenant_list():
        # What is refused for one company is recorded there and stops no other.
        with suppress(Refusal), tenant_scope(tenant.id, actor="job:evidence_look", at=now):
            evidence_watch(tenant.policy, at=now)
