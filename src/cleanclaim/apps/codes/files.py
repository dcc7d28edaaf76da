"""Official files as sources: text in whatever encoding, zips, zips within zips."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from cleanclaim.core.codes.formats.source import Source
from cleanclaim.kernel.refusal import Refusal

_TEXT: Final = (".txt", ".csv", ".xml", ".tsv")
_SNIFFED = 1 << 22
_DEEPEST = 2

type Opener = Callable[[], BinaryIO]


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
    def opened() -> BinaryIO:
        return zipfile.ZipFile(opener()).open(name)  # type: ignore[return-value]

    return opened


def _bytes_opener(data: bytes) -> Opener:
    return lambda: io.BytesIO(data)


def _sources(name: str, opener: Opener, depth: int) -> Iterator[Source]:
    with opener() as file:
        is_zip = file.read(4) == b"PK\x03\x04" and not name.lower().endswith((".xlsx", ".docx"))
    if is_zip and depth < _DEEPEST:
        with zipfile.ZipFile(opener()) as archive:
            members = [m.filename for m in archive.infolist() if not m.is_dir()]
            for member in members:
                inner = _member_opener(opener, member)
                if member.lower().endswith(".zip"):
                    inner = _bytes_opener(archive.read(member))
                if member.lower().endswith((*_TEXT, ".zip")):
                    yield from _sources(member.rpartition("/")[2], inner, depth + 1)
    elif name.lower().endswith(_TEXT):
        encoding = _encoding(opener)
        yield Source(name, _line_reader(name, opener, encoding))


def _line_reader(name: str, opener: Opener, encoding: str) -> Callable[[], Iterator[str]]:
    def lines() -> Iterator[str]:
        try:
            with io.TextIOWrapper(opener(), encoding=encoding, newline="") as text:
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
