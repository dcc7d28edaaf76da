"""JSON, one object per line: a head for each transaction, then its claims or the whole of it.

Every line is `{"kind": "837P", "part": "head" | "claim" | "tail", "data": {…}}`. The head carries
the envelopes, so that `write_lines` makes the file again. Transactions without claims are one
`head` line. The tail of an 835 has its PLB, which a stream knows last. A transaction without a
model (275, 834, 820, 997, versions that are not known) is one `plain` line or more: its segments.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any

import msgspec

from cleanclaim_x12.syntax import DEFAULT_LIMITS, Limits, Run, Transaction, read_runs
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.adjudication import ProviderAdjustment
from cleanclaim_x12.typed.batches import Levels
from cleanclaim_x12.typed.files import OPTIONS, Options, Written, finished, read_walks
from cleanclaim_x12.typed.parts import Unknown
from cleanclaim_x12.typed.plain import Plain, plain_of, write_plain
from cleanclaim_x12.typed.reading import machine_for
from cleanclaim_x12.typed.registry import BY_NAME, KINDS, Kind, kind_of
from cleanclaim_x12.typed.steps import Walk
from cleanclaim_x12.typed.t835 import write_claims
from cleanclaim_x12.typed.writing import Writer, loop_writers

_HELD = 1 << 12  # segments that are written before they are handed out


class Tail(msgspec.Struct, omit_defaults=True):
    """What is known of an 835 only at its end."""

    provider_adjustments: Sequence[ProviderAdjustment] = ()
    unknown: Sequence[Unknown] = ()


class Line(msgspec.Struct):
    """One line.

    Args:
        kind: `837P`, `835`, `271` …
        part: `head`, `claim`, `tail` or `plain`.
        data: The record.
    """

    kind: str
    part: str
    data: Any


class _RawLine(msgspec.Struct):
    kind: str
    part: str
    data: msgspec.Raw


def read_lines(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[Line]:
    """Read all transactions of a file as lines, in constant memory.

    Raises:
        UnreadableError: There is no interchange in it.
    """
    return lines_of(read_runs(source, limits))


def lines_of(runs: Iterable[Run]) -> Iterator[Line]:
    """Do what `read_lines` does with runs that were read already."""
    anything = False
    for is_plain, group in groupby(runs, _has_no_model):
        anything = True
        if not is_plain:
            yield from _typed_lines(group)
            continue
        for run in group:
            if run.transaction is not None:
                yield Line(run.transaction.code, "plain", plain_of(run))
    if not anything:
        yield from _typed_lines(())  # refuses, as it does what holds no interchange


def _has_no_model(run: Run) -> bool:
    return run.transaction is not None and kind_of(run.transaction) is None


def _typed_lines(runs: Iterable[Run]) -> Iterator[Line]:
    head: Any = None
    name = ""
    for walk, units, is_end in read_walks(runs, _begin):
        root = walk.path[0]
        if root is not head and (units or is_end):
            head, name = root, walk.name
            has_units = bool(BY_NAME[name].unit)
            if has_units:
                plb = getattr(root, "provider_adjustments", None)
                if plb:
                    root.provider_adjustments = ()
                yield Line(name, "head", root)
                if plb:
                    root.provider_adjustments = plb
        for unit in units:
            _unlink(unit, name)
            yield Line(name, "claim", unit)
        if not is_end:
            continue
        if not BY_NAME[name].unit:
            yield Line(name, "head", root)
        elif name == "835":
            yield Line(name, "tail", Tail(root.provider_adjustments, root.unknown))


def _unlink(unit: Any, name: str) -> None:
    """Take off the way up to the head, which stands in its own line."""
    if name == "835":
        unit.remittance = None
    else:
        unit.batch = None


def _begin(transaction: Transaction) -> Walk | None:
    kind = kind_of(transaction)
    if kind is None:
        return None
    walk = machine_for(kind.spec, transaction.delimiters).start()
    walk.name = kind.name
    return walk


def encode_lines(lines: Iterable[Line]) -> Iterator[bytes]:
    """Give each line as JSON with its line break."""
    encode = msgspec.json.Encoder().encode_lines
    for line in lines:
        yield encode([line])  # of a tuple msgspec would keep a reference each time


def decode_lines(texts: Iterable[bytes | str]) -> Iterator[Line]:
    """Understand lines of JSON; empty ones are passed over.

    Raises:
        msgspec.ValidationError: A line is not what the schema wants.
        msgspec.DecodeError: A line is no JSON.
    """
    outer = msgspec.json.Decoder(_RawLine)
    decoders: dict[tuple[str, str], msgspec.json.Decoder[Any]] = {}
    for text in texts:
        if not text.strip():
            continue
        raw = outer.decode(text)
        key = (raw.kind, raw.part)
        if key not in decoders:
            model = _model_of(raw.kind, raw.part)
            if model is None:
                raise msgspec.ValidationError(f"no such kind and part: {key}")
            decoders[key] = msgspec.json.Decoder(model)
        yield Line(raw.kind, raw.part, decoders[key].decode(raw.data))


def _model_of(name: str, part: str) -> Any:
    if part == "plain":
        return Plain
    kind = BY_NAME.get(name)
    if kind is None:
        return None
    if part == "tail":
        return Tail if name == "835" else None
    return {"head": kind.root, "claim": kind.unit_model}.get(part)


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of a line."""
    variants, models = [], []
    for kind in KINDS:
        for part in ("head", "claim", "tail"):
            model = _model_of(kind.name, part)
            if model is not None:
                variants.append((kind.name, part, model))
                models.append(model)
    variants.append(("", "plain", Plain))
    models.append(Plain)
    schemas, components = msgspec.json.schema_components(models, ref_template="#/$defs/{name}")
    any_of = [
        {
            "type": "object",
            "required": ["kind", "part", "data"],
            "properties": {
                "kind": {"const": name} if name else {"type": "string"},
                "part": {"const": part},
                "data": schema,
            },
        }
        for (name, part, _), schema in zip(variants, schemas, strict=True)
    ]
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "title": "A line of x12 json", "anyOf": any_of, "$defs": components}


