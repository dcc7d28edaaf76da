"""Writing own rules: saved when they compile, active once they were tried, ended, never changed."""

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Max

from cleanclaim.apps.rules.convert import own_rule
from cleanclaim.apps.rules.models import RuleStep, RuleVersion
from cleanclaim.apps.rules.queries import Ruled, rule_get
from cleanclaim.core.privacy import Grant
from cleanclaim.core.scrub.language import (
    BackTest,
    CompiledRule,
    OwnRule,
    PastClaim,
    Problem,
    backtest,
    compile_rule,
)
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record

LISTED_AT_MOST = 200

_RULE_ID = re.compile(r"[A-Z0-9][A-Z0-9-]{0,29}")
_LOCK = 7_204_001


def rule_check(rule: OwnRule) -> dict[str, Problem]:
    """Say what is wrong with the texts of a rule, by their names; empty: it can be saved."""
    problems: dict[str, Problem] = {}
    if not _RULE_ID.fullmatch(rule.rule_id):
        words = "capital letters, digits and hyphens, 30 at most, such as UHC-95"
        problems["rule_id"] = Problem(0, len(rule.rule_id), words)
    compiled = compile_rule(rule)
    return problems if isinstance(compiled, CompiledRule) else problems | compiled


def rule_save(
    grant: Grant, rule: OwnRule, *, practice_id: int | None, at: datetime
) -> RuleVersion | dict[str, Problem]:
    """Save the next version of a rule as a draft, if all its texts can be read.

    Args:
        grant: Opens the practice's claims.
        rule: As it was written; tenant, practice and version are set here.
        practice_id: For which practice; None for all of the company's.
        at: The instant of the writing.

    Returns:
        The version, or the first problem of each wrong text with its place; then nothing is
        written.

    Raises:
        Refusal: `practice_outside_grant`.
    """
    if problems := rule_check(rule):
        return problems
    if practice_id is not None and practice_id not in grant.practice_ids:
        raise Refusal("practice_outside_grant", "The leave does not cover this practice.")
    with connection.cursor() as cursor:
        # Two who save at once get two versions, one after the other.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, grant.tenant_id])
    earlier = RuleVersion.objects.under(grant).filter(rule_id=rule.rule_id, practice_id=practice_id)
    last = earlier.aggregate(last=Max("version"))["last"] or 0
    row = RuleVersion.objects.create(
        practice_id=practice_id,
        payer_id=rule.scope.payer_id,
        rule_id=rule.rule_id,
        version=last + 1,
        when=rule.when,
        message=rule.message,
        severity=rule.severity,
        field=rule.field,
        fix=rule.fix,
        source=rule.source,
        effective_date=rule.effective_date,
        end_date=rule.end_date,
        made_at=at,
        actor=grant.actor,
    )
    audit_record(
        action="create", resource_type="rule", resource_ids=[row.id], practice_id=practice_id
    )
    return row


def rule_compiled(grant: Grant, version_id: UUID) -> CompiledRule:
    """Give a version ready to run, whatever its state.

    Raises:
        Refusal: `unknown_rule`; `rule_unreadable`: this version of the product can't read it.
    """
    compiled = compile_rule(own_rule(_get(grant, version_id).version))
    if not isinstance(compiled, CompiledRule):
        raise Refusal("rule_unreadable", "This version can no longer be read: save it anew.")
    return compiled


def rule_backtest(
    grant: Grant, version_id: UUID, past: Iterable[PastClaim], *, at: datetime
) -> BackTest:
    """Run a version over past claims and keep what came out.

    Args:
        grant: Opens the practices' claims.
        version_id: Which version, whatever its state.
        past: Chosen by the caller within the rule's scope.
        at: The instant of the test.
    """
    result = backtest(rule_compiled(grant, version_id), past)
    rule_tested(grant, version_id, result, at=at)
    return result


def rule_tested(grant: Grant, version_id: UUID, result: BackTest, *, at: datetime) -> None:
    """Keep what came out of a back-test: counts, cents and claims' ids."""
    version = _get(grant, version_id).version
    detail = {
        "claims": result.claims,
        "stopped": len(result.stopped),
        "denied": result.count("denied"),
        "partly_paid": result.count("partly_paid"),
        "paid": result.count("paid"),
        "open": result.count("open"),
        "denied_cents": result.denied_cents,
        "paid_cents": result.paid_cents,
        "missed_denied": result.missed_denied,
        "failed": result.failed,
        "practices": len(grant.practice_ids) if version.practice_id is None else 1,
        "ids": [item.ref for item in result.stopped[:LISTED_AT_MOST]],
    }
    _step(grant, version, RuleStep.Kind.TESTED, at, detail)


def rule_activate(grant: Grant, version_id: UUID, *, at: datetime) -> None:
    """Put a version into force; an older version of the same scope gives way to it.

    Raises:
        Refusal: `wrong_state`: it is no draft; `not_tested`: it was never run over past claims,
            or could not be run on some of them.
    """
    found = _get(grant, version_id)
    if found.state != "draft":
        raise Refusal("wrong_state", f"This version is {found.state}: save a new one.")
    if found.tested is None:
        raise Refusal("not_tested", "Run the rule over past claims before it is activated.")
    if found.tested.detail.get("failed"):
        raise Refusal("rule_fails", "The rule fails on past claims; in force it would hold them.")
    _step(grant, found.version, RuleStep.Kind.ACTIVATED, at, {})


def rule_end(grant: Grant, version_id: UUID, *, at: datetime) -> None:
    """Take a version out of force, with the older ones of its scope, so that none comes back.

    Raises:
        Refusal: `wrong_state`: it is not active.
    """
    found = _get(grant, version_id)
    if found.state != "active":
        raise Refusal("wrong_state", f"This version is {found.state}, not active.")
    row = found.version
    older = RuleVersion.objects.under(grant).filter(
        rule_id=row.rule_id,
        practice_id=row.practice_id,
        payer_id=row.payer_id,
        version__lte=row.version,
    )
    for one in older:
        ruled = rule_get(grant, one.id)
        if ruled and ruled.state == "active":
            _step(grant, one, RuleStep.Kind.ENDED, at, {})


def _get(grant: Grant, version_id: UUID) -> Ruled:
    found = rule_get(grant, version_id)
    if found is None:
        raise Refusal("unknown_rule", "There is no such rule.")
    return found


def _step(
    grant: Grant, row: RuleVersion, kind: str, at: datetime, detail: dict[str, object]
) -> None:
    step = RuleStep.objects.create(
        practice_id=row.practice_id,
        rule_version=row,
        kind=kind,
        at=at,
        actor=grant.actor,
        detail=detail,
    )
    audit_record(
        action="change",
        resource_type="rule",
        resource_ids=[row.id, step.id],
        practice_id=row.practice_id,
        detail={"step": str(kind)},
    )
