"""Row to core record and back; decides nothing."""

from cleanclaim.apps.rules.models import RuleVersion
from cleanclaim.core.scrub.language import OwnRule, Scope
from cleanclaim.kernel.finding import Severity


def own_rule(row: RuleVersion) -> OwnRule:
    """Give a version as the rule language knows it."""
    return OwnRule(
        rule_id=row.rule_id,
        when=row.when,
        message=row.message,
        severity=Severity(row.severity),
        version=row.version,
        scope=claim_scope(row.tenant_id, row.practice_id, row.payer_id),
        effective_date=row.effective_date,
        end_date=row.end_date,
        field=row.field,
        fix=row.fix,
        source=row.source,
    )


def claim_scope(tenant_id: int, practice_id: int | None, payer_id: str) -> Scope:
    """Name for whom a rule holds, or whose a claim is; payers by their id in the exchange."""
    practice = str(practice_id) if practice_id is not None else ""
    return Scope(tenant=str(tenant_id), practice=practice, payer_id=payer_id)
