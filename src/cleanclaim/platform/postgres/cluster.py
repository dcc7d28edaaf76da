"""A private PostgreSQL cluster: made, started, used and stopped without a server to install.

Why not the launchers of the wheels: docs/adr/own-postgres-launcher.md.
"""

import fcntl
import json
import os
import secrets
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.home import home_folder, home_name, home_path, secret_write
from cleanclaim.platform.postgres.account import Account, account_for_postgres
from cleanclaim.platform.postgres.binaries import binaries_find, version
from cleanclaim.platform.postgres.postmaster import leftovers_clear, postmaster_pid

SUPERUSER = "cleanclaim_super"
SOCKET_PATH_LIMIT = 107
PORT = "5432"
START_SECONDS = 300
STOP_SECONDS = 30
HOME_SUFFIX = ".home"  # beside a cluster: which data folder it belongs to
_DURABLE = {
    "listen_addresses": "''",
    "max_connections": "100",
    "shared_buffers": "'192MB'",
    "max_wal_size": "'2GB'",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "unix_socket_permissions": "0700",
    # A log that holds no row: no failed statement, no DETAIL with key values, no parameters.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """One cluster: its folder, its socket, its programs and the account that runs it."""

    folder: Path
    socket: Path
    programs: Path
    account: Account
    password: str
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def data(self) -> Path:
        """The data folder of PostgreSQL."""
        return self.folder / "data"

    @property
    def socket_lock(self) -> Path:
        """What PostgreSQL locks its socket with."""
        return self.socket / f".s.PGSQL.{PORT}.lock"

    @property
    def address(self) -> dict[str, Any]:
        """Connection parameters of the superuser, for set-up alone."""
        return {
            "host": str(self.socket),
            "port": PORT,
            "dbname": "postgres",
            "user": SUPERUSER,
            "password": self.password,
        }


def state_base() -> Path:
    """Name the folder that holds the clusters of this system, where we are root."""
    return Path(os.environ.get("CLEANCLAIM_STATE", "/var/lib/cleanclaim"))


def cluster_here(settings: dict[str, str] | None = None) -> Cluster:
    """Describe the cluster of this data folder; makes folders, starts nothing.

    Args:
        settings: Settings of PostgreSQL beyond ours, such as `FORGETFUL` for tests.

    Raises:
        Refusal: A path cannot be reached by the account that runs PostgreSQL.
    """
    account = account_for_postgres()
    folder = _state_folder(account)
    return Cluster(
        folder=folder,
        socket=_socket_folder(folder, account),
        programs=binaries_find(account, folder.parent, _made_by(folder / "data")),
        account=account,
        password=_superuser_password(),
        settings=tuple((settings or {}).items()),
    )


def cluster_start(cluster: Cluster) -> None:
    """Make the cluster if it is new, start it if it does not run, and wait until it answers.

    Raises:
        Refusal: It cannot be made or started; the message ends with the server's own words.
    """
    with _locked(cluster.folder.parent / f"{cluster.folder.name}.lock"):
        if not (cluster.data / "PG_VERSION").exists():
            _make(cluster)
        _check_version(cluster)
        until = time.monotonic() + START_SECONDS
        while True:
            if postmaster_pid(cluster.data) is None:
                leftovers_clear(cluster.data, cluster.socket_lock)
                _start(cluster)
            if _answers(cluster, until):
                return


def cluster_stop(cluster: Cluster) -> bool:
    """Stop the server; say whether one ran.

    Why it waits first: PostgreSQL 15 that is told to stop while it recovers may hang for ever.
    """
    with _locked(cluster.folder.parent / f"{cluster.folder.name}.lock"):
        if postmaster_pid(cluster.data) is None:
            return False
        with suppress(Refusal):
            _answers(cluster, time.monotonic() + STOP_SECONDS)
        try:
            _stop(cluster, "fast")
        except Refusal:
            _stop(cluster, "immediate")
        return True


def _stop(cluster: Cluster, mode: str) -> None:
    """Stop in a mode; after `immediate`, the next start recovers."""
    if postmaster_pid(cluster.data) is not None:
        words = ("stop", "-D", str(cluster.data), "-m", mode, "-w", "-t", str(STOP_SECONDS))
        _run(cluster, "pg_ctl", *words)


@contextmanager
def cluster_used(cluster: Cluster) -> Iterator[Cluster]:
    """Have the server for a while; whoever uses it last stops it.

    Why: a command must not leave a server behind, nor stop one that another process uses.
    """
    path = cluster.folder.parent / f"{cluster.folder.name}.users"
    with path.open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        cluster_start(cluster)
        try:
            yield cluster
        finally:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                cluster_stop(cluster)


def _state_folder(account: Account) -> Path:
    """Choose where the cluster lives: in our data folder, as root in the system's state folder."""
    if not account.name:
        return _made(home_folder("postgres") / "cluster", account, 0o700)
    base = _made(state_base(), Account(), 0o755)
    (base / f"{home_name()}{HOME_SUFFIX}").write_text(str(home_path()))
    folder = _made(base / home_name(), account, 0o700)
    if not account.can_reach(folder):
        raise Refusal(
            "state_unreachable",
            f"{base} cannot be entered by the account {account.name}, which runs PostgreSQL, "
            "because a folder above it is closed: name an open place in CLEANCLAIM_STATE, "
            "or start cleanclaim as an ordinary user.",
        )
    return folder


def _made(path: Path, account: Account, mode: int) -> Path:
    """Make a folder for an account; one that is there already keeps its mode and owner."""
    if not path.is_dir():
        try:
            path.mkdir(mode=mode, parents=True)
        except OSError as error:
            raise Refusal(
                "state_unusable",
                f"{path} cannot be made ({error.strerror}): name another place in "
                "CLEANCLAIM_STATE.",
            ) from error
        path.chmod(mode)
        account.own(path)
    return path


def _socket_folder(folder: Path, account: Account) -> Path:
    """Choose a folder for the socket whose path is short enough for the system."""
    inside = folder / "run"
    if len(str(inside / f".s.PGSQL.{PORT}.lock")) <= SOCKET_PATH_LIMIT:
        return _made(inside, account, 0o700)
    short = Path(tempfile.gettempdir()) / f"cleanclaim-{home_name()}"
    _made(short, account, 0o700)
    owner = account.uid if account.name else os.geteuid()
    if short.is_symlink() or short.stat().st_uid != owner or short.stat().st_mode & 0o077:
        raise Refusal(
            "socket_folder_taken", f"{short} belongs to somebody else: remove it or set TMPDIR."
        )
    return short


def _superuser_password() -> str:
    path = home_folder("keys") / "postgres.json"
    if not path.exists():
        secret_write(path, json.dumps({"superuser": secrets.token_urlsafe(24)}).encode())
    return str(json.loads(path.read_text())["superuser"])


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(cluster: Cluster) -> None:
    """Run initdb into a folder of its own and put it in place whole."""
    part = cluster.folder / "data.part"
    if part.exists():
        subprocess.run(["/bin/rm", "-rf", str(part)], check=True, **cluster.account.process)  # noqa: S603  our own folder
    modern = (version(cluster.programs) or 0) >= 17
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if modern
        else ["--locale=C"]
    )
    spoken = cluster.folder / "password"
    secret_write(spoken, cluster.password.encode())
    cluster.account.own(spoken)
    try:
        _run(
            cluster,
            "initdb",
            *("-D", str(part), "-U", SUPERUSER, "--encoding=UTF8", *locale),
            *("--auth=scram-sha-256", f"--pwfile={spoken}", "--data-checksums"),
            "--no-instructions",
        )
    finally:
        spoken.unlink()
    subprocess.run(  # noqa: S603  both paths are ours
        ["/bin/mv", str(part), str(cluster.data)], check=True, **cluster.account.process
    )


