"""The four roles of a database, its default privileges, and which role a process gets."""

import json
import logging
import secrets
from hashlib import sha256
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.home import home_folder, secret_write

Address = dict[str, Any]
ROLES = ("owner", "app", "worker", "backup")
_log = logging.getLogger("cleanclaim.postgres")


def database_set_up(
    admin: Address, database: str, *, with_new_passwords: bool = False
) -> dict[str, Address]:
    """Make the roles and the database if they are not there, and keep their passwords.

    Args:
        admin: Who may make roles: the superuser of our cluster, or the account of DATABASE_URL.
        database: Its name; the names of its roles begin with it.
        with_new_passwords: Give roles whose passwords are not kept here new ones.

    Returns:
        The address of each role by its name without prefix.

    Raises:
        Refusal: The account may not make roles; or the roles were made from another machine, which
            new passwords would lock out.
    """
    passwords = _passwords(admin, database)
    try:
        with psycopg.connect(**admin, autocommit=True) as connection:
            if not (_kept(admin, database) or with_new_passwords):
                _refuse_known(connection, database)
            _make_roles(connection, database, passwords)
            _make_database(connection, database)
        with psycopg.connect(**{**admin, "dbname": database}, autocommit=True) as connection:
            privileges_set(connection, database)
    except psycopg.errors.InsufficientPrivilege as error:
        raise Refusal(
            "no_right_to_set_up",
            f"The account {admin.get('user')} may not prepare the database "
            f"({error.diag.message_primary}): set DATABASE_URL to an account with CREATEROLE that "
            "owns the database.",
        ) from error
    _keep(admin, database, passwords)
    return role_addresses(admin, database)


def role_addresses(admin: Address, database: str) -> dict[str, Address]:
    """Tell the addresses of the roles whose passwords are kept here; empty if none are."""
    return {
        role: {**admin, "dbname": database, "user": f"{database}_{role}", "password": password}
        for role, password in _kept(admin, database).items()
    }


def role_is_weak(connection: psycopg.Connection) -> None:
    """Refuse to work under a role that row-level security does not bind.

    Raises:
        Refusal: The role is a superuser, has BYPASSRLS, or owns a guarded table.
    """
    row = connection.execute(
        "SELECT current_user, rolsuper, rolbypassrls, EXISTS (SELECT FROM pg_class"
        " WHERE relrowsecurity AND pg_has_role(current_user, relowner, 'USAGE'))"
        " FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    name, is_super, bypasses, owns = row or ("nobody", True, True, True)
    if is_super or bypasses or owns:
        what = "is a superuser" if is_super else "has BYPASSRLS" if bypasses else "owns the tables"
        raise Refusal(
            "role_too_strong",
            f"The database role {name} {what}, so that row-level security does not bind it: "
            "run `cleanclaim setup-database`, and let DATABASE_URL name the role ending in _app.",
        )


def _refuse_known(connection: psycopg.Connection, prefix: str) -> None:
    query = "SELECT FROM pg_roles WHERE rolname = %s"
    if connection.execute(query, [f"{prefix}_owner"]).fetchone() is not None:
        raise Refusal(
            "set_up_elsewhere",
            f"The roles of {prefix} were made from another machine: copy the folder keys of its "
            "data folder into this one. Only if that is lost: "
            "`cleanclaim setup-database --new-passwords`, which locks the other machines out.",
        )


def _make_roles(connection: psycopg.Connection, prefix: str, passwords: dict[str, str]) -> None:
    for role, password in passwords.items():
        name = sql.Identifier(f"{prefix}_{role}")
        is_there = connection.execute(
            "SELECT FROM pg_roles WHERE rolname = %s", [f"{prefix}_{role}"]
        ).fetchone()
        # A new role has no power; only what it needs is named, since naming more needs a superuser.
        verb: LiteralString = "CREATE ROLE {} LOGIN" if is_there is None else "ALTER ROLE {}"
        query = sql.SQL(verb + " PASSWORD {}").format(name, sql.Literal(password))
        connection.execute(query)
        if not _is_superuser(connection):
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
    backup = sql.Identifier(f"{prefix}_backup")
    connection.execute(
        sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(backup)
    )
    try:
        connection.execute(sql.SQL("ALTER ROLE {} BYPASSRLS").format(backup))
    except psycopg.errors.InsufficientPrivilege:
        _log.warning(
            "The role %s_backup cannot read past row-level security, so that pg_dump refuses: "
            "let a superuser run ALTER ROLE %s_backup BYPASSRLS",
            prefix,
            prefix,
        )


def _make_database(connection: psycopg.Connection, database: str) -> None:
    owner = sql.Identifier(f"{database}_owner")
    there = connection.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone()
    if there is None:
        make = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'")
        connection.execute(make.format(sql.Identifier(database), owner))


def privileges_set(connection: psycopg.Connection, prefix: str) -> None:
    """Say who may do what with every table to come; stands before the first migration."""
    names = {role: sql.Identifier(f"{prefix}_{role}") for role in ROLES}
    names["database"] = sql.Identifier(connection.info.dbname)
    to_come: LiteralString = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT "
    statements: tuple[LiteralString, ...] = (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {app}, {worker}",
        "GRANT CONNECT ON DATABASE {database} TO {backup}",
        "GRANT CONNECT, TEMPORARY, CREATE ON DATABASE {database} TO {owner}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT ALL ON SCHEMA public TO {owner}",
        "GRANT USAGE ON SCHEMA public TO {app}, {worker}, {backup}",
        to_come + "SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}, {worker}",
        to_come + "USAGE, SELECT ON SEQUENCES TO {app}, {worker}",
        to_come + "SELECT ON TABLES TO {backup}",
        to_come + "SELECT ON SEQUENCES TO {backup}",
    )
    for statement in statements:
        connection.execute(sql.SQL(statement).format(**names))


def _is_superuser(connection: psycopg.Connection) -> bool:
    return connection.info.parameter_status("is_superuser") == "on"


def _place(admin: Address, database: str) -> Path:
    key = f"{admin.get('host', '')}:{admin.get('port', '')}/{database}"
    return home_folder("keys") / f"roles-{sha256(key.encode()).hexdigest()[:12]}.json"


def _kept(admin: Address, database: str) -> dict[str, str]:
    path = _place(admin, database)
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _passwords(admin: Address, database: str) -> dict[str, str]:
    return _kept(admin, database) or {role: secrets.token_urlsafe(24) for role in ROLES}


def _keep(admin: Address, database: str, passwords: dict[str, str]) -> None:
    secret_write(_place(admin, database), json.dumps(passwords).encode())
