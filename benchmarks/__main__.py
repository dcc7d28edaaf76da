"""Every speed and memory figure, one after the other: `python -m benchmarks [NAME…]`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NAMES = ("x12", "codes", "scrub", "privacy", "day", "pages")


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; each in a process of its own."""
    failed = 0
    for name in names or NAMES:
        print(f"== {name}", flush=True)
        failed += bool(
            subprocess.run([sys.executable, HERE / name / "run.py"], check=False).returncode
        )
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
