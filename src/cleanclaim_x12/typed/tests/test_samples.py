"""Every public sample and every golden story through the typed records and back."""

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from cleanclaim_x12.syntax import read_transactions
from cleanclaim_x12.typed.files import UnreadableError
from cleanclaim_x12.typed.lines import decode_lines, encode_lines, read_lines, write_lines

SHARED = Path(os.environ.get("CLEANCLAIM_SAMPLES", "../shared/samples"))
SAMPLES = SHARED / "x12"
STORIES = SHARED.parent / "scenarios" / "stories"
# two CAS of one group become one
MERGED = {"cob-contractural-adjustment.835", "835.test.0001.edi"}
# a delimiter of the file stands inside a simple element: found, and nothing written
REFUSED = {
    "Example_3_1_2.txt",
    "Spec_4.2.1_WorkmansComp.txt",
    "Spec_4.2.1_HomeownersCasualtyClaim.txt",
    "Spec_4.2.2_WorkersCompensation.txt",
    "Spec_4.2.2_PayerIsPCIns.txt",
    "homeowners.837",
    "workers-compensation.837",
    "dependent-commercial-insurance-02.837",
    "invalid999.edi",
}
NUMBER = re.compile(r"-?\d*\.\d+|-?\d+")


def alike(raw, element):
    """A segment without what may be written in several ways."""
    elements = raw.split(element)
    if elements[0] in ("HL", "SE"):
        return elements[0]  # levels are numbered anew
    plain = [_number(each) for each in elements]
    while plain and not plain[-1].strip(":<>^"):
        plain.pop()
    return element.join(plain)


def _number(text):
    if NUMBER.fullmatch(text) and "." in text:
        text = text.rstrip("0").removesuffix(".")
        return re.sub(r"^(-?)0(?=\.)", r"\1", text) or "0"
    return text.rstrip(":<>^|")


def segments_of(data):
    found = Counter()
    for transaction, runs in read_transactions(data):
        element = transaction.delimiters.element
        found.update(alike(raw, element) for run in runs for raw in run.segments())
    return found


def typed_files(root):
    return sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".tsv")


def again(data):
    lines = list(read_lines(data))
    written = write_lines(lines)
    assert write_lines(decode_lines(encode_lines(read_lines(data)))) == written
    return lines, written


@pytest.mark.skipif(not SAMPLES.exists(), reason="the public samples are not here")
def test_samples_come_back():
    same, other, refused = 0, set(), set()
    for path in typed_files(SAMPLES):
        data = path.read_bytes()
        try:
            lines, written = again(data)
        except UnreadableError:
            continue
        if not lines:
            continue
        if not written.data:
            refused.add(path.name)
            assert all(finding.code == "X12-WRITE-VALUE" for finding in written.findings)
            continue
        heads = [getattr(line.data, "envelope", None) for line in lines]
        typed = {head.raw for head in heads if head is not None}
        before = Counter()
        for transaction, runs in read_transactions(data):
            if transaction.raw in typed:
                element = transaction.delimiters.element
                before.update(alike(raw, element) for run in runs for raw in run.segments())
        after = segments_of(written.data)
        del before["SE"], after["SE"]  # a file without one gets one
        if before == after:
            same += 1
        else:
            other.add(path.name)
    assert same > 190
    assert other == MERGED
    assert refused == REFUSED


@pytest.mark.skipif(not STORIES.exists(), reason="the stories are not here")
def test_stories_come_back_whole():
    files = sorted(STORIES.rglob("*.x12"))
    assert files
    for path in files:
        data = path.read_bytes()
        lines, written = again(data)
        assert written.findings == (), path
        assert not any(each.data.unknown for each in lines if hasattr(each.data, "unknown")), path
        if lines:
            assert segments_of(written.data) == segments_of(data), path
