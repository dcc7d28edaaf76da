"""The database of this process: given by DATABASE_URL, or our own cluster, started if need be."""

import atexit
import os
from contextlib import ExitStack

import psycopg
from psycopg.conninfo import conninfo_to_dict

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.postgres.cluster import Cluster, cluster_here, cluster_used
from cleanclaim.platform.postgres.roles import Address, database_set_up, role_addresses

DATABASE = "cleanclaim"
_HERE = {"localhost", "127.0.0.1", "::1"}
_held = ExitStack()
_admin: Address = {}


def admin_address() -> Address:
    """Tell who may set up: the account of DATABASE_URL, or the superuser of our cluster.

    The cluster is started where it does not run, and stopped when its last user ends.

    Raises:
        Refusal: `database_unencrypted`.
    """
    if not _admin:
        url = os.environ.get("DATABASE_URL")
        if url:
            given = conninfo_to_dict(url).items()
            named = {key: str(value) for key, value in given if value is not None}
            _refuse_open_way(named)
            _admin.update(named)
        else:
            _admin.update(_held.enter_context(cluster_used(cluster_here())).address)
            atexit.register(_held.close)
    return dict(_admin)


def _refuse_open_way(address: Address) -> None:
    """Refuse a database on another machine that is not reached by checked TLS."""
    host = address.get("host", "")
    is_here = not host or host.startswith("/") or host in _HERE
    if not is_here and address.get("sslmode") != "verify-full":
        raise Refusal(
            "database_unencrypted",
            "The database is on another machine: name sslmode=verify-full and sslrootcert"
            " in DATABASE_URL.",
        )


def is_own_cluster() -> bool:
    """Say whether the database is served by our own cluster."""
    return not os.environ.get("DATABASE_URL")


def database_name() -> str:
    """Name the database: that of DATABASE_URL, or ours."""
    if is_own_cluster():
        return DATABASE
    return admin_address().get("dbname") or DATABASE


def role_address(role: str) -> Address:
    """Tell the address of a role: with the password kept here, else DATABASE_URL as it stands.

    Raises:
        Refusal: The database of our own cluster has not been set up.
    """
    kept = role_addresses(admin_address(), database_name())
    if role in kept:
        return kept[role]
    if is_own_cluster():
        raise Refusal("not_set_up", "The database is not set up: run `cleanclaim setup-database`.")
    return admin_address()


def set_up(*, with_new_passwords: bool = False) -> dict[str, Address]:
    """Make roles and database; the tables come from the migrations, run as owner.

    Args:
        with_new_passwords: Give roles whose passwords are not kept here new ones.

    Raises:
        Refusal: The server can't be reached, is older or newer than what works, the account may
            not make roles, or the roles were made from another machine.
    """
    admin = admin_address()
    try:
        with psycopg.connect(**admin) as connection:
            major = connection.info.server_version // 10000
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()[0].rpartition("failed: ")[2]
        raise Refusal(
            "database_unreachable",
            f"The database cannot be used ({said}): let DATABASE_URL name a server that runs and a "
            "database that is there.",
        ) from error
    if not 15 <= major <= 18:
        raise Refusal("postgres_version", f"The server is PostgreSQL {major}; 15 to 18 work.")
    return database_set_up(admin, database_name(), with_new_passwords=with_new_passwords)


def own_cluster() -> Cluster:
    """Describe our own cluster, for `cleanclaim stop` and for tests."""
    return cluster_here()
