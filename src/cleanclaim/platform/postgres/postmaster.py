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


def pid_file_clear(data: Path) -> bool:
    """Remove the pid file of a server that is gone; say whether it was removed."""
    path = data / "postmaster.pid"
    if not path.exists() or postmaster_pid(data) is not None:
        return False
    path.unlink(missing_ok=True)
    return True


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
