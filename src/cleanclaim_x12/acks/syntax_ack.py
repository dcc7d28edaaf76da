"""TA1 and 999 from what a check found; a 997 where the sender's version is older than 005010.

Source: 005010X231A1 (999), X12.5 (TA1).
"""

from collections.abc import Iterable
from itertools import groupby

from cleanclaim_x12.acks.sending import Letter, Sending, clean
from cleanclaim_x12.checker import Checker, Options
from cleanclaim_x12.findings import ERROR, Finding
from cleanclaim_x12.guides.dictionary import reference_number
from cleanclaim_x12.outline import GroupOutline, InterchangeOutline, SetOutline
from cleanclaim_x12.snip.codes import CodeTable
from cleanclaim_x12.snip.envelope import is_isa_value
from cleanclaim_x12.snip.partner import Partner
from cleanclaim_x12.syntax import DEFAULT_DELIMITERS, Interchange
from cleanclaim_x12.syntax.reader import Source

_MOST_NOTES = 5
_NOBODY = Interchange(
    "ISA*00*          *00*          *ZZ*UNKNOWN        *ZZ*UNKNOWN        "
    "*000101*0000*^*00501*000000000*0*P*:",
    DEFAULT_DELIMITERS,
)
# codes of a 999 that a 997 does not have
_OLDER = {"I6": "7", "I10": "7", "I12": "7", "I9": "2", "I13": "7", "I4": "2", "I7": "3", "I8": "3"}


def acknowledge(
    source: Source,
    sending: Sending,
    *,
    snip: int = 2,
    partner: Partner | None = None,
    codes: CodeTable | None = None,
) -> bytes:
    """Make the TA1 and 999 that answer a file.

    Args:
        source: Bytes, or a binary file.
        sending: When and under which control numbers the answer goes out.
        snip: The highest SNIP type that decides about acceptance.
        partner: A trading partner's overlay, for type 7.
        codes: The application's code tables, for type 5.

    Returns:
        One interchange for each interchange of the file; where none could be read, a TA1 that says
        so to nobody in particular.
    """
    checker = Checker(source, Options(snip, partner, codes, values=True), keep=True)
    for _ in checker.findings():
        pass
    return answer(checker.outline, sending)


def answer(outline: list[InterchangeOutline], sending: Sending) -> bytes:
    """Write the TA1 and 999 for what a checker kept."""
    letter = Letter(sending)
    if not outline:
        _unreadable(letter)
    for interchange in outline:
        letter.open_interchange(interchange.head)
        _ta1(letter, interchange)
        for older in (False, True):
            _groups(letter, interchange, older=older)
        letter.close_interchange()
    return letter.bytes()


def _unreadable(letter: Letter) -> None:
    """Answer a file without a header that can be read: nobody knows who sent it."""
    moment = letter.sending.moment
    letter.open_interchange(_NOBODY)
    letter.add("TA1", "000000000", f"{moment:%y%m%d}", f"{moment:%H%M}", "R", "022")
    letter.close_interchange()


def _ta1(letter: Letter, interchange: InterchangeOutline) -> None:
    errors = [found for found in interchange.findings if found.severity == ERROR]
    notes = errors or interchange.findings
    head = interchange.head
    nothing_else = not any(group.sets for group in interchange.groups)
    if not (errors or head.acknowledgement_requested or nothing_else):
        return
    status = "R" if errors else "E" if notes else "A"
    codes = [found.ack for found in notes if found.ack and found.level == "interchange"]
    note = codes[0] if codes else "024" if errors else "000"
    moment = letter.sending.moment
    control = "".join(char for char in clean(head.control_number) if char.isdigit())
    date = head.date if is_isa_value(9, head.date) else f"{moment:%y%m%d}"
    time = head.time if is_isa_value(10, head.time) else f"{moment:%H%M}"
    letter.add("TA1", control.zfill(9)[-9:], date, time, status, note)


def _groups(letter: Letter, interchange: InterchangeOutline, *, older: bool) -> None:
    """Answer the groups of a file, all 999 in one group and all 997 in another."""
    groups = [
        group
        for group in interchange.groups
        if group.head.functional_id != "FA"  # an acknowledgement is never acknowledged
        and (group.head.raw or group.sets)
        and (group.head.version < "005") == older
    ]
    if not groups:
        return
    first = groups[0].head
    version = "004010" if older else "005010X231A1"
    letter.open_group("FA", first.receiver_code, first.sender_code, version)
    for group in groups:
        _group(letter, group, older=older)
    letter.close_group()


