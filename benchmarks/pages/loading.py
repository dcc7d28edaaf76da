"""A database as large as one wishes: a billing day that ran, copied as often as it takes.

Why copies of a day and not rows made up one by one: all tables agree with each other as the trip
left them. Every row goes in as the application's role, under row-level security, past every guard
of the database; what is sealed is sealed anew, and each copy has patients of its own.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from uuid import UUID

import msgspec
import psycopg
from copying import FUNCTIONS, SEALED, STRIDE, TABLES, copied, insert_sql, keep_sql
from django.db import connection

from cleanclaim.apps.ledger.public import balances_prove, journal_totals
from cleanclaim.apps.patients.keys import member_key, name_key, number_key
from cleanclaim.apps.patients.public import CoverageRecord, PatientRecord
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.config.billing_day import billing_day
from cleanclaim.config.practice_world import companies_make
from cleanclaim.platform.home import home_folder
from cleanclaim.platform.models.scope import scope
from cleanclaim.platform.postgres import role_address
from cleanclaim.platform.sealed.keyset import sealer
from cleanclaim.platform.sealed.record import sealed_place

ACTOR = "job:load"
SEED = 77
_AT_ONCE = 20
_COPY = "(id uuid PRIMARY KEY, sealed bytea, key_1 bytea, key_2 bytea)"


class Loaded(msgspec.Struct):
    """What a data folder holds: the day that is copied, and how many copies of it."""

    begun_ms: int
    day_claims: int
    copies: int = 0


def load(claims: int, day: int = 1_200) -> tuple[int, float]:
    """Fill the data folder, or fill it further.

    Args:
        claims: Claims that are there at least, over both companies and their practices.
        day: Visits of the day that is copied.

    Returns:
        How many claims there are now, and the seconds that the copying took.
    """
    state, companies = _day(day)
    copies = max(0, -(-claims // state.day_claims) - 1)
    start = perf_counter()
    if copies > state.copies:
        for company in companies:
            for practice_id in company.office.practice_ids:
                _multiply(company.office, practice_id, state, copies)
        _numbers_pass((copies - state.copies) * STRIDE)
        state.copies = copies
        _state_path().write_bytes(msgspec.json.encode(state))
        _analyze()
        for company in companies:
            _prove(company.office)
    return sum(_count(company.office) for company in companies), perf_counter() - start


def _state_path() -> Path:
    return home_folder() / "loaded.json"


def _day(visits: int):
    """Run the day once."""
    path = _state_path()
    if path.exists():
        state = msgspec.json.decode(path.read_bytes(), type=Loaded)
    else:
        begun = int(_now().timestamp() * 1000)
        billing_day(claims=visits, seed=SEED, prefix="")
        state = Loaded(begun_ms=begun, day_claims=0)
    companies = companies_make(SEED, at=_now())
    if not state.day_claims:
        state.day_claims = sum(_count(company.office) for company in companies)
        path.write_bytes(msgspec.json.encode(state))
    return state, companies


def _now() -> datetime:
    return datetime.now(UTC)


def _grant(office, practice_ids):
    return work_grant(office.policy, office.tenant_id, practice_ids, actor=ACTOR, at=_now())


def _count(office) -> int:
    with scope(_grant(office, office.practice_ids), at=_now()), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claim")
        return int(cursor.fetchone()[0])


def _multiply(office, practice_id: int, state: Loaded, copies: int) -> None:
    """Copy a practice's day; a transaction for every few copies, whole or not at all."""
    connection.close()  # its temporary tables are those of the practice before
    begin = state.copies + 1
    for first in range(begin, copies + 1, _AT_ONCE):
        last = min(copies, first + _AT_ONCE - 1)
        grant = _grant(office, (practice_id,))
        with scope(grant, at=_now()), connection.cursor() as cursor:
            if first == begin:
                _set_aside(cursor, practice_id, UUID(int=state.begun_ms << 80))
            for table in TABLES:
                if table in SEALED:
                    _seal(cursor, practice_id, table, range(first, last + 1))
                statement = insert_sql(table, _columns(cursor, table))
                cursor.execute(statement, {"first": first, "last": last})
        print(f"practice {practice_id}: {last} of {copies}", file=sys.stderr, flush=True)
    with scope(_grant(office, (practice_id,)), at=_now()), connection.cursor() as cursor:
        cursor.execute(_BALANCES, [practice_id])


