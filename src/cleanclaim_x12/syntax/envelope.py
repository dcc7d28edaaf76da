"""Who sends what to whom: the heads of interchange, group and transaction as they stand."""

import re

import msgspec

from cleanclaim_x12.syntax.delimiters import Delimiters

_ISA_LENGTH = 106
_ISA_ELEMENTS = 17  # with the segment's name
_NO_COMPONENT = "\x1f"  # stands in where ISA16 is the element separator itself
_SPREAD = 512  # the longest ISA that is still taken for one
_FIXED = re.compile(
    r"ISA(.)(?:..\1.{10}\1){2}(?:..\1.{15}\1){2}.{6}\1.{4}\1.\1.{5}\1.{9}\1.\1.\1.(.)", re.DOTALL
)


class Interchange(msgspec.Struct, frozen=True, gc=False):
    """The head of an interchange.

    Args:
        raw: The ISA segment without its terminator.
        delimiters: Taken from the ISA itself.
        offset: Byte offset of the letter I.
        is_fixed: Whether every element has the length that the standard fixes.
    """

    raw: str
    delimiters: Delimiters
    offset: int = 0
    is_fixed: bool = True

    def element(self, position: int) -> str:
        """Give ISA01 to ISA16 as it stands, with its padding."""
        return self.raw.split(self.delimiters.element)[position]

    @property
    def sender_qualifier(self) -> str:
        """ISA05."""
        return self.element(5).strip()

    @property
    def sender_id(self) -> str:
        """ISA06 without padding."""
        return self.element(6).strip()

    @property
    def receiver_qualifier(self) -> str:
        """ISA07."""
        return self.element(7).strip()

    @property
    def receiver_id(self) -> str:
        """ISA08 without padding."""
        return self.element(8).strip()

    @property
    def date(self) -> str:
        """ISA09, YYMMDD as it stands."""
        return self.element(9)

    @property
    def time(self) -> str:
        """ISA10, HHMM as it stands."""
        return self.element(10)

    @property
    def version(self) -> str:
        """ISA12."""
        return self.element(12)

    @property
    def control_number(self) -> str:
        """ISA13."""
        return self.element(13)

    @property
    def acknowledgement_requested(self) -> bool:
        """ISA14 is 1: the sender asks for a TA1."""
        return self.element(14) == "1"

    @property
    def usage(self) -> str:
        """ISA15: P for production, T for test."""
        return self.element(15)


class Group(msgspec.Struct, frozen=True, gc=False):
    """The head of a functional group.

    Args:
        raw: The GS segment without its terminator.
        elements: `raw` taken apart; `elements[1]` is GS01, missing ones are empty up to GS08.
        offset: Byte offset of the segment.
    """

    raw: str
    elements: tuple[str, ...]
    offset: int = 0

    @property
    def functional_id(self) -> str:
        """GS01."""
        return self.elements[1]

    @property
    def sender_code(self) -> str:
        """GS02."""
        return self.elements[2]

    @property
    def receiver_code(self) -> str:
        """GS03."""
        return self.elements[3]

    @property
    def date(self) -> str:
        """GS04 as it stands."""
        return self.elements[4]

    @property
    def time(self) -> str:
        """GS05 as it stands."""
        return self.elements[5]

    @property
    def control_number(self) -> str:
        """GS06."""
        return self.elements[6]

    @property
    def version(self) -> str:
        """GS08."""
        return self.elements[8]


class Transaction(msgspec.Struct, frozen=True, gc=False):
    """The head of a transaction with the envelopes around it.

    Args:
        raw: The ST segment without its terminator.
        code: ST01: 837, 835, 999 …
        control_number: ST02.
        version: ST03, or GS08 where ST03 is absent (835).
        number: Counts the transactions of the file from 1 (within a range, of the range).
        offset: Byte offset of the ST segment.
        interchange: The interchange around it.
        group: The functional group around it, or None where GS is missing.
    """

    raw: str
    code: str
    control_number: str
    version: str
    number: int
    offset: int
    interchange: Interchange
    group: Group | None

    @property
    def delimiters(self) -> Delimiters:
        """The delimiters of its interchange."""
        return self.interchange.delimiters


def interchange_from_text(text: str, offset: int = 0) -> tuple[Interchange, int] | None:
    """Read the ISA at the start of `text`.

    Elements of a wrong length are accepted: the delimiters are then found by counting elements.

    Args:
        text: Text that begins with ISA; 512 characters are enough.
        offset: Byte offset of the text, for `Interchange.offset`.

    Returns:
        The interchange and the length of its segment with the terminator, or None where the text
        is no ISA that anything can be read with.
    """
    fixed = _FIXED.match(text[:_ISA_LENGTH])
    if fixed is not None and text.count(fixed[1], 0, _ISA_LENGTH) == _ISA_ELEMENTS - 1:
        interchange = _interchange(text[:105], text[105], offset, is_fixed=True)
        if interchange is not None:
            return interchange, _ISA_LENGTH
    parts = text[:_SPREAD].split(text[3:4] or "*", _ISA_ELEMENTS - 1)
    if len(parts) < _ISA_ELEMENTS or len(parts[16]) < 2:
        return None
    end = sum(map(len, parts[:16])) + 17
    if text[end].isalnum():  # ISA16 is missing: the character in its place ends the segment
        end -= 1
    while end < len(text) and text[end] == " ":  # blanks between ISA16 and the terminator
        end += 1
    interchange = _interchange(text[:end], text[end : end + 1], offset, is_fixed=False)
    return None if interchange is None else (interchange, end + 1)


def _interchange(raw: str, terminator: str, offset: int, *, is_fixed: bool) -> Interchange | None:
    parts = raw.split(raw[3])
    repetition = parts[11] if len(parts[11]) == 1 and not parts[11].isalnum() else ""
    if repetition == " ":
        repetition = ""
    delimiters = Delimiters(raw[3], parts[16][:1] or _NO_COMPONENT, repetition, terminator)
    if not terminator or not delimiters.is_usable:
        return None
    return Interchange(raw, delimiters, offset, is_fixed)
