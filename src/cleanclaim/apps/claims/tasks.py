"""Long work on claims that a person asked for: an own rule tried on the last 90 days."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from cleanclaim.apps.claims.past import claims_past, past_ids
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.rules.public import (
    RuleTrial,
    rule_compiled,
    rule_tested,
    trial_ask,
    trial_begin,
    trial_end,
    trial_move,
    trial_version,
)
from cleanclaim.apps.tenancy.public import tenant_list
from cleanclaim.core.privacy import Grant
from cleanclaim.core.scrub.language import backtest, backtests_join
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.jobs import job
from cleanclaim.platform.models.scope import scope


def rule_trial_ask(grant: Grant, version_id: UUID, *, at: datetime) -> RuleTrial:
    """Ask for a back-test by a worker, in the transaction that is open; one at a time is enough.

    Raises:
        Refusal: `unknown_rule`.
    """
    row = trial_ask(grant, version_id, at=at)
    rule_trial.defer(
        grant.tenant_id,
        once=f"trial:{row.id}",
        trial=row.id,
        practices=list(grant.practice_ids),
    )
    return row


@job(attempts=3)
def rule_trial(
    *, tenant_id: int, actor: str, at: datetime, trial: str, practices: Sequence[int]
) -> None:
    """Run an own rule over the last 90 days of claims, batch by batch, and keep what came out.

    Each batch is a transaction of its own, so that whoever asked sees how far it is; a run that
    was cut short begins anew.
    """
    tenant = next(one for one in tenant_list() if one.id == tenant_id)
    grant = work_grant(tenant.policy, tenant_id, practices, actor=actor, at=at)
    trial_id = UUID(trial)
    try:
        _run(grant, trial_id, at)
    except Refusal as refusal:
        with scope(grant, at=at):
            trial_end(grant, trial_id, at=at, problem=refusal.message)


def _run(grant: Grant, trial_id: UUID, at: datetime) -> None:
    with scope(grant, at=at):
        version_id = trial_version(grant, trial_id)
        rule = rule_compiled(grant, version_id)
        batches = past_ids(grant, version_id, day=at.date())
        trial_begin(grant, trial_id, sum(len(ids) for _, ids in batches), at=at)
    parts = []
    for practice_id, ids in batches:
        with scope(grant, at=at):
            parts.append(backtest(rule, claims_past(grant, practice_id, ids)))
            trial_move(grant, trial_id, len(ids), at=datetime.now(UTC))
    with scope(grant, at=at):
        rule_tested(grant, version_id, backtests_join(parts), at=at)
        trial_end(grant, trial_id, at=at)