_BALANCES = """
    INSERT INTO ledger_balance (tenant_id, practice_id, account, detail, cents)
    SELECT tenant_id, practice_id, account, detail, sum(amount_cents) FROM (
      SELECT tenant_id, practice_id, account, amount_cents, CASE account WHEN '1040' THEN trace
        WHEN '1190' THEN suspense ELSE coalesce(patient_id::text, '') END AS detail
      FROM ledger_line WHERE practice_id = %s AND account IN ('1040', '1190', '1191')) l
    WHERE detail <> '' GROUP BY 1, 2, 3, 4
    ON CONFLICT (practice_id, account, detail) DO UPDATE SET cents = excluded.cents
"""


def _set_aside(cursor, practice_id: int, begin: UUID) -> None:
    for statement in FUNCTIONS:
        cursor.execute(statement)
    for table in TABLES:
        cursor.execute(keep_sql(table), [practice_id, begin])
        cursor.execute(f"ANALYZE day_{table}")
        if table in SEALED:
            cursor.execute(f"CREATE TEMPORARY TABLE copy_{table} {_COPY}")


def _columns(cursor, table: str) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_name = %s AND table_schema = 'public' ORDER BY ordinal_position",
        [table],
    )
    return list(cursor.fetchall())


def _seal(cursor, practice_id: int, table: str, numbers: range) -> None:
    """Seal what names persons anew for the copies: a sealed record opens in its own row alone."""
    by = sealer(practice_id)
    cursor.execute(f"SELECT id, sealed FROM day_{table}")
    day = [
        (row_id, by.open(bytes(text), sealed_place(table, row_id)))
        for row_id, text in cursor.fetchall()
    ]
    cursor.execute(f"TRUNCATE copy_{table}")
    with cursor.copy(f"COPY copy_{table} (id, sealed, key_1, key_2) FROM STDIN") as out:
        for k in numbers:
            for row_id, content in day:
                new = copied(row_id, k)
                whole, keys = _changed(table, practice_id, content, k, new)
                out.write_row((new, by.seal(whole, sealed_place(table, new)), *keys))


def _changed(table: str, practice_id: int, content: bytes, k: int, new) -> tuple[bytes, tuple]:
    """Give a copy's record, and what it is found by."""
    if table == "patient":
        record = msgspec.json.decode(content, type=PatientRecord)
        person = record.patient
        person = msgspec.structs.replace(person, birth_date=person.birth_date - timedelta(k))
        record = msgspec.structs.replace(record, number=f"{record.number}-{k}", patient=person)
        keys = (
            number_key(practice_id, record.number),
            name_key(practice_id, person.name, person.birth_date),
        )
        return msgspec.json.encode(record), keys
    if table == "coverage":
        record = msgspec.json.decode(content, type=CoverageRecord)
        holder = record.subscriber
        holder = msgspec.structs.replace(holder, member_id=f"{holder.member_id}{k}")
        record = msgspec.structs.replace(record, subscriber=holder)
        return msgspec.json.encode(record), (member_key(practice_id, holder.member_id), None)
    return content, (new.bytes if table == "encounter" else None, None)


def _numbers_pass(least: int) -> None:
    """Let the numbers that claims get from now on begin after those of the copies."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(nextval('claim_number_given')) FROM generate_series(1, %s)", [least]
        )


def _analyze() -> None:
    with psycopg.connect(**role_address("owner"), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


def _prove(office) -> None:
    """Refuse a database in which the journal does not close, or a balance is not what it says."""
    grant = _grant(office, office.practice_ids)
    with scope(grant, at=_now()):
        totals = journal_totals(grant)
        if totals.ledger_sum or balances_prove(grant):
            raise SystemExit("the journal does not close")
