"""The command `x12`: one module per subcommand, loaded when it is asked for.

A module has `HELP`, `arguments(parser)` and `run(args) -> int`. Exit codes: 0 all well, 1 something
was found or differs, 2 the input could not be used.
"""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS = {
    "check": "find what is wrong with files",
    "show": "show files as a tree in words",
    "json": "turn files into JSON, one object per line",
    "write": "turn such JSON back into a file",
    "ack": "make TA1, 999 and 277CA",
    "roundtrip": "read files and see that they are written back to the byte",
    "stats": "count what files hold",
    "split": "make one file of each transaction",
    "diff": "compare two files by what they mean",
    "anonymize": "replace people, identifiers and control numbers, and shift dates",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: Arguments without the program's name; those of the process if nothing is given.

    Returns:
        The exit code.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="x12", description="HIPAA X12 files.")
    parser.add_argument(
        "--version", action="store_const", const=True, help="say which, and how fast"
    )
    if given[:1] == ["--version"]:
        sys.stdout.write(f"{version()}\n")
        return 0
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, words in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=words)
        if name in given[:1]:  # the others are not loaded
            importlib.import_module(f"{__name__}.{name}").arguments(command)
    args = parser.parse_args(given)
    module = importlib.import_module(f"{__name__}.{args.command}")
    gc.disable()  # records hold no circles: looking for some halves the speed
    try:
        code: int = module.run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough (less, head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OSError, ValueError) as error:
        sys.stderr.write(f"x12 {args.command}: {error}\n")
        return 2
    return code


def version() -> str:
    """Give the version, and whether the hot modules are compiled here."""
    from importlib.metadata import version as version_of  # noqa: PLC0415 - not at every start

    from cleanclaim_x12.typed.native import built_from  # noqa: PLC0415 - not at every start

    return f"x12 {version_of('cleanclaim-x12')}, {'compiled' if built_from() else 'plain Python'}"
