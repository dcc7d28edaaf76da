"""`x12 anonymize`: a file that can be shown to others."""

import argparse
import secrets
from collections.abc import Iterable, Iterator
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO

from cleanclaim_x12.anonymize import anonymize
from cleanclaim_x12.cli.files import NOTHING, file_arguments, for_each_file, put, put_bytes

_BLANKS = b" \t\r\n\x00\x1a"  # what may stand between interchanges


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take files, a folder and a key."""
    file_arguments(parser)
    parser.add_argument("--out", metavar="DIR", help="where the files go; else standard output")
    parser.add_argument(
        "--key", help="the same key replaces alike in every run; else one by chance, kept nowhere"
    )


def run(args: argparse.Namespace) -> int:
    """Write the files."""
    key = (args.key or secrets.token_hex(16)).encode()
    numbers = count(1)

    def replace(_name: str, file: BinaryIO) -> int:
        parts = _some(anonymize(file, key))
        if not args.out:
            put_bytes(parts)
            return 0
        folder = Path(args.out)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"anonymous-{next(numbers):05}.x12"  # a name may say too much
        with path.open("wb") as out:
            out.writelines(parts)
        put(str(path))
        return 0

    return for_each_file(args.files, replace)


def _some(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Pass on what there is; nothing at all means that nothing could be read."""
    pieces = iter(parts)
    first = next((piece for piece in pieces if piece.strip(_BLANKS)), None)
    if first is None:
        raise ValueError(NOTHING)
    return chain([first], pieces)
