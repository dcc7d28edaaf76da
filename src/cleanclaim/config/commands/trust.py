"""`cleanclaim trust`: makes this machine trust our certificate, or says how."""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("trust", help="trust the certificate of this installation")
    parser.add_argument("--show", action="store_true", help="print the authority's file and end")


def run(args: argparse.Namespace) -> int:
    """Trust, or show."""
    from cleanclaim.platform.serving import certificate  # noqa: PLC0415  lazily

    made = certificate.certificate_here(datetime.now(UTC))
    if args.show:
        sys.stdout.write(f"{made.authority}\n")
        return 0
    sys.stdout.write("\n".join(certificate.authority_trust(made.authority)) + "\n")
    return 0
