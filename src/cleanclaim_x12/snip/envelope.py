"""SNIP 1, envelopes: ISA to IEA, GS to GE, ST and SE, their counts and control numbers."""

import re
from collections.abc import Iterator

from cleanclaim_x12.findings import Fault
from cleanclaim_x12.grammar.shapes import DATE, SHORT_DATE, TIME
from cleanclaim_x12.guides import GROUP_OF, Guide
from cleanclaim_x12.syntax import Delimiters, Group, Interchange, Transaction

_IDS = "01|14|20|27|28|29|30|33|ZZ"
# ISA01 to ISA16: length, what it looks like, the TA1 code that names it, words
_ISA = tuple(
    (length, re.compile(shape), ack, words)
    for length, shape, ack, words in (
        (2, "00|01|02|03|04|05|06|08", "010", "00 or 03"),
        (10, "[ -~]*", "011", "10 characters"),
        (2, "00|01", "012", "00 or 01"),
        (10, "[ -~]*", "013", "10 characters"),
        (2, _IDS, "005", _IDS),
        (15, r"[!-~][ -~]*", "006", "an identifier, padded to 15"),
        (2, _IDS, "007", _IDS),
        (15, r"[!-~][ -~]*", "008", "an identifier, padded to 15"),
        (6, SHORT_DATE, "014", "a date YYMMDD"),
        (4, "(?:[01][0-9]|2[0-3])[0-5][0-9]", "015", "a time HHMM"),
        (1, "[^ A-TV-Za-z0-9]", "016", "a repetition separator"),
        (5, "00(?:[23]0[0-7]|40[0-6]|50[0-5]|60[0-5]|70[0-6]|80[0-6])", "017", "00501"),
        (9, "(?!0{9})[0-9]{9}", "018", "9 digits, not all zero"),
        (1, "[01]", "019", "0 or 1"),
        (1, "[PT]", "020", "P or T"),
        (1, "[^ A-Za-z0-9]", "027", "a component separator"),
    )
)
# GS01 to GS08: what it looks like, the code of the finding, words
_GS = tuple(
    (re.compile(shape), code, words)
    for shape, code, words in (
        ("[A-Z]{2}", "X12-GS-ID", "two letters"),
        ("[!-~](?:[ -~]{0,13}[!-~])", "X12-GS-ELEMENT", "2 to 15 characters"),
        ("[!-~](?:[ -~]{0,13}[!-~])", "X12-GS-ELEMENT", "2 to 15 characters"),
        (DATE, "X12-GS-ELEMENT", "a date CCYYMMDD"),
        (TIME, "X12-GS-ELEMENT", "a time HHMM"),
        ("(?!0+$)[0-9]{1,9}", "X12-GS-CONTROL", "1 to 9 digits, positive"),
        ("X", "X12-GS-VERSION", "X"),
        ("[0-9]{6}[!-~]{0,6}", "X12-GS-VERSION", "a version of 6 to 12 characters"),
    )
)
_COUNT = re.compile("[0-9]{1,10}")
_CONTROL = re.compile("[!-~][ -~]{2,7}[!-~]")
_TA1 = ("[0-9]{9}", SHORT_DATE, "(?:[01][0-9]|2[0-3])[0-5][0-9]", "[AER]", "0[0-2][0-9]|03[01]")


_OLDER_CODES = (5, 7, 15)  # whose lists were longer before 005010


def is_isa_value(element: int, value: str) -> bool:
    """Say whether an ISA element has its length and shape."""
    length, shape, _, _ = _ISA[element - 1]
    return len(value) == length and shape.fullmatch(value) is not None


def isa_faults(interchange: Interchange) -> Iterator[Fault]:
    """Check the sixteen elements and the delimiters."""
    parts = (interchange.raw.split(interchange.delimiters.element)[1:] + [""] * 16)[:16]
    for at, (value, (length, shape, ack, words)) in enumerate(zip(parts, _ISA, strict=True), 1):
        if at == 11 and value == "U":
            if parts[11] > "00401":
                yield Fault("X12-ISA-REPETITION", 11, found=value)
        elif at == 16:
            if not shape.fullmatch(value.strip(" ")):
                yield Fault("X12-ISA-ELEMENT", 16, 0, 0, words, value, "027")
        elif len(value) != length:
            yield Fault("X12-ISA-ELEMENT", at, 0, 0, f"{length} characters", value, ack)
        elif not shape.fullmatch(value) and not (at in _OLDER_CODES and parts[11] < "00500"):
            yield Fault("X12-ISA-ELEMENT", at, 0, 0, words, value, ack)
    yield from _delimiter_faults(interchange.delimiters)


