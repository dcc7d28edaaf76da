"""The billing day: rates, memory and how time grows with the number of claims.

`python benchmarks/day/run.py [CLAIMS…]` runs days of these sizes in fresh data folders.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = (1_000, 10_000)
WANTED = {
    "import to claims with findings": ("claims/s", 400),
    "837P and versions": ("claims/s", 5_000),
    "posting": ("claims/s", 1_000),
    "whole day of 10,000": ("s at most", 90),
    "largest process": ("MB at most", 400),
}


def day(claims: int) -> dict:
    """Run one day in a fresh data folder and give what it says."""
    # The system's folder for state, because PostgreSQL may run as another user.
    with tempfile.TemporaryDirectory(prefix="cleanclaim-bench-") as folder:
        Path(folder).chmod(0o755)
        command = [sys.executable, "-m", "cleanclaim.config.cli", "day"]
        command += ["--claims", str(claims), "--seed", "77", "--json"]
        environment = os.environ | {"CLEANCLAIM_HOME": folder}
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        return json.loads(done.stdout)


def main(sizes: list[int]) -> None:
    """Print each day and the curve."""
    seconds = {}
    for size in sizes:
        found = day(size)
        took = found["seconds"]
        import_rate = size / (took["imported"] + took["claims made"])
        seconds[size] = took["whole"]
        print(f"{size:,} visits: {took['whole']:.1f} s, peak {found['peak_mb']:.0f} MB")
        print(f"  import to claims with findings {import_rate:8.0f} claims/s")
        for name, rate in found["rates"].items():
            print(f"  {name:30} {rate:8.0f} /s")
        closes = (
            found["charged_cents"]
            == found["paid_cents"]
            + found["adjusted_cents"]
            + found["patient_cents"]
            + found["open_cents"]
        )
        print(f"  ledger sum {found['ledger_sum']}, the equation {'closes' if closes else 'FAILS'}")
    if len(sizes) > 1:
        first, last = min(sizes), max(sizes)
        times = (seconds[last] / seconds[first]) / (last / first)
        print(f"{last // first} times the claims take {times:.2f} times as long for each claim")
    print("wanted: " + ", ".join(f"{name} {n:,} {unit}" for name, (unit, n) in WANTED.items()))


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(SIZES))
