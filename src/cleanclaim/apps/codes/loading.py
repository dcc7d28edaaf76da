"""Official files into the store: read all, check all, write all, then switch once."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, final

import msgspec

from cleanclaim.apps.codes.files import file_digest, sources_of
from cleanclaim.apps.codes.store import CodeSet, Store, sections_digest
from cleanclaim.core.codes.formats.registry import read_files, split_companions
from cleanclaim.core.codes.formats.source import Batch, Source, Span
from cleanclaim.core.codes.mapped import MappedRelease, Sections, release_bytes, release_sections
from cleanclaim.core.codes.release import Release, Table
from cleanclaim.core.codes.search import SEARCHED, index_sections
from cleanclaim.kernel.refusal import Refusal

_SMALLEST_SHARE: Final = 0.8


@final
class Loaded(msgspec.Struct, frozen=True):
    """What a load did: its releases, and whether any of them is new.

    Args:
        left_out: Members of archives that are none of our tables.
    """

    releases: tuple[Release, ...]
    code_set: CodeSet
    is_new: bool
    left_out: tuple[str, ...] = ()


def codes_load(
    store: Store,
    paths: Sequence[Path],
    *,
    given: Span | None = None,
    named: str = "",
    table: Table | None = None,
    allow_smaller: bool = False,
) -> Loaded:
    """Load official files; all of them or none.

    Args:
        store: Where to.
        paths: Files and zips; parts of one release together.
        given: The days of the release, where the files do not say them.
        named: The format, where it cannot be told.
        table: Which list, for a plain list.
        allow_smaller: Take a release with far fewer rows than the one in force.

    Raises:
        Refusal: A file that is not whole, of another layout, of mixed years, or much smaller
            than the release in force. Nothing was changed.
    """
    source = tuple(file_digest(path) for path in paths if path.is_file())
    sources = sources_of(paths)
    left: list[Source] = []
    if not named and table is None:
        sources, left = split_companions(sources)
    if not sources:
        names = ", ".join(other.name for other in left)
        raise Refusal("codes_layout", f"No code table was found among {names}.")
    batches = read_files(sources, given, named, table)
    loaded = batches_load(store, batches, source, allow_smaller=allow_smaller)
    return msgspec.structs.replace(loaded, left_out=tuple(other.name for other in left))


def batches_load(
    store: Store,
    batches: Iterable[Batch],
    source: tuple[str, ...],
    *,
    allow_smaller: bool = False,
    is_complete: Callable[[Table], bool] = lambda _: True,
) -> Loaded:
    """Pack batches, check them against the set in force, write them, switch."""
    packed = [_pack(batch, source, complete=is_complete(batch.table)) for batch in batches]
    with store.locked():
        held = store.code_set()
        if not allow_smaller:
            for release, _ in packed:
                _check_size(release, held)
        known = {release.release_id for release in held.releases}
        for release, sections in packed:
            store.release_write(release, sections)
        releases = tuple(release for release, _ in packed)
        chosen = store.switch(_joined(held.releases, releases))
    return Loaded(releases, chosen, any(r.release_id not in known for r in releases))


def _pack(batch: Batch, source: tuple[str, ...], *, complete: bool) -> tuple[Release, Sections]:
    count, sections = release_sections(batch.rows)
    digest = sections_digest(sections)
    release = Release(
        table=batch.table,
        release_id=f"{batch.table}-{batch.span.first}-{batch.span.last}-{digest}",
        first_day=batch.span.first,
        last_day=batch.span.last,
        history_from=min(batch.history_from or batch.span.first, batch.span.first),
        title=batch.title,
        rows=count,
        is_complete=complete,
        source=source,
    )
    if batch.table in SEARCHED:
        sections |= index_sections(MappedRelease(release_bytes(release, sections)))
    return release, sections


def _check_size(release: Release, held: CodeSet) -> None:
    """Refuse a file that was cut at the end of a line: nothing else shows it."""
    before = [r for r in held.releases if r.table == release.table and r.is_complete]
    rows = max((r.rows for r in before), default=0)
    if release.rows < rows * _SMALLEST_SHARE:
        raise Refusal(
            "codes_smaller",
            f"{release.title} has {release.rows} rows, the release in force {rows}: the file may "
            "be cut short. Nothing was changed; if it is right, load it with --allow-smaller.",
        )


def _joined(held: Iterable[Release], new: Sequence[Release]) -> list[Release]:
    """Put new releases beside those in force; one that is corrected or outgrown is left out."""
    kept = [old for old in held if not any(_replaces(release, old) for release in new)]
    return [*kept, *new]


def _replaces(new: Release, old: Release) -> bool:
    if new.table != old.table:
        return False
    if not old.is_complete:  # a shipped excerpt yields to any loaded file
        return True
    return new.first_day == old.first_day and new.last_day >= old.last_day
