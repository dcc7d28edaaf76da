"""What runs by the clock for all tenants."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from cleanclaim.apps.tenancy.queries import tenant_list
from cleanclaim.platform.audit.chain import anchor_append, chain_extend, chain_head
from cleanclaim.platform.home import home_folder
from cleanclaim.platform.models.scope import tenant_scope

_BATCH = 5000


@app.periodic(cron="* * * * *")
@app.task(name="tenancy.audit_number", queue="upkeep", queueing_lock="audit_number")
def audit_number(timestamp: int) -> None:
    """Link the new events of every tenant into its chain, and note the head outside."""
    now = datetime.fromtimestamp(timestamp, UTC)
    for tenant in tenant_list():
        audit_link(tenant.id, at=now)


def audit_link(tenant_id: int, *, at: datetime) -> int:
    """Link all ripe events of a tenant; tell how many."""
    total = 0
    while True:
        with tenant_scope(tenant_id, actor="job:audit_number", at=at):
            count = chain_extend(limit=_BATCH)
            head = chain_head()
        total += count
        if count < _BATCH:
            break
    if total:
        anchor_append(head, home_folder("anchors"), at)
    return total
