"""`x12 json`: files to JSON, one object per line."""

import argparse
from typing import BinaryIO

import msgspec

from cleanclaim_x12.cli.files import for_each_file, put, put_bytes
from cleanclaim_x12.typed.lines import encode_lines, json_schema, read_lines


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take files, or print the schema."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="a file, or - for standard input")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a line")


def run(args: argparse.Namespace) -> int:
    """Write the lines of all files."""
    if args.schema:
        put(msgspec.json.format(msgspec.json.encode(json_schema())).decode())
        return 0

    def turn(_name: str, file: BinaryIO) -> int:
        put_bytes(encode_lines(read_lines(file)))
        return 0

    return for_each_file(args.files or ["-"], turn)
