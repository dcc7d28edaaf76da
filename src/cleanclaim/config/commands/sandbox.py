"""`cleanclaim sandbox`: a clearinghouse and payers to practise with, in a folder."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "sandbox", help="run the sandbox payer", description=__doc__.partition(": ")[2]
    )
    parser.add_argument("folder", type=Path, help="holds in/, out/, kept/ and the state")
    parser.add_argument("--seed", type=int, default=1, help="who meets which mishap")
    parser.add_argument("--receiver", default="CCTEST01", help="identifier that answers go to")
    parser.add_argument("--once", action="store_true", help="stop when nothing moves")
    parser.add_argument("--report", action="store_true", help="print what was received, as JSON")


def run(args: argparse.Namespace) -> int:
    """Run it."""
    from cleanclaim.sandbox.serving import FolderDesk, serve  # noqa: PLC0415  starts fast without
    from cleanclaim.sandbox.state import State  # noqa: PLC0415  the same

    args.folder.mkdir(parents=True, exist_ok=True)
    state = State(args.folder / "sandbox.db")
    if args.report:
        import msgspec  # noqa: PLC0415  only here

        print(msgspec.json.encode(state.report()).decode())  # noqa: T201  a command's output
        return 0
    desk = FolderDesk(args.folder / "in", args.folder / "out", args.folder / "kept")
    serve(
        desk,
        state,
        seed=args.seed,
        receiver=args.receiver,
        clock=lambda: datetime.now(UTC),
        once=args.once,
    )
    return 0
