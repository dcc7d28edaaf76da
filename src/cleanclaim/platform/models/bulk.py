"""Many rows at once: COPY into a temporary table, then INSERT … SELECT.

Why the detour: COPY straight into a table with row-level security is refused.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, models
from psycopg import sql

from cleanclaim.platform.models.scope import refuse_uncovered


def rows_insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    skip_same_key: Sequence[str] = (),
) -> int:
    """Insert rows in one statement.

    Args:
        model: Whose table they go into; no default of the model is applied.
        columns: Columns of the database in the order of each row, tenant and practice among them.
        rows: One sequence for each row; JSON as `psycopg.types.json.Jsonb`.
        skip_same_key: Columns of a unique key; a row whose key is there already is left out.
            The caller compares afterwards: a left-out row may hold other content.

    Returns:
        How many rows were inserted.

    Raises:
        Refusal: The grant behind the scope does not cover what the table holds.
    """
    refuse_uncovered(getattr(model, "data_categories", frozenset()))
    table = sql.Identifier(model._meta.db_table)  # noqa: SLF001  Django's public place for it
    staging = sql.Identifier(f"staging_{model._meta.db_table}"[:63])  # noqa: SLF001  the same
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    make = sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA")
    insert = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(table, names, names, staging)
    if skip_same_key:
        key = sql.SQL(", ").join(sql.Identifier(name) for name in skip_same_key)
        insert += sql.SQL(" ON CONFLICT ({}) DO NOTHING").format(key)
    with connection.cursor() as cursor:
        cursor.execute(make.format(staging, names, table))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(staging, names)) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(insert)
        count: int = cursor.rowcount
        cursor.execute(sql.SQL("DROP TABLE {}").format(staging))
    return count


def rows_update(
    model: type[models.Model],
    key: Sequence[str],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> int:
    """Update rows in one statement.

    Args:
        model: Whose table they are in.
        key: Columns that find a row.
        columns: Columns to set.
        rows: One sequence for each row: the key, then the new values.

    Returns:
        How many rows were updated.

    Raises:
        Refusal: The grant behind the scope does not cover what the table holds.
    """
    refuse_uncovered(getattr(model, "data_categories", frozenset()))
    table = sql.Identifier(model._meta.db_table)  # noqa: SLF001  Django's public place for it
    staging = sql.Identifier(f"changes_{model._meta.db_table}"[:63])  # noqa: SLF001  the same
    names = sql.SQL(", ").join(sql.Identifier(name) for name in (*key, *columns))
    make = sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA")
    sets = sql.SQL(", ").join(
        sql.SQL("{0} = s.{0}").format(sql.Identifier(name)) for name in columns
    )
    match = sql.SQL(" AND ").join(
        sql.SQL("t.{0} = s.{0}").format(sql.Identifier(name)) for name in key
    )
    with connection.cursor() as cursor:
        cursor.execute(make.format(staging, names, table))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(staging, names)) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            sql.SQL("UPDATE {} t SET {} FROM {} s WHERE {}").format(table, sets, staging, match)
        )
        count: int = cursor.rowcount
        cursor.execute(sql.SQL("DROP TABLE {}").format(staging))
    return count
