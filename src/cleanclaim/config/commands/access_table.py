"""`cleanclaim access-table`: prints who may do what, the content of docs/reference/access.md."""

import argparse
import sys
from typing import Any


def add(subparsers: Any) -> None:
    """Describe the command."""
    subparsers.add_parser("access-table", help="print who may do what")


def run(args: argparse.Namespace) -> int:
    """Print the table."""
    from cleanclaim.apps.tenancy.access import table_text  # noqa: PLC0415  lazily

    del args
    sys.stdout.write(table_text())
    return 0
