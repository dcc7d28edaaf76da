"""`cleanclaim terms`: take in prices, contracts, credentials, authorizations, eligibility."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cleanclaim.kernel.refusal import Refusal

LISTS = (
    *("charges", "contracts", "fees", "credentials", "enrollments"),
    *("certificates", "authorizations", "eligibility", "stays", "visits", "practice", "payers"),
)


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "terms",
        help="take in prices, contracts, credentials, authorizations, eligibility",
        description="Lists as CSV, each taken in whole or refused; --template shows the columns.",
    )
    parser.add_argument("list", choices=LISTS)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--practice", default="", metavar="NPI", help="the client, by its NPI")
    parser.add_argument("--company", default="", metavar="NAME", help="the company's short name")
    parser.add_argument("--template", action="store_true", help="print the columns of the list")


def run(args: argparse.Namespace) -> int:
    """Take a list in."""
    from cleanclaim.config.boot import boot  # noqa: PLC0415  the help needs no Django

    boot("app")
    from cleanclaim.config.commands.bill import company_named  # noqa: PLC0415  needs Django
    from cleanclaim.config.terms import KINDS, terms_take  # noqa: PLC0415  needs Django
    from cleanclaim.core.intake.sheet import sheet_template  # noqa: PLC0415  only here

    if args.template:
        sys.stdout.write(sheet_template(KINDS[args.list].row))
        return 0
    if args.file is None:
        raise Refusal("no_file", "Name a file; --template prints the columns of the list.")
    tenant = company_named(args.company)
    taken = terms_take(args.file, args.list, tenant, args.practice, datetime.now(UTC))
    sys.stdout.write(
        f"{args.file.name}: {taken.rows} rows of {args.list} kept; {taken.checked} waiting claims "
        f"checked again, {taken.held} of them are held.\n"
    )
    return 0
