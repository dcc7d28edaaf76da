"""`cleanclaim day`: one made-up billing day, from superbill to ledger, against the sandbox."""

import argparse
from typing import Any


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "day", help="run a made-up billing day", description=__doc__.partition(": ")[2]
    )
    parser.add_argument("--claims", type=int, default=300, help="visits of the day (300)")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same day (1)")
    parser.add_argument(
        "--misbehave", default="", metavar="ORDER", help="as `cleanclaim sandbox --misbehave`"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Run the day and print what became of every claim and cent."""
    from cleanclaim.config.boot import boot  # noqa: PLC0415  the help needs no Django

    boot("app")
    from cleanclaim.config.billing_day import billing_day  # noqa: PLC0415  needs Django
    from cleanclaim.config.day_report import day_json, day_text  # noqa: PLC0415  the same
    from cleanclaim.config.progress import heard_by_people  # noqa: PLC0415  the same

    with heard_by_people() as heard:
        day = billing_day(claims=args.claims, seed=args.seed, misbehave=args.misbehave, heard=heard)
    print(day_json(day) if args.json else day_text(day))  # noqa: T201  a command's output
    return 0
