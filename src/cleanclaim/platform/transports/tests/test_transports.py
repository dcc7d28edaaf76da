"""Both transports under one set of laws; SFTP also against OpenSSH's server where it is there."""

import asyncio
import os
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import asyncssh
import pytest

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models import scope as scopes
from cleanclaim.platform.transports.folder import FolderTransport
from cleanclaim.platform.transports.sftp import SftpPlace, SftpTransport
from cleanclaim.platform.transports.transport import (
    Ambiguous,
    Disclosure,
    Entry,
    NotSent,
    Transport,
)

TO = "clearinghouse:connection:7"
SSHD = shutil.which("sshd", path="/usr/sbin:/usr/bin:/usr/local/sbin")


@pytest.fixture
def parcel(grant_for, now):
    """Make a disclosure that the partner may have; say what is otherwise."""

    def make(name, content, **otherwise):
        base = {
            "grant": grant_for(1, 1, partner=TO), "tenant_id": 1, "practice_id": 1,
            "categories": frozenset({"phi"}), "name": name, "content": content, "at": now,
        }  # fmt: skip
        return Disclosure(**(base | otherwise))

    return make


@pytest.fixture
def folders(tmp_path):
    (tmp_path / "to").mkdir()
    (tmp_path / "from").mkdir()
    return tmp_path


class Server:
    """An SFTP server of asyncssh in a thread, on files below a folder."""

    def __init__(self, folder, factory=asyncssh.SFTPServer):
        self.folder, self.factory = folder, factory
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self.client = asyncssh.generate_private_key("ssh-ed25519")
        self.loop = asyncio.new_event_loop()
        self.port = 0
        started = threading.Event()
        self.thread = threading.Thread(target=self._serve, args=[started])
        self.thread.start()
        assert started.wait(20)

    def _serve(self, started):
        async def listen():
            allowed = asyncssh.import_authorized_keys(self.client.export_public_key().decode())
            self.listener = await asyncssh.listen(
                "127.0.0.1",
                0,
                server_host_keys=[self.key],
                authorized_client_keys=allowed,
                sftp_factory=lambda chan: self.factory(chan, chroot=str(self.folder)),
            )
            self.port = self.listener.get_port()

        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(listen())
        started.set()
        self.loop.run_forever()
        self.listener.close()
        self.loop.run_until_complete(self.listener.wait_closed())
        left = asyncio.all_tasks(self.loop)
        for task in left:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self.loop.close()

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def place(self, **changes):
        facts = {
            "host": "127.0.0.1",
            "port": self.port,
            "user": "billing",
            "host_key": self.key.export_public_key().decode(),
            "client_key": self.client.export_private_key().decode(),
            "to": "/to",
            "from_": "/from",
            "seconds": 5.0,
        }
        return SftpPlace(**(facts | changes))


@pytest.fixture
def server(folders):
    one = Server(folders)
    yield one
    one.stop()


@pytest.fixture
def openssh(folders, tmp_path):
    if SSHD is None:
        pytest.skip("OpenSSH's sshd is not installed")
    host, client = (asyncssh.generate_private_key("ssh-ed25519") for _ in "12")
    (tmp_path / "host").write_bytes(host.export_private_key())
    (tmp_path / "host").chmod(0o600)
    (tmp_path / "keys").write_bytes(client.export_public_key())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {tmp_path}/host\nStrictModes no\n"
        f"AuthorizedKeysFile {tmp_path}/keys\nPidFile none\nUsePAM no\n"
        "Subsystem sftp internal-sftp\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", str(tmp_path / "config")], stderr=log)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    import getpass

    yield SftpTransport(
        SftpPlace(
            host="127.0.0.1",
            port=port,
            user=getpass.getuser(),
            host_key=host.export_public_key().decode(),
            client_key=client.export_private_key().decode(),
            to=str(folders / "to"),
            from_=str(folders / "from"),
        ),
        recipient=TO,
    )
    process.terminate()
    process.wait(10)
    log.close()


@pytest.fixture(params=["folder", "sftp", "openssh"])
def transport(request, folders):
    if request.param == "folder":
        return FolderTransport(folders / "to", folders / "from", recipient=TO)
    if request.param == "openssh":
        return request.getfixturevalue("openssh")
    return SftpTransport(request.getfixturevalue("server").place(), recipient=TO)


