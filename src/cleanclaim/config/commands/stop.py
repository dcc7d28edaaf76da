"""`cleanclaim stop`: ends what `up` runs, and our own PostgreSQL."""

import argparse
import os
import signal
import sys
import time
from contextlib import suppress
from typing import Any

from cleanclaim.config import serving
from cleanclaim.platform.postgres import cluster_stop, is_own_cluster, own_cluster

_WAIT_SECONDS = 40.0


def add(subparsers: Any) -> None:
    """Describe the command."""
    subparsers.add_parser("stop", help="end what `cleanclaim up` runs, and our own PostgreSQL")


def run(args: argparse.Namespace) -> int:
    """Stop."""
    del args
    ended = _end_up()
    stopped = is_own_cluster() and cluster_stop(own_cluster())
    words = [name for name, done in (("web and worker", ended), ("PostgreSQL", stopped)) if done]
    sys.stdout.write(f"Stopped: {', '.join(words)}.\n" if words else "Nothing was running.\n")
    return 0


def _end_up() -> bool:
    pid = serving.up_pid()
    if pid is None:
        return False
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + _WAIT_SECONDS
    while serving.up_pid() == pid and time.monotonic() < until:
        time.sleep(0.1)
    return True