def write_lines(lines: Iterable[Line], options: Options | None = None) -> Written:
    """Write lines as the file that they came from: envelopes and numbers as the heads have them.

    Args:
        lines: In order; every claim behind its head.
        options: Delimiters and more; those of the first head if nothing is given.

    Returns:
        The file, or findings.
    """
    pieces: list[bytes] = []
    written = write_pieces(lines, pieces.append, options)
    is_whole = bool(written.control_numbers)
    return msgspec.structs.replace(written, data=b"".join(pieces) if is_whole else b"")


def write_pieces(
    lines: Iterable[Line], put: Callable[[bytes], object], options: Options | None = None
) -> Written:
    """Do what `write_lines` does in constant memory.

    Args:
        lines: In order; every claim behind its head.
        put: Takes the file piece by piece; it counts only if there are control numbers at the end.
        options: Delimiters and more; those of the first head if nothing is given.

    Returns:
        Findings and control numbers, without the file.
    """
    file = _File(put, options)
    left = _Left(iter(lines), file)
    for _ in left.claims():  # claims of no head
        pass
    while left.head is not None:
        file.add(left.head, left)
    return file.end()


class _Left:
    """The lines that are left; stands before a head or between the claims of one."""

    def __init__(self, lines: Iterator[Line], file: "_File") -> None:
        self.lines = lines
        self.file = file
        self.head: Line | None = None
        self.root: Any = None
        self.tail: Tail | None = None  # where it comes before any claim was asked for
        self.late: Sequence[Unknown] = ()  # what stood behind the claims, and is not understood

    def begin(self, root: Any, first: Any) -> Any:
        """Give a root that takes what the tail says; hold back what stands behind its claims."""
        at = first.place if first is not None else 0
        early = [each for each in root.unknown if not at or each.place < at]
        self.late = root.unknown[len(early) :]
        self.root = msgspec.structs.replace(root, unknown=early)
        if self.tail is not None:
            self._end(self.tail)
        return self.root

    def _end(self, tail: Tail) -> None:
        self.root.provider_adjustments = tail.provider_adjustments
        self.late = tail.unknown[len(self.root.unknown) :]

    def claims(self) -> Iterator[Any]:
        """Give the claims up to the next head."""
        self.head = self.root = self.tail = None
        self.late = ()
        for line in self.lines:
            if line.part == "head" or (line.part == "plain" and line.data.envelope):
                self.head = line
                return
            if line.part in ("claim", "plain"):
                yield line.data
                self.file.hand_out(_HELD)
            elif self.root is not None:
                self._end(line.data)
            else:
                self.tail = line.data