def test_a_transport_keeps_the_laws(transport, folders, parcel):
    with transport as way:
        receipt = way.send(parcel("A1.837", b"ISA"))
        assert (receipt.is_listed, receipt.size) == (True, 3)
        assert way.send(parcel("A1.837", b"ISA")) == receipt  # once more: nothing new
        with pytest.raises(Refusal, match=r"^key_reused"):
            way.send(parcel("A1.837", b"ISA*other"))
        for name in ("../A1", ".hidden", "A1.part", "", "a b", "a/b"):
            with pytest.raises(Refusal, match=r"^bad_file_name"):
                way.send(parcel(name, b"x"))
        assert way.sent() == [Entry(name="A1.837", size=3)]
        assert sorted(path.name for path in (folders / "to").iterdir()) == ["A1.837"]
        (folders / "from" / "R1.835").write_bytes(b"ST*835")
        (folders / "from" / ".R2.835.part").write_bytes(b"half")
        (folders / "from" / "sub").mkdir()
        assert way.waiting() == [Entry(name="R1.835", size=6)]
        assert way.fetch("R1.835") == b"ST*835"
        way.taken("R1.835")
        way.taken("R1.835")
        assert way.waiting() == []
        with pytest.raises(NotSent):
            way.fetch("R1.835")


def test_a_half_written_file_is_overwritten_and_never_listed(transport, folders, parcel):
    (folders / "to" / ".A1.837.part").write_bytes(b"a half that a killed process left")
    with transport as way:
        assert way.sent() == []
        way.send(parcel("A1.837", b"whole"))
    assert [path.read_bytes() for path in (folders / "to").iterdir()] == [b"whole"]


def test_a_send_is_withdrawn_until_it_is_renamed(transport, folders, parcel):
    with transport as way:
        assert not way.withdraw("A1.837")  # nothing of it is there
        way.prepare("A1.837")
        assert way.sent() == []
        assert [way.withdraw("A1.837"), way.withdraw("A1.837")] == [True, True]
        assert way.sent() == []
        way.prepare("A1.837")
        way.send(parcel("A1.837", b"whole"))
        assert not way.withdraw("A1.837")
    assert [path.read_bytes() for path in (folders / "to").iterdir()] == [b"whole"]


def test_another_host_key_is_not_believed(server):
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    with pytest.raises(NotSent), SftpTransport(server.place(host_key=other), recipient=TO):
        pass


def test_a_silent_server_is_given_up(server, folders, parcel):
    class Silent(asyncssh.SFTPServer):
        async def posix_rename(self, oldpath, newpath):
            await asyncio.sleep(2)

    server.factory = Silent
    with (
        SftpTransport(server.place(seconds=0.5), recipient=TO) as way,
        pytest.raises(Ambiguous, match=r"while A1\.837 was renamed"),
    ):
        way.send(parcel("A1.837", b"ISA"))


def test_a_refused_rename_is_surely_not_sent(server, parcel):
    class Refusing(asyncssh.SFTPServer):
        def posix_rename(self, oldpath, newpath):
            raise asyncssh.SFTPPermissionDenied("no")

    server.factory = Refusing
    with SftpTransport(server.place(), recipient=TO) as way, pytest.raises(NotSent):
        way.send(parcel("A1.837", b"ISA"))


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(NotSent), FolderTransport(tmp_path / "no", tmp_path, recipient=TO):
        pass


# What is otherwise than the leave says | refusal
MISUSES = [
    ({"tenant_id": 2}, "grant_wrong_tenant"),
    ({"practice_id": 2}, "grant_wrong_practice"),
    ({"categories": frozenset({"biz"})}, "grant_wrong_data"),
    ({"categories": frozenset()}, "grant_wrong_data"),
    ({"late": True}, "grant_expired"),
    ({"partner": "clearinghouse:connection:8"}, "grant_wrong_recipient"),
    ({"partner": ""}, "grant_wrong_action"),
]


@pytest.fixture
def recorded(monkeypatch):
    """What the audit hears."""
    heard = []
    monkeypatch.setattr(scopes, "refusal_recorders", [lambda *given: heard.append(given)])
    return heard


@pytest.mark.parametrize("misuse", MISUSES, ids=lambda row: f"{row[1]}-{next(iter(row[0]))}")
def test_no_byte_leaves_without_a_leave_for_it(
    transport, folders, parcel, grant_for, recorded, misuse
):
    otherwise, code = misuse
    if "partner" in otherwise:
        otherwise = {"grant": grant_for(1, 1, partner=otherwise["partner"])}
    if "late" in otherwise:
        otherwise = {"at": grant_for(1, 1, partner=TO).not_after}
    with transport as way, pytest.raises(Refusal, match=f"^{code}:"):
        way.send(parcel("A1.837", b"ISA", **otherwise))
    assert list((folders / "to").iterdir()) == []
    [(held, refusal)] = recorded
    assert (refusal.code, held.grant is not None) == (code, True)


def test_every_way_out_is_checked_in_one_place():
    ways = Transport.__subclasses__()
    assert {way.__name__ for way in ways} == {"FolderTransport", "SftpTransport"}
    assert all(way.send is Transport.send for way in ways)