def _group(letter: Letter, group: GroupOutline, *, older: bool) -> None:
    head = group.head
    letter.open_set("997" if older else "999", "" if older else "005010X231A1")
    version = "" if older else clean(head.version, 12)
    letter.add("AK1", clean(head.functional_id) or "HC", _number(head.control_number), version)
    statuses = [_set(letter, transaction, older=older) for transaction in group.sets]
    notes = _notes(group.findings)
    accepted = sum(status != "R" for status in statuses)
    if notes or (statuses and not accepted):
        status = "R"
    elif accepted < len(statuses):
        status = "P"
    else:
        status = "E" if "E" in statuses else "A"
    included = group.included if group.included.isdigit() else str(len(statuses))
    counts = (included[:6], str(len(statuses)), str(accepted))
    letter.add("AK9", status, *counts, *notes[:_MOST_NOTES])
    letter.close_set()


def _number(text: str) -> str:
    """Echo a group control number; what is no number cannot be echoed."""
    return text[:9] if text.isascii() and text.isdigit() else "0"


def set_status(transaction: SetOutline) -> str:
    """Say what IK501 says: accepted, accepted with errors, rejected."""
    if transaction.has_errors:
        return "R"
    noted = [found for found in transaction.findings if found.code != "X12-GUIDE-UNKNOWN"]
    return "E" if noted else "A"


def _set(letter: Letter, transaction: SetOutline, *, older: bool) -> str:
    version = "" if older else clean(transaction.version, 35)
    letter.add("AK2", clean(transaction.code), clean(transaction.control), version)
    inside = [found for found in transaction.findings if found.level in ("segment", "element")]
    inside.sort(key=lambda found: found.segment_position)
    by_segment = groupby(inside, key=lambda found: (found.segment_position, found.segment))
    for _, findings in by_segment:
        _segment(letter, list(findings), older=older)
    notes = _notes(found for found in transaction.findings if found.level == "set")
    if any(found.severity == ERROR for found in inside):
        notes.append("5")
    if older:
        notes = [note for note in notes if (note.isdigit() and int(note) < 8) or note == "23"]
    status = set_status(transaction)
    letter.add("AK5" if older else "IK5", status, *notes[:_MOST_NOTES])
    return status


def _segment(letter: Letter, findings: list[Finding], *, older: bool) -> None:
    """Write IK3 with its CTX and IK4s for one segment."""
    names = ("AK3", "AK4") if older else ("IK3", "IK4")
    whole = [found for found in findings if found.level == "segment"]
    inside = [found for found in findings if found.level == "element"]
    for found in whole:
        _ik3(letter, names[0], found, found.ack, older=older)
    if not inside:
        return
    _ik3(letter, names[0], inside[0], "8", older=older)
    for found in inside:
        where = ":".join(
            str(part) for part in (found.element, found.component, found.repetition) if part
        )
        number = reference_number(found.segment, found.element, found.component)
        code = _OLDER.get(found.ack, found.ack) if older else found.ack
        letter.add(names[1], where, number, code, clean(found.found, 99))
        if found.trigger and not older:
            letter.add("CTX", "SITUATIONAL TRIGGER", *found.trigger.split("*"))


def _ik3(letter: Letter, name: str, found: Finding, code: str, *, older: bool) -> None:
    loop = "" if older or not found.loop[:4].isdigit() else found.loop[:4]
    code = _OLDER.get(code, code) if older else code
    tag = clean(found.segment, 3).replace(" ", "")
    letter.add(name, tag if len(tag) > 1 else "ZZZ", str(found.segment_position), loop, code)
    if older:
        return
    if found.trigger and code != "8":
        letter.add("CTX", "SITUATIONAL TRIGGER", *found.trigger.split("*"))
    unit, _, value = found.context.partition(":")
    if clean(value):
        letter.add("CTX", f"{unit}:{clean(value, 35)}")


def _notes(findings: Iterable[Finding]) -> list[str]:
    """Give the codes of errors, each once, in order."""
    found = [item.ack for item in findings if item.severity == ERROR and item.ack]
    return list(dict.fromkeys(found))
