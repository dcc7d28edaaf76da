"""Under which account of the system PostgreSQL runs; it never runs as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleanclaim.kernel.refusal import Refusal

_CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account of the system; `name` is empty for the account that we run as."""

    name: str = ""
    uid: int = -1
    gid: int = -1

    @property
    def process(self) -> dict[str, Any]:
        """Arguments for `subprocess` that start a process under this account."""
        quiet: dict[str, Any] = {"cwd": "/", "env": _plain_environment()}
        if self.name:
            quiet |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return quiet

    def own(self, path: Path) -> None:
        """Give a folder that we made to this account."""
        if self.name:
            os.chown(path, self.uid, self.gid)

    def can_reach(self, path: Path) -> bool:
        """Say whether this account may enter a folder or run a file, by trying it."""
        words = ["/usr/bin/env", "test", "-x", str(path)]
        tried = subprocess.run(words, check=False, **self.process)  # noqa: S603  fixed words
        return tried.returncode == 0


def account_for_postgres() -> Account:
    """Choose the account: ourselves, or an unprivileged one of the system where we are root.

    Raises:
        Refusal: We are root, and the system has no account to step down to.
    """
    if os.geteuid() != 0:
        return Account()
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise Refusal(
        "no_unprivileged_account",
        "PostgreSQL may not run as root and the system has neither an account postgres nor nobody: "
        "start cleanclaim as an ordinary user, or set DATABASE_URL.",
    )


def _plain_environment() -> dict[str, str]:
    """Leave out every PG variable, which would point the tools at another server."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return {**kept, "LC_ALL": "C", "HOME": "/"}
