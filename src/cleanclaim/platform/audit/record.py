"""Writing events: inside the transaction of the act, or after a refusal rolled it back."""

from collections.abc import Iterable, Mapping

from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.models import AuditEvent
from cleanclaim.platform.models.scope import Scope, scope_now, tenant_scope

IDS_KEPT = 1000


def audit_record(  # noqa: PLR0913  an event has this many sides, all but three with defaults
    *,
    action: str,
    resource_type: str,
    resource_ids: Iterable[object] = (),
    resource_count: int | None = None,
    practice_id: int | None = None,
    outcome: str = "done",
    detail: Mapping[str, object] | None = None,
    grant: Grant | None = None,
) -> AuditEvent:
    """Record an act in its own transaction; actor, purpose and leave come from the scope.

    Args:
        action: `read`, `create`, `send` ...: a word of the access table.
        resource_type: What was touched, for example `claim`.
        resource_ids: Opaque ids; of a large batch the first thousand are kept, the count is whole.
        resource_count: How many were touched, where the ids are not named one by one.
        practice_id: Whose; by default the scope's where it holds one.
        outcome: `done`, `refused` or `failed`.
        detail: Codes and counts alone.
        grant: The leave behind the act, where it is another one than the scope's.

    Raises:
        Refusal: There is no scope of a tenant.
    """
    held = scope_now()
    ids = [str(one) for one in resource_ids]
    grant = grant or held.grant
    if practice_id is None and len(held.practice_ids) == 1:
        practice_id = held.practice_ids[0]
    return AuditEvent.objects.create(
        practice_id=practice_id,
        at=held.at,
        actor=held.actor,
        action=action,
        resource_type=resource_type,
        resource_ids=ids[:IDS_KEPT],
        resource_count=len(ids) if resource_count is None else resource_count,
        outcome=outcome,
        purpose=grant.purpose if grant else "",
        recipient=grant.recipient if grant else "",
        rule=grant.rule if grant else "",
        policy_digest=grant.policy_digest if grant else "",
        decision_id=grant.decision_id if grant else "",
        detail=dict(detail or {}),
    )


def refusal_record(held: Scope, refusal: Refusal) -> None:
    """Record a refusal that ended a scope, in a transaction of its own."""
    if held.tenant_id is None or held.at is None:
        return
    grant = held.grant
    detail: dict[str, object] = {"code": refusal.code, **refusal.detail}
    if grant is not None:
        detail |= {"purpose": grant.purpose, "decision_id": grant.decision_id}
    with tenant_scope(held.tenant_id, actor=held.actor, at=held.at):
        audit_record(
            action="refuse",
            resource_type="grant" if refusal.code.startswith("grant_") else "scope",
            resource_count=0,
            practice_id=held.practice_ids[0] if len(held.practice_ids) == 1 else None,
            outcome="refused",
            detail=detail,
        )
