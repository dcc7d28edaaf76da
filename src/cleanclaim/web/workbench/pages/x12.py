"""Records of the X12 view: one segment per row, every element explained."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRow:
    """One element or component.

    Args:
        ref: "SV101-2".
        value: As it stands in the file; a masked element reads "hidden".
        words: Name, and the meaning of a coded value: "Unit: units".
    """

    ref: str
    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRow:
    """One segment, or the place where one is missing.

    Args:
        number: Ordinal in the file, from 1; it also names the anchor.
        tag: "SV1".
        rest: All after the tag, terminator included: "*HC:J3301*48*UN*4***1~".
        name: What the segment is: "Professional service".
        meaning: The shortest useful words for this one: "48.00", "Service date".
        where: Loop in words: "line 3"; or empty.
        elements: Every element that is present, in order.
        is_absent: Required by the guide and not in the file; drawn red, explains nothing.
        href: This page with this segment chosen, for readers without script.
        note: A warning about the segment, or empty.
    """

    number: int
    tag: str
    rest: str
    name: str
    meaning: str
    where: str = ""
    elements: tuple[ElementRow, ...] = ()
    is_absent: bool = False
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRun:
    """Segments that stand together, folded when they do not matter here.

    Args:
        words: "Line 1, 3 segments"; empty for a run that is always open.
        segments: In file order.
    """

    segments: tuple[SegmentRow, ...]
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class X12View:
    """A transaction, or a part of it, for reading.

    Args:
        words: "837P as sent, version 1".
        runs: The segments, in file order, in runs.
        chosen: Number of the segment explained at first; 0 for none.
        raw_href: The bytes themselves; empty where the reader may not have them.
        documents: Other transactions of this claim (837P versions, 999, 277CA, 835).
    """

    words: str
    runs: tuple[SegmentRun, ...]
    chosen: int = 0
    raw_href: str = ""
    documents: tuple["X12Document", ...] = ()

    @property
    def segments(self) -> tuple[SegmentRow, ...]:
        """All segments of all runs, in file order."""
        return tuple(segment for run in self.runs for segment in run.segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class X12Document:
    """Another transaction that can be read here: its words, its address, whether it is shown."""

    words: str
    href: str
    is_current: bool = False
