"""PTP edits in columns: twelve bytes an edit, found in one run of the first code.

Column 1 codes are sorted once with the run of each; beside each column 2 code stand its facts in
one number: first and last day (counted from 1990, 16 bits each), flags, rationale (8 bits each).
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cleanclaim.core.codes.records import Dated, PtpEdit
from cleanclaim.core.codes.tables import Missing

_EPOCH = date(1990, 1, 1).toordinal() - 1
_OPEN = 0xFFFF
_BYTE = 0xFF
_INDICATORS = "019"
_BEFORE_1996 = 4
_MEMO = 20_000

type _Meaning = tuple[date | None, date | None, str, str, bool]


class PtpColumns:
    """Edits as they are read from a file, kept in arrays; iterates as records."""

    def __init__(self) -> None:
        self._keys = array("Q")
        self._facts = array("Q")
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
        key = (code_number(edit.column_1) << 32) | code_number(edit.column_2)
        start = 0 if edit.start is None else edit.start.toordinal() - _EPOCH
        end = _OPEN if edit.end is None else edit.end.toordinal() - _EPOCH
        reason = self._rationales.setdefault(edit.rationale, len(self._rationales))
        if not (0 <= start < _OPEN and 0 <= end <= _OPEN and reason <= _BYTE):
            msg = "a day before 1990 or after 2169, or more than 256 rationales"
            raise ValueError(msg)
        flags = _INDICATORS.index(edit.modifier_indicator)
        if edit.existed_before_1996:
            flags |= _BEFORE_1996
        if self._keys and key < self._keys[-1]:
            self._in_order = False
        self._keys.append(key)
        self._facts.append(start | end << 16 | flags << 32 | reason << 40)

    def __iter__(self) -> Iterator[PtpEdit]:
        words = list(self._rationales)
        for index in self._order():
            key = self._keys[index]
            meaning = _meaning(self._facts[index], words)
            yield _edit(code_text(key >> 32), code_text(key & 0xFFFFFFFF), meaning)

    def _order(self) -> range | list[int]:
        if self._in_order:
            return range(len(self._keys))
        keys, facts = self._keys, self._facts
        return sorted(range(len(keys)), key=lambda index: (keys[index], facts[index] & _OPEN))

    def sections(self) -> dict[str, tuple[str, bytes]]:
        """Lay the columns out, sorted by both codes."""
        column_1, runs, column_2, facts = array("I"), array("I"), array("I"), array("Q")
        for index in self._order():
            key = self._keys[index]
            first = key >> 32
            if not column_1 or column_1[-1] != first:
                column_1.append(first)
                runs.append(len(column_2))
            column_2.append(key & 0xFFFFFFFF)
            facts.append(self._facts[index])
        runs.append(len(column_2))
        return {
            "column_1": ("I", column_1.tobytes()),
            "runs": ("I", runs.tobytes()),
            "column_2": ("I", column_2.tobytes()),
            "facts": ("Q", facts.tobytes()),
            "rationales": ("B", "\n".join(self._rationales).encode()),
        }


class PtpIndex:
    """Edits found in mapped columns."""

    def __init__(self, sections: Mapping[str, memoryview]) -> None:
        self._column_1, self._runs = sections["column_1"], sections["runs"]
        self._column_2, self._facts = sections["column_2"], sections["facts"]
        self._rationales = bytes(sections["rationales"]).decode().split("\n")
        self._known: dict[str, tuple[int, int, int]] = {}
        self._meanings: dict[int, _Meaning] = {}

    def __iter__(self) -> Iterator[PtpEdit]:
        for index, first in enumerate(self._column_1):
            for position in range(self._runs[index], self._runs[index + 1]):
                second = code_text(self._column_2[position])
                yield _edit(code_text(first), second, self._meaning(self._facts[position]))

    def rows(self, key: str) -> tuple[Dated, ...]:
        """Give all edits of both codes joined, whatever their days."""
        position, end, number = *self._code(key[:5])[1:], self._code(key[5:])[0]
        position = bisect_left(self._column_2, number, position, end)
        out = []
        while position < end and self._column_2[position] == number:
            out.append(_edit(key[:5], key[5:], self._meaning(self._facts[position])))
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
            facts = self._facts[position]
            start, last = facts & _OPEN, facts >> 16 & _OPEN
            if start <= ordinal and (ordinal <= last or last == _OPEN) and start != last:
                return _edit(column_1, column_2, self._meanings.get(facts) or self._meaning(facts))
            position += 1
        return Missing.NOT_ON_DAY

    def _meaning(self, facts: int) -> _Meaning:
        """Spell the facts of an edit out, once for all edits that share them."""
        if len(self._meanings) > 3 * _MEMO:
            self._meanings.clear()
        meaning = self._meanings[facts] = _meaning(facts, self._rationales)
        return meaning

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


def _day(number: int) -> date | None:
    return None if number in (0, _OPEN) else date.fromordinal(number + _EPOCH)


def _meaning(facts: int, rationales: Sequence[str]) -> _Meaning:
    return (
        _day(facts & _OPEN),
        _day(facts >> 16 & _OPEN),
        _INDICATORS[facts >> 32 & 3],
        rationales[facts >> 40],
        facts >> 32 & _BEFORE_1996 != 0,
    )


def _edit(column_1: str, column_2: str, meaning: _Meaning) -> PtpEdit:
    start, end, indicator, rationale, before_1996 = meaning
    return PtpEdit(
        start=start,
        end=end,
        column_1=column_1,
        column_2=column_2,
        modifier_indicator=indicator,
        rationale=rationale,
        existed_before_1996=before_1996,
    )
