"""Whether the database is up to date, and its setting up as owner where it is not."""

import subprocess
import sys
from pathlib import Path

import psycopg

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.postgres import (
    admin_address,
    database_name,
    is_own_cluster,
    role_addresses,
)
from cleanclaim.platform.sealed.master import master_path

_SOURCE = Path(__file__).parents[1]


def ensure_migrated() -> None:
    """Set up and migrate where something is missing; otherwise one query.

    Why a process of its own: only that one gets the owner's password and Django's owner settings.

    Raises:
        Refusal: The set-up failed, the message holds its words; or the database was set up from
            another machine, whose master key is not here.
    """
    if is_current():
        _refuse_without_master()
        return
    command = [sys.executable, "-m", "cleanclaim.config.cli", "setup-database"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own program
    if done.returncode:
        raise Refusal("setup_failed", done.stderr.strip().removeprefix("cleanclaim: "))


def _refuse_without_master() -> None:
    """Keep a second machine from making a master key of its own, which opens no row."""
    if not is_own_cluster() and not master_path().exists():
        raise Refusal(
            "master_key_elsewhere",
            "This database was set up from another machine: copy the folder keys of its data "
            "folder into this one, or name its master key in CLEANCLAIM_MASTER_KEY.",
        )


def is_current() -> bool:
    """Say whether every migration of this version stands in the database."""
    admin = admin_address()
    roles = role_addresses(admin, database_name())
    if not roles and is_own_cluster():
        return False
    try:
        with psycopg.connect(**roles.get("owner", admin)) as connection:
            rows = connection.execute("SELECT app, name FROM django_migrations").fetchall()
    except psycopg.Error:
        return False
    return _ours() <= set(rows)


def _ours() -> set[tuple[str, str]]:
    """List our own migrations by their files; those of the libraries came with them."""
    return {(path.parts[-3], path.stem) for path in _SOURCE.glob("*/*/migrations/[0-9]*.py")}
