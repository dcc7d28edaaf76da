"""Packs of rules tried on the claims of every company before they are put in force."""

from collections.abc import Iterator
from datetime import datetime

from cleanclaim.apps.claims.public import own_rule_try
from cleanclaim.apps.practices.public import practice_list
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.rules.public import Pack
from cleanclaim.apps.tenancy.public import tenant_list
from cleanclaim.core.scrub.language import BackTest
from cleanclaim.platform.models.scope import scope, tenant_scope

ACTOR = "command:rules"


def pack_tried(pack: Pack, at: datetime) -> Iterator[tuple[str, str, BackTest]]:
    """Run each rule of a pack over the last 90 days of each company's claims.

    Yields:
        Company, rule, and what it would have done; a company without claims is left out.
    """
    for tenant in tenant_list():
        with tenant_scope(tenant.id, actor=ACTOR, at=at):
            ids = tuple(sorted(int(one.id) for one in practice_list()))
        if not ids:
            continue
        grant = work_grant(tenant.policy, tenant.id, ids, actor=ACTOR, at=at)
        for rule in pack.own_rules():
            with scope(grant, at=at):
                found = own_rule_try(grant, rule, day=at.date())
            if found.claims:
                yield tenant.name, rule.rule_id, found
