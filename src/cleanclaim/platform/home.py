"""The data folder: keys, certificate, files and what names this installation."""

import os
import secrets
from pathlib import Path

from cleanclaim.kernel.refusal import Refusal

_CHECKOUT = Path(__file__).parents[3]


def home_path() -> Path:
    """Name the data folder: `CLEANCLAIM_HOME`, else `.state` of a checkout, else the user's.

    Returns:
        An absolute path; the folder need not exist.
    """
    named = os.environ.get("CLEANCLAIM_HOME")
    if named:
        return Path(named).expanduser().absolute()
    if (_CHECKOUT / "pyproject.toml").is_file():
        return _CHECKOUT / ".state"
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "cleanclaim"


def home_folder(*names: str) -> Path:
    """Make a folder of the data folder that only its owner reads, and name it.

    Raises:
        Refusal: The folder cannot be made.
    """
    path = home_path()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            path = path / name
            path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Refusal(
            "home_unusable",
            f"The data folder {path} cannot be made ({error.strerror}): "
            "name another one in CLEANCLAIM_HOME.",
        ) from error
    return path


def secret_write(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def home_name() -> str:
    """Give the data folder a name that no other one has, made once and kept in it."""
    path = home_folder() / "name"
    if not path.exists():
        secret_write(path, secrets.token_hex(6).encode())
    return path.read_text().strip()
