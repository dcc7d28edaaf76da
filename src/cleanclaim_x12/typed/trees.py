"""Reads and writes transactions that are held as one tree."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cleanclaim_x12.syntax import Limits
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.files import Envelope, Options, Written, read_units, write_file
from cleanclaim_x12.typed.parts import Loop
from cleanclaim_x12.typed.spec import Spec
from cleanclaim_x12.typed.writing import Writer, loop_writers


def read_trees(source: Source, specs: dict[str, Spec], code: str, limits: Limits) -> Iterator[Loop]:
    """Read whole transactions."""
    for root, _, is_end in read_units(source, specs, code, limits):
        if is_end:
            yield root


def write_trees(
    spec: Spec,
    kind: tuple[str, str, str],
    roots: Iterable[Any],
    how: tuple[Envelope, Options],
) -> Written:
    """Write each root as one transaction."""
    write = loop_writers(spec)[spec.name]

    def body(root: Any) -> Callable[[Writer], None]:
        return lambda w: write(root, w)

    envelope, options = how
    return write_file(envelope, map(body, roots), kind=kind, options=options)
