"""The file of one release: sections of plain arrays that every process maps and none copies.

Layout: magic, length of the head, head (msgpack: the release and where each section lies), then
the sections, each on an 8-byte boundary. A keyed table has `keys` (sorted 64-bit numbers of the
keys), `offsets` and `rows` (msgpack of the records). PTP edits have columns of their own.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from cleanclaim.core.codes.kinds import record_kind
from cleanclaim.core.codes.lookups import PTP_TABLES, Lookups
from cleanclaim.core.codes.ptp import PtpColumns, PtpIndex
from cleanclaim.core.codes.records import Dated, PtpEdit
from cleanclaim.core.codes.release import Release, Setting
from cleanclaim.core.codes.tables import Missing
from cleanclaim.kernel.refusal import Refusal

MAGIC = b"CODES 1\n"
_KEY_LENGTH = 12
_MEMO = 20_000

type Sections = dict[str, tuple[str, bytes | bytearray]]
"""Sections by name: the type of their items as `memoryview.cast` names it, and their bytes."""


class _Head(msgspec.Struct, frozen=True):
    release: Release
    sections: dict[str, tuple[str, int, int]]


def key_number(key: str) -> int:
    """Write a key as a number that keeps equality, at most 64 bits; 0 for what is no key.

    >>> key_number("E119") != key_number("0E119"), key_number("E11.9"), key_number("")
    (True, 0, 0)
    """
    if not (0 < len(key) <= _KEY_LENGTH and key.isascii() and key.isalnum()):
        return 0
    return int("1" + key, 36)


def keyed_sections(rows: Iterable[Dated]) -> tuple[int, Sections]:
    """Lay records out by key.

    Returns:
        How many records, and the sections; records of one key keep their order.

    Raises:
        Refusal: A key is too long or holds other than letters and digits.
    """
    encode = msgspec.msgpack.Encoder().encode
    numbers, ends, blob = array("Q"), array("I", [0]), bytearray()
    in_order, last = True, 0
    for row in rows:
        number = key_number(row.key)
        if not number:
            raise Refusal("codes_key", f"The key {row.key!r} is not a code.")
        in_order, last = in_order and number >= last, number
        blob += encode(row)
        numbers.append(number)
        ends.append(len(blob))
    if not in_order:
        numbers, ends, blob = _in_order(numbers, ends, blob)
    return len(numbers), {
        "keys": ("Q", numbers.tobytes()),
        "offsets": ("I", ends.tobytes()),
        "rows": ("B", blob),
    }


def _in_order(
    numbers: "array[int]", ends: "array[int]", blob: bytearray
) -> tuple["array[int]", "array[int]", bytearray]:
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    moved, at = bytearray(), array("I", [0])
    for index in order:
        moved += blob[ends[index] : ends[index + 1]]
        at.append(len(moved))
    return array("Q", (numbers[index] for index in order)), at, moved


def release_sections(rows: Iterable[Dated]) -> tuple[int, Sections]:
    """Lay any rows out, PTP edits in their own columns."""
    if isinstance(rows, PtpColumns):
        return len(rows), dict(rows.sections())
    return keyed_sections(rows)


def release_chunks(release: Release, sections: Sections) -> Iterator[bytes | bytearray]:
    """Write the file of a release piece by piece."""
    places: dict[str, tuple[str, int, int]] = {}
    at = 0
    for name, (code, data) in sections.items():
        places[name] = (code, at, len(data))
        at += -(-len(data) // 8) * 8
    head = msgspec.msgpack.encode(_Head(release, places))
    yield MAGIC + len(head).to_bytes(8, "little") + head + b"\0" * (-len(head) % 8)
    for _, data in sections.values():
        yield data
        yield b"\0" * (-len(data) % 8)


def release_bytes(release: Release, sections: Sections) -> bytes:
    """Write the file of a release whole."""
    return b"".join(release_chunks(release, sections))


class MappedRelease:
    """One release read in place from a buffer, which must outlive it.

    Args:
        buffer: The whole file, most often a map of it.

    Raises:
        Refusal: Not such a file, or cut short.
    """

    def __init__(self, buffer: bytes | memoryview) -> None:
        view = memoryview(buffer)
        if bytes(view[:8]) != MAGIC:
            raise Refusal("codes_file", "Not a code table of this version: load it again.")
        size = int.from_bytes(view[8:16], "little")
        start = 16 + -(-size // 8) * 8
        if start > len(view):
            raise Refusal("codes_file", "The code table is cut short: load it again.")
        head = msgspec.msgpack.decode(view[16 : 16 + size], type=_Head, strict=False)
        self.release = head.release
        self._sections = head.sections
        end = max((at + size for _, at, size in head.sections.values()), default=0)
        if start + end > len(view):
            raise Refusal("codes_file", "The code table is cut short: load it again.")
        self._body = view[start:]
        self._memo: dict[str, tuple[Dated, ...]] = {}
        self.ptp: PtpIndex | None = None
        if "column_2" in self._sections:
            self.ptp = PtpIndex({name: self.section(name) for name in self._sections})
        else:
            self._keys, self._offsets = self.section("keys"), self.section("offsets")
            self._blob = self.section("rows")
            decoder = msgspec.msgpack.Decoder(record_kind(self.release.table))
            self._decode = decoder.decode

    def has_section(self, name: str) -> bool:
        """Say whether the file holds a section."""
        return name in self._sections

    def section(self, name: str) -> memoryview:
        """Give a section as an array of its type, without a copy."""
        code, at, size = self._sections[name]
        return self._body[at : at + size].cast(code)  # type: ignore[call-overload,no-any-return]

    def row(self, index: int) -> Dated:
        """Give the record at a position in key order."""
        return self._decode(self._blob[self._offsets[index] : self._offsets[index + 1]])

    def rows(self, key: str) -> Sequence[Dated]:
        """Give all records of a key."""
        found = self._memo.get(key)
        if found is None:
            found = self.ptp.rows(key) if self.ptp is not None else self._find(key)
            if len(self._memo) > _MEMO:
                self._memo.clear()
            self._memo[key] = found
        return found

    def _find(self, key: str) -> tuple[Dated, ...]:
        number = key_number(key)
        keys = self._keys
        index = bisect_left(keys, number)
        out = []
        while number and index < len(keys) and keys[index] == number:
            out.append(self.row(index))
            index += 1
        return tuple(out)

    def prefix_range(self, prefix: str, length: int) -> tuple[int, int]:
        """Give the positions of all keys of one length that begin with a prefix."""
        low = key_number(prefix.ljust(length, "0"))
        high = key_number(prefix.ljust(length, "Z"))
        return bisect_left(self._keys, low), bisect_left(self._keys, high + 1)

    def all_rows(self) -> Iterable[Dated]:
        """Give every record in key order, one at a time."""
        if self.ptp is not None:
            yield from self.ptp
        else:
            for index in range(len(self._keys)):
                yield self.row(index)


class MappedTables(Lookups):
    """`CodeTables` over mapped releases."""

    def __init__(self, set_id: str, mapped: Iterable[MappedRelease]) -> None:
        self._mapped: Mapping[str, MappedRelease] = {m.release.release_id: m for m in mapped}
        self._ptp_by_day: dict[tuple[Setting, date], PtpIndex | Missing] = {}
        super().__init__(set_id, [m.release for m in self._mapped.values()])

    def mapped(self, release: Release) -> MappedRelease:
        """Give the mapped file of a release, for search and listing."""
        return self._mapped[release.release_id]

    def _rows(self, release: Release, key: str) -> Sequence[Dated]:
        return self._mapped[release.release_id].rows(key)

    def ptp(self, column_1: str, column_2: str, day: date, setting: Setting) -> PtpEdit | Missing:
        """See `CodeTables.ptp`: straight from the columns, without a key or a record on a miss."""
        index = self._ptp_by_day.get((setting, day))
        if index is None:
            index = self._ptp_index(day, setting)
        return index if isinstance(index, Missing) else index.edit(column_1, column_2, day)

    def _ptp_index(self, day: date, setting: Setting) -> PtpIndex | Missing:
        release = self.release(PTP_TABLES[setting], day)
        if isinstance(release, Missing):
            return release
        index = self._mapped[release.release_id].ptp or Missing.NOT_LOADED
        if len(self._ptp_by_day) > _MEMO:
            self._ptp_by_day.clear()
        self._ptp_by_day[setting, day] = index
        return index
