"""A transport through folders: `to` receives what we send, `from_` holds what comes."""

import hashlib
import os
from pathlib import Path
from typing import Self

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.failpoints import fail_point
from cleanclaim.platform.transports.naming import (
    checked_name,
    is_plain,
    temporary_name,
    withdrawn_name,
)
from cleanclaim.platform.transports.transport import (
    ACKNOWLEDGEMENT,
    EFT,
    REMITTANCE,
    X12,
    Ambiguous,
    Carries,
    Entry,
    Missing,
    NotSent,
    Receipt,
    Transport,
)


class FolderTransport(Transport):
    """Folders of this machine or of a mounted share."""

    carries = Carries(
        kinds=frozenset({X12, ACKNOWLEDGEMENT, REMITTANCE, EFT}),
        largest_bytes=1 << 30,
        lists_sent=True,
    )

    def __init__(self, to: Path, from_: Path, *, recipient: str) -> None:
        super().__init__(recipient)
        self._to, self._from = to, from_

    def __enter__(self) -> Self:
        for folder in (self._to, self._from):
            if not folder.is_dir():
                raise NotSent(f"the folder {folder} is not there")
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing is held open."""

    def prepare(self, name: str) -> None:
        """See `Transport.prepare`."""
        try:
            (self._to / temporary_name(checked_name(name))).touch()
            (self._to / withdrawn_name(name)).unlink(missing_ok=True)
            self._flush()
        except OSError as error:
            raise NotSent(f"{name} cannot be laid: {error.strerror}") from error

    def withdraw(self, name: str) -> bool:
        """See `Transport.withdraw`."""
        withdrawn = self._to / withdrawn_name(checked_name(name))
        try:
            (self._to / temporary_name(name)).rename(withdrawn)
            self._flush()
        except FileNotFoundError:
            return withdrawn.exists()
        except OSError as error:
            raise NotSent(f"{name} cannot be withdrawn: {error.strerror}") from error
        return True

    def _deliver(self, name: str, content: bytes) -> Receipt:
        final = self._to / checked_name(name)
        if not self._is_there(final, content):
            self._put(self._to / temporary_name(name), content)
            self._rename(self._to / temporary_name(name), final)
        fail_point("acknowledge")
        listed = Entry(name=name, size=len(content)) in self.sent()
        return Receipt(
            name=name,
            size=len(content),
            digest=hashlib.sha256(content).hexdigest(),
            is_listed=listed,
        )

    def sent(self) -> list[Entry]:
        """See `Transport.sent`."""
        return _listing(self._to)

    def waiting(self) -> list[Entry]:
        """See `Transport.waiting`."""
        return _listing(self._from)

    def fetch(self, name: str) -> bytes:
        """See `Transport.fetch`."""
        try:
            return (self._from / checked_name(name)).read_bytes()
        except FileNotFoundError as error:
            raise Missing(f"{name} is not there") from error
        except OSError as error:
            raise NotSent(f"{name} cannot be read: {error.strerror}") from error

    def taken(self, name: str) -> None:
        """See `Transport.taken`."""
        fail_point("taken")
        (self._from / checked_name(name)).unlink(missing_ok=True)

    def _is_there(self, final: Path, content: bytes) -> bool:
        if not final.exists():
            return False
        if final.read_bytes() != content:
            raise Refusal("key_reused", f"Other content stands at the partner under {final.name}.")
        return True

    def _put(self, temporary: Path, content: bytes) -> None:
        try:
            with temporary.open("wb") as file:
                file.write(content[: len(content) // 2])
                fail_point("put")
                file.write(content[len(content) // 2 :])
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise NotSent(f"{temporary.name} cannot be written: {error.strerror}") from error

    def _rename(self, temporary: Path, final: Path) -> None:
        fail_point("rename")
        try:
            temporary.rename(final)
            self._flush()
        except OSError as error:
            raise Ambiguous(f"{final.name} may have been renamed: {error.strerror}") from error

    def _flush(self) -> None:
        """Let renames survive a loss of power."""
        folder = os.open(self._to, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _listing(folder: Path) -> list[Entry]:
    try:
        paths = sorted(path for path in folder.iterdir() if is_plain(path.name))
        found = [(path, path.lstat()) for path in paths if path.is_file()]
    except OSError as error:
        raise NotSent(f"{folder} cannot be listed: {error.strerror}") from error
    return [Entry(name=path.name, size=stat.st_size) for path, stat in found]
