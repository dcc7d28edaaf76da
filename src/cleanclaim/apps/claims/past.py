"""Past claims with what came of them, and own rules tried on them before they are in force."""

from collections.abc import Iterator
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
from cleanclaim.core.scrub.language import BackTest, PastClaim
from cleanclaim.kernel.refusal import Refusal

PAST_DAYS = 90
PAST_AT_MOST = 20_000

_AT_ONCE = 500
_REJECTED = frozenset({Stage.REJECTED_FILE, Stage.REJECTED_CLEARINGHOUSE, Stage.REJECTED_PAYER})
_OUTCOMES = {
    Outcome.DENIED: "denied",
    Outcome.PAID: "paid",
    Outcome.PR_ONLY: "paid",
    Outcome.PARTIALLY_PAID: "partly_paid",
}


def rule_try(grant: Grant, version_id: UUID, *, at: datetime, day: date) -> BackTest:
    """Run a version of an own rule over the last 90 days of claims, and keep what came out.

    Raises:
        Refusal: `unknown_rule`; `rule_unreadable`.
    """
    found = rule_get(grant, version_id)
    if found is None:
        raise Refusal("unknown_rule", "There is no such rule.")
    practice_id, payer_id = found.version.practice_id, found.version.payer_id
    practices = grant.practice_ids if practice_id is None else (practice_id,)
    past = (
        item
        for practice in practices
        for item in claims_past(grant, practice, payer_id=payer_id, day=day)
    )
    return rule_backtest(grant, version_id, past, at=at)


def claims_past(
    grant: Grant, practice_id: int, *, day: date, payer_id: str = ""
) -> Iterator[tuple[str, PastClaim]]:
    """Give a practice's first claims of the last 90 days as they were last sent, newest first.

    Args:
        grant: Opens the practice's claims.
        practice_id: Whose.
        day: The last of the 90 days.
        payer_id: Identifier in the exchange; empty: every payer.

    Yields:
        The claim's opaque id and the claim with its outcome, `PAST_AT_MOST` at most; claims of
        erased persons are left out. A claim rejected on the way counts as denied with all of its
        charges.
    """
    rows = ClaimVersion.objects.under(grant, practice_id=practice_id).filter(
        claim__level=1,
        version=F("claim__version"),
        claim__made_at__date__gte=day - timedelta(days=PAST_DAYS),
    )
    if payer_id:
        rows = rows.filter(claim__payer__payer_id=payer_id)
    rows = rows.select_related("person", "claim__payer").order_by("-claim_id")[:PAST_AT_MOST]
    contexts = Contexts(grant, practice_id, codes_tables())
    for versions in batched(rows.iterator(chunk_size=_AT_ONCE), _AT_ONCE):
        yield from _batch(grant, practice_id, versions, contexts)


def _batch(
    grant: Grant, practice_id: int, versions: tuple[ClaimVersion, ...], contexts: Contexts
) -> Iterator[tuple[str, PastClaim]]:
    claims = [version.claim for version in versions]
    denied = _denied_cents(grant, practice_id, claims)
    told = [(version, claim) for version in versions if (claim := _told(version))]
    subjects = [_subject(version, claim) for version, claim in told]
    for (version, claim), (context, _) in zip(told, contexts.of(grant, subjects), strict=True):
        row = version.claim
        outcome = "denied" if row.stage in _REJECTED else _OUTCOMES.get(row.outcome, "open")
        rejected_cents = row.charge_cents if row.stage in _REJECTED else 0
        yield (
            str(row.id),
            PastClaim(
                claim=claim,
                context=context,
                outcome=outcome,
                paid_cents=row.paid_cents,
                denied_cents=rejected_cents or denied.get(row.id, 0),
            ),
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
