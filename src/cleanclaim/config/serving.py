"""Commands that serve: what `web`, `worker` and `up` start and watch."""

import fcntl
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from cleanclaim.config.boot import boot
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.home import home_folder
from cleanclaim.platform.postgres import cluster_start, is_own_cluster, own_cluster
from cleanclaim.platform.postgres.postmaster import postmaster_pid
from cleanclaim.platform.serving.certificate import certificate_here

WEB_WORKERS = 2
_PYTHON = [sys.executable, "-m"]
WORKER = [*_PYTHON, "cleanclaim.config.cli", "worker"]


def web_command(port: int, host: str) -> list[str]:
    """Prepare what the web needs (certificate, static files) and name its command."""
    boot("app")
    from django.core.management import call_command  # noqa: PLC0415  only after boot
    from django.db import connections  # noqa: PLC0415  the same

    _refuse_taken(port, host)
    chain, key = _certificate()
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()  # the supervisor itself asks nothing
    return [
        *(*_PYTHON, "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(WEB_WORKERS), "--blocking-threads", "4", "--no-ws"),
        *("--ssl-certificate", chain, "--ssl-keyfile", key),
        *("--workers-kill-timeout", "10", "--respawn-failed-workers", "--log-level", "warning"),
        *("--factory", "cleanclaim.config.wsgi:application_make"),
    ]


def _certificate() -> tuple[str, str]:
    """Choose the certificate: the named one, else our own for localhost."""
    named = os.environ.get("CLEANCLAIM_TLS_CERTIFICATE"), os.environ.get("CLEANCLAIM_TLS_KEY")
    if all(named):
        return str(named[0]), str(named[1])
    own = certificate_here(datetime.now(UTC))
    return str(own.chain), str(own.key)


def database_watch() -> Callable[[], None]:
    """Make the watch that starts our own cluster again when it was killed."""
    if not is_own_cluster():
        return lambda: None
    cluster = own_cluster()

    def watch() -> None:
        if postmaster_pid(cluster.data) is None:
            say("PostgreSQL ended and is started again")
            try:
                cluster_start(cluster)
            except Refusal as refusal:
                say(f"{refusal.message}; trying again")

    return watch


@contextmanager
def known_as_up() -> Iterator[None]:
    """Hold the file that names the running `up`; the system lets go of it when we are killed.

    Raises:
        Refusal: `up` runs already in this data folder.
    """
    with _pid_path().open("a+") as file:
        if not _locked(file):
            raise Refusal(
                "already_up",
                "`cleanclaim up` runs already in this data folder: `cleanclaim stop` ends it, "
                "or name another folder in CLEANCLAIM_HOME.",
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def up_pid() -> int | None:
    """Tell the number of the running `up`; None where none runs, whatever the file says."""
    try:
        with _pid_path().open("r+") as file:
            return None if _locked(file) else int(file.read())
    except (OSError, ValueError):
        return None


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _pid_path() -> Path:
    return home_folder("run") / "up.pid"


def say(words: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"cleanclaim: {words}\n")
    sys.stderr.flush()


def environment_port(given: int | None) -> int:
    """Choose the port, and hand it to the processes that we start."""
    port = given or int(os.environ.get("CLEANCLAIM_PORT", "8443"))
    os.environ["CLEANCLAIM_PORT"] = str(port)
    return port


def _refuse_taken(port: int, host: str) -> None:
    import socket  # noqa: PLC0415  used here alone

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                "port_taken",
                f"Port {port} cannot be used ({error.strerror}): stop what uses it "
                "(`cleanclaim stop`), or choose another with --port.",
            ) from error


def serve_arguments(parser: object) -> None:
    """Describe the arguments that `web` and `up` share."""
    add: Callable[..., object] = parser.add_argument  # type: ignore[attr-defined]
    add("--port", type=int, default=None, help="the port (8443, or CLEANCLAIM_PORT)")
    add("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")


def commands_of(names: Sequence[str], port: int, host: str) -> dict[str, list[str]]:
    """Name the commands of a supervised set: `web`, `worker`."""
    known: dict[str, Callable[[], list[str]]] = {
        "web": lambda: web_command(port, host),
        "worker": lambda: WORKER,
    }
    return {name: known[name]() for name in names}
