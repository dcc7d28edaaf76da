"""Reads and writes the three 837s around their claims."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any

import msgspec

from cleanclaim_x12.syntax import Limits
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.claims import Claim, ClaimBatch
from cleanclaim_x12.typed.files import Envelope, Options, Written, read_units, write_file
from cleanclaim_x12.typed.spec import Spec
from cleanclaim_x12.typed.writing import Writer, loop_writers


def read_batches(source: Source, specs: dict[str, Spec], limits: Limits) -> Iterator[ClaimBatch]:
    """Read whole transactions."""
    claims: list[Claim] = []
    for batch, units, is_end in read_units(source, specs, "837", limits):
        for claim in units:
            claim.batch = None  # it stands in the batch; a circle could not become JSON
        claims += units
        if is_end:
            batch.claims = claims
            yield batch
            claims = []


def stream_claims(source: Source, specs: dict[str, Spec], limits: Limits) -> Iterator[Claim]:
    """Read claim by claim."""
    for _, units, _ in read_units(source, specs, "837", limits):
        yield from units


def write_batches(
    spec: Spec,
    kind: tuple[str, str, str],
    batch: ClaimBatch,
    claims: Iterable[Claim],
    how: tuple[Envelope, Options],
) -> Written:
    """Write claims in as many transactions as the limits want."""
    envelope, options = how

    def body(part: tuple[Claim, ...], number: int) -> Callable[[Writer], None]:
        return lambda w: Levels(spec, w).write(_numbered(batch, number), part)

    left = iter(claims)
    parts = iter(lambda: tuple(islice(left, options.claims_per_transaction or None)), ())
    first = next(parts, ())  # a batch without claims is a transaction, too
    bodies = (body(part, number) for number, part in enumerate(chain([first], parts), 1))
    return write_file(envelope, bodies, kind=kind, options=options)


def _numbered(batch: ClaimBatch, number: int) -> ClaimBatch:
    if number == 1:
        return batch
    return msgspec.structs.replace(batch, reference=f"{batch.reference}-{number}")


class Levels:
    """The levels that stand open while claims are written."""

    def __init__(self, spec: Spec, w: Writer) -> None:
        self.w = w
        self.loops = loop_writers(spec)
        self.name = spec.name
        self.open: dict[str, Any] = {}

    def write(self, batch: ClaimBatch, claims: Iterable[Claim]) -> None:
        """Write the head, then every claim under its levels."""
        self.loops[self.name](batch, self.w)
        billing, subscriber = f"{self.name}/2000A", f"{self.name}/2000A/2000B"
        patient = f"{subscriber}/2000C"
        for claim in claims:
            self._level(billing, claim.billing, has_children=True)
            self._level(subscriber, claim.subscriber, has_children=claim.patient is not None)
            if claim.patient is None:
                self.loops[f"{subscriber}/2300"](claim, self.w)
            else:
                self._level(patient, claim.patient, has_children=False)
                self.loops[f"{patient}/2300"](claim, self.w)

    def _level(self, key: str, level: Any, *, has_children: bool) -> None:
        """Open a level, unless the same stands open."""
        if level is None or (level, has_children) == self.open.get(key):
            return
        for below in [each for each in self.open if each.startswith(key)]:
            del self.open[below]
        self.open[key] = (level, has_children)
        self.w.has_children = has_children
        self.loops[key](level, self.w)
