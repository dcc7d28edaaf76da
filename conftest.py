"""What every test may ask for: a database as the app role sees it, a tenant, a grant.

A test that asks for none of it runs without PostgreSQL.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

pytest_plugins = ["plain", "proofs", "pytester"]  # tests/lib; pytester tests the second
ROOT = Path(__file__).parent
# No test touches the data of a person at this machine, nor a server that was named.
_PROGRAMS = os.environ.get("CLEANCLAIM_PG_BIN", "")
_PLACE = f"test-{hashlib.sha256(_PROGRAMS.encode()).hexdigest()[:6]}" if _PROGRAMS else "test"
os.environ["CLEANCLAIM_HOME"] = str(ROOT / ".state" / _PLACE)
os.environ.pop("DATABASE_URL", None)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_SCHEMA = ("**/migrations/*.py", "**/guards.py", "platform/postgres/roles.py")


@pytest.fixture(scope="session")
def template() -> Iterator[tuple[dict[str, str], str]]:
    """The address of the test cluster's superuser, and a database that the owner migrated."""
    from cleanclaim.platform.postgres import FORGETFUL, cluster_here, cluster_used

    with cluster_used(cluster_here(FORGETFUL)) as cluster:
        yield cluster.address, _template(cluster.address)


@pytest.fixture(scope="session")
def django_db_setup(template, django_db_blocker) -> Iterator[None]:
    """Put every test that asks for `db` on one clone of the template, as the app role."""
    with django_db_blocker.unblock():
        yield from _on_clone(*template, role="app")


@pytest.fixture
def own_database(template, django_db_blocker) -> Iterator[None]:
    """A clone for this test alone, in which it may commit; gone afterwards."""
    with django_db_blocker.unblock():
        yield from _on_clone(*template, role="app")


@pytest.fixture(scope="module")
def module_database(template, django_db_blocker) -> Iterator[None]:
    """A clone for the tests of one module, which may commit; gone afterwards."""
    with django_db_blocker.unblock():
        yield from _on_clone(*template, role="app")


@pytest.fixture
def own_superuser(template, own_database) -> Callable[[str], object]:
    """Run statements in the test's own database as its superuser, as an attacker would."""
    from django.db import connection

    address = {**template[0], "dbname": connection.settings_dict["NAME"]}

    def run(statement: str) -> None:
        with psycopg.connect(**address, autocommit=True) as attacker:
            attacker.execute(statement)

    return run


@pytest.fixture
def now() -> datetime:
    """The instant at which tests happen."""
    return NOW


@pytest.fixture
def tenant(db):
    """A billing company."""
    from cleanclaim.apps.tenancy.models import Tenant
    from cleanclaim.platform.models.scope import directory_scope

    with directory_scope():
        return Tenant.objects.create(name="Test", slug="test", policy="usmed", created_at=NOW)


@pytest.fixture
def grant_for() -> Callable[..., object]:
    """Make a grant under a policy that allows everything: `grant_for(tenant_id, 1, 2)`.

    With `partner="clearinghouse:connection:7"` it is the leave to disclose to that one.
    """
    return _grant_for


def _grant_for(tenant_id: int, *practice_ids: int, categories=("phi",), not_after=None, partner=""):
    from cleanclaim.core import privacy
    from cleanclaim.core.privacy.grant import grant_for
    from cleanclaim.core.privacy.policy import Accounting, Policy, Rule, Vocabulary

    words = {name: name for name in ("phi", "biz", *categories)}
    one = frozenset({"*"})
    rule = Rule(
        rule_id="T-01",
        actions=frozenset({"use", "disclose"}),
        categories=frozenset(words),
        purposes=frozenset({"billing"}),
        recipients=frozenset({"self", "clearinghouse"}),
        subjects=frozenset({"patient"}),
    )
    policy = Policy(
        tenant="test",
        digest="test",
        words=Vocabulary(
            categories=words,
            purposes={"billing": "billing"},
            recipients={"self": "self", "clearinghouse": "clearinghouse"},
            subjects={"patient": "patient"},
            facts={},
        ),
        floors=(),
        denies=(),
        allows=(rule,),
        obligations=(),
        accounting=Accounting(
            exempt_purposes=one, exempt_recipients=one, exempt_when=(), lookback_years=6
        ),
    )
    kind, _, recipient_id = partner.partition(":")
    request = privacy.Request(
        action="disclose" if partner else "use",
        categories=frozenset(categories),
        purpose="billing",
        recipient=kind or "self",
    )
    scope = privacy.Scope(
        tenant_id=tenant_id,
        practice_ids=practice_ids,
        actor="person:test",
        decision_id="test",
        not_after=not_after or NOW + timedelta(hours=1),
        recipient_id=recipient_id,
    )
    return grant_for(privacy.Batch(policy), request, scope)[1]


def _template(admin: dict[str, str]) -> str:
    """Build the template for this state of the migrations, once, and drop older ones."""
    digest = hashlib.sha256()
    source = ROOT / "src" / "cleanclaim"
    for path in sorted({path for pattern in _SCHEMA for path in source.glob(pattern)}):
        digest.update(path.read_bytes())
    name = f"template_{digest.hexdigest()[:12]}"
    with (ROOT / ".state" / _PLACE / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(**admin, autocommit=True) as connection:
            rows = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'templat%'"
            )
            there = {row[0] for row in rows}
            if f"{name}_ready" in there:
                return f"{name}_ready"
            for old in there - {"template0", "template1"}:
                _drop(connection, old)
            environment = {**os.environ, "DATABASE_URL": make_conninfo(**{**admin, "dbname": name})}
            command = [sys.executable, "-m", "cleanclaim.config.cli", "setup-database"]
            _set_up_first(admin, name)
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(name), sql.Identifier(f"{name}_ready")))
    return f"{name}_ready"


def _set_up_first(admin: dict[str, str], name: str) -> None:
    from cleanclaim.platform.postgres import database_set_up

    database_set_up(admin, name)


def _on_clone(admin: dict[str, str], template: str, role: str) -> Iterator[None]:
    from django.db import connections

    from cleanclaim.config.boot import database_settings
    from cleanclaim.platform.postgres import role_addresses

    prefix = template.removesuffix("_ready")
    name = f"test_{os.getpid()}_{os.urandom(3).hex()}"
    clone = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(**admin, autocommit=True) as connection:
        connection.execute(clone.format(sql.Identifier(name), sql.Identifier(template)))
        _grant_connect(connection, name, prefix)
    address = {**role_addresses(admin, prefix)[role], "dbname": name}
    held = connections["default"]
    before = held.settings_dict.copy()
    held.close()
    held.settings_dict.update({**database_settings(address), "CONN_MAX_AGE": 0})
    try:
        yield
    finally:
        connections.close_all()
        held.settings_dict.clear()
        held.settings_dict.update(before)
        with psycopg.connect(**admin, autocommit=True) as connection:
            _drop(connection, name)


def _grant_connect(connection: psycopg.Connection, name: str, prefix: str) -> None:
    """Repeat what cloning leaves behind: the rights on the database itself."""
    for role in ("app", "worker", "backup", "owner"):
        grant = sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}")
        connection.execute(grant.format(sql.Identifier(name), sql.Identifier(f"{prefix}_{role}")))


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def pytest_configure() -> None:
    """Let passwords be cheap: their cost is the hasher's business, not ours."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
