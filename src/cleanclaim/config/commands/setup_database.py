"""`cleanclaim setup-database`: roles, database and tables; safe to repeat."""

import argparse
import sys
from typing import Any


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "setup-database",
        help="make or update the database: roles, tables, guards",
        description="Makes the four roles (owner, app, worker, backup), the database and its "
        "tables, or brings them up to date. Uses DATABASE_URL if set, otherwise our own cluster.",
    )
    parser.add_argument(
        "--new-passwords",
        action="store_true",
        help="set the roles' passwords anew where they are not kept here",
    )


def run(args: argparse.Namespace) -> int:
    """Set up and migrate."""
    from cleanclaim.config.boot import boot  # noqa: PLC0415  the help needs no database
    from cleanclaim.platform.postgres import set_up  # noqa: PLC0415  nor its driver
    from cleanclaim.platform.sealed.master import master_aead  # noqa: PLC0415  nor its library

    set_up(with_new_passwords=args.new_passwords)
    master_aead()
    boot("owner")
    from django.core.management import call_command  # noqa: PLC0415  only after boot

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    sys.stdout.write("The database is up to date.\n")
    return 0
