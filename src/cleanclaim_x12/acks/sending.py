"""Envelopes of what is sent back: who it goes to, when, with which control numbers."""

from datetime import datetime

import msgspec

from cleanclaim_x12.snip.envelope import is_isa_value
from cleanclaim_x12.syntax import Interchange

_UNSENDABLE = "*:^~"
_NAMES = {"\n": "<LF>", "\r": "<CR>", "\t": "<TAB>"}


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """When and under which numbers acknowledgements go out; clock and numbers are handed in.

    Args:
        moment: Date and time of sending.
        interchange: ISA13 of the first interchange; further ones count on.
        group: GS06 of the first group; further ones count on.
        transaction: ST02 of the first transaction in each group.
        received: Date of receipt for a 277CA; the date of sending where it is not given.
        line_break: Written after each segment.
    """

    moment: datetime
    interchange: int = 1
    group: int = 1
    transaction: int = 1
    received: datetime | None = None
    line_break: str = ""


class Letter:
    """Collects segments and puts envelopes around them; counts itself."""

    def __init__(self, sending: Sending) -> None:
        self.sending = sending
        self.parts: list[str] = []
        self.interchange = sending.interchange
        self.group = sending.group
        self.transaction = sending.transaction
        self.groups = self.sets = self.segments = 0
        self.head: Interchange | None = None
        self.trailer = ""

    def add(self, *elements: str) -> None:
        """Add a segment; empty elements at its end are left out."""
        last = len(elements)
        while last and not elements[last - 1]:
            last -= 1
        self.parts.append("*".join(elements[:last]) + "~" + self.sending.line_break)
        self.segments += 1

    def open_interchange(self, head: Interchange) -> None:
        """Answer an interchange: its sender is the receiver."""
        moment = self.sending.moment
        self.head = head
        self.groups = 0
        version = "00401" if head.version < "005" else "00501"
        control = f"{self.interchange % 1_000_000_000:09d}"
        self.trailer = control
        self.add(
            "ISA", "00", " " * 10, "00", " " * 10,
            _qualifier(head.receiver_qualifier), _fixed(head.receiver_id, 15),
            _qualifier(head.sender_qualifier), _fixed(head.sender_id, 15),
            f"{moment:%y%m%d}", f"{moment:%H%M}", "U" if version == "00401" else "^", version,
            control, "0", head.usage if head.usage in ("P", "T") else "P", ":",
        )  # fmt: skip
        self.interchange += 1

    def close_interchange(self) -> None:
        """End it."""
        self.add("IEA", str(self.groups), self.trailer)

    def open_group(self, kind: str, sender: str, receiver: str, version: str) -> None:
        """Begin a group; ST02 counts from the start again."""
        moment = self.sending.moment
        self.sets = 0
        self.transaction = self.sending.transaction
        names = tuple(
            name if len(name) > 1 else "UNKNOWN"
            for name in (clean(sender, 15), clean(receiver, 15))
        )
        self.add(
            "GS", kind, *names, f"{moment:%Y%m%d}", f"{moment:%H%M}", str(self.group), "X", version
        )
        self.groups += 1

    def close_group(self) -> None:
        """End it."""
        self.add("GE", str(self.sets), str(self.group))
        self.group += 1

    def open_set(self, code: str, version: str) -> str:
        """Begin a transaction; give its ST02."""
        self.segments = 0
        control = f"{self.transaction:04d}"
        self.add("ST", code, control, version)
        return control

    def close_set(self) -> None:
        """End it."""
        self.add("SE", str(self.segments + 1), f"{self.transaction:04d}")
        self.transaction += 1
        self.sets += 1

    def bytes(self) -> bytes:
        """Give what was written since it was last asked for."""
        data = "".join(self.parts).encode("latin-1")
        self.parts.clear()
        return data


def clean(value: str, longest: int = 80) -> str:
    r"""Make a value of the sender's file fit to be sent back.

    >>> clean("A*B\n")
    'A B<LF>'
    >>> clean("A\tB C", 8)
    'A<TAB>B'
    """
    text = "".join(_NAMES.get(char, char) for char in value[:longest])
    printable = (char if " " <= char <= "~" and char not in _UNSENDABLE else " " for char in text)
    return "".join(printable).strip()[:longest].rstrip()


def _qualifier(value: str) -> str:
    """Echo ISA05 or ISA07; one that the standard does not have becomes mutually defined."""
    return value if is_isa_value(5, value) else "ZZ"


def _fixed(value: str, length: int) -> str:
    return (clean(value) or "UNKNOWN").ljust(length)[:length]
