"""Segments taken apart, with their place: what the rules over several segments look at."""

import msgspec

from cleanclaim_x12.findings import Fault
from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.guides.notation import Usage


class Cell(msgspec.Struct, gc=False):
    """One segment: what the guide says of it, its elements (the name first), its place."""

    usage: Usage
    parts: list[str]
    position: int

    @property
    def tag(self) -> str:
        """The segment's name."""
        return self.usage.tag

    @property
    def loop(self) -> str:
        """The guide's loop."""
        return self.usage.loop

    def __getitem__(self, element: int) -> str:
        """Give an element, or nothing where the segment ends before it."""
        return self.parts[element] if element < len(self.parts) else ""

    def note(self, code: str, element: int = 0, component: int = 0, **more: str) -> Noted:
        """Say that something is wrong here.

        Args:
            code: Name of the finding code.
            element: Position of the element, 0 for the segment.
            component: Position of the component.
            more: What else a fault says: `expected`, `found`, `ack`, `status`, `trigger`.
        """
        if element and "found" not in more:
            more["found"] = self[element]
        fault = msgspec.structs.replace(Fault(code, element, component), **more)
        return Noted(self.position, self.loop, self.tag, fault)

    def missing(self, code: str, tag: str, loop: str = "", **more: str) -> Noted:
        """Say that a segment is missing behind this one."""
        fault = msgspec.structs.replace(Fault(code), **more)
        return Noted(self.position + 1, loop or self.loop, tag, fault)


MOST_CELLS = 50_000  # of one claim or level that rules hold; no real claim comes near


def cents(text: str) -> int:
    """Give an amount in cents; what is no amount counts nothing, type 1 has said so.

    >>> cents("12.5"), cents("-3"), cents(".25"), cents("x")
    (1250, -300, 25, 0)
    """
    whole, _, rest = text.partition(".")
    if not rest:
        try:
            return int(whole) * 100 if whole else 0
        except ValueError:
            return 0
    try:
        part = int((rest + "0")[:2])
        if whole[:1] == "-":
            return int(whole + "0") * 10 - part
        return (int(whole) * 100 if whole else 0) + part
    except ValueError:
        return 0


def amount(value: int) -> str:
    """Write cents as an amount.

    >>> amount(1250), amount(-5), amount(300)
    ('12.5', '-.05', '3')
    """
    sign, value = ("-" if value < 0 else ""), abs(value)
    whole, part = divmod(value, 100)
    tail = f".{part:02d}".rstrip("0") if part else ""
    return f"{sign}{whole or ('' if tail else '0')}{tail}"


def adjustments(cell: Cell) -> int:
    """Add the amounts of a CAS."""
    return sum(cents(value) for value in cell.parts[3::3])


def days(text: str) -> tuple[str, str]:
    """Give first and last day of a date or period, CCYYMMDD.

    >>> days("20260101-20260105"), days("20260101")
    (('20260101', '20260105'), ('20260101', '20260101'))
    """
    first, _, last = text.partition("-")
    return first[:8], (last or first)[:8]
