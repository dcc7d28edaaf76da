"""`cleanclaim rules`: packs of rules for the whole installation: check, try, load, list, drop."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cleanclaim.kernel.money import show_cents
from cleanclaim.kernel.refusal import Refusal


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "rules", help="packs of rules for all companies or for a payer in all of them"
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="read packs and say what is wrong with them")
    trial = actions.add_parser("try", help="run packs over the last 90 days of every company")
    load = actions.add_parser("load", help="put packs in force, in place of older versions")
    for action in (check, trial, load):
        action.add_argument("files", nargs="+", type=Path, metavar="FILE")
    actions.add_parser("list", help="list the packs in force")
    drop = actions.add_parser("drop", help="take a pack out of force")
    drop.add_argument("name")


def run(args: argparse.Namespace) -> int:
    """Do the action."""
    from cleanclaim.config.boot import boot  # noqa: PLC0415  the help needs no Django

    boot("app")
    from cleanclaim.apps.rules.public import (  # noqa: PLC0415  needs Django
        pack_drop,
        pack_keep,
        pack_read,
        packs_listed,
    )

    match args.action:
        case "list":
            for pack in packs_listed():
                _say(f"{pack.name}, version {pack.version}: {len(pack.rules)} rules")
        case "drop":
            pack_drop(args.name)
            _say(f"{args.name} is no longer in force.")
        case "try":
            _try(args.files)
        case "check":
            for text in _texts(args.files):
                pack = pack_read(text)
                _say(f"{pack.name}, version {pack.version}: {len(pack.rules)} rules can be run.")
        case "load":
            for text in _texts(args.files):
                pack = pack_keep(text)
                _say(f"{pack.name}, version {pack.version}: {len(pack.rules)} rules in force.")
    return 0


def _try(files: list[Path]) -> None:
    from cleanclaim.apps.rules.public import pack_read  # noqa: PLC0415  needs Django
    from cleanclaim.config.packs import pack_tried  # noqa: PLC0415  needs Django

    for text in _texts(files):
        pack = pack_read(text)
        for company, rule_id, found in pack_tried(pack, datetime.now(UTC)):
            _say(
                f"{company}, {rule_id}: would stop {len(found.stopped)} of {found.claims} claims, "
                f"{found.count('denied')} of them denied ({show_cents(found.denied_cents)}), "
                f"{found.count('paid')} paid ({show_cents(found.paid_cents)}); "
                f"lets {found.missed_denied} denied ones go; fails on {found.failed}."
            )


def _texts(files: list[Path]) -> list[str]:
    try:
        return [path.read_text(encoding="utf-8") for path in files]
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("cannot_read", f"A pack can't be read: {error}.") from error


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
