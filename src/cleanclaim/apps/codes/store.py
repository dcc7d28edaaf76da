"""Releases in the state folder: files side by side, sets of them, one set in force.

    codes/releases/<release id>.codes   one file a release, never changed
    codes/sets/<set id>.json            which releases belong together, never changed
    codes/current                       the id of the set in force, replaced in one step

A file is written whole under another name and moved; `current` is moved last. Whatever fails
before that leaves the set in force as it was.
"""

import fcntl
import hashlib
import mmap
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, final

import msgspec

from cleanclaim.core.codes.mapped import MappedRelease, MappedTables, Sections, release_chunks
from cleanclaim.core.codes.release import Release
from cleanclaim.kernel.refusal import Refusal

_EMPTY: Final = "empty"


@final
class CodeSet(msgspec.Struct, frozen=True):
    """Releases that are asked together."""

    set_id: str
    releases: tuple[Release, ...]


def set_id_of(releases: Sequence[Release]) -> str:
    """Name a set by its releases: the same releases are the same set."""
    if not releases:
        return _EMPTY
    names = "\n".join(sorted(release.release_id for release in releases))
    return hashlib.sha256(names.encode()).hexdigest()[:12]


def sections_digest(sections: Sections) -> str:
    """Name what is in a release."""
    digest = hashlib.sha256()
    for name, (_, data) in sorted(sections.items()):
        digest.update(name.encode())
        digest.update(data)
    return digest.hexdigest()[:8]


class Store:
    """The code tables of one installation.

    Args:
        folder: `codes` of the state folder; made when something is first written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one process at a time load and switch."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def current_id(self) -> str:
        """Name the set in force; `empty` before anything was loaded."""
        try:
            return (self.folder / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return _EMPTY

    def code_set(self, set_id: str = "") -> CodeSet:
        """Read a set, that in force if none is named.

        Raises:
            Refusal: There is no such set.
        """
        set_id = set_id or self.current_id()
        if set_id == _EMPTY:
            return CodeSet(_EMPTY, ())
        try:
            data = (self.folder / "sets" / f"{_plain(set_id)}.json").read_bytes()
        except FileNotFoundError as error:
            raise Refusal("codes_set", f"There is no set of code tables {set_id}.") from error
        return msgspec.json.decode(data, type=CodeSet)

    def release_write(self, release: Release, sections: Sections) -> None:
        """Write the file of a release; one that is there already is left alone."""
        path = self._release_path(release.release_id)
        if not path.exists():
            _write(path, release_chunks(release, sections))

    def switch(self, releases: Sequence[Release]) -> CodeSet:
        """Put a set in force, in one step; its releases are written before.

        Returns:
            The set, whether new or in force already.
        """
        chosen = CodeSet(set_id_of(releases), tuple(sorted(releases)))
        missing = [r for r in releases if not self._release_path(r.release_id).exists()]
        if missing:
            raise Refusal("codes_set", f"The release {missing[0].release_id} is not there.")
        path = self.folder / "sets" / f"{chosen.set_id}.json"
        if not path.exists():
            _write(path, [msgspec.json.encode(chosen)])
        if self.current_id() != chosen.set_id:
            _write(self.folder / "current", [chosen.set_id.encode()])
        return chosen

    def open(self, set_id: str = "") -> MappedTables:
        """Map the releases of a set, that in force if none is named.

        The maps live as long as the tables; all processes share their pages.

        Raises:
            Refusal: There is no such set, or a file of it is gone or damaged.
        """
        chosen = self.code_set(set_id)
        return MappedTables(
            chosen.set_id, [self._map(release.release_id) for release in chosen.releases]
        )

    def _map(self, release_id: str) -> MappedRelease:
        try:
            with self._release_path(release_id).open("rb") as file:
                view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            return MappedRelease(view)
        except (FileNotFoundError, ValueError) as error:
            raise Refusal(
                "codes_file", f"The release {release_id} is gone or empty: load it again."
            ) from error

    def _release_path(self, release_id: str) -> Path:
        return self.folder / "releases" / f"{_plain(release_id)}.codes"


def _plain(name: str) -> str:
    if not name.replace("-", "").isalnum():
        raise Refusal("codes_set", "That is not the name of a release or set.")
    return name


def _write(path: Path, chunks: Iterable[bytes | bytearray]) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with part.open("wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
