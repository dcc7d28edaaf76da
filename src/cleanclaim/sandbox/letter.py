"""X12 as the sandbox writes it: segments, counted and enveloped. Its own hand, on purpose.

Why not the product's writer: what the product reads back must come from somebody else.
"""

from datetime import datetime

TERMINATOR = "~"


class Letter:
    """One interchange with one transaction.

    Args:
        sender: Who writes.
        receiver: To whom.
        at: When.
        number: Control number of interchange and group.
    """

    def __init__(self, sender: str, receiver: str, at: datetime, number: int) -> None:
        self.at = at
        self._number = number
        self._sender, self._receiver = sender, receiver
        self._segments: list[str] = []

    def add(self, *elements: object) -> None:
        """Add a segment; empty elements at its end are left out."""
        texts = ["" if element is None else str(element) for element in elements]
        while texts and not texts[-1]:
            texts.pop()
        self._segments.append("*".join(texts))

    def content(self, functional_id: str, code: str, version: str) -> bytes:
        """Give the file.

        Args:
            functional_id: GS01.
            code: ST01.
            version: GS08; ST03 repeats it except in an 835.
        """
        day, time = f"{self.at:%Y%m%d}", f"{self.at:%H%M}"
        set_version = "" if code == "835" else f"*{version}"
        rows = [
            (
                f"ISA*00*{'':10}*00*{'':10}*ZZ*{self._sender:15}*ZZ*{self._receiver:15}"
                f"*{day[2:]}*{time}*^*00501*{self._number:09d}*0*T*:"
            ),
            f"GS*{functional_id}*{self._sender}*{self._receiver}*{day}*{time}*{self._number}*X*{version}",
            f"ST*{code}*0001{set_version}",
            *self._segments,
            f"SE*{len(self._segments) + 2}*0001",
            f"GE*1*{self._number}",
            f"IEA*1*{self._number:09d}",
        ]
        return "".join(f"{row}{TERMINATOR}\n" for row in rows).encode("ascii", "replace")
