"""A company at work as the database knows it, so that any worker can do its trip."""

from datetime import datetime

import msgspec

from cleanclaim.apps.exchange.public import connection_by_name
from cleanclaim.apps.practices.public import practice_list
from cleanclaim.apps.submission.public import Submitter
from cleanclaim.apps.tenancy.public import Tenant, tenant_list
from cleanclaim.config.trip import Office
from cleanclaim.core.posting.state import Policy
from cleanclaim.platform.models.scope import tenant_scope


def office_of(tenant: Tenant, *, actor: str, at: datetime) -> Office | None:
    """Read a company's office.

    Args:
        tenant: The company, with its settings.
        actor: Who will do the work.
        at: The instant of the reading.

    Returns:
        Nothing where the company has no practice, or no way to a payer yet.
    """
    settings = tenant.settings
    with tenant_scope(tenant.id, actor=actor, at=at):
        practice_ids = tuple(sorted(int(one.id) for one in practice_list()))
        connection = connection_by_name(settings.get("connection", ""))
    if not practice_ids or connection is None:
        return None
    return Office(
        tenant_id=tenant.id,
        policy=tenant.policy,
        practice_ids=practice_ids,
        connection_id=connection.id,
        submitter=msgspec.convert(settings["submitter"], Submitter),
        switches=msgspec.convert(settings.get("switches", {}), Policy),
        actor=actor,
    )


def office_by_id(tenant_id: int, *, actor: str, at: datetime) -> Office | None:
    """Read the office of a company by its id; nothing where it has none."""
    found = [one for one in tenant_list() if one.id == tenant_id]
    return office_of(found[0], actor=actor, at=at) if found else None