class _File:
    """A file that is made of transactions with their envelopes."""

    def __init__(self, put: Callable[[bytes], object], options: Options | None) -> None:
        self.put = put
        self.options = options
        self.w = Writer()
        self.transaction: Transaction | None = None
        self.groups = 0
        self.in_group = 0
        self.controls: list[str] = []

    def add(self, head: Line, left: _Left) -> None:
        """Write one transaction and what of the envelopes stands before it."""
        transaction: Transaction = head.data.envelope
        before = self.transaction
        if before is None:
            given = self.options or msgspec.structs.replace(
                OPTIONS, delimiters=transaction.delimiters
            )
            self.options = given
            self.w = Writer(
                given.delimiters, transliterate=given.transliterate, is_basic=given.is_basic
            )
        if before is None or before.interchange != transaction.interchange:
            self._end_group()
            self._end_interchange()
            self._raw(transaction.interchange.raw, transaction, is_isa=True)
        if before is None or before.group != transaction.group:
            self._end_group()
            if transaction.group is not None:
                self._raw(transaction.group.raw, transaction)
                self.groups += 1
        self.transaction = transaction
        self.in_group += 1
        self.controls.append(transaction.control_number)
        w = self.w
        w.control, w.start, w.hl_count = transaction.control_number, w.place, 0
        self._raw(transaction.raw, transaction)
        if head.part == "plain":
            for piece in chain([head.data], left.claims()):
                write_plain(piece, transaction.delimiters, w)
        else:
            _write_body(BY_NAME[head.kind], head.data, left, w)
        w.put(["SE", str(w.place - w.start + 1), transaction.control_number])

    def _raw(self, raw: str, transaction: Transaction, *, is_isa: bool = False) -> None:
        """Write an envelope segment in the delimiters of this file."""
        w = self.w
        elements = raw.split(transaction.delimiters.element)
        if is_isa:
            elements[11] = w.r or elements[11]
            elements[16] = w.c
            w.out.append(w.e.join(elements))
        else:
            w.put([*elements])

    def _end_group(self) -> None:
        if self.transaction is not None and self.in_group and self.transaction.group is not None:
            self.w.put(["GE", str(self.in_group), self.transaction.group.control_number])
        self.in_group = 0

    def _end_interchange(self) -> None:
        if self.transaction is not None:
            control = self.transaction.interchange.control_number
            self.w.put(["IEA", str(self.groups), control])
        self.groups = 0

    def hand_out(self, held: int) -> None:
        """Hand out what was written, if that is more than may be held."""
        if len(self.w.out) > held:
            self.put(self.w.take((self.options or OPTIONS).line_break))

    def end(self) -> Written:
        """Close what is open and say what was found."""
        self._end_group()
        self._end_interchange()
        self.hand_out(0)
        return finished(self.w, self.options or OPTIONS, self.controls)


def _write_body(kind: Kind, root: Any, left: _Left, w: Writer) -> None:
    """Write what stands between ST and SE, and come to the next head."""
    claims = left.claims()
    if not kind.unit:
        loop_writers(kind.spec)[kind.spec.name](root, w)
    else:
        first = next(claims, None)
        own = root.claims if first is None else chain([first], claims)
        if kind.name == "835":
            write_claims(left.begin(root, first), own, w)
            for segment in left.late:
                w.kept(segment)
        else:
            Levels(kind.spec, w).write(root, own)
    for _ in claims:  # what no transaction of this kind has
        pass
