"""Every table is guarded, or named here as one that holds nothing of a tenant."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from cleanclaim.platform.models import guards

# Tables without a tenant's data, and why they may be read by everybody who signs in.
OPEN = {
    "account_emailaddress": "addresses of people who sign in, read before the tenant is known",
    "account_emailconfirmation": "the same",
    "auth_group": "Django's own, unused",
    "auth_group_permissions": "Django's own, unused",
    "auth_permission": "Django's own, unused",
    "django_content_type": "names of models",
    "django_migrations": "names of migrations",
    "django_session": "signed sessions, found by their secret alone",
    "mfa_authenticator": "sealed second factors, read before the tenant is known",
    "platform_cache": "rate limits and used codes",
    "procrastinate_events": "when jobs ran",
    "procrastinate_jobs": "jobs with opaque ids",
    "procrastinate_periodic_defers": "when jobs ran",
    "procrastinate_workers": "heartbeats",
}


# Tables that name a practice and are read by the whole tenant, and why.
TENANT_WIDE = {
    "audit_auditevent": "the audit of a tenant is one chain",
    "inbound_file": "kept under the tenant until it is routed",
    "control_number": "an inbound file is routed to its practice by it",
    "tenancy_personpractice": "who may work for whom, read before a grant is made",
}


def rows(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_every_table_is_guarded_or_named(db):
    tables = dict(
        rows(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        )
    )
    open_ones = {name for name, is_guarded in tables.items() if not is_guarded}
    assert open_ones - set(OPEN) == set()
    assert set(OPEN) - open_ones == set(), "a table that is guarded or gone is still named"


def test_every_guard_has_the_text_of_the_one_helper(db):
    columns = {}
    for table, column in rows(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name IN ('tenant_id', 'practice_id')"
    ):
        columns.setdefault(table, set()).add(column)
    policies = {}
    for table, name, using, check in rows(
        "SELECT tablename, policyname, qual, with_check FROM pg_policies"
    ):
        assert using == check, table
        policies.setdefault(table, {})[name] = using
    for table, names in policies.items():
        assert set(names) == {"scope", "every"}, table
        assert "app.tenant_id" in names["scope"], table
        assert names["scope"].count("SELECT") >= 1, f"{table} reads the scope for every row"
    wide = {
        table
        for table, names in policies.items()
        if "practice_id" in columns.get(table, ()) and "app.practice_ids" not in names["scope"]
    }
    assert wide == set(TENANT_WIDE)


def test_append_only_tables_refuse_every_change(db):
    guarded = {
        table
        for (table,) in rows(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname = 'append_only' AND t.tgenabled = 'O'"
        )
    }
    assert {"audit_auditevent", "audit_auditlink", "files_filepiece"} <= guarded


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0, stdout=io.StringIO())


def test_django_s_own_checks_pass():
    silenced = [
        "security.W004",  # HSTS waits for a real host name; see settings
        "security.W005",
        "security.W008",  # TLS is the server's; nothing listens in plain
        "security.W009",  # a test has no key
        "security.W021",
        "mail.E001",  # tests send nothing
    ]
    from django.test import override_settings

    with override_settings(SILENCED_SYSTEM_CHECKS=silenced):
        call_command("check", deploy=True, fail_level="WARNING", stdout=io.StringIO())


@pytest.mark.parametrize("guard", [guards.tenant_guard, guards.practice_guard])
def test_the_guards_read_the_scope_once_for_a_statement(guard):
    text = guard("x").sql
    assert "(SELECT nullif(current_setting('app.tenant_id', true)" in text
    assert "FORCE ROW LEVEL SECURITY" in text
