"""What every transport does, and the two ways in which it fails."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Self, final

from cleanclaim.core.privacy import Grant, grant_allows, grant_allows_action
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.cost import counted
from cleanclaim.platform.models.scope import grant_refuse

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


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """What is to leave, with the leave for it; a transport sends nothing else.

    Args:
        grant: The leave to disclose.
        tenant_id: Whose data it is.
        practice_id: Of which practice.
        categories: What the bytes hold, in narrow words of the policy.
        name: The file name at the partner.
        at: The aware instant of the sending.
    """

    grant: Grant
    tenant_id: int
    practice_id: int
    categories: frozenset[str]
    name: str
    content: bytes
    at: datetime


@counted
def refuse_undisclosed(
    grant: Grant,
    *,
    tenant_id: int,
    practice_id: int,
    categories: frozenset[str],
    recipient: str,
    at: datetime,
) -> None:
    """Check that a grant lets data leave to one recipient.

    Raises:
        Refusal: It is for another act, practice, recipient or kind of data, or has ended;
            recorded in the audit.
    """
    code = grant_allows_action(grant, "disclose") or grant_allows(
        grant,
        tenant_id=tenant_id,
        practice_ids=(practice_id,),
        recipient=recipient,
        categories=categories,
        at=at,
    )
    if code is not None:
        grant_refuse(grant, code, at)


class Transport(ABC):
    """A connection to a partner, with a place for what goes out and one for what comes in.

    Args:
        recipient: To whom it leads, as `Grant.recipient` names it.
    """

    carries: Carries

    def __init__(self, recipient: str) -> None:
        self.recipient = recipient

    @abstractmethod
    def __enter__(self) -> Self: ...

    @abstractmethod
    def __exit__(self, *error: object) -> None: ...

    @final
    def send(self, disclosure: Disclosure) -> Receipt:
        """Put a file under a temporary name, rename it, list it.

        Why a retry is safe: the same bytes under the same name are not sent a second time.

        Raises:
            NotSent: It surely did not arrive.
            Ambiguous: It may have arrived.
            Refusal: The leave does not cover it; other content stands under the name; or the
                transport cannot carry it.
        """
        refuse_undisclosed(
            disclosure.grant,
            tenant_id=disclosure.tenant_id,
            practice_id=disclosure.practice_id,
            categories=disclosure.categories,
            recipient=self.recipient,
            at=disclosure.at,
        )
        largest = self.carries.largest_bytes
        if len(disclosure.content) > largest:
            raise Refusal("too_large_to_send", f"The way carries {largest} bytes at most.")
        return self._deliver(disclosure.name, disclosure.content)

    @abstractmethod
    def _deliver(self, name: str, content: bytes) -> Receipt:
        """Do what `send` promises; nobody else may call it."""

    @abstractmethod
    def prepare(self, name: str) -> None:
        """Lay the temporary file of a send, still empty, before anything says that it is sending.

        Raises:
            NotSent: It could not be laid.
        """

    @abstractmethod
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

    @abstractmethod
    def sent(self) -> list[Entry]:
        """List what stands in the outgoing place; what the partner took is no longer there."""

    @abstractmethod
    def waiting(self) -> list[Entry]:
        """List what the partner put there for us, without unfinished files."""

    @abstractmethod
    def fetch(self, name: str) -> bytes:
        """Read an inbound file.

        Raises:
            Missing: It is not there.
            NotSent: It cannot be read now.
        """

    @abstractmethod
    def taken(self, name: str) -> None:
        """Remove an inbound file that we have kept; once more is no error."""
