"""What can be wrong with a file: the finding, and the list of all codes.

A finding says where to look and what would be right. It holds no value of the file unless that was
asked for, because a value may identify a person; everything else may be logged.
"""

from functools import cache

import msgspec

from cleanclaim_x12.finding_codes import TABLE

ERROR = "error"
WARNING = "warning"


class Finding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that is wrong with a file.

    Args:
        code: Stable name, for example `X12-EL-REQUIRED`; see `codes`.
        snip: WEDI SNIP type, 1 to 7.
        severity: `error` or `warning`.
        control: Control number of the transaction (ST02), or of the group or interchange.
        loop: The guide's loop, empty in envelopes.
        segment: The segment's name.
        segment_position: Place in the transaction, ST being 1; 0 outside of transactions.
        element: Position of the element, 0 for the segment as a whole.
        component: Position of the component, 0 for the element as a whole.
        offset: Byte offset of the segment in the file.
        line: Line of the file on which the segment begins, from 1.
        expected: What would be right.
        found: What stands there; only where values were asked for.
        source: Where the rule comes from.
        repetition: Which repetition of a repeating element, 0 where it does not repeat.
        ack: The code for TA105, AK905, IK502, IK304 or IK403; see `level`.
        level: What the code belongs to: `interchange`, `group`, `set`, `segment`, `element`, or
            `claim` where only a claim acknowledgement can say it.
        status: Category, status and entity codes for the STC of a claim acknowledgement.
        transaction: Number of the transaction in the file from 1, 0 outside of transactions.
        trigger: What makes it wrong, as the elements of a CTX: `CLM*22**5:3`; `*` and `:` stand
            for element and component separators whatever the file has.
        context: The business unit for a CTX, `CLM01:` and its value; only with values.
    """

    code: str
    snip: int
    severity: str
    control: str = ""
    loop: str = ""
    segment: str = ""
    segment_position: int = 0
    element: int = 0
    component: int = 0
    offset: int = 0
    line: int = 0
    expected: str = ""
    found: str = ""
    source: str = ""
    repetition: int = 0
    ack: str = ""
    level: str = ""
    status: str = ""
    transaction: int = 0
    trigger: str = ""
    context: str = ""


class Code(msgspec.Struct, frozen=True):
    """One kind of finding: what the registry says of its code."""

    name: str
    snip: int
    severity: str
    level: str
    ack: str
    words: str
    source: str
    status: str


class Place(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where a finding stands, before it is looked up what it means."""

    control: str = ""
    loop: str = ""
    segment: str = ""
    segment_position: int = 0
    offset: int = 0
    line: int = 0
    transaction: int = 0
    context: str = ""


class Fault(msgspec.Struct, frozen=True, gc=False):
    """What is wrong inside a segment, without the segment's place.

    Args:
        code: Name of the code.
        element: Position of the element, 0 for the segment.
        component: Position of the component, 0 for the element.
        repetition: From 1, 0 where the element does not repeat.
        expected: What would be right.
        found: The value.
        ack: A code that stands in for the registry's.
        status: An STC that stands in for the registry's.
        trigger: What makes it wrong; see `Finding`.
    """

    code: str
    element: int = 0
    component: int = 0
    repetition: int = 0
    expected: str = ""
    found: str = ""
    ack: str = ""
    status: str = ""
    trigger: str = ""


@cache
def codes() -> dict[str, Code]:
    """Give all codes by name.

    >>> codes()["X12-EL-REQUIRED"].ack
    '1'
    """
    found: dict[str, Code] = {}
    for line in TABLE.strip().splitlines():
        if not line or line.startswith("#"):
            continue
        name, snip, severity, at, words, source, status = (part.strip() for part in line.split("|"))
        level, _, ack = at.partition(":")
        assert name not in found, name  # noqa: S101 - the table lists each code once
        found[name] = Code(name, int(snip), severity, level, ack, words, source, status)
    return found


def finding_at(
    place: Place, fault: Fault, *, values: bool = False, doubtful: bool = False
) -> Finding:
    """Put a fault at its place and look up what it means.

    Args:
        place: Where the segment stands.
        fault: What is wrong with it.
        values: Whether to keep the value that was found.
        doubtful: The guide's table is not certain here: a warning at most.
    """
    code = codes()[fault.code]
    return Finding(
        code=fault.code,
        snip=code.snip,
        severity=WARNING if doubtful else code.severity,
        control=place.control,
        loop=place.loop,
        segment=place.segment,
        segment_position=place.segment_position,
        element=fault.element,
        component=fault.component,
        offset=place.offset,
        line=place.line,
        expected=fault.expected or code.words,
        found=fault.found if values else "",
        source=code.source,
        repetition=fault.repetition,
        ack=fault.ack or code.ack,
        level=code.level,
        status=fault.status or code.status,
        transaction=place.transaction,
        trigger=fault.trigger,
        context=place.context if values else "",
    )