def _delimiter_faults(delimiters: Delimiters) -> Iterator[Fault]:
    marks = (
        (0, delimiters.element, "026"),
        (16, delimiters.component, "027"),
        (11, delimiters.repetition, "016"),
        (0, delimiters.segment, "004"),
    )
    seen: set[str] = set()
    for element, mark, ack in marks:
        if mark and (mark in seen or mark.isalnum() or mark == " "):
            yield Fault("X12-ISA-DELIMITER", element, 0, 0, "", mark, ack)
        seen.add(mark)


def gs_faults(group: Group) -> Iterator[Fault]:
    """Check the elements of GS."""
    for at, (shape, code, words) in enumerate(_GS, 1):
        value = group.elements[at] if at < len(group.elements) else ""
        if not shape.fullmatch(value):
            yield Fault(code, at, 0, 0, words, value)
    if group.functional_id.isalpha() and group.functional_id not in _group_ids():
        yield Fault("X12-GS-ID", 1, 0, 0, "", group.functional_id)
    if len(group.elements) > 9:
        yield Fault("X12-GS-ELEMENT", 9, 0, 0, "eight elements", group.elements[9])


def _group_ids() -> set[str]:
    return {*GROUP_OF.values(), "AG", "GE", "IN", "PO", "PR", "SC", "SH", "TX"}


def st_faults(transaction: Transaction, guide: Guide | None) -> Iterator[Fault]:
    """Check ST against its group."""
    parts = [*transaction.raw.split(transaction.delimiters.element), "", "", ""]
    group = transaction.group
    if not re.fullmatch("[0-9]{3}", transaction.code):
        yield Fault("X12-ST-ELEMENT", 1, 0, 0, "", transaction.code)
    elif group is not None:
        home = GROUP_OF.get(transaction.code)
        if home is not None and home != group.functional_id:
            words = f"a transaction of {group.functional_id}"
            yield Fault("X12-ST-CODE", 1, 0, 0, words, transaction.code)
    if not _CONTROL.fullmatch(transaction.control_number):
        yield Fault("X12-ST-CONTROL", 2, 0, 0, "", transaction.control_number)
    version = parts[3]
    asks_version = guide is not None and guide.name != "997"
    if guide is not None and not guide.version_in_st:
        if version:
            yield Fault("X12-ST-VERSION-USED", 3, 0, 0, "", version)
        if version and group is not None and version != group.version:
            yield Fault("X12-ST-VERSION", 3, 0, 0, group.version, version)
    elif group is not None and version != group.version and (version or asks_version):
        yield Fault("X12-ST-VERSION", 3, 0, 0, group.version, version)
    if len(parts) > 7:
        yield Fault("X12-ST-ELEMENT", 4, 0, 0, "three elements", parts[4], "6")


def trailer_faults(
    kind: str, raw: str, delimiters: Delimiters, count: int, control: str
) -> Iterator[Fault]:
    """Check SE, GE or IEA: its count and its control number.

    Args:
        kind: The segment's name.
        raw: The segment.
        delimiters: Those of the interchange.
        count: What was counted.
        control: The control number of the header.
    """
    parts = [*raw.split(delimiters.element), "", ""]
    number, echoed = parts[1], parts[2]
    if not _COUNT.fullmatch(number):
        yield Fault(f"X12-{kind}-ELEMENT", 1, 0, 0, "a number", number)
    elif int(number) != count:
        yield Fault(f"X12-{kind}-COUNT", 1, 0, 0, str(count), number)
    if echoed != control and not (kind == "GE" and _same_number(echoed, control)):
        yield Fault(f"X12-{kind}-CONTROL", 2, 0, 0, "", echoed)
    if len(parts) > 5:
        yield Fault(f"X12-{kind}-ELEMENT", 3, 0, 0, "two elements", parts[3])


def _same_number(one: str, other: str) -> bool:
    return one.isdigit() and other.isdigit() and one.lstrip("0") == other.lstrip("0")


def ta1_faults(raw: str, delimiters: Delimiters) -> Iterator[Fault]:
    """Check a TA1."""
    parts = [*raw.split(delimiters.element), "", "", "", "", ""]
    for at, shape in enumerate(_TA1, 1):
        if not re.fullmatch(shape, parts[at]):
            yield Fault("X12-TA1-ELEMENT", at, found=parts[at])
    if len(parts) > 11:
        yield Fault("X12-TA1-ELEMENT", 6, found=parts[6])
