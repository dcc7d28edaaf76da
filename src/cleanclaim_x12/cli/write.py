"""`x12 write`: lines of JSON back to a file."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO

import msgspec

from cleanclaim_x12.cli.files import lines_of, opened, put_bytes
from cleanclaim_x12.syntax import Delimiters
from cleanclaim_x12.typed.files import Options
from cleanclaim_x12.typed.lines import Line, decode_lines, write_pieces

_PIECE = 1 << 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take a file of lines, a target and the writer's options."""
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="lines of x12 json")
    parser.add_argument("--out", metavar="FILE", help="where to write; else standard output")
    parser.add_argument(
        "--delimiters",
        metavar="CHARS",
        help="element, component, repetition and segment: '*:^~'; else those of the first head",
    )
    parser.add_argument("--lines", action="store_true", help="a line break after each segment")
    parser.add_argument(
        "--transliterate", action="store_true", help="replace what cannot stand in a value"
    )


def run(args: argparse.Namespace) -> int:
    """Write the file, or say what kept it from being written."""
    if args.delimiters is not None and len(args.delimiters) != 4:
        raise ValueError("--delimiters takes four characters")
    with opened(args.file) as file, _target(args.out) as target:
        lines = decode_lines(lines_of(file))
        first = next(lines, None)
        if first is None:
            raise ValueError(f"{args.file}: there are no lines; x12 json makes them of a file")
        written = write_pieces(chain([first], lines), target.write, _options(args, first))
        for finding in written.findings:
            sys.stderr.write(msgspec.json.encode(finding).decode() + "\n")
        if not written.control_numbers:
            return 1
        target.seek(0)
        if args.out:
            with Path(args.out).open("wb") as out:
                copyfileobj(target, out)
        else:
            put_bytes(iter(partial(target.read, _PIECE), b""))
    return 0


@contextmanager
def _target(name: str | None) -> Iterator[BinaryIO]:
    """Open a file without a name beside the target: a file is written whole, or not at all."""
    with TemporaryFile(dir=Path(name).parent if name else None) as file:
        yield file


def _options(args: argparse.Namespace, first: Line) -> Options:
    options = Options(line_break="\n" * args.lines, transliterate=args.transliterate)
    if args.delimiters:
        return msgspec.structs.replace(options, delimiters=Delimiters(*args.delimiters))
    if first.part == "head":
        delimiters = first.data.envelope.delimiters
        return msgspec.structs.replace(options, delimiters=delimiters)
    return options
