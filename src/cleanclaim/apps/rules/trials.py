"""Back-tests as they go on: asked for, moved by a worker, looked at by whoever asked."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from cleanclaim.apps.rules.models import RuleTrial
from cleanclaim.apps.rules.queries import rule_get
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record

_UNENDED = (RuleTrial.State.WAITING, RuleTrial.State.RUNNING)


def trial_ask(grant: Grant, version_id: UUID, *, at: datetime) -> RuleTrial:
    """Note that somebody wants a version tried; one that is under way is enough.

    Raises:
        Refusal: `unknown_rule`.
    """
    found = rule_get(grant, version_id)
    if found is None:
        raise Refusal("unknown_rule", "There is no such rule.")
    row, is_new = RuleTrial.objects.under(grant).get_or_create(
        rule_version_id=version_id,
        state__in=_UNENDED,
        defaults={
            "practice_id": found.version.practice_id,
            "state": RuleTrial.State.WAITING,
            "asked_at": at,
            "moved_at": at,
            "actor": grant.actor,
        },
    )
    if is_new:
        audit_record(action="change", resource_type="rule", resource_ids=[version_id, row.id])
    asked: RuleTrial = row
    return asked


def trial_last(grant: Grant, version_id: UUID) -> RuleTrial | None:
    """Give the newest back-test of a version, ended or not."""
    rows = RuleTrial.objects.under(grant).filter(rule_version_id=version_id)
    found: RuleTrial | None = rows.order_by("-asked_at", "-id").first()
    return found


def trial_begin(grant: Grant, trial_id: UUID, total: int, *, at: datetime) -> None:
    """Begin a back-test, or begin it anew after a worker was killed.

    Raises:
        Refusal: `wrong_state`: it has ended.
    """
    rows = RuleTrial.objects.under(grant).filter(id=trial_id, state__in=_UNENDED)
    if not rows.update(state=RuleTrial.State.RUNNING, total=total, looked=0, moved_at=at):
        raise Refusal("wrong_state", "This back-test has ended.")


def trial_version(grant: Grant, trial_id: UUID) -> UUID:
    """Give the version that a back-test is about."""
    rows = RuleTrial.objects.under(grant).filter(id=trial_id)
    version_id: UUID = rows.values_list("rule_version_id", flat=True).get()
    return version_id


def trial_move(grant: Grant, trial_id: UUID, looked: int, *, at: datetime) -> None:
    """Note that more claims were looked at."""
    rows = RuleTrial.objects.under(grant).filter(id=trial_id)
    rows.update(looked=F("looked") + looked, moved_at=at)


def trial_end(grant: Grant, trial_id: UUID, *, at: datetime, problem: str = "") -> None:
    """Note that a back-test is over."""
    state = RuleTrial.State.FAILED if problem else RuleTrial.State.DONE
    rows = RuleTrial.objects.under(grant).filter(id=trial_id)
    rows.update(state=state, problem=problem, moved_at=at)
