"""The statements that copy a day: every id, number and key of a copy is its own.

A copy lies `days` earlier, so its ids sort before those of the day it was made of.
"""

from uuid import UUID

_MS_PER_DAY = 86_400_000
STRIDE = 10_000  # between the claim numbers of two copies; a day has fewer claims

FUNCTIONS = (
    # Written so that PostgreSQL puts it in line: it runs for every id of every row. An id begins
    # with the instant of its making, so the shift alone makes another one of it.
    """
    CREATE FUNCTION pg_temp.copied(id uuid, k int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
      SELECT (lpad(to_hex(('x' || left(replace($1::text, '-', ''), 12))::bit(48)::bigint
                          - $2::bigint * 86400000), 12, '0') || substr($1::text, 15))::uuid
    $$
    """,
    # A text that holds ids gets those of the copy.
    """
    CREATE FUNCTION pg_temp.reworded(name text, k int) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
    DECLARE one text; done text := name;
    BEGIN
      FOR one IN SELECT DISTINCT (regexp_matches(
        name, '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}', 'g'))[1]
      LOOP
        done := replace(done, one, pg_temp.copied(one::uuid, k)::text);
      END LOOP;
      RETURN done;
    END $$
    """,
    f"""
    CREATE FUNCTION pg_temp.numbered(number text, k int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
      SELECT (substring($1 FROM '^[0-9]+')::bigint + $2::bigint * {STRIDE})::text
             || substring($1 FROM '[^0-9].*$|$')
    $$
    """,
)

_ID = "pg_temp.copied({0}, k)"
_NAME = "CASE WHEN {0} = '' THEN '' ELSE {0} || '*' || k END"
_NAMES = "ARRAY(SELECT one || '*' || k FROM unnest({0}) AS one)"
_NUMBER = "pg_temp.numbered({0}, k)"
_NUMBERS = "ARRAY(SELECT pg_temp.numbered(one, k) FROM unnest({0}) AS one)"
_TEXT_ID = "CASE WHEN {0} = '' THEN '' ELSE pg_temp.copied({0}::uuid, k)::text END"
_JSON = "convert_to(pg_temp.reworded(convert_from({0}, 'UTF8'), k), 'UTF8')"

# What is not copied keeps its id: payers, providers, files, sources.
_OWN = ("id", "patient_id", "encounter_id", "claim_id", "charge_id", "next_claim_id", "entry_id")
_OWN += ("line_id", "version_id", "remittance_id", "coverage_id")

# Table: its columns that are told in another way.
TABLES: dict[str, dict[str, str]] = {
    "patient": {"sealed": "s.sealed", "number_key": "s.key_1", "name_key": "s.key_2"},
    "coverage": {"sealed": "s.sealed", "member_key": "s.key_1"},
    "encounter": {
        "sealed": "s.sealed",
        "number": "{0} || '-' || k",
        "content_key": "s.key_1",
        "coverages": "ARRAY(SELECT pg_temp.copied(one, k) FROM unnest({0}) AS one)",
    },
    "charge": {},
    "claim": {"number": _NUMBER, "numbers": _NUMBERS, "payer_control_numbers": _NAMES},
    "claim_payer_number": {"number": _NAME},
    "claim_line": {"charge_key": _NAME},
    "claim_version": {"number": _NUMBER},
    "claim_person": {"sealed": "s.sealed"},
    "claim_event": {},
    "claim_finding": {},
    "claim_check": {},
    "remittance": {"trace": _NAME},
    "adjudication": {
        "key": _NAME,
        "number": _NUMBER,
        "payer_control_number": _NAME,
        "content": _JSON,
        "entry_keys": _NAMES,
        "reversed_by": _NAME,
    },
    "ledger_entry": {"key": _NAME, "reverses": _NAME},
    "ledger_line": {"trace": _NAME, "suspense": _NAME, "remittance": _TEXT_ID},
    "acknowledgement": {"ordinal": "{0} + k * 100000", "number": _NUMBER},
    "work_item": {"subject_id": _TEXT_ID},
}
ONLY = {"work_item": "subject_kind = 'claim'", "acknowledgement": "claim_id IS NOT NULL"}
_MADE = {"ledger_line": "entry_id", "claim_payer_number": "claim_id"}
SEALED = ("patient", "coverage", "encounter", "claim_person")


def keep_sql(table: str) -> str:
    """Set the rows of the day aside, those that are not older than it: no copy is copied again."""
    made = _MADE.get(table, "id")
    return (
        f"CREATE TEMPORARY TABLE day_{table} AS SELECT * FROM {table}"
        f" WHERE practice_id = %s AND {made} >= %s AND {ONLY.get(table, 'true')}"
    )


def insert_sql(table: str, columns: list[tuple[str, str]]) -> str:
    """Write the statement that adds the copies number %(first)s to %(last)s of a table.

    Args:
        table: One of `TABLES`.
        columns: Name and type of each.
    """
    told = TABLES[table]
    values = ", ".join(_value(name, kind, told.get(name)) for name, kind in columns)
    names = ", ".join(f'"{name}"' for name, _ in columns)
    join = f" JOIN copy_{table} s ON s.id = pg_temp.copied(d.id, k)" if table in SEALED else ""
    return (
        f"INSERT INTO {table} ({names}) SELECT {values} FROM day_{table} d"
        f" CROSS JOIN generate_series(%(first)s, %(last)s) AS k{join}"
    )


def _value(name: str, kind: str, told: str | None) -> str:
    column = f'd."{name}"'
    if told is not None:
        return told.format(column)
    if name in _OWN and kind == "uuid":
        return _ID.format(column)
    if kind == "date":
        return f"{column} - k"
    if kind.startswith("timestamp"):
        return f"{column} - k * interval '1 day'"
    return column


def copied(row_id: UUID, k: int) -> UUID:
    """Name the copy of a row, as the database does."""
    return UUID(int=row_id.int - (k * _MS_PER_DAY << 80))
