"""TA1: what a receiver says about an interchange."""

from collections.abc import Iterable, Iterator

import msgspec

from cleanclaim_x12.syntax import DEFAULT_LIMITS, Interchange, Kind, Limits, read_runs
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.files import OPTIONS, Envelope, Options, Written, write_interchange
from cleanclaim_x12.typed.writing import Writer


class InterchangeAcknowledgement(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One TA1.

    Args:
        envelope: The interchange that brought it.
        control_number: ISA13 of the interchange that it answers.
        interchange_date: ISA09 of that interchange, YYMMDD as it stood.
        interchange_time: ISA10 of that interchange.
        status: `A` accepted, `E` accepted with errors, `R` rejected.
        note: TA105, `000` for no error.
        place: Counts the segments of the interchange, ISA being 1.
    """

    envelope: Interchange | None = None
    control_number: str = ""
    interchange_date: str = ""
    interchange_time: str = ""
    status: str = ""
    note: str = ""
    place: int = 0


def read_ta1(
    source: Source, limits: Limits = DEFAULT_LIMITS
) -> Iterator[InterchangeAcknowledgement]:
    """Read the TA1s of a file; those that are cut short have empty fields."""
    place = 0
    for run in read_runs(source, limits):
        segments = run.segments()
        place = 0 if run.kind is Kind.ISA else place
        if run.kind is Kind.LOOSE and run.interchange is not None:
            element = run.interchange.delimiters.element
            for at, raw in enumerate(segments, place + 1):
                parts = [*raw.split(element), "", "", "", "", ""]
                if parts[0] == "TA1":
                    yield InterchangeAcknowledgement(
                        envelope=run.interchange,
                        control_number=parts[1],
                        interchange_date=parts[2],
                        interchange_time=parts[3],
                        status=parts[4],
                        note=parts[5],
                        place=at,
                    )
        place += len(segments)


def write_ta1(
    acknowledgements: Iterable[InterchangeAcknowledgement],
    envelope: Envelope,
    options: Options = OPTIONS,
) -> Written:
    """Write TA1s into an interchange without groups."""

    def body(w: Writer) -> None:
        for each in acknowledgements:
            when = [each.interchange_date, each.interchange_time]
            w.put(["TA1", each.control_number, *when, each.status, each.note])

    return write_interchange(envelope, body, options)
