"""Files of the command line: names, `-` for standard input, progress on a terminal."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_STEP = 16 << 20


def file_arguments(parser: argparse.ArgumentParser) -> None:
    """Take any number of files."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """Open a file for reading; `-` is standard input."""
    if name == "-":
        yield sys.stdin.buffer
    else:
        with Path(name).open("rb") as file:
            yield _Progress(file, name) if sys.stderr.isatty() else file  # type: ignore[misc]


class _Progress:
    """A file that says on a terminal how far it was read."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.file = file
        self.name = name
        self.size = file.seek(0, 2)
        self.done = self.said = 0
        file.seek(0)

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        chunk = self.file.read(size)
        self.done += len(chunk)
        if self.said and not chunk:
            sys.stderr.write("\r\x1b[K")
        elif self.done - self.said >= _STEP:
            self.said = self.done
            sys.stderr.write(f"\r\x1b[K{self.name}: {100 * self.done // self.size} %")
        return chunk

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go elsewhere in the file."""
        return self.file.seek(offset, whence)


def put(text: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(text + "\n")


def put_bytes(parts: Iterable[bytes]) -> None:
    """Write bytes to standard output."""
    sys.stdout.flush()
    write = sys.stdout.buffer.write
    for part in parts:
        write(part)
    sys.stdout.buffer.flush()
