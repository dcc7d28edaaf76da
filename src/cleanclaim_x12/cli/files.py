"""Files of the command line: names, `-` for standard input, progress on a terminal."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

NOTHING = "no interchange header (ISA) was found; is this an X12 file?"
_STEP = 16 << 20
_CHUNK = 1 << 20


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


def for_each_file(names: Iterable[str], work: Callable[[str, BinaryIO], int]) -> int:
    """Do the work for each file; one that cannot be used does not keep the others from it.

    Args:
        names: The files, `-` for standard input.
        work: Takes a name and the open file, gives an exit code.

    Returns:
        The highest of the exit codes; 2 where a file could not be used.
    """
    code = 0
    for name in names:
        try:
            with opened(name) as file:
                code = max(code, work(name, file))
        except BrokenPipeError:
            raise
        except (OSError, ValueError) as error:
            sys.stdout.flush()
            sys.stderr.write(f"x12: {name}: {complaint(error)}\n")
            code = 2
    return code


def complaint(error: Exception) -> str:
    """Say what is wrong with an input, and what would help."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "this is a directory; name the files in it, for example with *.x12"
    if isinstance(error, PermissionError):
        return "this file may not be read by you"
    return str(error)


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


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Give the lines of a file, one after the other."""
    rest = b""
    while chunk := file.read(_CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
    yield rest


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
