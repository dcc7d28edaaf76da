"""`cleanclaim bill`: take a day's encounters in, from superbills, FHIR bundles or 837P files."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cleanclaim.kernel.refusal import Refusal

_FINDINGS_SHOWN = 20


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "bill", help="take a day's encounters in", description=__doc__.partition(": ")[2]
    )
    parser.add_argument("paths", nargs="*", type=Path, help="superbill, FHIR bundle or 837P")
    parser.add_argument("--practice", default="", metavar="NPI", help="the client, by its NPI")
    parser.add_argument("--company", default="", metavar="NAME", help="the company's short name")
    parser.add_argument(
        "--history",
        action="store_true",
        help="record the claims of an 837P as already sent; nothing is sent from here",
    )
    parser.add_argument(
        "--template", action="store_true", help="print a superbill with its columns explained"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object for each file")


def run(args: argparse.Namespace) -> int:
    """Take the files in; 1 where something was refused."""
    if args.template:
        from cleanclaim.core.intake import superbill_template  # noqa: PLC0415  needs no Django

        sys.stdout.write(superbill_template())
        return 0
    if not args.paths:
        raise Refusal("no_file", "Name at least one file; --template prints an empty superbill.")
    from cleanclaim.config.boot import boot  # noqa: PLC0415  the help needs no Django

    boot("app")
    from cleanclaim.config.tasks import trip_ask  # noqa: PLC0415  needs Django

    tenant = company_named(args.company)
    refused = [_take(path, tenant, args) for path in args.paths]
    trip_ask(tenant.id)
    return 1 if any(refused) else 0


def _take(path: Path, tenant: Any, args: argparse.Namespace) -> bool:
    """Take one file in and tell how it ended; a file that is refused stops no other."""
    from cleanclaim.config.billing_files import FileCounts, bill_file  # noqa: PLC0415  as above

    try:
        counts = bill_file(
            path, tenant, args.practice, lambda: datetime.now(UTC), is_sent=args.history
        )
    except Refusal as refusal:
        if args.json:
            _tell(FileCounts(path.name, "file", 1, refused=1, findings=[refusal.message]), args)
        else:
            sys.stderr.write(f"{path.name}: refused: {refusal.message}\n")
        return True
    _tell(counts, args)
    return counts.refused > 0 or not counts.given


def company_named(name: str) -> Any:
    """Find the company that a command was given; the only one where no name was."""
    from cleanclaim.apps.tenancy.public import tenant_list  # noqa: PLC0415  needs Django
    from cleanclaim.platform.models.scope import directory_scope  # noqa: PLC0415  the same

    with directory_scope():
        tenants = [one for one in tenant_list() if name in ("", one.slug)]
    if len(tenants) == 1:
        return tenants[0]
    if not tenants:
        raise Refusal("unknown_company", "There is no such company; `cleanclaim demo` makes two.")
    names = ", ".join(one.slug for one in tenants)
    raise Refusal("which_company", f"Name the company with --company: {names}.")


def _tell(counts: Any, args: argparse.Namespace) -> None:
    if args.json:
        import msgspec  # noqa: PLC0415  only here

        print(msgspec.json.encode(counts).decode())  # noqa: T201  a command's output
        return
    what = "recorded as sent" if args.history else "imported"
    print(  # noqa: T201  a command's output
        f"{counts.name}: {counts.given} {counts.unit} given: {counts.imported} {what}, "
        f"{counts.waiting} waiting for coding, {counts.already} already there, "
        f"{counts.refused} refused"
    )
    for message in counts.findings[:_FINDINGS_SHOWN]:
        print(f"  {message}")  # noqa: T201  a command's output
    more = len(counts.findings) - _FINDINGS_SHOWN
    if more > 0:
        print(f"  and {more} more")  # noqa: T201  a command's output
