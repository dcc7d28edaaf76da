"""Processes that belong together: started, restarted, and ended with a time-out."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

KILL_AFTER_SECONDS = 15.0
_PR_SET_PDEATHSIG = 1
_RESTART_AFTER_SECONDS = 1.0


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Let the system end this process when its parent ends, killed or not (Linux alone)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number)


def supervise(
    commands: Mapping[str, Sequence[str]],
    *,
    tick: Callable[[], None] = lambda: None,
    say: Callable[[str], None] = lambda _: None,
) -> int:
    """Run commands until a signal comes; start again what ends on its own.

    Why the time-out: a web server that is told to stop while it starts can hang for minutes.

    Args:
        commands: Program and arguments by a name.
        tick: Called about once a second, to look after what is no child, such as the database.
        say: Hears of restarts.

    Returns:
        0 after a signal.
    """
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        stopping.append(number)

    before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
    running = {name: _started(command) for name, command in commands.items()}
    due: dict[str, float] = {}
    try:
        while not stopping:
            time.sleep(0.2)
            tick()
            _restart_ended(commands, running, due, say)
    finally:
        _end(list(running.values()))
        for one, handler in before.items():
            signal.signal(one, handler)
    return 0


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches us alone, and we end the children in order.
    return subprocess.Popen(  # noqa: S603  our own programs
        list(command),
        preexec_fn=die_with_parent,  # noqa: PLW1509  one system call, before any thread
        start_new_session=True,
    )


def _restart_ended(
    commands: Mapping[str, Sequence[str]],
    running: dict[str, subprocess.Popen[bytes]],
    due: dict[str, float],
    say: Callable[[str], None],
) -> None:
    now = time.monotonic()
    for name, process in running.items():
        if process.poll() is None:
            continue
        if name not in due:
            say(f"{name} ended with {process.returncode} and is started again")
            due[name] = now + _RESTART_AFTER_SECONDS
        elif now >= due[name]:
            del due[name]
            running[name] = _started(commands[name])


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + KILL_AFTER_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
