"""A transport over SFTP with a pinned host key."""

import asyncio
import hashlib
from collections.abc import Awaitable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from typing import Any, Self

import asyncssh

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

_LOST = (OSError, TimeoutError, asyncssh.Error)


@dataclass(frozen=True, kw_only=True)
class SftpPlace:
    """Where the partner's server is and how we prove who we are.

    Args:
        host_key: The server's public key, one line as in `ssh_host_ed25519_key.pub`; only it is
            believed.
        client_key: Our private key as text; empty for a password.
        seconds: How long one step may take before the connection counts as lost.
    """

    host: str
    port: int
    user: str
    host_key: str
    to: str
    from_: str
    client_key: str = ""
    password: str = ""
    seconds: float = 30.0


class SftpTransport(Transport):
    """One session; used as a context manager, in one thread."""

    carries = Carries(
        kinds=frozenset({X12, ACKNOWLEDGEMENT, REMITTANCE, EFT}),
        largest_bytes=1 << 28,
        lists_sent=True,
    )

    def __init__(self, place: SftpPlace, *, recipient: str) -> None:
        super().__init__(recipient)
        self._place = place
        self._runner = asyncio.Runner()
        self._open = AsyncExitStack()
        self._sftp: asyncssh.SFTPClient

    def __enter__(self) -> Self:
        try:
            self._run(self._connect())
        except _LOST as error:
            self.__exit__()
            raise NotSent(f"no session with {self._place.host}: {error}") from error
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self._run(self._open.aclose())
        except _LOST:
            pass  # the connection is gone already
        finally:
            self._runner.close()

    def prepare(self, name: str) -> None:
        """See `Transport.prepare`."""
        checked_name(name)
        to = self._place.to
        try:
            file = self._run(self._sftp.open(f"{to}/{temporary_name(name)}", "wb"))
            self._run(file.close())
            self._remove(f"{to}/{withdrawn_name(name)}")
        except _LOST as error:
            raise NotSent(f"{name} cannot be laid: {error}") from error

    def withdraw(self, name: str) -> bool:
        """See `Transport.withdraw`."""
        temporary, withdrawn = temporary_name(checked_name(name)), withdrawn_name(name)
        try:
            self._move(temporary, withdrawn)
        except asyncssh.SFTPNoSuchFile:
            return self._exists(f"{self._place.to}/{withdrawn}")
        except _LOST as error:
            raise NotSent(f"{name} cannot be withdrawn: {error}") from error
        return True

    def _deliver(self, name: str, content: bytes) -> Receipt:
        checked_name(name)
        if not self._is_there(name, content):
            self._put(name, content)
            fail_point("rename")
            self._rename(name)
        fail_point("acknowledge")
        entry = Entry(name=name, size=len(content))
        try:
            is_listed = entry in self.sent()
        except NotSent as error:
            raise Ambiguous(f"{name} was renamed and the listing failed: {error}") from error
        digest = hashlib.sha256(content).hexdigest()
        return Receipt(name=name, size=len(content), digest=digest, is_listed=is_listed)

    def sent(self) -> list[Entry]:
        """See `Transport.sent`."""
        return self._listing(self._place.to)

    def waiting(self) -> list[Entry]:
        """See `Transport.waiting`."""
        return self._listing(self._place.from_)

    def fetch(self, name: str) -> bytes:
        """See `Transport.fetch`."""
        return self._read(f"{self._place.from_}/{checked_name(name)}")

    def taken(self, name: str) -> None:
        """See `Transport.taken`."""
        fail_point("taken")
        try:
            self._remove(f"{self._place.from_}/{checked_name(name)}")
        except _LOST as error:
            raise NotSent(f"{name} could not be removed: {error}") from error

    def _remove(self, path: str) -> None:
        with suppress(asyncssh.SFTPNoSuchFile):
            self._run(self._sftp.remove(path))

    def _exists(self, path: str) -> bool:
        try:
            found: bool = self._run(self._sftp.exists(path))
        except _LOST as error:
            raise NotSent(f"{path} cannot be looked at: {error}") from error
        return found

    def _is_there(self, name: str, content: bytes) -> bool:
        # Asked of the file itself: listings have been seen that lie.
        path = f"{self._place.to}/{name}"
        if not self._exists(path):
            return False
        if self._read(path) != content:
            raise Refusal("key_reused", f"Other content stands at the partner under {name}.")
        return True

    def _put(self, name: str, content: bytes) -> None:
        path = f"{self._place.to}/{temporary_name(name)}"
        half = len(content) // 2
        try:
            file = self._run(self._sftp.open(path, "wb"))
            self._run(file.write(content[:half]))
            fail_point("put")
            self._run(file.write(content[half:]))
            self._run(file.close())
        except _LOST as error:
            raise NotSent(f"{name} was not written: {error}") from error

    def _rename(self, name: str) -> None:
        try:
            self._move(temporary_name(name), name)
        except (asyncssh.SFTPPermissionDenied, asyncssh.SFTPFailure) as error:
            raise NotSent(f"{name} was not renamed: {error}") from error
        except _LOST as error:
            raise Ambiguous(f"the connection was lost while {name} was renamed: {error}") from error

    def _move(self, old: str, new: str) -> None:
        """Rename in the outgoing place: in one step where the server can."""
        old, new = f"{self._place.to}/{old}", f"{self._place.to}/{new}"
        try:
            self._run(self._sftp.posix_rename(old, new))
        except asyncssh.SFTPOpUnsupported:
            self._run(self._sftp.rename(old, new))

    def _read(self, path: str) -> bytes:
        try:
            file = self._run(self._sftp.open(path, "rb"))
            content: bytes = self._run(file.read())
            self._run(file.close())
        except asyncssh.SFTPNoSuchFile as error:
            raise Missing(f"{path} is not there") from error
        except _LOST as error:
            raise NotSent(f"{path} cannot be read: {error}") from error
        return content

    def _listing(self, folder: str) -> list[Entry]:
        try:
            names = self._run(self._sftp.readdir(folder))
        except _LOST as error:
            raise NotSent(f"{folder} cannot be listed: {error}") from error
        return sorted(
            (
                Entry(name=str(one.filename), size=one.attrs.size or 0)
                for one in names
                if is_plain(str(one.filename))
                and one.attrs.type
                in {asyncssh.FILEXFER_TYPE_REGULAR, asyncssh.FILEXFER_TYPE_UNKNOWN}
            ),
            key=lambda entry: entry.name,
        )

    async def _connect(self) -> None:
        place = self._place
        trusted = asyncssh.import_public_key(place.host_key)
        keys = [asyncssh.import_private_key(place.client_key)] if place.client_key else None
        connection = await self._open.enter_async_context(
            asyncssh.connect(
                place.host,
                place.port,
                username=place.user,
                client_keys=keys,
                password=place.password or None,
                known_hosts=([trusted], [], []),
                config=None,
                agent_path=None,
            )
        )
        self._sftp = await self._open.enter_async_context(connection.start_sftp_client())

    def _run(self, step: Awaitable[Any]) -> Any:
        async def timed() -> Any:
            async with asyncio.timeout(self._place.seconds):
                return await step

        return self._runner.run(timed())
