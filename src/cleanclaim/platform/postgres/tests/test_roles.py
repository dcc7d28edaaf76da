import psycopg
import pytest

from cleanclaim.config import migrating
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.models.scope import tenant_scope
from cleanclaim.platform.postgres import database_set_up, role_addresses, role_is_weak, set_up

PREFIX_END = "_ready"


@pytest.fixture
def address_of(template, own_database):
    from django.db import connection

    admin, name = template
    roles = {"super": admin, **role_addresses(admin, name.removesuffix(PREFIX_END))}
    return lambda role: roles[role] | {"dbname": connection.settings_dict["NAME"]}


@pytest.mark.parametrize(
    ("role", "what"),
    [
        ("app", None),
        ("worker", None),
        ("owner", "owns the tables"),
        ("backup", "has BYPASSRLS"),
        ("super", "is a superuser"),
    ],
)
def test_a_role_that_no_guard_binds_is_refused(address_of, role, what):
    with psycopg.connect(**address_of(role)) as connection:
        if what is None:
            role_is_weak(connection)
        else:
            with pytest.raises(Refusal, match=what):
                role_is_weak(connection)


def test_the_backup_role_reads_everything_and_writes_nothing(address_of, now):
    with tenant_scope(1, actor="a", at=now):
        audit_record(action="read", resource_type="claim")
    with psycopg.connect(**address_of("backup")) as connection:
        assert connection.execute("SELECT count(*) FROM audit_auditevent").fetchone() == (1,)
    for statement in (
        "DELETE FROM django_session",
        "SET default_transaction_read_only = off; DELETE FROM django_session",
    ):
        with psycopg.connect(**address_of("backup")) as connection, pytest.raises(psycopg.Error):
            connection.execute(statement)


def test_the_owner_without_its_scope_sees_nothing_and_says_so(address_of, now):
    with tenant_scope(1, actor="a", at=now):
        audit_record(action="read", resource_type="claim")
    count = "SELECT count(*) FROM audit_auditevent"
    with psycopg.connect(**address_of("owner")) as connection:
        assert connection.execute(count).fetchone() == (0,)
        connection.execute("SELECT set_config('app.every', 'on', true)")
        assert connection.execute(count).fetchone() == (1,)
        for statement in ("TRUNCATE audit_auditevent CASCADE", "DELETE FROM audit_auditevent"):
            with pytest.raises(psycopg.Error, match="append only"), connection.transaction():
                connection.execute(statement)


def test_the_app_role_makes_no_tables_and_truncates_none(address_of):
    for statement in (
        "CREATE TABLE x ()",
        "TRUNCATE django_session",
        "SET row_security = off; SELECT count(*) FROM audit_auditevent",
    ):
        with psycopg.connect(**address_of("app")) as connection, pytest.raises(psycopg.Error):
            connection.execute(statement)


def test_a_second_machine_locks_nobody_out(template, tmp_path, monkeypatch):
    admin, name = template
    prefix = name.removesuffix(PREFIX_END)
    app = role_addresses(admin, prefix)["app"] | {"dbname": name}
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    with pytest.raises(Refusal, match="copy the folder keys"):
        database_set_up(admin, prefix)
    psycopg.connect(**app).close()


@pytest.mark.parametrize("url", ["postgresql://x@127.0.0.1:1/y", "postgresql://x@/y?host=/nowhere"])
def test_a_database_that_is_not_there_is_named(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(Refusal, match="let DATABASE_URL name a server that runs"):
        set_up()


def test_a_second_machine_makes_no_master_key(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://x@127.0.0.1:1/y")
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    monkeypatch.setattr(migrating, "is_current", lambda: True)
    with pytest.raises(Refusal, match="CLEANCLAIM_MASTER_KEY"):
        migrating.ensure_migrated()
    assert not (tmp_path / "keys" / "master").exists()
