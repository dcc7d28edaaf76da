"""The only door of the code tables; needs no database and no Django."""

from datetime import date
from pathlib import Path

from cleanclaim.apps.codes.builtin import builtin_install
from cleanclaim.apps.codes.describe import diagnosis_line, ended_words
from cleanclaim.apps.codes.loading import Loaded, codes_load
from cleanclaim.apps.codes.store import CodeSet, Store
from cleanclaim.core.codes.checker import CheckerCodes
from cleanclaim.core.codes.guide import Choice, Step, next_step
from cleanclaim.core.codes.mapped import MappedTables
from cleanclaim.core.codes.release import Release, Table
from cleanclaim.core.codes.search import Hit, Searcher
from cleanclaim.core.codes.tables import Missing
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.home import home_folder

__all__ = [
    "Choice",
    "CodeSet",
    "Hit",
    "Loaded",
    "MappedTables",
    "Release",
    "Step",
    "Store",
    "code_step",
    "codes_checker",
    "codes_ended",
    "codes_load",
    "codes_releases",
    "codes_search",
    "codes_store",
    "codes_tables",
    "diagnosis_line",
    "ended_words",
]

_KEPT = 4
_open: dict[tuple[Path, str], tuple[MappedTables, Searcher]] = {}


def codes_store() -> Store:
    """Give the store of this installation, filled at once with what comes with the product.

    The first call of a new installation takes some seconds, once for all processes.
    """
    store = Store(home_folder("codes"))
    if store.current_id() == "empty":
        builtin_install(store)
    return store


def codes_tables(set_id: str = "") -> MappedTables:
    """Open the tables: the set in force, or the set that a claim was checked with.

    Ask once for a batch of claims and keep it that long: within one batch nothing changes, and a
    newly loaded set is in force from the next batch on, in every process, without a restart.

    Raises:
        Refusal: There is no such set.
    """
    return _opened(set_id)[0]


def codes_releases(set_id: str) -> tuple[Release, ...]:
    """Name the releases of a set that a claim was checked with; none where the set is gone."""
    try:
        return codes_store().code_set(set_id).releases
    except Refusal:
        return ()


def codes_ended(day: date) -> list[Release]:
    """Name the newest release of each table that ended before a day, the diagnoses first."""
    tables = codes_tables()
    newest = [release for release in tables.releases if _is_newest(tables, release)]
    ended = [release for release in newest if release.last_day < day]
    return [release for release in ended if release.table != Table.DIAGNOSIS_GROUP]


def _is_newest(tables: MappedTables, release: Release) -> bool:
    return tables.last_day(release.table) == release.last_day


def codes_checker() -> CheckerCodes:
    """Give the tables in force as the X12 checker asks for them."""
    return CheckerCodes(codes_tables())


def codes_search(
    words: str, day: date, table: Table = Table.DIAGNOSIS, limit: int = 20
) -> list[Hit]:
    """Find codes for the words of a person; see `Searcher.search`."""
    return _opened("")[1].search(words, day, table, limit)


def code_step(code: str, day: date, side: str = "") -> Step | Missing:
    """Say what a person has to choose next to complete a diagnosis code.

    A day after the newest release is asked in that release.
    """
    tables = codes_tables()
    last = tables.last_day(Table.DIAGNOSIS)
    return next_step(tables, code, min(day, last) if last else day, side)


def _opened(set_id: str) -> tuple[MappedTables, Searcher]:
    store = codes_store()
    key = (store.folder, set_id or store.current_id())
    found = _open.get(key)
    if found is None:
        tables = store.open(key[1])
        found = (tables, Searcher(tables))
        while len(_open) >= _KEPT:
            _open.pop(next(iter(_open)))
        _open[key] = found
    return found
