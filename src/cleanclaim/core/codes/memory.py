"""Code tables from plain rows in memory, for tests and for small sets."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from cleanclaim.core.codes.lookups import Lookups
from cleanclaim.core.codes.records import Dated
from cleanclaim.core.codes.release import Release, Table


class MemoryTables(Lookups):
    """`CodeTables` from rows.

    Args:
        rows: The rows of each loaded table; a table with no rows is loaded and empty, a table
            that is not named is not loaded.
        releases: The days that a table covers; a table without an entry covers all days. A table
            that is named here must be named in `rows` too.

    >>> from cleanclaim.core.codes.records import Mue
    >>> from cleanclaim.core.codes.release import Setting
    >>> tables = MemoryTables({Table.MUE_PRACTITIONER: [
    ...     Mue(code="J1100", units=120, adjudication_indicator="3")]})
    >>> day = date(2026, 11, 22)
    >>> tables.mue("J1100", day, Setting.PRACTITIONER).units
    120
    >>> tables.mue("J1101", day, Setting.PRACTITIONER), tables.mue("J1100", day, Setting.DME)
    (<Missing.UNKNOWN: 'unknown'>, <Missing.NOT_LOADED: 'not_loaded'>)
    """

    def __init__(
        self,
        rows: Mapping[Table, Iterable[Dated]],
        releases: Sequence[Release] = (),
        set_id: str = "memory",
    ) -> None:
        named = {release.table: release for release in releases}
        super().__init__(set_id, [named.get(table) or _always(table) for table in rows])
        self._stored: dict[Table, dict[str, list[Dated]]] = {}
        for table, records in rows.items():
            stored = self._stored.setdefault(table, {})
            for record in records:
                stored.setdefault(record.key, []).append(record)

    def _rows(self, release: Release, key: str) -> Sequence[Dated]:
        return self._stored[release.table].get(key, ())


def _always(table: Table) -> Release:
    return Release(
        table=table,
        release_id=f"{table}-memory",
        first_day=date.min,
        last_day=date.max,
        history_from=date.min,
        title="rows in memory",
    )