def _made_by(data: Path) -> int | None:
    """Read the major version that made a data folder; None where there is none yet."""
    try:
        return int((data / "PG_VERSION").read_text())
    except (OSError, ValueError):
        return None


def _check_version(cluster: Cluster) -> None:
    made_by = _made_by(cluster.data)
    if made_by != version(cluster.programs):
        raise Refusal(
            "postgres_version_changed",
            f"The data in {cluster.data} was made by PostgreSQL {made_by}, and the programs found "
            f"are version {version(cluster.programs)}: name the older ones in CLEANCLAIM_PG_BIN.",
        )


def _start(cluster: Cluster) -> None:
    settings = {**_DURABLE, **dict(cluster.settings)}
    settings["unix_socket_directories"] = f"'{cluster.socket}'"
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    log = cluster.folder / "postgres.log"
    words = ("start", "-D", str(cluster.data), "-l", str(log), "-w", "-t", str(START_SECONDS))
    until = time.monotonic() + 30
    while True:
        try:
            _run(cluster, "pg_ctl", *words, "-o", options)
        except Refusal:
            # Orphans of a killed server hold its shared memory for a moment.
            said = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            if "shared memory block" not in said or time.monotonic() > until:
                raise
            time.sleep(0.3)
            leftovers_clear(cluster.data, cluster.socket_lock)
        else:
            return


def _answers(cluster: Cluster, until: float) -> bool:
    """Wait for a server that another process started and that may still recover.

    Returns:
        False where it ended meanwhile, also because it hung while stopping and was ended.
    """
    patience = time.monotonic() + STOP_SECONDS
    while True:
        try:
            psycopg.connect(**cluster.address, connect_timeout=10).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise Refusal(
                    "postgres_password",
                    "The keys of the data folder do not fit its cluster: put back the keys folder, "
                    f"or remove {cluster.folder} to begin anew.",
                ) from error
            if postmaster_pid(cluster.data) is None:
                return False
            now = time.monotonic()
            if now > patience and "shutting down" in str(error):
                _stop(cluster, "immediate")
                return False
            if now > until:
                raise Refusal("postgres_silent", f"PostgreSQL does not answer: {error}") from error
            time.sleep(0.1)
        else:
            return True


def _run(cluster: Cluster, program: str, *words: str) -> None:
    log = cluster.folder / "postgres.log"
    with tempfile.TemporaryFile() as said:  # a pipe would stay open in the server
        done = subprocess.run(  # noqa: S603  a program of the chosen folder
            [str(cluster.programs / program), *words],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            check=False,
            **cluster.account.process,
        )
        said.seek(0)
        words_of_program = said.read().decode(errors="replace").strip()
    if done.returncode:
        tail = log.read_text(errors="replace")[-800:] if log.exists() else ""
        raise Refusal(
            "postgres_failed", f"{program} {words[0]} failed: {words_of_program[-800:]} {tail}"
        )
