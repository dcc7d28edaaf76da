"""One walk through a file: envelopes, transactions, and findings at their places."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from cleanclaim_x12.findings import Fault, Finding, Place, finding_at
from cleanclaim_x12.guides import Guide
from cleanclaim_x12.open_set import OpenSet, find_guide, starts_of, without_data
from cleanclaim_x12.outline import GroupOutline, InterchangeOutline, SetOutline
from cleanclaim_x12.snip import envelope
from cleanclaim_x12.snip.claim_view import Claim
from cleanclaim_x12.snip.codes import CodeTable
from cleanclaim_x12.snip.partner import Partner
from cleanclaim_x12.syntax import (
    DEFAULT_DELIMITERS,
    DEFAULT_LIMITS,
    Delimiters,
    Group,
    Interchange,
    Kind,
    Limits,
    Problem,
    Run,
    Transaction,
    read_runs,
)
from cleanclaim_x12.syntax.reader import Source

_PROBLEMS = {
    Problem.NO_INTERCHANGE: "X12-JUNK",
    Problem.BAD_INTERCHANGE: "X12-ISA-BAD",
    Problem.SEGMENT_TOO_LONG: "X12-SEGMENT-LONG",
    Problem.BINARY_TOO_LONG: "X12-BINARY",
    Problem.BINARY_LENGTH: "X12-BINARY",
}


class Options(NamedTuple):
    """How to check.

    Args:
        snip: The highest SNIP type, 1 to 7; the lower ones are always checked.
        partner: A trading partner's overlay, for type 7.
        codes: The application's code tables, for type 5.
        values: Whether findings hold the values that they found.
        limits: What the reader may hold at once.
    """

    snip: int = 7
    partner: Partner | None = None
    codes: CodeTable | None = None
    values: bool = False
    limits: Limits = DEFAULT_LIMITS


class Checker:
    """One walk through a file; `outline` is kept only where an acknowledgement is to be made."""

    def __init__(self, source: Source, options: Options, *, keep: bool = False) -> None:
        self.options = options
        self.runs = read_runs(source, options.limits)
        self.keep = keep
        self.outline: list[InterchangeOutline] = []
        self.out: list[Finding] = []
        self.line = 1
        self.interchange: Interchange | None = None
        self.group: Group | None = None
        self.interchanges = self.group_count = self.sets = 0
        self.controls: set[tuple[str, ...]] = set()
        self.group_controls: set[str] = set()
        self.anything = self.stray_sets = False
        self.set_controls: set[str] = set()
        self.current: OpenSet | None = None
        self.on_claim: Callable[[Transaction, Claim], None] | None = None

    def findings(self) -> Iterator[Finding]:
        """Walk the file."""
        empty = True
        for run in self.runs:
            empty = empty and run.kind == Kind.GAP
            self._run(run)
            if self.out:
                yield from self.out
                self.out = []
            self.line += run.text.count("\n")
        if empty:
            self._note(Place(line=1), Fault("X12-JUNK", expected="an interchange"))
        self._end_interchange(None)
        yield from self.out
        self.out = []

    # -- runs -----------------------------------------------------------------------------------

    def _run(self, run: Run) -> None:
        if run.kind == Kind.ST:
            self._transaction(run)
        elif run.kind == Kind.ISA:
            self._end_interchange(run)
            self._begin_interchange(run)
        elif run.kind == Kind.GS:
            self._end_group(run)
            self._begin_group(run)
        elif run.kind == Kind.GE:
            self._ge(run)
        elif run.kind == Kind.IEA:
            self._iea(run)
        elif run.kind == Kind.LOOSE:
            self._loose(run)
        elif run.kind == Kind.JUNK:
            self._junk(run)

    def _junk(self, run: Run) -> None:
        """Note what cannot be read, in the transaction that it stands in."""
        place = self._place(run, 0, "", "")
        if (current := self.current) is not None:
            head = current.head
            current.position += 1
            tag = run.text[:40].strip().split(head.delimiters.element, 1)[0][:3]
            place = self._place(run, 0, tag, head.control_number, current.position, head.number)
        self._note(place, Fault(_PROBLEMS[run.problem or Problem.NO_INTERCHANGE]))

    def _begin_interchange(self, run: Run) -> None:
        head = self.interchange = run.interchange
        assert head is not None  # noqa: S101 - an ISA run has its interchange
        self.interchanges += 1
        self.group_controls = set()
        self.group_count = 0
        self.anything = self.stray_sets = False
        if self.keep:
            self.outline.append(InterchangeOutline(head=head))
        place = self._place(run, 0, "ISA", head.control_number)
        for fault in envelope.isa_faults(head):
            self._note(place, fault)
        name = (head.sender_qualifier, head.sender_id, head.receiver_id, head.control_number)
        if name in self.controls:
            self._note(place, Fault("X12-ISA-DUPLICATE", 13))
        self.controls.add(name)

    def _end_interchange(self, run: Run | None, *, with_trailer: bool = False) -> None:
        self._end_group(run)
        head, self.interchange = self.interchange, None
        if head is not None and not with_trailer:
            place = self._place(run, 0, "IEA", head.control_number)
            self._note(place, Fault("X12-IEA-MISSING"))

    def _begin_group(self, run: Run) -> None:
        head = self.group = run.group
        assert head is not None  # noqa: S101 - a GS run has its group
        self.group_count += 1
        self.anything = True
        self.sets = 0
        self.set_controls = set()
        if self.keep and self.outline:
            self.outline[-1].groups.append(GroupOutline(head=head))
        place = self._place(run, 0, "GS", head.control_number)
        for fault in envelope.gs_faults(head):
            self._note(place, fault)
        if head.control_number in self.group_controls:
            self._note(place, Fault("X12-GS-DUPLICATE", 6))
        self.group_controls.add(head.control_number)

    def _end_group(self, run: Run | None, *, with_trailer: bool = False) -> None:
        self._end_set(run)
        head, self.group = self.group, None
        if head is not None and not with_trailer:
            place = self._place(run, 0, "GE", head.control_number)
            self._note(place, Fault("X12-GE-MISSING"))

    def _ge(self, run: Run) -> None:
        self._end_set(run)
        head = self.group
        segment = self._only(run)
        if head is None:
            self._note(self._place(run, 0, "GE", ""), Fault("X12-LOOSE"))
            return
        place = self._place(run, 0, "GE", head.control_number)
        if self.keep:
            parts = segment.split(self._delimiters(run).element)
            self.outline[-1].groups[-1].included = parts[1] if len(parts) > 1 else ""
        control = head.control_number
        for fault in envelope.trailer_faults(
            "GE", segment, self._delimiters(run), self.sets, control
        ):
            self._note(place, fault)
        if not self.sets:
            self._note(place, Fault("X12-GS-EMPTY"))
        self._end_group(run, with_trailer=True)

    def _iea(self, run: Run) -> None:
        self._end_group(run)
        head = self.interchange
        segment = self._only(run)
        if head is None:
            self._note(self._place(run, 0, "IEA", ""), Fault("X12-JUNK"))
            return
        place = self._place(run, 0, "IEA", head.control_number)
        for fault in envelope.trailer_faults(
            "IEA", segment, self._delimiters(run), self.group_count, head.control_number
        ):
            self._note(place, fault)
        if not self.anything:
            self._note(place, Fault("X12-ISA-EMPTY"))
        self._end_interchange(run, with_trailer=True)

    def _loose(self, run: Run) -> None:
        self._end_set(run)
        delimiters = self._delimiters(run)
        control = self.interchange.control_number if self.interchange else ""
        for index, segment in enumerate(run.segments()):
            tag = segment.split(delimiters.element, 1)[0]
            place = self._place(run, index, tag, control)
            if tag == "TA1" and self.group is None:
                self.anything = True
                for fault in envelope.ta1_faults(segment, delimiters):
                    self._note(place, fault)
            else:
                self._note(place, Fault("X12-SE-STRAY" if tag == "SE" else "X12-LOOSE"))

    # -- transactions ---------------------------------------------------------------------------

    def _transaction(self, run: Run) -> None:
        head = run.transaction
        assert head is not None  # noqa: S101 - an ST run has its transaction
        segments = run.segments()
        if run.starts:
            self._end_set(run)
            self._begin_set(run, head, segments)
        current = self.current
        if current is None:
            return
        body = segments[int(run.starts) : len(segments) - int(run.ends)]
        first = run.first + int(run.starts)
        current.position = run.first + len(segments) - 1
        if current.walk is not None and not run.is_binary:
            current.feed(body, first)
        elif current.walk is not None:
            current.walk.feed([without_data(body[0], head)], first)
        if run.ends:
            self._se(run, current, segments)
        else:
            self._report(run, current)
            if current.walk is not None:
                current.anchor(starts_of(run, self.line), run.first)

    def _begin_set(self, run: Run, head: Transaction, segments: list[str]) -> None:
        self.sets += 1
        self.anything = True
        guide = find_guide(head, segments)
        place = self._place(run, 0, "ST", head.control_number, position=1, number=head.number)
        if self.keep:
            self._keep_set(head, known=guide is not None)
        if head.group is None and not self.stray_sets:
            self.stray_sets = True
            self._note(place, Fault("X12-GS-MISSING"))
        for fault in envelope.st_faults(head, guide):
            self._note(place, fault)
        if head.control_number in self.set_controls:
            self._note(place, Fault("X12-ST-DUPLICATE", 2))
        self.set_controls.add(head.control_number)
        self.current = OpenSet(
            head, guide, self.options.snip, self.options.codes, self.options.partner
        )
        if self.on_claim is not None and self.current.rules is not None:
            self.current.rules.watch_claims(partial(self.on_claim, head))
        if guide is None:
            self._note(
                place, Fault("X12-GUIDE-UNKNOWN", 1, 0, 0, "", f"{head.code} {head.version}")
            )

    def _keep_set(self, head: Transaction, *, known: bool) -> None:
        interchange = self.outline[-1]
        stand_in = bool(interchange.groups) and not interchange.groups[-1].head.raw
        if self.group is None and not stand_in:  # no GS, but the set needs a place
            blank = Group("", ("",) * 9, head.offset)
            interchange.groups.append(GroupOutline(head=blank))
        version = [*head.raw.split(head.delimiters.element), "", "", ""][3]
        interchange.groups[-1].sets.append(
            SetOutline(
                code=head.code,
                control=head.control_number,
                version=version,
                number=head.number,
                known=known,
            )
        )

    def _se(self, run: Run, current: OpenSet, segments: list[str]) -> None:
        if current.walk is not None:
            current.walk.finish(current.position)
            current.finish()
        self._report(run, current)
        head = current.head
        place = self._place(
            run, len(segments) - 1, "SE", head.control_number, current.position, head.number
        )
        for fault in envelope.trailer_faults(
            "SE", segments[-1], head.delimiters, current.position, head.control_number
        ):
            self._note(place, fault)
        self.current = None

    def _end_set(self, run: Run | None) -> None:
        """Close a transaction that never met its SE."""
        current = self.current
        if current is None:
            return
        if current.walk is not None:
            current.walk.finish(current.position + 1)
            current.finish()
        self._report(run, current)
        head = current.head
        position = current.position + 1
        place = self._place(run, 0, "SE", head.control_number, position, head.number)
        self._note(place, Fault("X12-SE-MISSING"))
        self.current = None

    def _report(self, run: Run | None, current: OpenSet) -> None:
        """Turn what the walk and the rules noted into findings, in the order of places."""
        walk = current.walk
        if walk is None or not (walk.noted or current.rows):
            return
        if current.rules is not None:
            current.rules.take(current.rows, walk.noted)
            current.rows.clear()
        if not walk.noted:
            return
        places = current.places(run, self.line)
        for position, loop, tag, fault, context in sorted(
            walk.noted, key=lambda noted: noted.position
        ):
            here = places(position)
            place = Place(
                control=current.head.control_number,
                loop="" if tag in ("ST", "SE") else loop,
                segment=tag,
                segment_position=position,
                offset=here[0],
                line=here[1],
                transaction=current.head.number,
                context=context,
            )
            self._note(place, fault, current.guide)
        walk.noted.clear()

    # -- findings -------------------------------------------------------------------------------

    def _note(self, place: Place, fault: Fault, guide: Guide | None = None) -> None:
        finding = finding_at(place, fault, values=self.options.values)
        if guide is not None and guide.doubts:
            doubtful = "all" in guide.doubts or fault.code.endswith("-REPEAT")
            if doubtful and finding.snip == 2:
                finding = finding_at(place, fault, values=self.options.values, doubtful=True)
        if finding.snip > self.options.snip:
            return
        self.out.append(finding)
        if self.keep and self.outline:
            self._keep(finding)

    def _keep(self, finding: Finding) -> None:
        interchange = self.outline[-1]
        groups = interchange.groups
        if finding.transaction and groups and groups[-1].sets and finding.level != "interchange":
            groups[-1].sets[-1].findings.append(finding)
        elif finding.level == "group" and groups:
            groups[-1].findings.append(finding)
        else:
            interchange.findings.append(finding)

    def _place(
        self,
        run: Run | None,
        index: int,
        segment: str,
        control: str,
        position: int = 0,
        number: int = 0,
    ) -> Place:
        offset, line = run.offset if run is not None else 0, self.line
        if run is not None and run.interchange is not None:
            offset = run.offset_of(index)
            line += run.text.count("\n", 0, offset - run.offset)
        return Place(
            control=control,
            segment=segment,
            segment_position=position,
            offset=offset,
            line=line,
            transaction=number,
        )

    @staticmethod
    def _only(run: Run) -> str:
        return next(iter(run.segments()), "")

    @staticmethod
    def _delimiters(run: Run) -> Delimiters:
        return run.interchange.delimiters if run.interchange else DEFAULT_DELIMITERS
