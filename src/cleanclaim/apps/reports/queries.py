"""A/R by age: what is open at payers and patients, and the ledger lines that make it up."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from django.db import connection

from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import refuse_unless_allowed

# Column of the claim, its type, the table that names it, the name.
GROUPS = {
    "payer": ("payer_id", "uuid", "payer", "n.name"),
    "practice": ("practice_id", "bigint", "practice", "n.name"),
    "provider": ("provider_id", "uuid", "provider", "n.last || ', ' || n.first"),
}
BUCKET_DAYS = (30, 60, 90, 120)
PATIENTS = "patients"
NOBODY = "nobody"
LINES_AT_MOST = 200

_HOLDS = frozenset({"phi.billing.claims", "phi.billing.payments"})
_BUCKET = "least((%(day)s::date - c.service_date - 1) / 30, 4)"


class AgedRow(msgspec.Struct, frozen=True):
    """One payer, practice or provider: its id, its name, open cents by bucket, credits apart."""

    key: str
    words: str
    cents: tuple[int, ...]
    credit_cents: int


class AgedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One ledger line behind a figure."""

    claim_id: str
    number: str
    service_date: date
    posted_date: date
    account: str
    event: str
    reason: str
    trace: str
    amount_cents: int


def ageing_rows(grant: Grant, *, by: str, day: date) -> list[AgedRow]:
    """Sum what is open at payers by age of the service; patients are one row at the end.

    Args:
        grant: Opens the practices' claims and payments.
        by: `payer`, `practice` or `provider`.
        day: Age is counted up to it.

    Returns:
        Rows, the largest first. Credits are not in the buckets.

    Raises:
        Refusal: `unknown_group`.
    """
    if by not in GROUPS:
        raise Refusal("unknown_group", "A/R is grouped by payer, practice or provider.")
    column, _, table, words = GROUPS[by]
    refuse_other_data(grant)
    values = {"day": day, "practices": list(grant.practice_ids)}
    with connection.cursor() as cursor:
        # Summed before it is named, so that the index of open claims says all that is read of them.
        cursor.execute(
            f"""
            select coalesce(s.key::text, '{NOBODY}'), coalesce({words}, 'No provider'),
              s.bucket, s.above, s.below from (
              select c.{column} as key, {_sums("open_cents")}
              where c.practice_id = any(%(practices)s) and c.open_cents <> 0 group by 1, 2
            ) s left join {table} n on n.id = s.key
            """,  # noqa: S608  words of our own table
            values,
        )
        found = _rows(cursor.fetchall())
        cursor.execute(
            f"""
            select '{PATIENTS}', 'Patients', {_sums("patient_cents")}
            where c.practice_id = any(%(practices)s) and c.patient_cents <> 0 group by 3
            """,
            values,
        )
        return sorted(found, key=lambda row: -sum(row.cents)) + _rows(cursor.fetchall())


def _sums(amount: str) -> str:
    return f"""greatest({_BUCKET}, 0) as bucket,
        sum(c.{amount}) filter (where c.{amount} > 0) as above,
        sum(c.{amount}) filter (where c.{amount} < 0) as below
        from claim c"""


def _rows(fetched: list[tuple[Any, ...]]) -> list[AgedRow]:
    names: dict[str, str] = {}
    cents: dict[str, list[int]] = {}
    below_zero: dict[str, int] = {}
    for key, words, bucket, above, below in fetched:
        names[key] = words
        cents.setdefault(key, [0] * 5)[int(bucket)] += int(above or 0)
        below_zero[key] = below_zero.get(key, 0) + int(below or 0)
    return [AgedRow(key, names[key], tuple(cents[key]), below_zero[key]) for key in names]


def ageing_lines(
    grant: Grant, *, by: str, key: str, bucket: int | None, day: date, limit: int = LINES_AT_MOST
) -> tuple[int, int, list[AgedLine]]:
    """Give the ledger lines behind one figure of the ageing.

    Returns:
        How many there are, their sum, and the first of them, oldest service first.
    """
    refuse_other_data(grant)
    account, amount = ("1110", "c.patient_cents") if key == PATIENTS else ("1100", "c.open_cents")
    column, kind, *_ = GROUPS[by]
    if key == PATIENTS:
        group = "true"
    elif key == NOBODY:
        group = f"c.{column} is null"
    else:
        group = f"c.{column} = %(key)s::{kind}"
    narrowed = "true" if bucket is None else f"greatest({_BUCKET}, 0) = %(bucket)s"
    source = f"""
        from claim c join ledger_line l
          on l.practice_id = c.practice_id and l.claim_id = c.id and l.account = '{account}'
          join ledger_entry e on e.practice_id = l.practice_id and e.id = l.entry_id
        where c.practice_id = any(%(practices)s) and {amount} > 0 and {group} and {narrowed}
    """
    values = {
        "day": day,
        "practices": list(grant.practice_ids),
        "key": key,
        "bucket": bucket,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*), coalesce(sum(l.amount_cents), 0) {source}", values)
        count, total = cursor.fetchone()
        cursor.execute(
            f"""select c.id::text, c.number, c.service_date, l.day, l.account, e.event, l.reason,
                  l.trace, l.amount_cents {source}
                order by c.service_date, c.number, l.day, l.entry_id, l.ordinal limit %(limit)s""",
            values,
        )
        names = AgedLine.__struct_fields__
        rows = [AgedLine(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    return int(count), int(total), rows


def ageing_every_line(grant: Grant, *, by: str, day: date) -> Iterator[tuple[str, AgedLine]]:
    """Give every ledger line behind an ageing with the row that it belongs to."""
    for row in ageing_rows(grant, by=by, day=day):
        _, _, lines = ageing_lines(grant, by=by, key=row.key, bucket=None, day=day, limit=1_000_000)
        for line in lines:
            yield row.words, line


def refuse_other_data(grant: Grant) -> None:
    """Stop a leave that does not cover what reports are made of, or has ended."""
    refuse_unless_allowed(grant, grant.practice_ids, _HOLDS)
