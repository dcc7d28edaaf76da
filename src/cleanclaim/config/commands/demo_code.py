"""`cleanclaim demo-code NAME`: the current second-factor code of a demo person."""

import argparse
import sys
import time
from typing import Any

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.home import home_path

MARK = "demo"


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "demo-code", help="print the second-factor code of a demo person (demo data folders only)"
    )
    parser.add_argument("name", help="the sign-in name")


def run(args: argparse.Namespace) -> int:
    """Print the code."""
    if not (home_path() / MARK).exists():
        raise Refusal(
            "no_demo_folder",
            f"{home_path()} holds no demo data: codes of real people are theirs alone.",
        )
    from cleanclaim.config.boot import boot  # noqa: PLC0415  the help needs no Django

    boot("app")
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value  # noqa: PLC0415  the same

    from cleanclaim.apps.tenancy import public  # noqa: PLC0415  the same

    person = public.person_get(args.name)
    secret = public.second_factor_secret(person)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    sys.stdout.write(f"{code}\n")
    return 0
