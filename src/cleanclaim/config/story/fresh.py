"""A data folder for one command alone: made before it, gone after it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from cleanclaim.platform.postgres.cluster import state_base
from cleanclaim.platform.postgres.orphans import orphan_remove, orphans_list


def run_in_fresh_folder(words: Sequence[str]) -> int:
    """Run a command of ours in a data folder and database of its own, and remove both.

    Why a process of its own: its database server ends with it, so the folder can go.

    Returns:
        What the command returned.
    """
    with TemporaryDirectory(prefix="cleanclaim-") as home:
        kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        command = [sys.executable, "-m", "cleanclaim.config.cli", *words]
        done = subprocess.run(command, env={**kept, "CLEANCLAIM_HOME": home}, check=False)  # noqa: S603  our own program
        name = Path(home) / "name"
        cluster = state_base() / name.read_text().strip() if name.is_file() else None
    if cluster in orphans_list():
        orphan_remove(cluster)
    return done.returncode
