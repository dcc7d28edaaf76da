"""The billing day: rates, memory and how time grows with the number of claims.

`python benchmarks/day/run.py [CLAIMS…]` runs days of these sizes in fresh data folders.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

SIZES = (1_000, 2_000, 5_000, 10_000)
SEED = 77
WANTED = (
    "wanted: import to claims with findings 400/s, written as 837P 5,000/s (benchmarks/x12),"
    " posted 1,000/s, a day of 10,000 in 90 s, no process above 400 MB"
)
_EACH_SECONDS = 0.5
_KB_PER_MB = 1024


class Use(NamedTuple):
    """What one process has used so far; a shared page of PostgreSQL counts where it was touched."""

    peak_mb: int
    processor_seconds: float


def day(claims: int) -> tuple[dict, dict[str, list[Use]]]:
    """Run one day in a fresh data folder.

    Returns:
        What it says, and by kind what each process used.
    """
    # The system's folder for state, because PostgreSQL may run as another user.
    with tempfile.TemporaryDirectory(prefix="cleanclaim-bench-") as folder:
        Path(folder).chmod(0o755)
        command = [sys.executable, "-m", "cleanclaim.config.cli", "day"]
        command += ["--claims", str(claims), "--seed", str(SEED), "--json"]
        environment = os.environ | {"CLEANCLAIM_HOME": folder}
        seen: dict[tuple[str, str], Use] = {}
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as run:
            while run.poll() is None:
                seen |= _processes(run.pid, folder)
                time.sleep(_EACH_SECONDS)
            said = run.stdout.read()
    subprocess.run([*command[:3], "clean"], check=False, capture_output=True)
    if run.returncode:
        sys.exit(f"the day of {claims} ended with {run.returncode}")
    used: dict[str, list[Use]] = {}
    for (kind, _), one in seen.items():
        used.setdefault(kind, []).append(one)
    return json.loads(said), used


def _processes(day_pid: int, folder: str) -> dict[tuple[str, str], Use]:
    """Find the day, its sandbox and its PostgreSQL, by kind and id."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            lines = (line.split(":", 1) for line in (place / "status").read_text().splitlines())
            status = {name: value.split() for name, value in lines}
            times = (place / "stat").read_text().rpartition(")")[2].split()
            use = Use(
                int(status["VmHWM"][0]) // _KB_PER_MB,
                (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK"),
            )
            if int(place.name) == day_pid:
                found["day", place.name] = use
            elif int(status["PPid"][0]) == day_pid:
                found["sandbox", place.name] = use
            elif status["Name"] == ["postgres"] and _is_of(place, folder):
                found["PostgreSQL", place.name] = use
        except (OSError, KeyError):
            continue  # it has ended, or is the kernel's own
    return found


def _is_of(place: Path, folder: str) -> bool:
    """Say whether a process of PostgreSQL works for a data folder."""
    cluster = (place / "cwd").readlink().parent
    note = cluster.with_name(f"{cluster.name}.home")
    return cluster.is_relative_to(folder) or (note.exists() and note.read_text() == folder)


def main(sizes: list[int]) -> None:
    """Print each day and the curve."""
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    seconds = {}
    for size in sizes:
        found, used = day(size)
        took, rates = found["seconds"], found["rates"]
        seconds[size] = took["whole"]
        made = rates["claims made"] * took["claims made"]
        checked = made / (took["imported"] + took["claims made"])
        print(f"{size:,} visits: {took['whole']:.1f} s, {size / took['whole']:.0f} visits/s")
        print(f"  {'import to claims with findings':32} {checked:8.0f} /s")
        for name, rate in rates.items():
            print(f"  {name:32} {rate:8.0f} /s {took[name]:8.1f} s")
        for kind, each in used.items():
            peak, work = (
                max(one.peak_mb for one in each),
                sum(one.processor_seconds for one in each),
            )
            print(f"  {kind:32} {peak:8} MB {work:7.1f} s of processor")
        split = ("paid_cents", "adjusted_cents", "patient_cents", "open_cents")
        closes = found["charged_cents"] == sum(found[name] for name in split)
        print(f"  ledger sum {found['ledger_sum']}, the equation {'closes' if closes else 'FAILS'}")
    first = min(sizes)
    for size in sizes:
        times = (seconds[size] / size) / (seconds[first] / first)
        print(f"{size / first:5.0f} times the claims: {times:.2f} of the time for each claim")
    print(WANTED)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(SIZES))
