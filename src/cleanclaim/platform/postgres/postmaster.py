"""Whether the server of a data folder runs, judged by its pid file and by the process itself."""

import os
import subprocess
from pathlib import Path


def postmaster_pid(data: Path) -> int | None:
    """Read the number of the process that serves a folder; None if none truly does.

    Why: a zombie, and another process under a reused number, both look alive to `kill(pid, 0)`.
    """
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if _serves(pid, data) else None


def leftovers_clear(data: Path, socket_lock: Path) -> bool:
    """Remove what a killed server left: its pid file, and the lock of its socket.

    Returns:
        Whether something was removed; never while a server truly serves the folder.
    """
    if postmaster_pid(data) is not None:
        return False
    left = [path for path in (data / "postmaster.pid", socket_lock) if path.exists()]
    for path in left:
        path.unlink(missing_ok=True)
    return bool(left)


def _serves(pid: int, data: Path) -> bool:
    state, command = _process(pid)
    return bool(state) and not state.startswith("Z") and os.fspath(data) in command


def _process(pid: int) -> tuple[str, str]:
    """Tell the state letter and the command line of a process; both empty if there is none."""
    proc = Path(f"/proc/{pid}")
    if Path("/proc/self/stat").exists():
        try:
            state = (proc / "stat").read_text().rpartition(")")[2].split()[0]
            command = (proc / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (OSError, IndexError):
            return "", ""
        return state, command
    asked = subprocess.run(  # noqa: S603  a number, where there is no /proc
        ["/bin/ps", "-o", "stat=,command=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    state, _, command = asked.stdout.strip().partition(" ")
    return state, command
