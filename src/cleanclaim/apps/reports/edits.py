"""Edits: what holds claims now by rule, payer and practice, and which rules earn their keep."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db import connection

from cleanclaim.apps.claims.public import OVERRIDDEN, STOPPED
from cleanclaim.apps.reports.queries import refuse_other_data
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal

EDIT_GROUPS = {
    "rule": ("f.code", "f.code"),
    "payer": ("c.payer_id::text", "p.name"),
    "practice": ("c.practice_id::text", "pr.name"),
}
CLAIMS_AT_MOST = 200

# Claims that have not left; what stands on others was let go.
_HERE = "c.stage in ('ready', 'scrub_hold')"
_FROM = f"""
    from claim_finding f join claim c on c.practice_id = f.practice_id and c.id = f.claim_id
      join payer p on p.id = c.payer_id join practice pr on pr.id = c.practice_id
    where f.practice_id = any(%(practices)s) and f.severity <> 'informs'
      and f.overridden_by = '' and {_HERE}
"""


class EditGroup(msgspec.Struct, frozen=True):
    """Claims with findings of one rule, payer or practice; a claim counts once with its charge."""

    key: str
    words: str
    held: int
    held_cents: int
    warned: int
    warned_cents: int
    oldest_days: int


class EditClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One claim behind a figure of the edits."""

    claim_id: UUID
    number: str
    practice_id: int
    payer: str
    stage: str
    age_days: int
    charge_cents: int
    codes: tuple[str, ...]


class RuleWorth(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule has done since a day.

    Args:
        stopped: Claims that it held at least once.
        mended: Those of them that have left since.
        overridden: Claims on which a person let its warning pass.
        passed: Claims that left with its warning on them.
        denied: Of those that left (mended or passed): later denied or rejected.
        paid: Of those that left: later paid.
        denied_cents: Charges of the denied ones.
        paid_cents: What was paid on the paid ones.
        waiting_cents: Charges of those that it still holds.
    """

    code: str
    stopped: int
    mended: int
    overridden: int
    passed: int
    denied: int
    paid: int
    denied_cents: int
    paid_cents: int
    waiting_cents: int


def edit_groups(grant: Grant, *, by: str, day: date) -> list[EditGroup]:
    """Sum what holds and warns claims that have not left, the most held dollars first.

    Raises:
        Refusal: `unknown_group`.
    """
    key, words = _group(by)
    refuse_other_data(grant)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select key, min(words), count(*) filter (where holds),
                   coalesce(sum(cents) filter (where holds), 0)::bigint,
                   count(*) filter (where not holds),
                   coalesce(sum(cents) filter (where not holds), 0)::bigint,
                   %(day)s::date - min(found_at)::date
            from (select {key} as key, {words} as words, c.id, max(c.charge_cents) as cents,
                         bool_or(f.severity = 'blocks') as holds, min(f.found_at) as found_at
                  {_FROM} group by 1, 2, 3) as once
            group by key order by 4 desc, 6 desc, 1
            """,  # noqa: S608  words of our own table
            {"practices": list(grant.practice_ids), "day": day},
        )
        return [EditGroup(*row) for row in cursor.fetchall()]


def edit_claims(grant: Grant, *, by: str, key: str, day: date) -> list[EditClaim]:
    """Give the claims behind one figure, those with the most dollars first."""
    column, _ = _group(by)
    refuse_other_data(grant)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select c.id, c.number, c.practice_id, min(p.name), c.stage,
                   %(day)s::date - min(f.found_at)::date, c.charge_cents,
                   array_agg(distinct f.code)
            {_FROM} and {column} = %(key)s
            group by c.id, c.number, c.practice_id, c.stage, c.charge_cents
            order by c.charge_cents desc, c.id limit %(limit)s
            """,
            {
                "practices": list(grant.practice_ids),
                "key": key,
                "day": day,
                "limit": CLAIMS_AT_MOST,
            },
        )
        return [
            EditClaim(
                claim_id=row[0],
                number=row[1],
                practice_id=row[2],
                payer=row[3],
                stage=row[4],
                age_days=row[5],
                charge_cents=row[6],
                codes=tuple(row[7]),
            )
            for row in cursor.fetchall()
        ]


_WORTH = f"""
    with stops as (
      select distinct e.practice_id, e.claim_id, code.value as code
      from claim_event e, jsonb_array_elements_text(e.detail -> 'codes') as code(value)
      where e.practice_id = any(%(practices)s) and e.event = %(stopped)s and e.at >= %(since)s
    ), lets as (
      select distinct e.practice_id, e.claim_id, code.value as code
      from claim_event e, jsonb_array_elements_text(e.detail -> 'codes') as code(value)
      where e.practice_id = any(%(practices)s) and e.event = %(overridden)s and e.at >= %(since)s
    ), warns as (
      select distinct f.practice_id, f.claim_id, f.code from claim_finding f
      where f.practice_id = any(%(practices)s) and f.severity = 'warns' and f.found_at >= %(since)s
    ), touched as (
      select practice_id, claim_id, code from stops union
      select practice_id, claim_id, code from lets union
      select practice_id, claim_id, code from warns
    ), judged as (
      select t.code, c.charge_cents, c.paid_cents, not ({_HERE}) as left_us,
             s.claim_id is not null as was_stopped, l.claim_id is not null as was_let,
             c.outcome = 'denied' or c.stage like 'rejected%%' as was_denied,
             c.outcome in ('paid', 'pr_only', 'partially_paid') as was_paid
      from touched t join claim c on c.practice_id = t.practice_id and c.id = t.claim_id
        left join stops s on (s.practice_id, s.claim_id, s.code)
                             = (t.practice_id, t.claim_id, t.code)
        left join lets l on (l.practice_id, l.claim_id, l.code)
                            = (t.practice_id, t.claim_id, t.code)
      where c.stage <> 'draft'
    )
    select code, count(*) filter (where was_stopped),
           count(*) filter (where was_stopped and left_us),
           count(*) filter (where was_let),
           count(*) filter (where not was_stopped and left_us),
           count(*) filter (where left_us and was_denied),
           count(*) filter (where left_us and was_paid and not was_denied),
           coalesce(sum(charge_cents) filter (where left_us and was_denied), 0)::bigint,
           coalesce(
             sum(paid_cents) filter (where left_us and was_paid and not was_denied), 0)::bigint,
           coalesce(sum(charge_cents) filter (where was_stopped and not left_us), 0)::bigint
    from judged group by code order by 2 desc, 5 desc, 1
"""  # noqa: S608  words of our own


def rules_worth(grant: Grant, *, since: datetime) -> list[RuleWorth]:
    """Say what each rule that found something has done since an instant, the busiest first.

    Args:
        grant: Opens the practices' claims.
        since: Findings and stops from this instant on.
    """
    refuse_other_data(grant)
    with connection.cursor() as cursor:
        cursor.execute(
            _WORTH,
            {
                "practices": list(grant.practice_ids),
                "since": since,
                "stopped": STOPPED,
                "overridden": OVERRIDDEN,
            },
        )
        fields = RuleWorth.__struct_fields__
        return [RuleWorth(**dict(zip(fields, row, strict=True))) for row in cursor.fetchall()]


def _group(by: str) -> tuple[str, str]:
    if by not in EDIT_GROUPS:
        raise Refusal("unknown_group", "Edits are grouped by rule, payer or practice.")
    return EDIT_GROUPS[by]
