"""Envelopes: typed transactions from a file, and a file around typed transactions."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from cleanclaim_x12.findings import Finding
from cleanclaim_x12.syntax import (
    DEFAULT_DELIMITERS,
    DEFAULT_LIMITS,
    Delimiters,
    Limits,
    Run,
    Transaction,
    read_runs,
)
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.reading import machine_for
from cleanclaim_x12.typed.spec import Spec
from cleanclaim_x12.typed.steps import Walk
from cleanclaim_x12.typed.writing import Writer


class UnreadableError(ValueError):
    """The source holds no interchange that could be read."""


class Envelope(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What stands around transactions; every number and the time are handed in.

    Args:
        sender_id: ISA06.
        receiver_id: ISA08.
        date: ISA09 and GS04.
        time: ISA10 and GS05, HHMM.
        interchange_control_number: ISA13.
        group_control_number: GS06 of the first group; further groups count on.
        transaction_control_number: ST02 of the first transaction; further ones count on.
        usage: `P` production, `T` test.
        sender_code: GS02; the sender's identifier if empty.
        receiver_code: GS03; the receiver's identifier if empty.
        is_acknowledgement_requested: ISA14: whether a TA1 is wanted.
        version: GS08 (and ST03), where another than the guide's own is wanted.
    """

    sender_id: str
    receiver_id: str
    date: date
    time: str
    interchange_control_number: int
    group_control_number: int = 1
    transaction_control_number: int = 1
    usage: str = "P"
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    sender_code: str = ""
    receiver_code: str = ""
    is_acknowledgement_requested: bool = False
    version: str = ""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is written.

    Args:
        delimiters: Of the file.
        line_break: Stands after each terminator: nothing, or a line break to be read by people.
        transliterate: Replace what cannot stand in a value, with a warning, instead of refusing.
        is_basic: Allow only the basic character set (upper case).
        claims_per_transaction: Begin a new ST after so many claims; 0 is no limit.
        transactions_per_group: Begin a new GS after so many transactions; 0 is no limit.
    """

    delimiters: Delimiters = DEFAULT_DELIMITERS
    line_break: str = ""
    transliterate: bool = False
    is_basic: bool = False
    claims_per_transaction: int = 5000
    transactions_per_group: int = 0


class Written(msgspec.Struct, frozen=True):
    """A file that was written, or the findings that kept it from being written.

    Args:
        data: The file; empty where a finding has severity `error`.
        findings: What could not be written, or was replaced.
        control_numbers: ST02 of each transaction, in order.
    """

    data: bytes
    findings: tuple[Finding, ...]
    control_numbers: tuple[str, ...]


OPTIONS = Options()
_SLICE = 1 << 7  # so few records that they stay in the processor's cache until they are taken
Body = Callable[[Writer], None]


def read_units(
    source: Source, specs: dict[str, Spec], code: str, limits: Limits = DEFAULT_LIMITS
) -> Iterator[tuple[Any, list[Any], bool]]:
    """Read the transactions of one code, piece by piece, in constant memory.

    Args:
        source: Bytes or a binary file.
        specs: The root loop for each version without its errata; the empty one for all others.
        code: ST01.
        limits: What may be held at once.

    Yields:
        The root of the transaction, the units that are complete, and whether it is at its end.

    Raises:
        UnreadableError: There is no interchange in it.
    """
    return units_of(read_runs(source, limits), specs, code)


def units_of(
    runs: Iterable[Run], specs: dict[str, Spec], code: str
) -> Iterator[tuple[Any, list[Any], bool]]:
    """Do what `read_units` does with runs that were read already (a range of a file)."""

    def begin(transaction: Transaction) -> Walk | None:
        if transaction.code == code:
            for version, spec in specs.items():
                if transaction.version.startswith(version):
                    return machine_for(spec, transaction.delimiters).start()
        return None

    for walk, units, is_end in read_walks(runs, begin):
        yield walk.path[0], units, is_end


def read_walks(
    runs: Iterable[Run], begin: Callable[[Transaction], Walk | None]
) -> Iterator[tuple[Walk, list[Any], bool]]:
    """Drive the transactions that `begin` wants; give the walk, complete units, and the end.

    Raises:
        UnreadableError: There is no interchange in it.
    """
    walk: Walk | None = None
    current: Transaction | None = None
    for run in _readable(runs):
        if run.transaction is not current:
            if walk is not None:  # its SE never came
                yield walk, walk.units, True
            current = run.transaction
            walk = begin(current) if current is not None else None
            if walk is not None:
                walk.path[0].envelope = current
        if walk is None:
            continue
        segments = run.segments()
        for at in range(0, len(segments), _SLICE):
            walk.feed(segments[at : at + _SLICE], run.first + at)
            if len(walk.units) > 1:
                done, walk.units = walk.units[:-1], walk.units[-1:]
                yield walk, done, False
        if run.ends:
            yield walk, walk.units, True
            walk = None
    if walk is not None:
        yield walk, walk.units, True


def _readable(runs: Iterable[Run]) -> Iterator[Run]:
    has_any = False
    for run in runs:
        has_any = has_any or run.interchange is not None
        yield run
    if not has_any:
        raise UnreadableError("no interchange header (ISA) was found")


def write_file(
    envelope: Envelope,
    bodies: Iterable[Body],
    *,
    kind: tuple[str, str, str],
    options: Options = OPTIONS,
    has_version: bool = True,
) -> Written:
    """Write one interchange around transaction bodies.

    Args:
        envelope: Who sends it to whom, when, under which numbers.
        bodies: Each writes the segments between ST and SE of one transaction.
        kind: GS01, ST01 and GS08: `("HC", "837", "005010X222A1")`.
        options: How it is written.
        has_version: ST03 repeats GS08.

    Returns:
        The file, or findings.
    """
    functional_id, code, version = kind
    version = envelope.version or version
    w = Writer(options.delimiters, transliterate=options.transliterate, is_basic=options.is_basic)
    _isa(envelope, w)
    groups: list[int] = []
    controls: list[str] = []
    in_group = 0
    for body in bodies:
        if not groups or in_group == options.transactions_per_group > 0:
            _end_group(w, groups, in_group)
            groups.append(envelope.group_control_number + len(groups))
            _begin_group(w, envelope, functional_id, version, groups[-1])
            in_group = 0
        in_group += 1
        controls.append(f"{envelope.transaction_control_number + len(controls):04}")
        _transaction(w, body, code, controls[-1], version if has_version else "")
    _end_group(w, groups, in_group)
    control = f"{envelope.interchange_control_number:09}"
    w.put(["IEA", str(len(groups)), control])
    return finished(w, options, controls)


def finished(w: Writer, options: Options, controls: list[str]) -> Written:
    """Make the file of what was written, unless something could not be."""
    findings = tuple(w.findings)
    if any(finding.severity == "error" for finding in findings):
        return Written(b"", findings, ())
    return Written(w.take(options.line_break), findings, tuple(controls))


def write_interchange(envelope: Envelope, segments: Body, options: Options = OPTIONS) -> Written:
    """Write an interchange without groups: TA1 segments between ISA and IEA."""
    w = Writer(options.delimiters)
    _isa(envelope, w)
    segments(w)
    w.put(["IEA", "0", f"{envelope.interchange_control_number:09}"])
    return finished(w, options, [])


def _transaction(w: Writer, body: Body, code: str, control: str, version: str) -> None:
    w.control = control
    w.start = w.place
    w.hl_count = 0
    w.put(["ST", code, control, version])
    body(w)
    w.put(["SE", str(w.place - w.start + 1), control])


def _begin_group(w: Writer, envelope: Envelope, code: str, version: str, number: int) -> None:
    w.control, w.start, w.loop = str(number), w.place, ""
    sender = envelope.sender_code or envelope.sender_id
    receiver = envelope.receiver_code or envelope.receiver_id
    day = f"{envelope.date:%Y%m%d}"
    w.put(["GS", code, sender, receiver, day, envelope.time, str(number), "X", version])


def _end_group(w: Writer, groups: list[int], count: int) -> None:
    if groups:
        w.put(["GE", str(count), str(groups[-1])])


def _isa(envelope: Envelope, w: Writer) -> None:
    """Write the ISA; every element has its fixed length."""
    widths = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1)
    elements = [
        *("00", "", "00", "", envelope.sender_qualifier, envelope.sender_id),
        *(envelope.receiver_qualifier, envelope.receiver_id, f"{envelope.date:%y%m%d}"),
        *(envelope.time[:4], w.r or "U", "00501", f"{envelope.interchange_control_number:09}"),
        *(str(int(envelope.is_acknowledgement_requested)), envelope.usage),
    ]
    w.control = elements[12]
    for at, (value, width) in enumerate(zip(elements, widths, strict=True), 1):
        if len(value) > width or (at != 11 and not all(map(w.is_writable, value))):
            w.refuse("ISA", at, 0)
    padded = [f"{value:<{width}}" for value, width in zip(elements, widths, strict=True)]
    w.out.append(w.e.join(["ISA", *padded, w.c]))
