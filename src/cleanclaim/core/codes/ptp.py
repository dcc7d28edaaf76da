"""PTP edits in columns: ten bytes an edit, found in one run of the first code.

Column 1 codes are sorted once with the run of each; column 2 codes, days and flags stand side by
side. Days are counted from 1990 in 16 bits.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date

from cleanclaim.core.codes.records import Dated, PtpEdit
from cleanclaim.core.codes.tables import Missing

_EPOCH = date(1990, 1, 1).toordinal() - 1
_OPEN = 0xFFFF
_INDICATORS = "019"
_BEFORE_1996 = 4
_MEMO = 20_000


class PtpColumns:
    """Edits as they are read from a file, kept in arrays; iterates as records."""

    def __init__(self) -> None:
        self._keys = array("Q")
        self._starts = array("H")
        self._ends = array("H")
        self._flags = array("B")
        self._reasons = array("B")
        self._rationales: dict[str, int] = {}
        self._in_order = True

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, edit: PtpEdit) -> None:
        """Take one edit.

        Raises:
            ValueError: A code that is not five letters and digits, an indicator or day out of
                range, or more than 256 rationales.
        """
        self.add_fields(
            (code_number(edit.column_1) << 32) | code_number(edit.column_2),
            0 if edit.start is None else edit.start.toordinal() - _EPOCH,
            _OPEN if edit.end is None else edit.end.toordinal() - _EPOCH,
            _INDICATORS.index(edit.modifier_indicator)
            | (_BEFORE_1996 if edit.existed_before_1996 else 0),
            edit.rationale,
        )

    def add_fields(self, key: int, start: int, end: int, flags: int, rationale: str) -> None:
        """Take one edit in the form of the columns; for files of millions of rows."""
        if self._keys and key < self._keys[-1]:
            self._in_order = False
        try:
            self._starts.append(start)
            self._ends.append(end)
            self._flags.append(flags)
            self._reasons.append(self._rationales.setdefault(rationale, len(self._rationales)))
        except OverflowError as error:
            msg = "a day before 1990 or after 2169, or more than 256 rationales"
            raise ValueError(msg) from error
        self._keys.append(key)

    def __iter__(self) -> Iterator[PtpEdit]:
        words = list(self._rationales)
        for index in self._order():
            key = self._keys[index]
            yield _edit(
                code_text(key >> 32),
                code_text(key & 0xFFFFFFFF),
                (self._starts[index], self._ends[index], self._flags[index]),
                words[self._reasons[index]],
            )

    def _order(self) -> range | list[int]:
        if self._in_order:
            return range(len(self._keys))
        keys, starts = self._keys, self._starts
        return sorted(range(len(keys)), key=lambda index: (keys[index], starts[index]))

    def sections(self) -> dict[str, tuple[str, bytes]]:
        """Lay the columns out, sorted by both codes."""
        order = self._order()
        column_1, runs, column_2 = array("I"), array("I"), array("I")
        for position, index in enumerate(order):
            key = self._keys[index]
            first = key >> 32
            if not column_1 or column_1[-1] != first:
                column_1.append(first)
                runs.append(position)
            column_2.append(key & 0xFFFFFFFF)
        runs.append(len(column_2))
        return {
            "column_1": ("I", column_1.tobytes()),
            "runs": ("I", runs.tobytes()),
            "column_2": ("I", column_2.tobytes()),
            "starts": ("H", self._sorted(self._starts, order)),
            "ends": ("H", self._sorted(self._ends, order)),
            "flags": ("B", self._sorted(self._flags, order)),
            "reasons": ("B", self._sorted(self._reasons, order)),
            "rationales": ("B", "\n".join(self._rationales).encode()),
        }

    def _sorted(self, values: "array[int]", order: range | list[int]) -> bytes:
        if self._in_order:
            return values.tobytes()
        return array(values.typecode, (values[index] for index in order)).tobytes()


class PtpIndex:
    """Edits found in mapped columns."""

    def __init__(self, sections: Mapping[str, memoryview]) -> None:
        self._column_1, self._runs = sections["column_1"], sections["runs"]
        self._column_2 = sections["column_2"]
        self._starts, self._ends = sections["starts"], sections["ends"]
        self._flags, self._reasons = sections["flags"], sections["reasons"]
        self._rationales = bytes(sections["rationales"]).decode().split("\n")
        self._known: dict[str, tuple[int, int, int]] = {}

    def __iter__(self) -> Iterator[PtpEdit]:
        for index, first in enumerate(self._column_1):
            for position in range(self._runs[index], self._runs[index + 1]):
                yield self._record(code_text(first), position)

    def rows(self, key: str) -> tuple[Dated, ...]:
        """Give all edits of both codes joined, whatever their days."""
        position, end, number = *self._code(key[:5])[1:], self._code(key[5:])[0]
        position = bisect_left(self._column_2, number, position, end)
        out = []
        while position < end and self._column_2[position] == number:
            out.append(self._record(key[:5], position))
            position += 1
        return tuple(out)

    def edit(self, column_1: str, column_2: str, day: date) -> PtpEdit | Missing:
        """Give the edit that holds on a day."""
        known = self._known
        _, position, end = known.get(column_1) or self._code(column_1)
        number, _, _ = known.get(column_2) or self._code(column_2)
        column = self._column_2
        position = bisect_left(column, number, position, end)
        if position >= end or column[position] != number:
            return Missing.UNKNOWN
        ordinal = day.toordinal() - _EPOCH
        while position < end and column[position] == number:
            start, last = self._starts[position], self._ends[position]
            if start <= ordinal and (ordinal <= last or last == _OPEN) and start != last:
                return self._record(column_1, position)
            position += 1
        return Missing.NOT_ON_DAY

    def _record(self, column_1: str, position: int) -> PtpEdit:
        days = (self._starts[position], self._ends[position], self._flags[position])
        reason = self._rationales[self._reasons[position]]
        return _edit(column_1, code_text(self._column_2[position]), days, reason)

    def _code(self, code: str) -> tuple[int, int, int]:
        """Give the number of a code and the run that it has as the first of a pair."""
        try:
            number = code_number(code)
        except ValueError:
            return 0, 0, 0
        index = bisect_left(self._column_1, number)
        start = end = 0
        if index < len(self._column_1) and self._column_1[index] == number:
            start, end = self._runs[index], self._runs[index + 1]
        if len(self._known) > _MEMO:  # codes come from files: no file may fill the memory
            self._known.clear()
        self._known[code] = (number, start, end)
        return number, start, end


def code_number(code: str) -> int:
    """Write a five-character code as a number.

    >>> code_text(code_number("0001F"))
    '0001F'

    Raises:
        ValueError: Not five letters and digits.
    """
    if len(code) != 5 or not (code.isascii() and code.isalnum()):
        msg = f"{code!r} is not a procedure code"
        raise ValueError(msg)
    return int(code, 36)


def code_text(number: int) -> str:
    """Write the number of a code as the code."""
    out = ""
    while number:
        number, digit = divmod(number, 36)
        out = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + out
    return out.rjust(5, "0")


def _edit(column_1: str, column_2: str, days: tuple[int, int, int], rationale: str) -> PtpEdit:
    start, end, flags = days
    return PtpEdit(
        start=date.fromordinal(start + _EPOCH) if start else None,
        end=None if end == _OPEN else date.fromordinal(end + _EPOCH),
        column_1=column_1,
        column_2=column_2,
        modifier_indicator=_INDICATORS[flags & 3],
        rationale=rationale,
        existed_before_1996=bool(flags & _BEFORE_1996),
    )
