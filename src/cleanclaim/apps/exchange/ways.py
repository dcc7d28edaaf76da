"""Opening the way of a connection."""

from datetime import datetime, timedelta
from pathlib import Path

from cleanclaim.apps.exchange.models import Connection
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.transports.folder import FolderTransport
from cleanclaim.platform.transports.sftp import SftpPlace, SftpTransport
from cleanclaim.platform.transports.transport import Transport

# A folder is looked into at every turn; a partner's server is left in peace for a while.
_POLL_SECONDS = {"folder": 0, "sftp": 900}


def transport_for(connection: Connection) -> Transport:
    """Open the way of a connection.

    Settings of `folder`: `to` and `from`. Of `sftp`: `host`, `port`, `user`, `host_key` (the one
    line that is believed), `client_key_file` (a file of this machine: private keys stay outside
    the database), `to`, `from`, and `seconds` for one step. Of both: `poll_seconds`, how long to
    wait from one look for files to the next.

    Raises:
        Refusal: `unknown_transport`, or the private key cannot be read.
    """
    settings, recipient = connection.settings, recipient_of(connection)
    if connection.transport == "folder":
        return FolderTransport(Path(settings["to"]), Path(settings["from"]), recipient=recipient)
    if connection.transport == "sftp":
        return SftpTransport(
            SftpPlace(
                host=settings["host"],
                port=int(settings["port"]),
                user=settings["user"],
                host_key=settings["host_key"],
                client_key=_key(Path(settings["client_key_file"])),
                to=settings["to"],
                from_=settings["from"],
                seconds=float(settings.get("seconds", 30)),
            ),
            recipient=recipient,
        )
    raise Refusal("unknown_transport", f"There is no way called {connection.transport}.")


def is_poll_due(connection: Connection, at: datetime) -> bool:
    """Say whether it is time to look for files at a partner again."""
    usual = _POLL_SECONDS.get(connection.transport, 0)
    wait = timedelta(seconds=float(connection.settings.get("poll_seconds", usual)))
    return connection.polled_at is None or at - connection.polled_at >= wait


def recipient_of(connection: Connection) -> str:
    """Name the partner behind a connection as a grant names it."""
    return f"clearinghouse:connection:{connection.id}"


def _key(path: Path) -> str:
    try:
        return path.read_text()
    except OSError as error:
        raise Refusal("key_unreadable", f"{path} can't be read: {error.strerror}.") from error
