"""The sandbox's folders over SFTP: a server of its own, with its own key and one user's key."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import asyncssh
import msgspec

from cleanclaim.sandbox.manners import Manners

USER = "billing"
_BAD = 0.5  # share of the connections that are given bad manners
_HOST = "127.0.0.1"


class SftpDoor:
    """A server in a thread of its own.

    Args:
        keys: Folder of the keys; they are made once. `sftp.json` there tells what a sender needs.
        shared: Folder that senders see as `/`; it holds `in` and `out` and nothing else.
        port: 0 for any that is free.
        manners: What is done wrong.
    """

    def __init__(self, keys: Path, shared: Path, port: int, manners: Manners) -> None:
        self.port = port
        self._host_key = _key(keys / "host_key")
        self._user_key = _key(keys / "client_key")
        self._shared, self._manners = shared, manners
        # By chance, because a sender's connections have a rhythm of their own.
        self._chance = Random("manners")  # noqa: S311  made up
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=[ready], daemon=True)
        self._thread.start()
        ready.wait(20)
        facts = {
            "host": _HOST,
            "port": self.port,
            "user": USER,
            "host_key": self._host_key.export_public_key().decode().strip(),
            "client_key_file": str(keys / "client_key"),
            "poll_seconds": 5,
            "to": "/in",
            "from": "/out",
        }
        part = keys / ".sftp.json"
        part.write_bytes(msgspec.json.encode(facts))
        part.replace(keys / "sftp.json")

    def close(self) -> None:
        """Stop serving."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        listener = self._loop.run_until_complete(self._listen())
        self.port = listener.get_port()
        ready.set()
        self._loop.run_forever()
        listener.close()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    async def _listen(self) -> asyncssh.SSHAcceptor:
        allowed = asyncssh.import_authorized_keys(self._user_key.export_public_key().decode())
        return await asyncssh.listen(
            _HOST,
            self.port,
            server_host_keys=[self._host_key],
            authorized_client_keys=allowed,
            sftp_factory=self._session,
        )

    def _session(self, channel: asyncssh.SSHServerChannel[bytes]) -> asyncssh.SFTPServer:
        chroot = str(self._shared).encode()
        is_bad = self._chance.random() < _BAD
        return _Session(channel, chroot, self._manners if is_bad else Manners())


class _Session(asyncssh.SFTPServer):
    """One connection; some are given bad manners."""

    def __init__(
        self, channel: asyncssh.SSHServerChannel[bytes], chroot: bytes, manners: Manners
    ) -> None:
        super().__init__(channel, chroot)
        self._manners, self._channel = manners, channel
        self._bytes = 0

    def write(self, file_obj: object, offset: int, data: bytes) -> int:
        """Take bytes, and lose the connection in the middle of them where so ordered."""
        kept = data[: max(self._manners.cut - self._bytes, 0)] if self._manners.cut else data
        written = super().write(file_obj, offset, kept)
        self._moved(len(data))
        return int(written)

    def read(self, file_obj: object, offset: int, size: int) -> bytes:
        """Give bytes, and lose the connection where so ordered."""
        data: bytes = super().read(file_obj, offset, size)
        self._moved(len(data))
        return data

    def _moved(self, size: int) -> None:
        self._bytes += size
        if self._manners.cut and self._bytes > self._manners.cut:
            self._channel.get_connection().abort()

    async def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        """Rename, late where so ordered: the sender has given up by then."""
        await asyncio.sleep(self._manners.stall)
        super().posix_rename(oldpath, newpath)

    async def scandir(self, path: bytes) -> AsyncIterator[asyncssh.SFTPName]:
        """List, wrongly where so ordered."""
        place = 0
        async for one in super().scandir(path):
            name = bytes(one.filename)
            place += not name.startswith(b".")
            if self._manners.lie and not name.startswith(b".") and place % 3 == 1:
                continue
            if self._manners.lie and place % 3 == 2 and one.attrs.size is not None:
                one.attrs.size += 7
            yield one
        if self._manners.lie:
            attrs = asyncssh.SFTPAttrs(type=asyncssh.FILEXFER_TYPE_REGULAR, size=106)
            yield asyncssh.SFTPName(b"phantom.835", attrs=attrs)


def _key(path: Path) -> asyncssh.SSHKey:
    if not path.exists():
        part = path.with_name(f".{path.name}")
        part.touch(0o600)
        part.write_bytes(asyncssh.generate_private_key("ssh-ed25519").export_private_key())
        part.replace(path)
    return asyncssh.read_private_key(path)
