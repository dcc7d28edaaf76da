"""A data folder with all that runs in it, for days in which some of it is killed."""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

CLEANCLAIM = [sys.executable, "-m", "cleanclaim.config.cli"]
HERE = Path(__file__).parent
DAY_SECONDS = 900
QUIET_SECONDS = 12  # longer than workers wait between two turns, and than a dead one is missed
LONGEST_QUIET_SECONDS = 420
_RESTART_SECONDS = 1
# Whatever is under way; claims that wait for a person, a payer or a patient are not.
_UNDER_WAY = """SELECT
  (SELECT count(*) FROM encounter WHERE state = 'charge_ready')
  + (SELECT count(*) FROM claim WHERE stage IN ('ready', 'batched', 'transmitted', 'accepted_file',
      'accepted_clearinghouse', 'secondary_ready') AND cardinality(holds) = 0)
  + (SELECT count(*) FROM interchange WHERE state <> 'accepted')
  + (SELECT count(*) FROM inbound_file WHERE state = 'received')
"""


class House:
    """A data folder, its cluster, and the processes that a test starts and kills in it.

    Args:
        claims: Visits of each day that is run here.
    """

    def __init__(self, claims: int) -> None:
        self.claims = claims
        self.folder = Path(tempfile.mkdtemp(prefix="cleanclaim-kills-"))
        self.folder.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = os.environ | {
            "CLEANCLAIM_HOME": str(self.folder / "home"),
            "CLEANCLAIM_STATE": str(self.folder / "state"),
            "CLEANCLAIM_PORT": str(self.port),
        }
        self.log = (self.folder / "log").open("ab")
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._words: dict[str, list[str]] = {}
        self._backup: dict[str, str] = {}

    def close(self) -> None:
        """End what runs and remove the folder."""
        self.end()
        self.command("stop")
        self.log.close()
        shutil.rmtree(self.folder)

    def command(self, *words: str) -> str:
        """Run a command to its end and give what it printed."""
        return self._output([*CLEANCLAIM, *words])

    def script(self, name: str, *words: str) -> str:
        """Run a script of this folder in the house and give what it printed."""
        return self._output([sys.executable, str(HERE / name), *words])

    def _output(self, words: list[str]) -> str:
        done = subprocess.run(
            words, env=self.environment, check=True, stdout=subprocess.PIPE, stderr=self.log
        )
        return done.stdout.decode()

    # A day by the command that runs all of it.

    def day_start(self, seed: int, **more: str) -> subprocess.Popen[bytes]:
        """Start the day's command."""
        words = ["day", "--claims", str(self.claims), "--seed", str(seed), "--json"]
        self.running["day"] = subprocess.Popen(
            [*CLEANCLAIM, *words],
            env=self.environment | more,
            stdout=subprocess.PIPE,
            stderr=self.log,
        )
        return self.running["day"]

    def day_end(self) -> dict | None:
        """Wait for the day, which a killed part may cut short; give what it printed."""
        process = self.running.pop("day")
        out, _ = process.communicate(timeout=DAY_SECONDS)
        return json.loads(out) if process.returncode == 0 else None

    def day_finished(self, seed: int) -> dict:
        """Take the day up again until it ends by itself."""
        for _ in range(5):
            self.day_start(seed)
            if day := self.day_end():
                return day
        raise AssertionError((self.folder / "log").read_text()[-3000:])

    def books(self, seed: int) -> dict:
        """Read the books of a day, and the digests of the files that came and went."""
        return json.loads(self.script("day_books.py", self.prefix(seed)))

    def prefix(self, seed: int) -> str:
        """Say how the short names of a day's companies begin."""
        return f"day{seed}-{self.claims}-"

    # A day by all the processes of the product, side by side.

    def start(self, seed: int, **more: str) -> None:
        """Start the product and the sandboxes of a day."""
        for position, folder in enumerate(self.sandboxes(seed), 1):
            words = ["sandbox", str(folder), "--seed", str(seed), "--receiver", f"CC{position:05d}"]
            self._keep(f"sandbox {position}", words)
        self._keep("up", ["up", "--port", str(self.port)], **more)

    def sandboxes(self, seed: int) -> list[Path]:
        """List the folders of the day's sandboxes, in the order of the companies."""
        folder = self.folder / "home" / "sandbox"
        return [folder / f"{self.prefix(seed)}{slug}" for slug in ("usmed", "umbs")]

    def _keep(self, name: str, words: list[str], **more: str) -> None:
        self._words[name] = words
        self.running[name] = subprocess.Popen(
            [*CLEANCLAIM, *words], env=self.environment | more, stderr=self.log
        )

    def keep_up(self) -> None:
        """Start again what ended, as the system's supervisor would."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                time.sleep(_RESTART_SECONDS)
                self._keep(name, self._words[name])

    def wait_until_quiet(self) -> None:
        """Wait until nothing is under way and nothing has been for a while."""
        until = time.monotonic() + LONGEST_QUIET_SECONDS
        since = time.monotonic()
        while time.monotonic() - since < QUIET_SECONDS:
            if time.monotonic() > until:
                raise AssertionError(f"it does not come to rest: {self.under_way()}")
            self.keep_up()
            if self.under_way() or self.files_waiting():
                since = time.monotonic()
            time.sleep(0.5)

    def under_way(self) -> int:
        """Count what is under way; something, while the database can't be asked."""
        with contextlib.suppress(psycopg.OperationalError), self.backup() as backup:
            return backup.execute(_UNDER_WAY).fetchone()[0]
        return -1

    def files_waiting(self) -> list[str]:
        """List the files that lie between the product and the sandboxes."""
        places = (self.folder / "home" / "sandbox").glob("*/*")
        return [
            path.name for place in places if place.name in ("in", "out") for path in place.iterdir()
        ]

    def end(self) -> None:
        """End whatever the test started, in order."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(40)
            process.kill()
            process.wait()
        self.running.clear()

    # Looking in from outside.

    def backup(self) -> psycopg.Connection:
        """Connect as the role that may only read."""
        if not self._backup:
            asked = "from cleanclaim.platform.postgres import role_address as a; import json;"
            said = self._output([sys.executable, "-c", f"{asked} print(json.dumps(a('backup')))"])
            self._backup = json.loads(said)
        return psycopg.connect(**self._backup, connect_timeout=5)

    def files_there(self, seed: int) -> dict[str, list[str]]:
        """List the digests of the files that the sandboxes were sent (`out`) and sent (`in`)."""
        told = {}
        for folder in self.sandboxes(seed):
            with contextlib.closing(sqlite3.connect(folder / "sandbox.db")) as sandbox:
                rows = sandbox.execute("select content from outbox")
                told[f"{folder.name} in"] = [_digest(row[0]) for row in rows]
            kept = (folder / "kept").iterdir()
            told[f"{folder.name} out"] = [_digest(path.read_bytes()) for path in kept]
        return told

    def victims(self, kind: str) -> list[int]:
        """List the processes of a kind that can be killed now."""
        if kind in ("day", "up"):
            process = self.running.get(kind)
            return [process.pid] if process and process.poll() is None else []
        if kind in ("postmaster", "backend"):
            postmaster = self._postmaster()
            if postmaster is None or kind == "postmaster":
                return [postmaster] if postmaster else []
            return [pid for pid in below(postmaster) if "cleanclaim" in command_line(pid)]
        if kind == "sandbox":
            return [pid for pid, words in commands() if f"sandbox {self.folder}" in words]
        return self._served(kind)

    def _served(self, kind: str) -> list[int]:
        """List the processes that `up` watches: the worker, the web server, one of its servers."""
        found = [pid for up in self.victims("up") for pid in below(up)]
        web = [pid for pid in found if "granian" in command_line(pid)]
        if kind == "web server":
            return [pid for one in web for pid in below(one)]
        return web if kind == "web" else [pid for pid in found if pid not in web]

    def _postmaster(self) -> int | None:
        for path in self.folder.glob("*/**/postmaster.pid"):
            with contextlib.suppress(OSError, IndexError, ValueError):
                return int(path.read_text().split()[0])
        return None


def below(pid: int) -> list[int]:
    """List the children of a process."""
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def command_line(pid: int) -> str:
    """Read the command line of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (OSError, UnicodeDecodeError):
        return ""


def commands() -> list[tuple[int, str]]:
    """List all processes with their command lines."""
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return [(pid, command_line(pid)) for pid in pids]


def kill(pid: int) -> bool:
    """Kill a process; say whether it was there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
