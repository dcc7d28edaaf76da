"""Clusters in the system's state folder whose data folder is gone, and with it their keys."""

import shutil
from pathlib import Path

from cleanclaim.platform.postgres.cluster import HOME_SUFFIX, state_base
from cleanclaim.platform.postgres.postmaster import postmaster_pid


def orphans_list() -> list[Path]:
    """List the clusters that no data folder can open any more; none of them runs.

    Why not removed on sight: a data folder on a disk that is not mounted looks gone too.
    """
    found = []
    for note in sorted(state_base().glob(f"*{HOME_SUFFIX}")):
        cluster = note.with_suffix("")
        name = Path(note.read_text()) / "name"
        is_kept = name.is_file() and name.read_text().strip() == cluster.name
        if not is_kept and postmaster_pid(cluster / "data") is None:
            found.append(cluster)
    return found


def orphan_remove(cluster: Path) -> None:
    """Remove one of `orphans_list` with what stands beside it."""
    shutil.rmtree(cluster, ignore_errors=True)
    for path in cluster.parent.glob(f"{cluster.name}.*"):
        path.unlink()
