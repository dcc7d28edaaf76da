"""`cleanclaim clean`: removes databases whose data folder was removed."""

import argparse
import sys
from typing import Any


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "clean",
        help="remove databases whose data folder is gone",
        description="Started by root, a database lies in the system's state folder and stays there "
        "when its data folder is removed. Without its keys nobody can open it.",
    )
    parser.add_argument("--yes", action="store_true", help="remove them, do not only list them")


def run(args: argparse.Namespace) -> int:
    """List or remove."""
    from cleanclaim.platform.postgres.orphans import orphan_remove, orphans_list  # noqa: PLC0415  lazily

    found = orphans_list()
    for cluster in found:
        if args.yes:
            orphan_remove(cluster)
        sys.stdout.write(f"{'Removed' if args.yes else 'Without its data folder'}: {cluster}\n")
    if found and not args.yes:
        sys.stdout.write("`cleanclaim clean --yes` removes them.\n")
    elif not found:
        sys.stdout.write("Nothing to remove.\n")
    return 0
