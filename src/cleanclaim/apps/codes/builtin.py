"""What every installation has at once: ICD-10-CM from the dependency, our own short lists."""

from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path
from typing import Final

from cleanclaim.apps.codes.loading import batches_load
from cleanclaim.apps.codes.store import Store
from cleanclaim.core.codes import shapes
from cleanclaim.core.codes.formats.icd10 import diagnosis_batches, read_tabular
from cleanclaim.core.codes.formats.lists import LISTS_BEGAN, OPEN_END, read_list
from cleanclaim.core.codes.formats.source import (
    Batch,
    Source,
    Span,
    first_day_in,
    fiscal_year_from,
    text_source,
)
from cleanclaim.core.codes.formats.tabular import CodeLine
from cleanclaim.core.codes.release import Release, Table
from cleanclaim.kernel.refusal import Refusal

DEPENDENCY: Final = "simple-icd-10-cm"
SHIPPED: Final = Path(__file__).parent / "shipped"
# Lists that hold every code of their set; the others are excerpts: what they lack is unchecked.
COMPLETE: Final = frozenset(
    {
        Table.DIAGNOSIS,
        Table.DIAGNOSIS_GROUP,
        Table.PLACE_OF_SERVICE,
        Table.ADJUSTMENT_GROUP,
        Table.FILING_INDICATOR,
        Table.STATE,
        Table.CPT_MODIFIER,
    }
)
_SOURCE = "shipped with cleanclaim"


def builtin_install(store: Store) -> bool:
    """Put into the set in force what comes with the product, where nothing better is there.

    Safe to repeat: what is in force already stays, a newer version of the dependency or of a
    list takes the place of its older one, what was loaded from a file is left alone.

    Returns:
        Whether anything was new.
    """
    held = store.code_set().releases
    from_files = {r.table for r in held if not _is_ours(r)}
    batches = [
        batch
        for table, path in shipped_lists()
        if table not in from_files
        for batch in _shipped(table, path)
    ]
    if not any(dependency_name() in r.source for r in held if r.table == Table.DIAGNOSIS):
        days = {r.first_day for r in held if r.table == Table.DIAGNOSIS and not _is_ours(r)}
        batches += [batch for batch in dependency_batches() if batch.span.first not in days]
    if not batches:
        return False
    return batches_load(
        store,
        batches,
        (_SOURCE, dependency_name()),
        allow_smaller=True,
        is_complete=lambda table: table in COMPLETE,
    ).is_new


def _is_ours(release: Release) -> bool:
    return _SOURCE in release.source


def dependency_name() -> str:
    """Name the dependency with its version."""
    return f"{DEPENDENCY} {metadata.version(DEPENDENCY)}"


def dependency_batches() -> list[Batch]:
    """Read the release that the dependency holds, without importing it.

    Why not imported: its import parses ten megabytes of XML into a tree of objects, in every
    process; here that happens once for an installation.

    Raises:
        Refusal: The dependency is gone or its files are called otherwise.
    """
    found = util.find_spec(DEPENDENCY.replace("-", "_"))
    places = list(found.submodule_search_locations or ()) if found else []
    tabulars = [path for place in places for path in Path(place).glob("data/*tabular*.xml")]
    codes = [path for place in places for path in Path(place).glob("data/code-list*.txt")]
    day = first_day_in(tabulars[0].name) if len(tabulars) == 1 else None
    if day is None or len(codes) != 1:
        raise Refusal(
            "codes_dependency", f"{DEPENDENCY} does not hold its release where it used to."
        )
    span = fiscal_year_from(day)
    nodes = list(read_tabular(_source(tabulars[0]), span))
    listed = (line.split(" ")[0].replace(".", "") for line in _source(codes[0]).lines())
    lines = [CodeLine(code.strip()) for code in listed if shapes.is_diagnosis(code.strip())]
    return diagnosis_batches(nodes, lines, span, f" ({dependency_name()})")


def shipped_lists() -> Iterator[tuple[Table, Path]]:
    """Give the lists of code numbers with our own words."""
    for path in sorted(SHIPPED.glob("*.csv")):
        yield Table(path.stem), path


def _shipped(table: Table, path: Path) -> list[Batch]:
    span = Span(LISTS_BEGAN, OPEN_END)
    return [
        Batch(
            table=batch.table,
            rows=batch.rows,
            span=span,
            title=f"{batch.table.replace('-', ' ').capitalize()}, own short list",
            history_from=span.first,
        )
        for batch in read_list([_source(path)], span, table)
    ]


def _source(path: Path) -> Source:
    return text_source(path.name, path.read_text(encoding="utf-8"))
