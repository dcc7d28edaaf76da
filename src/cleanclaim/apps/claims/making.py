"""Rows of new claims: one for each payer of a visit, and the charges posted to the first."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from cleanclaim.apps.claims.assemble import Assembled
from cleanclaim.apps.claims.convert import line_to_row, state_to_row
from cleanclaim.apps.claims.models import Claim, ClaimLine, ClaimVersion
from cleanclaim.apps.claims.states import NO_SUMS, Happening, claim_sums, events_add
from cleanclaim.apps.encounters.public import Charge
from cleanclaim.apps.ledger.public import entries_post
from cleanclaim.core.ledger import Ref
from cleanclaim.core.posting.charges import charges_post
from cleanclaim.core.posting.draft import Decision
from cleanclaim.core.posting.remittance import decisions_join
from cleanclaim.core.posting.state import ClaimState, LineState, Rows
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import Row, rows_insert


def claims_insert(
    grant: Grant, practice_id: int, billed: Sequence[Assembled], *, at: datetime, day: date
) -> int:
    """Insert the claims of visits, one for each payer, and post the charges to the first.

    Returns:
        The sum of the charges in cents.
    """
    numbers = _numbers(grant, practice_id, len(billed))
    chains = [_chain(item, base) for item, base in zip(billed, numbers, strict=True)]
    charged = decisions_join(_charged(chain[0], day) for chain in chains)
    sums = claim_sums(charged.entries)
    claims: list[Row] = []
    lines: list[Row] = []
    for item, chain in zip(billed, chains, strict=True):
        for drafted, coverage in zip(chain, item.coverages, strict=True):
            state = charged.rows.claims.get(drafted.claim, drafted)
            place = {"tenant_id": grant.tenant_id, "practice_id": practice_id}
            claims.append(
                place
                | state_to_row(state)
                | sums.get(str(state.claim), NO_SUMS)._asdict()
                | {
                    "encounter_id": item.encounter.id,
                    "patient_id": state.patient,
                    "payer_id": state.payer,
                    "coverage_id": coverage.id,
                    "provider_id": item.encounter.rendering_id,
                    "number": state.number_base,
                    "level": state.rank,
                    "kind": "P",
                    "holds": (),
                    "service_date": item.encounter.service_date,
                    "allowed_cents": 0,
                    "open_cents": state.balance_cents,
                    "patient_cents": state.patient_cents,
                    "made_at": at,
                    "changed_at": at,
                }
            )
            lines += [
                place
                | line_to_row(line)
                | {"id": new_id(), "claim_id": state.claim, "ordinal": line.order}
                for line in state.lines
            ]
    entries_post(grant, practice_id, charged.entries, at=at)
    rows_insert(Claim, claims)
    rows_insert(ClaimLine, lines)
    firsts = charged.rows.claims.values()
    events_add(grant, practice_id, firsts, at, Happening("charged"))
    return sum(line.charge_cents for state in firsts for line in state.lines)


def _chain(item: Assembled, base: str) -> list[ClaimState]:
    """Draft the claims of a visit, each followed by that to the next payer."""
    bars_patient = any(one.payer.filing_indicator == "MC" for one in item.coverages)
    provider = item.encounter.rendering_id
    lines = tuple(
        _line(charge, order, str(provider) if provider else None)
        for order, charge in enumerate(item.charges, 1)
    )
    ids: list[Ref | None] = [*map(str, item.claim_ids), None]
    return [
        ClaimState(
            claim=str(item.claim_ids[level - 1]),
            patient=str(item.encounter.patient_id),
            payer=str(coverage.payer_id),
            payer_code=coverage.payer.payer_id,
            rank=level,
            number_base=base + _suffix(level),
            next_claim=ids[level],
            takes_corrections=coverage.payer.takes_replacements,
            bars_patient=bars_patient,
            lines=lines,
        )
        for level, coverage in enumerate(item.coverages, 1)
    ]


def _line(charge: Charge, order: int, provider: str | None) -> LineState:
    return LineState(
        line=str(charge.id),
        number=charge.line_number,
        code=charge.procedure_code,
        modifiers=tuple(charge.modifiers),
        units=charge.units,
        charge_cents=charge.charge_cents,
        service_date=charge.service_date,
        order=order,
        provider=provider,
        is_restricted=charge.is_restricted,
    )


def _charged(claim: ClaimState, day: date) -> Decision:
    # A line without a charge (a quality code) is sent, but there is nothing to post.
    lines = [line.line for line in claim.lines if line.charge_cents]
    return charges_post(Rows(claims={claim.claim: claim}), claim.claim, lines, day)


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
