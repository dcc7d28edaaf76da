"""What every transport does, and the two ways in which it fails."""

from dataclasses import dataclass
from typing import Protocol, Self

X12, ACKNOWLEDGEMENT, REMITTANCE, EFT = "x12", "acknowledgement", "remittance", "eft"
TEMPORARY_SUFFIX = ".part"
WITHDRAWN_SUFFIX = ".withdrawn"


@dataclass(frozen=True, kw_only=True)
class Carries:
    """What a transport can carry and what it can tell.

    Args:
        kinds: Kinds of content, such as `x12`.
        largest_bytes: The largest file.
        lists_sent: Whether it can list what was sent, which settles an ambiguous send.
    """

    kinds: frozenset[str]
    largest_bytes: int
    lists_sent: bool


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A file as a listing shows it."""

    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What is known of a send.

    Args:
        digest: SHA-256 of the bytes, in hexadecimal.
        is_listed: Whether a listing after the rename showed the file with its size. A receiver
            that picks up at once may have taken it by then.
    """

    name: str
    size: int
    digest: str
    is_listed: bool


class NotSent(Exception):  # noqa: N818  says what happened
    """Nothing stands under the final name: sending again is safe."""


class Missing(NotSent):
    """There is no such file, though a listing may have shown it."""


class Ambiguous(Exception):  # noqa: N818  says what happened
    """The file may or may not have arrived: only a listing, an answer or a person can tell."""


class Transport(Protocol):
    """A connection to a partner, with a place for what goes out and one for what comes in."""

    carries: Carries

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...

    def prepare(self, name: str) -> None:
        """Lay the temporary file of a send, still empty, before anything says that it is sending.

        Raises:
            NotSent: It could not be laid.
        """

    def withdraw(self, name: str) -> bool:
        """Take back a send that was cut short, if its temporary file was not renamed yet.

        Why it is sure: it renames the temporary file to another name. Of two renames of one file
        only one can happen, so after this even a rename that is still under way comes to nothing.
        Asked again, it says the same, until `prepare`.

        Returns:
            True when nothing was sent; False when the file was renamed, wherever it is now.

        Raises:
            NotSent: The partner can't be asked.
        """

    def send(self, name: str, content: bytes) -> Receipt:
        """Put a file under a temporary name, rename it, list it.

        Why a retry is safe: the same bytes under the same name are not sent a second time.

        Raises:
            NotSent: It surely did not arrive.
            Ambiguous: It may have arrived.
            Refusal: Other content stands under the name, or the transport cannot carry it.
        """

    def sent(self) -> list[Entry]:
        """List what stands in the outgoing place; what the partner took is no longer there."""

    def waiting(self) -> list[Entry]:
        """List what the partner put there for us, without unfinished files."""

    def fetch(self, name: str) -> bytes:
        """Read an inbound file.

        Raises:
            Missing: It is not there.
            NotSent: It cannot be read now.
        """

    def taken(self, name: str) -> None:
        """Remove an inbound file that we have kept; once more is no error."""
