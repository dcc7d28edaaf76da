"""Past claims with what came of them, and own rules tried on them before they are in force."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import batched
from uuid import UUID

from django.db.models import F, Q, Sum

from cleanclaim.apps.claims.contexts import Contexts, Subject
from cleanclaim.apps.claims.models import Claim, ClaimLine, ClaimVersion
from cleanclaim.apps.claims.versions import version_claim
from cleanclaim.apps.codes.public import codes_tables
from cleanclaim.apps.rules.public import rule_backtest, rule_get
from cleanclaim.core import claim as core
from cleanclaim.core.claim.stages import LineOutcome, Outcome, Stage
from cleanclaim.core.privacy import Grant
from cleanclaim.core.scrub import ScrubContext
from cleanclaim.core.scrub.language import (
    BackTest,
    CompiledRule,
    OwnRule,
    PastClaim,
    backtest,
    backtests_join,
    compile_rule,
)
from cleanclaim.kernel.refusal import Refusal

PAST_DAYS = 90

_AT_ONCE = 500
_REJECTED = frozenset({Stage.REJECTED_FILE, Stage.REJECTED_CLEARINGHOUSE, Stage.REJECTED_PAYER})
_OUTCOMES = {
    Outcome.DENIED: "denied",
    Outcome.PAID: "paid",
    Outcome.PR_ONLY: "paid",
    Outcome.PARTIALLY_PAID: "partly_paid",
}


def rule_try(grant: Grant, version_id: UUID, *, at: datetime, day: date) -> BackTest:
    """Run a version of an own rule over the last 90 days of claims at once.

    `tasks.rule_trial` does the same batch by batch, for many claims.

    Raises:
        Refusal: `unknown_rule`; `rule_unreadable`.
    """
    past = (
        item
        for practice_id, ids in past_ids(grant, version_id, day=day)
        for item in claims_past(grant, practice_id, ids)
    )
    return rule_backtest(grant, version_id, past, at=at)


def own_rule_try(grant: Grant, rule: OwnRule, *, day: date) -> BackTest:
    """Run a rule that is kept nowhere yet over the last 90 days of claims; nothing is written.

    Raises:
        Refusal: `rule_unreadable`.
    """
    compiled = compile_rule(rule)
    if not isinstance(compiled, CompiledRule):
        raise Refusal("rule_unreadable", f"{rule.rule_id} can't be read.")
    batches = _batches(grant, grant.practice_ids, rule.scope.payer_id, day)
    return backtests_join(
        backtest(compiled, claims_past(grant, practice_id, ids)) for practice_id, ids in batches
    )


def past_ids(grant: Grant, version_id: UUID, *, day: date) -> list[tuple[int, list[UUID]]]:
    """Name what a rule is tried on: first claims of the last 90 days as they were last sent.

    Args:
        grant: Opens the practices' claims.
        version_id: A version of an own rule; its practice and payer narrow the choice.
        day: The last of the 90 days.

    Returns:
        Ids of sent versions by practice, in batches, the newest claims first.

    Raises:
        Refusal: `unknown_rule`.
    """
    found = rule_get(grant, version_id)
    if found is None:
        raise Refusal("unknown_rule", "There is no such rule.")
    own = found.version.practice_id
    practices = grant.practice_ids if own is None else (own,)
    return _batches(grant, practices, found.version.payer_id, day)


def _batches(
    grant: Grant, practices: Sequence[int], payer_id: str, day: date
) -> list[tuple[int, list[UUID]]]:
    batches: list[tuple[int, list[UUID]]] = []
    for practice_id in practices:
        rows = ClaimVersion.objects.under(grant, practice_id=practice_id).filter(
            claim__level=1,
            version=F("claim__version"),
            claim__made_at__date__gte=day - timedelta(days=PAST_DAYS),
        )
        if payer_id:
            rows = rows.filter(claim__payer__payer_id=payer_id)
        ids = rows.order_by("-claim_id").values_list("id", flat=True)
        batches += [(practice_id, list(batch)) for batch in batched(ids, _AT_ONCE)]
    return batches


def claims_past(grant: Grant, practice_id: int, ids: Sequence[UUID]) -> list[PastClaim]:
    """Read past claims with what came of them.

    Args:
        grant: Opens the practice's claims.
        practice_id: Whose.
        ids: Of sent versions, as `past_ids` names them.

    Returns:
        Claims of erased persons are left out. A claim rejected on the way counts as denied with
        all of its charges.
    """
    rows = ClaimVersion.objects.under(grant, practice_id=practice_id).filter(id__in=ids)
    versions = list(rows.select_related("person", "claim__payer").order_by("-claim_id"))
    denied = _denied_cents(grant, practice_id, [version.claim for version in versions])
    told = [(version, claim) for version in versions if (claim := _told(version))]
    subjects = [_subject(version, claim) for version, claim in told]
    contexts = Contexts(grant, practice_id, codes_tables()).of(grant, subjects)
    return [
        _past(version, claim, context, denied)
        for (version, claim), (context, _) in zip(told, contexts, strict=True)
    ]


def _past(
    version: ClaimVersion, claim: core.Claim, context: ScrubContext, denied: dict[UUID, int]
) -> PastClaim:
    row = version.claim
    is_rejected = row.stage in _REJECTED
    return PastClaim(
        claim=claim,
        context=context,
        outcome="denied" if is_rejected else _OUTCOMES.get(row.outcome, "open"),
        paid_cents=row.paid_cents,
        denied_cents=row.charge_cents if is_rejected else denied.get(row.id, 0),
        ref=str(row.id),
    )


def _told(version: ClaimVersion) -> core.Claim | None:
    """Give a claim as it was sent; None where the person was erased."""
    try:
        return version_claim(version)
    except Refusal as refusal:
        if refusal.code != "erased":
            raise
        return None


def _subject(version: ClaimVersion, claim: core.Claim) -> Subject:
    row = version.claim
    return Subject(
        claim=claim,
        payer=row.payer,
        patient_id=row.patient_id,
        encounter_id=row.encounter_id,
        service_date=row.service_date,
        day=version.made_at.date(),
    )


def _denied_cents(grant: Grant, practice_id: int, claims: list[Claim]) -> dict[UUID, int]:
    lines = ClaimLine.objects.under(grant, practice_id=practice_id).filter(claim__in=claims)
    sums = lines.values("claim_id").annotate(
        cents=Sum("charge__charge_cents", filter=Q(outcome=LineOutcome.DENIED))
    )
    return {row["claim_id"]: int(row["cents"] or 0) for row in sums}
