"""The guards of tables, as operations for migrations; the only place where their text stands.

Row-level security: the sub-select lets the database read the scope once for each statement and
not once for each row. The policy `every` is bound to the owner, who makes it: no other role can
use it, whatever it sets.
"""

from django.db.migrations import RunSQL

_TENANT = "tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::bigint)"
_PRACTICE = (
    "practice_id = ANY ((SELECT coalesce(nullif(current_setting('app.practice_ids', true), ''),"
    " '{}')::bigint[])::bigint[])"
)
_DIRECTORY = "(SELECT current_setting('app.directory', true)) = 'on'"
_EVERY = "(SELECT current_setting('app.every', true)) = 'on'"


def tenant_guard(table: str) -> RunSQL:
    """Guard a table of `TenantModel`: rows of the scope's tenant."""
    return _guard(table, _TENANT)


def practice_guard(table: str) -> RunSQL:
    """Guard a table of `PracticeModel`: rows of the scope's tenant and practices."""
    return _guard(table, f"{_TENANT} AND {_PRACTICE}")


def mixed_guard(table: str) -> RunSQL:
    """Guard a table whose rows belong to a practice or, without one, to the tenant itself."""
    return _guard(table, f"{_TENANT} AND (practice_id IS NULL OR {_PRACTICE})")


def directory_guard(table: str, tenant_column: str = "tenant_id") -> RunSQL:
    """Guard a table of the directory: rows of the scope's tenant, all in the directory's scope."""
    return _guard(table, f"{_TENANT.replace('tenant_id', tenant_column, 1)} OR {_DIRECTORY}")


def append_only(table: str) -> RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on a table for every role, its owner too."""
    return RunSQL(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION '% on % is refused: the table is append only', TG_OP, TG_TABLE_NAME"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$;"
        f' CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}"'
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        f'DROP TRIGGER append_only ON "{table}"',
    )


def _guard(table: str, condition: str) -> RunSQL:
    return RunSQL(
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;'
        f' ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;'
        f' CREATE POLICY scope ON "{table}" USING ({condition}) WITH CHECK ({condition});'
        f' CREATE POLICY every ON "{table}" TO CURRENT_USER USING ({_EVERY}) WITH CHECK ({_EVERY})',
        f'DROP POLICY scope ON "{table}"; DROP POLICY every ON "{table}";'
        f' ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY;'
        f' ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
    )
