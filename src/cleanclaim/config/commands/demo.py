"""`cleanclaim demo`: two companies, one billing day, and the pages to look at it."""

import argparse
import sys
from typing import Any


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "demo", help="make demo data once and serve it", description=__doc__.partition(": ")[2]
    )
    parser.add_argument("--claims", type=int, default=240, help="visits of the day (240)")
    parser.add_argument("--no-serve", action="store_true", help="stop when the data is there")


def run(args: argparse.Namespace) -> int:
    """Make what is missing, then serve."""
    from cleanclaim.config.boot import boot  # noqa: PLC0415  the help needs no Django

    boot("app")
    from cleanclaim.config.demo_data import (  # noqa: PLC0415  needs Django
        demo_make,
        demo_people,
        demo_sandboxes,
    )

    told = demo_make(args.claims)
    if told:
        sys.stdout.write(told + "\n\n")
    sys.stdout.write(demo_people() + "\n")
    sys.stdout.flush()
    if args.no_serve:
        return 0
    from cleanclaim.config.commands.up import up  # noqa: PLC0415  needs Django

    return up(beside=demo_sandboxes())
