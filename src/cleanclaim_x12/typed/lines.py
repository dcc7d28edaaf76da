"""JSON, one object per line: a head for each transaction, then its claims or the whole of it.

Every line is `{"kind": "837P", "part": "head" | "claim" | "tail", "data": {…}}`. The head carries
the envelopes, so that `write_lines` makes the file again. Transactions without claims are one
`head` line. The tail of an 835 has its PLB, which a stream knows last.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from cleanclaim_x12.syntax import DEFAULT_LIMITS, Limits, Run, Transaction, read_runs
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.adjudication import ProviderAdjustment
from cleanclaim_x12.typed.batches import Levels
from cleanclaim_x12.typed.files import OPTIONS, Options, Written, finished, read_walks
from cleanclaim_x12.typed.parts import Unknown
from cleanclaim_x12.typed.reading import machine_for
from cleanclaim_x12.typed.registry import BY_NAME, KINDS, Kind, kind_of
from cleanclaim_x12.typed.steps import Walk
from cleanclaim_x12.typed.t835 import write_claims
from cleanclaim_x12.typed.writing import Writer, loop_writers


class Tail(msgspec.Struct, omit_defaults=True):
    """What is known of an 835 only at its end."""

    provider_adjustments: Sequence[ProviderAdjustment] = ()
    unknown: Sequence[Unknown] = ()


class Line(msgspec.Struct):
    """One line.

    Args:
        kind: `837P`, `835`, `271` …
        part: `head`, `claim` or `tail`.
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
    """Read all typed transactions of a file as lines, in constant memory.

    Raises:
        UnreadableError: There is no interchange in it.
    """
    return lines_of(read_runs(source, limits))


def lines_of(runs: Iterable[Run]) -> Iterator[Line]:
    """Do what `read_lines` does with runs that were read already."""
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
        yield encode((line,))


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
    schemas, components = msgspec.json.schema_components(models, ref_template="#/$defs/{name}")
    any_of = [
        {
            "type": "object",
            "required": ["kind", "part", "data"],
            "properties": {"kind": {"const": name}, "part": {"const": part}, "data": schema},
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
    file = _File(options)
    head: Line | None = None
    claims: list[Any] = []
    tail: Tail | None = None
    for line in lines:
        if line.part == "head":
            if head is not None:
                file.add(head, claims, tail)
            head, claims, tail = line, [], None
        elif line.part == "claim":
            claims.append(line.data)
        else:
            tail = line.data
    if head is not None:
        file.add(head, claims, tail)
    return file.end()


class _File:
    """A file that is made of transactions with their envelopes."""

    def __init__(self, options: Options | None) -> None:
        self.options = options
        self.w = Writer()
        self.transaction: Transaction | None = None
        self.groups = 0
        self.in_group = 0
        self.controls: list[str] = []

    def add(self, head: Line, claims: list[Any], tail: Tail | None) -> None:
        """Write one transaction and what of the envelopes stands before it."""
        transaction: Transaction = head.data.envelope
        kind = BY_NAME[head.kind]
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
        w.control, w.start, w.hl_count = transaction.control_number, len(w.out), 0
        self._raw(transaction.raw, transaction)
        _write_body(kind, head.data, claims, tail, w)
        w.put(["SE", str(len(w.out) - w.start + 1), transaction.control_number])

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

    def end(self) -> Written:
        """Close what is open and give the file."""
        self._end_group()
        self._end_interchange()
        return finished(self.w, self.options or OPTIONS, self.controls)


def _write_body(kind: Kind, root: Any, claims: list[Any], tail: Tail | None, w: Writer) -> None:
    if not kind.unit:
        loop_writers(kind.spec)[kind.spec.name](root, w)
    elif kind.name == "835":
        if tail is not None:
            adjustments, unknown = tail.provider_adjustments, tail.unknown
            root = msgspec.structs.replace(root, provider_adjustments=adjustments, unknown=unknown)
        write_claims(root, claims or root.claims, w)
    else:
        Levels(kind.spec, w).write(root, claims or root.claims)
