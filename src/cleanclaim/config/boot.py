"""Start-up of a process: which role it has in the database, and Django's setting up."""

import os
from typing import Any

from cleanclaim.config.migrating import ensure_migrated
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.postgres import Address, role_address, role_is_weak
from cleanclaim.platform.sealed.master import master_derived

SETTINGS = "cleanclaim.config.settings"
_chosen: list[Address] = []


def boot(role: str = "app", *, migrated: bool = True) -> None:
    """Set Django up for a process, with the database under a role; twice is once.

    Args:
        role: `app` for the web and for commands, `worker` for jobs, `owner` for migrations.
        migrated: Set the database up and bring its tables up to date first where needed.

    Raises:
        Refusal: The role is too strong, or the database cannot be had.
    """
    if _chosen:
        return
    if migrated and role != "owner":
        ensure_migrated()
    _chosen.append(role_address(role))
    django_set_up()
    if role != "owner":
        _refuse_strong_role()


def database_settings(address: Address | None = None) -> dict[str, Any]:
    """Write an address as Django's settings; without one, that of the process, else a dummy.

    Threads of the web server keep their connections; those of a worker come and go.
    """
    chosen = address or (_chosen[0] if _chosen else {"dbname": "none", "host": "/nonexistent"})
    rest = {k: v for k, v in chosen.items() if k not in _NAMES}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{_NAMES[key]: value for key, value in chosen.items() if key in _NAMES},
        "CONN_MAX_AGE": 300 if str(chosen.get("user", "")).endswith("_app") else 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "cleanclaim", **rest},
    }


_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def is_booted() -> bool:
    """Say whether this process works on the data folder; a test or a type check does not."""
    return bool(_chosen)


def secret_key() -> str:
    """Give the key that signs sessions; a dummy in a process that works on no data folder."""
    return master_derived("django") if _chosen else "unused: no process was booted"


def django_set_up() -> None:
    """Load models and settings; a process that was not booted has no database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django  # noqa: PLC0415  commands without Django start fast

    django.setup()


def _refuse_strong_role() -> None:
    from django.db import connection  # noqa: PLC0415  only after set-up

    connection.ensure_connection()
    if connection.connection is None:
        raise Refusal("no_connection", "The database does not answer.")
    role_is_weak(connection.connection)
