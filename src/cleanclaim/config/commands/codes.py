"""`cleanclaim codes`: load official code tables, list them, show and search codes."""

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from cleanclaim.apps.codes import public
from cleanclaim.apps.codes.builtin import builtin_install
from cleanclaim.apps.codes.describe import code_lines, hit_lines, release_lines, update_lines
from cleanclaim.core.codes.formats.source import Span
from cleanclaim.core.codes.release import Table
from cleanclaim.kernel.refusal import Refusal


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "codes",
        help="code tables: load official files, list, show and search",
        description="Code tables from official files. Needs no database.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    load = actions.add_parser("load", help="load official files or zips; all of them or none")
    load.add_argument("files", nargs="+", type=Path, metavar="FILE")
    load.add_argument("--as", dest="named", default="", metavar="FORMAT", help="the file's format")
    load.add_argument("--table", type=Table, metavar="LIST", help="which list, for a plain list")
    load.add_argument("--from", dest="first", type=_day, metavar="DATE", help="first day in force")
    load.add_argument("--to", dest="last", type=_day, metavar="DATE", help="last day in force")
    load.add_argument(
        "--allow-smaller", action="store_true", help="take a release with far fewer rows"
    )
    actions.add_parser("list", help="say which releases are loaded and when they end")
    show = actions.add_parser("show", help="show what every table says about a code on a day")
    show.add_argument("code")
    search = actions.add_parser("search", help="find codes by words or by their beginning")
    search.add_argument("words", nargs="+")
    search.add_argument("--table", type=Table, default=Table.DIAGNOSIS, metavar="TABLE")
    search.add_argument("--limit", type=int, default=15)
    for action in (show, search):
        action.add_argument("--on", type=_day, metavar="DATE", help="date of service; today")
    update = actions.add_parser(
        "update",
        help="renew what comes with the product; load what lies in a folder; say what ends",
    )
    update.add_argument("folder", nargs="?", type=Path, help="folder with newly fetched files")


def run(args: argparse.Namespace) -> int:
    """Do the action."""
    today = datetime.now(UTC).astimezone().date()
    match args.action:
        case "load":
            _load(args)
        case "list":
            _print(release_lines(public.codes_tables(), today))
        case "show":
            lines, found = code_lines(public.codes_tables(), args.code, args.on or today)
            _print(lines)
            return 0 if found else 1
        case "search":
            day = args.on or today
            hits = public.codes_search(" ".join(args.words), day, args.table, args.limit)
            _print(hit_lines(public.codes_tables(), args.table, hits, day))
            return 0 if hits else 1
        case "update":
            _update(args.folder, today)
    return 0


def _load(args: argparse.Namespace) -> None:
    given = None
    if args.first:
        given = Span(args.first, args.last or args.first + timedelta(days=365))
    elif args.last:
        raise Refusal("codes_days", "--to needs --from.")
    loaded = public.codes_load(
        public.codes_store(),
        args.files,
        given=given,
        named=args.named,
        table=args.table,
        allow_smaller=args.allow_smaller,
    )
    for release in loaded.releases:
        _print([f"{release.title}: {release.rows} rows, to {release.last_day}."])
    if loaded.left_out:
        _print([f"Left out of the archive: {', '.join(loaded.left_out)}."])
    done = "in force" if loaded.is_new else "in force already, nothing changed"
    _print([f"Set {loaded.code_set.set_id} is {done}."])


def _update(folder: Path | None, today: date) -> None:
    store = public.codes_store()
    if builtin_install(store):
        _print(["What comes with the product was renewed."])
    if folder is not None:
        if not folder.is_dir():
            raise Refusal("codes_file", f"There is no folder {folder}.")
        for path in sorted(p for p in folder.iterdir() if p.is_file()):
            loaded = public.codes_load(store, [path])
            _print(f"{r.title}: {r.rows} rows." for r in loaded.releases)
    _print(update_lines(store.open(), today))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"{text!r} is not a day, YYYY-MM-DD"
        raise argparse.ArgumentTypeError(msg) from None


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
