"""`cleanclaim sandbox`: a clearinghouse and payers to practise with, in a folder or over SFTP."""

import argparse
import fcntl
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanclaim.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleanclaim.sandbox.manners import Manners


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
    parser.add_argument(
        "--sftp",
        type=int,
        metavar="PORT",
        help="serve partner/in and partner/out of the folder over SFTP (0: any free port); "
        "sftp.json there is what a connection needs",
    )
    parser.add_argument(
        "--misbehave",
        default="",
        metavar="ORDER",
        help="any of delay[:TURNS] reorder duplicate unbalanced[:EVERY], and over SFTP cut[:BYTES] "
        "stall[:SECONDS] lie, apart by commas; or a file with such words",
    )


def run(args: argparse.Namespace) -> int:
    """Run it."""
    from cleanclaim.sandbox.state import State  # noqa: PLC0415  starts fast without

    args.folder.mkdir(parents=True, exist_ok=True)
    if args.report:
        import msgspec  # noqa: PLC0415  only here

        report = State(args.folder / "sandbox.db").report()
        print(msgspec.json.encode(report).decode())  # noqa: T201  a command's output
        return 0
    with _alone(args.folder):
        _serve(args, _manners(args))
    return 0


def _serve(args: argparse.Namespace, manners: "Manners") -> None:
    from cleanclaim.sandbox.serving import FolderDesk, serve  # noqa: PLC0415  starts fast without
    from cleanclaim.sandbox.state import State  # noqa: PLC0415  the same

    place = args.folder if args.sftp is None else args.folder / "partner"
    desk = FolderDesk(place / "in", place / "out", args.folder / "kept")
    if args.sftp is not None:
        from cleanclaim.sandbox.sftp_door import SftpDoor  # noqa: PLC0415  the same

        door = SftpDoor(args.folder, place, args.sftp, manners)
        sys.stderr.write(f"cleanclaim: the sandbox serves SFTP on port {door.port}\n")
    serve(
        desk,
        State(args.folder / "sandbox.db"),
        seed=args.seed,
        receiver=args.receiver,
        clock=lambda: datetime.now(UTC),
        once=args.once,
        manners=manners,
    )


def _manners(args: argparse.Namespace) -> "Manners":
    from cleanclaim.sandbox.manners import read_manners  # noqa: PLC0415  starts fast without

    try:
        manners = read_manners(args.misbehave)
    except ValueError as error:
        raise Refusal("no_such_misbehaviour", f"{error}.") from error
    if manners.needs_sftp and args.sftp is None:
        raise Refusal("needs_sftp", "cut, stall and lie need connections: add --sftp PORT.")
    return manners


@contextmanager
def _alone(folder: Path) -> "Iterator[None]":
    """Wait until no other sandbox works on the folder; a killed one lets go."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
