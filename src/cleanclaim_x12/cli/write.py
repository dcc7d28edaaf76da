"""`x12 write`: lines of JSON back to a file."""

import argparse
import sys
from pathlib import Path

import msgspec

from cleanclaim_x12.cli.files import opened, put_bytes
from cleanclaim_x12.syntax import Delimiters
from cleanclaim_x12.typed.files import Options
from cleanclaim_x12.typed.lines import decode_lines, write_lines


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
    with opened(args.file) as file:
        lines = list(decode_lines(file.read().splitlines()))
    if not lines:
        raise ValueError(f"{args.file}: there are no lines; x12 json makes them of a file")
    options = Options(line_break="\n" * args.lines, transliterate=args.transliterate)
    if args.delimiters:
        options = msgspec.structs.replace(options, delimiters=Delimiters(*args.delimiters))
    elif lines and lines[0].part == "head":
        delimiters = lines[0].data.envelope.delimiters
        options = msgspec.structs.replace(options, delimiters=delimiters)
    written = write_lines(lines, options)
    for finding in written.findings:
        sys.stderr.write(msgspec.json.encode(finding).decode() + "\n")
    if not written.data:
        return 1
    if args.out:
        Path(args.out).write_bytes(written.data)
    else:
        put_bytes([written.data])
    return 0
