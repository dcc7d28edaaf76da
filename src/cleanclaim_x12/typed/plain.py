"""Transactions without a model of their own: their segments as they stand, to JSON and back."""

from collections.abc import Sequence

import msgspec

from cleanclaim_x12.syntax import Delimiters, Run, Transaction
from cleanclaim_x12.typed.writing import Writer

_BINARY = {"BIN": 2, "BDS": 3}  # elements before the payload


class Plain(msgspec.Struct, omit_defaults=True):
    """Some segments of a transaction, or all of them.

    Args:
        envelope: The transaction; None where the segments go on with the one before.
        place: The place of the first segment in the transaction, ST being 1.
        segments: Without ST and SE, in the delimiters of the file.
    """

    envelope: Transaction | None = None
    place: int = 2
    segments: Sequence[str] = ()


def plain_of(run: Run) -> Plain:
    """Take the segments of a run of a transaction."""
    segments = run.segments()
    inside = segments[int(run.starts) : len(segments) - int(run.ends)]
    envelope = run.transaction if run.starts else None
    return Plain(envelope, run.first + int(run.starts), inside)


def write_plain(plain: Plain, old: Delimiters, w: Writer) -> None:
    """Write the segments in the delimiters of the writer; a payload stays as it is."""
    new = Delimiters(w.e, w.c, w.r, w.t)
    is_same = (new.element, new.component, new.segment) == (
        old.element,
        old.component,
        old.segment,
    ) and new.repetition in (old.repetition, "")
    marks = {old.element: new.element, old.component: new.component}
    if old.repetition and new.repetition:
        marks[old.repetition] = new.repetition
    table = str.maketrans(marks)
    taken = {new.element, new.component, new.repetition, new.segment, "\n"} - marks.keys()
    for raw in plain.segments:
        tag = raw.split(old.element, 1)[0]
        if is_same:
            w.out.append(raw)
        elif tag in _BINARY:
            w.out.append(new.element.join(raw.split(old.element, _BINARY[tag])))
        elif taken & set(raw):
            w.refuse(tag, 0, 0)
        else:
            w.out.append(raw.translate(table))
