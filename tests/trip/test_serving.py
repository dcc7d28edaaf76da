"""`cleanclaim up` against kill -9 of everything it runs, and of itself."""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

CLEANCLAIM = [sys.executable, "-m", "cleanclaim.config.cli"]
WAIT_SECONDS = 120  # a shared machine may be slow


@pytest.fixture
def up():
    """Start `up` in a data folder of its own: gives a function that starts it, and the folder."""
    folder = Path(tempfile.mkdtemp(prefix="cleanclaim-test-"))
    folder.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "CLEANCLAIM_HOME": str(folder / "home"),
        "CLEANCLAIM_STATE": str(folder / "state"),
        "CLEANCLAIM_PORT": str(port),
    }
    log = (folder / "log").open("ab")
    started = []

    def start():
        started.append(subprocess.Popen([*CLEANCLAIM, "up"], env=environment, stderr=log))
        wait_until(lambda: answers(folder, port))
        return started[-1]

    yield start, folder, port
    subprocess.run([*CLEANCLAIM, "stop"], env=environment, check=True, stdout=subprocess.DEVNULL)
    for process in started:
        process.kill()
        process.wait()
    log.close()
    shutil.rmtree(folder)


def answers(folder, port):
    authority = folder / "home" / "tls" / "authority.pem"
    if not authority.exists():
        return False
    context = ssl.create_default_context(cafile=str(authority))
    url = f"https://localhost:{port}/accounts/login/"
    try:
        with urllib.request.urlopen(url, context=context, timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def wait_until(holds):
    until = time.monotonic() + WAIT_SECONDS
    while not holds():
        if time.monotonic() > until:
            pytest.fail("it did not come back")
        time.sleep(0.2)


def below(pid):
    """List the children of a process, by its thread's own list."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_whatever_is_killed_comes_back_and_nothing_is_left(up):
    start, folder, port = up
    process = start()
    data = next(folder.glob("state/*/data")) if os.geteuid() == 0 else None
    data = data or next(folder.glob("home/postgres/cluster/data"))
    children = below(process.pid)
    assert len(children) == 2

    os.kill(int((data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    wait_until(lambda: answers(folder, port))
    for child in children:
        os.kill(child, signal.SIGKILL)
    wait_until(lambda: len(set(below(process.pid)) - set(children)) == 2)
    wait_until(lambda: answers(folder, port))

    environment = {**os.environ, "CLEANCLAIM_HOME": str(folder / "home")}
    again = subprocess.run(
        [*CLEANCLAIM, "up", "--port", "1"],
        env=environment | {"CLEANCLAIM_STATE": str(folder / "state")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "runs already in this data folder" in again.stderr
    others = below(process.pid)
    process.kill()
    process.wait()
    wait_until(lambda: not any(Path(f"/proc/{one}/cmdline").exists() for one in others))
    start()
