"""Pages on a large database: milliseconds on the server, queries, and how both grow.

`python benchmarks/pages/run.py [CLAIMS…]` fills a data folder up to each size and asks for every
page many times, as a lead of a company does. `CLEANCLAIM_HOME` names a folder that is kept.
"""

import os
import sys
import tempfile
from pathlib import Path

from cleanclaim.config.boot import boot

SIZES = (100_000, 1_000_000)
ROUNDS = 25
# What the project promises of pages at a million claims, in milliseconds.
WANTED = {"claim list": 100, "search": 100, "claim page": 120, "ageing": 300}


def main(sizes: list[int]) -> None:
    """Print each page at each size, and the curve."""
    boot("app")
    from loading import load  # noqa: PLC0415  needs Django
    from looking import looked  # noqa: PLC0415  the same

    found = {}
    for size in sizes:
        count, seconds = load(size)
        print(f"{count:,} claims; the loader copied for {seconds:,.0f} s", flush=True)
        found[size] = looked(ROUNDS)
        for name, one in found[size].items():
            ms = next((ms for key, ms in WANTED.items() if name.startswith(key)), None)
            wanted = f"wanted {ms}" if ms else ""
            print(
                f"  {name:28} processor {one.processor:6.1f}  median {one.median:6.1f}"
                f"  p95 {one.p95:6.1f} ms  {one.queries:3} queries  {wanted}"
            )
    if len(sizes) > 1:
        _curve(found[min(sizes)], found[max(sizes)], max(sizes) // min(sizes))


def _curve(first: dict, last: dict, times: int) -> None:
    print(f"{times} times the claims:")
    for name, one in last.items():
        same = "same queries" if first[name].queries == one.queries else "OTHER NUMBER OF QUERIES"
        print(f"  {name:28} {one.processor / first[name].processor:5.1f} times the work, {same}")


def _in_folder(sizes: list[int]) -> None:
    if "CLEANCLAIM_HOME" in os.environ:
        main(sizes)
        return
    with tempfile.TemporaryDirectory(prefix="cleanclaim-pages-") as folder:
        Path(folder).chmod(0o755)
        os.environ["CLEANCLAIM_HOME"] = folder
        main(sizes)


if __name__ == "__main__":
    _in_folder([int(word) for word in sys.argv[1:]] or list(SIZES))
