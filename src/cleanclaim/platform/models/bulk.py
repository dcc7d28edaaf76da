"""Many rows in one statement: they travel as one JSON text that the database takes apart.

Why not COPY: straight into a table with row-level security it is refused, and by way of a temporary
table it takes four statements. This was as fast for 2,000 rows and four times as fast for six.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from django.db import connection, models
from psycopg import sql

from cleanclaim.platform.models.scope import refuse_uncovered

type Row = Mapping[str, object]
"""Values by column of the database, tenant and practice among them; JSON as plain objects."""


def rows_insert(
    model: type[models.Model], rows: Iterable[Row], *, skip_same_key: Sequence[str] = ()
) -> int:
    """Insert rows in one statement.

    Args:
        model: Whose table they go into; no default of the model is applied.
        rows: All with the same columns.
        skip_same_key: Columns of a unique key; a row whose key is there already is left out.
            The caller compares afterwards: a left-out row may hold other content.

    Returns:
        How many rows were inserted.

    Raises:
        Refusal: The grant behind the scope does not cover what the table holds.
    """
    rows = list(rows)
    insert = _insert(model, rows)
    if skip_same_key:
        insert += sql.SQL(" ON CONFLICT ({}) DO NOTHING").format(_names(skip_same_key))
    return _write(model, insert, rows)


def models_insert(rows: Iterable[models.Model]) -> int:
    """Insert new rows of one table that were made as models, in one statement.

    Raises:
        Refusal: The grant behind the scope does not cover what the table holds.
    """
    rows = list(rows)
    if not rows:
        return 0
    fields = rows[0]._meta.concrete_fields  # noqa: SLF001  Django's public place for it
    names = [(one.column, one.attname) for one in fields]
    values = ({column: getattr(row, name) for column, name in names} for row in rows)
    return rows_insert(type(rows[0]), values)


def rows_put(
    model: type[models.Model], key: Sequence[str], rows: Iterable[Row], *, added: Sequence[str] = ()
) -> int:
    """Insert rows, and change those whose key is there already, in one statement.

    Args:
        model: Whose table they go into.
        key: Columns of a unique key, the practice among them.
        rows: All with the same columns, each key once; an `id` is used where the row is new.
        added: Columns whose value is added to the old one and does not replace it.

    Returns:
        How many rows were written.

    Raises:
        Refusal: The grant behind the scope does not cover what the table holds.
    """
    rows = list(rows)
    table = _table(model)
    sets = _sets([*key, "id"], rows, added, table, sql.Identifier("excluded"))
    put = sql.SQL("{} ON CONFLICT ({}) DO UPDATE SET {}")
    return _write(model, put.format(_insert(model, rows), _names(key), sets), rows)


def rows_update(
    model: type[models.Model], key: Sequence[str], rows: Iterable[Row], *, added: Sequence[str] = ()
) -> int:
    """Update rows in one statement.

    Args:
        model: Whose table they are in.
        key: Columns that find a row.
        rows: The key and the new values, all with the same columns.
        added: Columns whose value is added to the old one and does not replace it.

    Returns:
        How many rows were updated.

    Raises:
        Refusal: The grant behind the scope does not cover what the table holds.
    """
    rows = list(rows)
    table = _table(model)
    sets = _sets(key, rows, added, sql.Identifier("t"), sql.Identifier("s"))
    match = sql.SQL(" AND ").join(
        sql.SQL("t.{0} = s.{0}").format(sql.Identifier(name)) for name in key
    )
    update = sql.SQL("UPDATE {} t SET {} FROM {} WHERE {}")
    return _write(model, update.format(table, sets, _given(table), match), rows)


def _insert(model: type[models.Model], rows: Sequence[Row]) -> sql.Composed:
    table, names = _table(model), _names(rows[0] if rows else ())
    insert = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}")
    return insert.format(table, names, names, _given(table))


def _sets(
    key: Sequence[str],
    rows: Sequence[Row],
    added: Sequence[str],
    old: sql.Identifier,
    new: sql.Identifier,
) -> sql.Composed:
    """Say what becomes of each column that is not of the key."""
    return sql.SQL(", ").join(
        sql.SQL("{0} = {1}.{0} + {2}.{0}" if name in added else "{0} = {2}.{0}").format(
            sql.Identifier(name), old, new
        )
        for name in (rows[0] if rows else ())
        if name not in key
    )


def _write(model: type[models.Model], statement: sql.Composed, rows: Sequence[Row]) -> int:
    if not rows:
        return 0
    refuse_uncovered(getattr(model, "data_categories", frozenset()))
    columns = rows[0].keys()
    if any(row.keys() != columns for row in rows):
        raise AssertionError("rows of one statement have the same columns")
    fields = model._meta.concrete_fields  # noqa: SLF001  Django's public place for it
    binary = [one.column for one in fields if isinstance(one, models.BinaryField)]
    binary = [name for name in binary if name in columns]
    if binary:
        rows = [{**row, **{name: _hex(row[name]) for name in binary}} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(statement, [msgspec.json.encode(rows).decode()])
        count: int = cursor.rowcount
    return count


def _table(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)  # noqa: SLF001  Django's public place for it


def _given(table: sql.Identifier) -> sql.Composed:
    """Name the rows of the parameter, read as rows of the table."""
    return sql.SQL("json_populate_recordset(null::{}, %s) s").format(table)


def _names(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _hex(value: object) -> str | None:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else None
