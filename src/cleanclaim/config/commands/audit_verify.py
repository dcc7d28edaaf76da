"""`cleanclaim audit-verify`: checks every tenant's chain of events against its anchors."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "audit-verify", help="check the chain of audit events against its anchors"
    )
    parser.add_argument(
        "--anchors", type=Path, help="a folder of anchors kept elsewhere (default: our own)"
    )


def run(args: argparse.Namespace) -> int:
    """Check all tenants; 1 where something was changed, removed or put in."""
    from cleanclaim.config.boot import boot  # noqa: PLC0415  the help needs no Django

    boot("app")
    from cleanclaim.apps.tenancy.public import tenant_list  # noqa: PLC0415  only after boot
    from cleanclaim.platform.audit.chain import anchors_read, chain_verify  # noqa: PLC0415  the same
    from cleanclaim.platform.home import home_folder  # noqa: PLC0415  the same
    from cleanclaim.platform.models.scope import tenant_scope  # noqa: PLC0415  the same

    folder = args.anchors or home_folder("anchors")
    faults = 0
    for tenant in tenant_list():
        with tenant_scope(tenant.id, actor="command:audit-verify", at=datetime.now(UTC)):
            found = chain_verify(anchors_read(folder, tenant.id))
        sys.stdout.write(
            f"{tenant.slug}: {found.head.number} events linked, {found.unnumbered} waiting, "
            f"{len(found.faults)} faults\n"
        )
        sys.stdout.writelines(f"  {fault}\n" for fault in found.faults)
        faults += len(found.faults)
    return int(faults > 0)
