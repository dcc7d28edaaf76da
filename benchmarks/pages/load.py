"""Fill the data folder that `CLEANCLAIM_HOME` names: `python benchmarks/pages/load.py CLAIMS`."""

import sys

from cleanclaim.config.boot import boot


def main(claims: int) -> None:
    """Load and say how long it took."""
    boot("app")
    from loading import load  # noqa: PLC0415  needs Django

    count, seconds = load(claims)
    print(f"{count:,} claims; copying took {seconds:,.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
