"""`x12 roundtrip`: read and write back, and compare."""

import argparse
import hashlib
from typing import BinaryIO

from cleanclaim_x12.cli.files import NOTHING, file_arguments, for_each_file, put
from cleanclaim_x12.syntax import Kind, read_runs


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take files."""
    file_arguments(parser)


class _Hashing:
    """A file that hashes what is read from it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Read on."""
        chunk = self.file.read(size)
        self.digest.update(chunk)
        return chunk


def run(args: argparse.Namespace) -> int:
    """Say of each file whether it comes back to the byte; 1 if one does not, 2 if unusable."""
    return for_each_file(args.files, _compare)


def _compare(name: str, file: BinaryIO) -> int:
    source = _Hashing(file)
    written = hashlib.sha256()
    segments = interchanges = 0
    for run_ in read_runs(source):  # type: ignore[arg-type]
        written.update(run_.text.encode("latin-1"))
        segments += len(run_.segments())
        interchanges += run_.kind == Kind.ISA
    if not interchanges:
        raise ValueError(NOTHING)
    same = written.digest() == source.digest.digest()
    put(f"{name}: {'same' if same else 'differs'}, {segments} segments")
    return int(not same)
