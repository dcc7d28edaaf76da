"""`x12 roundtrip`: read and write back, and compare."""

import argparse
import hashlib
from typing import BinaryIO

from cleanclaim_x12.cli.files import file_arguments, opened, put
from cleanclaim_x12.syntax import read_runs


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
    """Say of each file whether it comes back to the byte; 1 if one does not."""
    code = 0
    for name in args.files:
        with opened(name) as file:
            source = _Hashing(file)
            written = hashlib.sha256()
            segments = 0
            for run_ in read_runs(source):  # type: ignore[arg-type]
                written.update(run_.text.encode("latin-1"))
                segments += len(run_.segments())
        same = written.digest() == source.digest.digest()
        put(f"{name}: {'same' if same else 'differs'}, {segments} segments")
        code = code if same else 1
    return code
