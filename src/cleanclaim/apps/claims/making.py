"""Rows of new claims: one for each payer of a visit, and the charges posted to the first."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from cleanclaim.apps.claims.assemble import Assembled
from cleanclaim.apps.claims.models import Claim, ClaimLine, ClaimVersion
from cleanclaim.apps.claims.states import Happening, decision_save, rows_load
from cleanclaim.core.claim.stages import Stage
from cleanclaim.core.ledger import Entry
from cleanclaim.core.posting.charges import charges_post
from cleanclaim.core.posting.draft import Decision
from cleanclaim.core.posting.state import Rows
from cleanclaim.core.privacy import Grant


def claims_insert(
    grant: Grant, practice_id: int, billed: Sequence[Assembled], at: datetime
) -> None:
    """Insert the claims of visits, one for each payer, with their lines."""
    claims, lines = [], []
    for item, base in zip(billed, _numbers(grant, practice_id, len(billed)), strict=True):
        bars_patient = any(one.payer.filing_indicator == "MC" for one in item.coverages)
        for level, coverage in enumerate(item.coverages, 1):
            following = item.claim_ids[level] if level < len(item.claim_ids) else None
            claims.append(
                Claim(
                    id=item.claim_ids[level - 1],
                    practice_id=practice_id,
                    encounter=item.encounter,
                    patient_id=item.encounter.patient_id,
                    payer_id=coverage.payer_id,
                    coverage=coverage,
                    provider_id=item.encounter.rendering_id,
                    number=base + _suffix(level),
                    level=level,
                    stage=Stage.DRAFT,
                    next_claim_id=following,
                    service_date=item.encounter.service_date,
                    bars_patient=bars_patient,
                    made_at=at,
                    changed_at=at,
                )
            )
            lines += [
                ClaimLine(
                    practice_id=practice_id,
                    claim_id=item.claim_ids[level - 1],
                    charge=charge,
                    ordinal=ordinal,
                )
                for ordinal, charge in enumerate(item.charges, 1)
            ]
    Claim.objects.bulk_create(claims)
    ClaimLine.objects.bulk_create(lines)


def _suffix(level: int) -> str:
    return ("", "S", "T")[level - 1] if level <= 3 else f"T{level}"


def _numbers(grant: Grant, practice_id: int, count: int) -> list[str]:
    """Give claim numbers that people can say on the telephone; none is ever given twice.

    A number under which another system sent a claim is passed over.
    """
    versions = ClaimVersion.objects.under(grant, practice_id=practice_id)
    free: list[str] = []
    while len(free) < count:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval('claim_number_given')::text FROM generate_series(1, %s)",
                [count - len(free)],
            )
            given = [row[0] for row in cursor.fetchall()]
        taken = set(versions.filter(number__in=given).values_list("number", flat=True))
        free += [number for number in given if number not in taken]
    return free


def claims_charge(
    grant: Grant,
    practice_id: int,
    billed: Sequence[Assembled],
    *,
    at: datetime,
    day: date,
) -> int:
    """Post the charges of new claims to the first payers; gives their sum."""
    rows = rows_load(grant, practice_id, [str(item.claim_ids[0]) for item in billed])
    entries: list[Entry] = []
    changed = Rows()
    for item in billed:
        claim = str(item.claim_ids[0])
        # A line without a charge (a quality code) is sent, but there is nothing to post.
        lines = [line.line for line in rows.claims[claim].lines if line.charge_cents]
        decision = charges_post(rows, claim, lines, day)
        entries += decision.entries
        changed.merge(decision.rows)
    whole = Decision(entries=tuple(entries), rows=changed)
    decision_save(grant, practice_id, whole, at=at, what=Happening("charged"))
    return sum(charge.charge_cents for item in billed for charge in item.charges)
