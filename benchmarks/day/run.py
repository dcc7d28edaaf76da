"""The billing day: rates, memory and how time grows with the number of claims.

`python benchmarks/day/run.py [CLAIMS…]` runs days of these sizes in fresh data folders.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

SIZES = (1_000, 2_000, 5_000, 10_000)
SEED = 77
WANTED = (
    "wanted: import to claims with findings 400/s, written as 837P 5,000/s (benchmarks/x12),"
    " posted 1,000/s, a day of 10,000 in 90 s, no process above 400 MB"
)
_EACH_SECONDS = 0.5
_KB_PER_MB = 1024


def day(claims: int) -> tuple[dict, dict[str, int]]:
    """Run one day in a fresh data folder.

    Returns:
        What it says, and the most memory of each kind of process in MB.
    """
    # The system's folder for state, because PostgreSQL may run as another user.
    with tempfile.TemporaryDirectory(prefix="cleanclaim-bench-") as folder:
        Path(folder).chmod(0o755)
        command = [sys.executable, "-m", "cleanclaim.config.cli", "day"]
        command += ["--claims", str(claims), "--seed", str(SEED), "--json"]
        environment = os.environ | {"CLEANCLAIM_HOME": folder}
        peaks: dict[str, int] = {}
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as run:
            while run.poll() is None:
                for kind, used in _memory(run.pid, folder):
                    peaks[kind] = max(peaks.get(kind, 0), used // _KB_PER_MB)
                time.sleep(_EACH_SECONDS)
            said = run.stdout.read()
    subprocess.run([*command[:3], "clean"], check=False, capture_output=True)
    if run.returncode:
        sys.exit(f"the day of {claims} ended with {run.returncode}")
    return json.loads(said), peaks


def _memory(pid: int, folder: str) -> Iterator[tuple[str, int]]:
    """Give the most memory so far of the day, its sandbox and its PostgreSQL, in kB."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            status = dict(
                line.split(":", 1) for line in (place / "status").read_text().splitlines()
            )
            used = int(status.get("VmHWM", "0").split()[0])
            if int(place.name) == pid:
                yield "day", used
            elif int(status["PPid"]) == pid:
                yield "sandbox", used
            elif status["Name"].strip() == "postgres" and _is_of(place, folder):
                yield "one postgres, shared buffers included", used
        except (OSError, ValueError):
            continue  # it has ended


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
        found, peaks = day(size)
        took, rates = found["seconds"], found["rates"]
        seconds[size] = took["whole"]
        made = rates["claims made"] * took["claims made"]
        checked = made / (took["imported"] + took["claims made"])
        print(f"{size:,} visits: {took['whole']:.1f} s, {size / took['whole']:.0f} visits/s")
        print(f"  {'import to claims with findings':32} {checked:8.0f} /s")
        for name, rate in rates.items():
            print(f"  {name:32} {rate:8.0f} /s {took[name]:8.1f} s")
        print("  memory: " + ", ".join(f"{kind} {used} MB" for kind, used in peaks.items()))
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
