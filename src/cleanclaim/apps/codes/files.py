"""Official files as sources: text in whatever encoding, zips, zips within zips."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from cleanclaim.core.codes.formats.source import Source
from cleanclaim.kernel.refusal import Refusal

_TEXT: Final = (".txt", ".csv", ".xml", ".tsv")
_SNIFFED = 1 << 22
_DEEPEST = 2

type Opener = Callable[[], AbstractContextManager[BinaryIO]]


def sources_of(paths: Iterable[Path]) -> list[Source]:
    """Open files and the readable members of zips.

    Raises:
        Refusal: A file is not there, is a workbook, or is a zip without a text in it.
    """
    sources: list[Source] = []
    for path in paths:
        if not path.is_file():
            raise Refusal("codes_file", f"There is no file {path}.")
        found = list(_sources(path.name, _file_opener(path), 0))
        if not found:
            raise Refusal(
                "codes_file",
                f"{path.name} is no text and holds none: take the .txt, .csv or .xml, not the "
                "workbook.",
            )
        sources += found
    return sources


def file_digest(path: Path) -> str:
    """Name a file with the beginning of its SHA-256."""
    with path.open("rb") as file:
        return f"{path.name} sha256:{hashlib.file_digest(file, 'sha256').hexdigest()[:16]}"


def _file_opener(path: Path) -> Opener:
    return lambda: path.open("rb")


def _member_opener(opener: Opener, name: str) -> Opener:
    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        with opener() as file, zipfile.ZipFile(file) as archive, archive.open(name) as member:
            yield cast("BinaryIO", member)

    return opened


def _sources(name: str, opener: Opener, depth: int) -> Iterator[Source]:
    lower = name.lower()
    with opener() as file:
        is_zip = file.read(4) == b"PK\x03\x04" and not lower.endswith((".xlsx", ".docx"))
    if is_zip and depth < _DEEPEST:
        with opener() as file, zipfile.ZipFile(file) as archive:
            members = [m.filename for m in archive.infolist() if not m.is_dir()]
        for member in members:
            if member.lower().endswith((*_TEXT, ".zip")):
                inner = _member_opener(opener, member)
                yield from _sources(member.rpartition("/")[2], inner, depth + 1)
    elif lower.endswith(_TEXT):
        lines = _line_reader(name, opener, _encoding(opener))
        yield Source(name, lines, is_member=depth > 0)


def _line_reader(name: str, opener: Opener, encoding: str) -> Callable[[], Iterator[str]]:
    def lines() -> Iterator[str]:
        try:
            with opener() as file, io.TextIOWrapper(file, encoding=encoding, newline="") as text:
                yield from text
        except (UnicodeDecodeError, zipfile.BadZipFile, EOFError, OSError) as error:
            raise Refusal("codes_file", f"{name} cannot be read: {error}.") from error

    return lines


def _encoding(opener: Opener) -> str:
    """Tell UTF-8 from the Windows encoding that CMS often uses."""
    with opener() as file:
        head = file.read(_SNIFFED)
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # not just a letter cut in two at the end
            return "cp1252"
    return "utf-8-sig"
