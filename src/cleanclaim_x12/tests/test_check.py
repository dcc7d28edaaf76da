"""What checking promises: places, envelopes, memory of nothing, overlays, code tables."""

import random
from pathlib import Path

import msgspec
import pytest

from cleanclaim_x12.checking import check
from cleanclaim_x12.findings import codes
from cleanclaim_x12.grammar.explain import explain
from cleanclaim_x12.grammar.machine import grammar_for
from cleanclaim_x12.guides import GUIDES, guide_for
from cleanclaim_x12.guides.notation import kinds_are_known
from cleanclaim_x12.reference import reference_text
from cleanclaim_x12.snip.partner import read_partner
from cleanclaim_x12.syntax import DEFAULT_DELIMITERS

DATA = Path(__file__).parent / "data"
CLAIM = (DATA / "837p-cob.x12").read_bytes()
PATIENT = (DATA / "837p-patient.x12").read_bytes()


def found(data, **more):
    return [(item.code, item.segment, item.segment_position) for item in check(data, **more)]


def test_place_is_segment_offset_and_line():
    data = CLAIM.replace(b"ABK:E119", b"ABX:E119")
    (finding,) = check(data, snip=2)
    assert (finding.loop, finding.segment, finding.segment_position) == ("2300", "HI", 20)
    assert (finding.element, finding.component, finding.ack) == (1, 1, "7")
    assert data[finding.offset : finding.offset + 3] == b"HI*"
    assert data[: finding.offset].count(b"\n") + 1 == finding.line


def test_values_are_kept_only_on_request():
    data = CLAIM.replace(b"19800214*F", b"19800214*X")
    assert [item.found for item in check(data, snip=2)] == [""]
    assert [item.found for item in check(data, snip=2, values=True)] == ["X"]


@pytest.mark.parametrize(
    ("element", "component", "segment"),
    [("|", ">", "\n"), ("*", ":", "\r"), ("\x1d", "\x1f", "\x1e")],
)
def test_any_delimiters(element, component, segment):
    text = CLAIM.decode().replace("\n", "")
    changed = text.translate({ord("*"): element, ord(":"): component, ord("~"): segment})
    assert found(changed.encode()) == []
    broken = changed.replace(f"ABK{component}E119", f"ABK{component}1E19")
    assert found(broken.encode()) == [("X12-CODE-DIAGNOSIS", "HI", 20)]


def test_reading_goes_on_after_a_broken_envelope():
    broken = CLAIM.replace(b"GE*1*101", b"GE*9*102").replace(b"ABK:E119", b"ABX:E119")
    assert [code for code, *_ in found(broken + CLAIM.replace(b"000000101", b"000000102"))] == [
        "X12-EL-CODE",
        "X12-GE-COUNT",
        "X12-GE-CONTROL",
    ]


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"hello", b"ISA", b"ISA*00*", b"\x00" * 400, b"ISA" * 99]
)
def test_what_is_no_interchange_is_said(data):
    assert {code for code, *_ in found(data)} <= {"X12-JUNK", "X12-ISA-BAD"}
    assert found(data)


def test_unknown_guide_gets_its_envelope_checked():
    data = CLAIM.replace(b"005010X222A1", b"005010X999A1").replace(b"SE*43", b"SE*44")
    assert [code for code, *_ in found(data)] == ["X12-GUIDE-UNKNOWN", "X12-SE-COUNT"]


def test_cut_anywhere_ends_without_an_exception():
    for end in range(0, len(CLAIM), 7):
        list(check(CLAIM[:end]))


def test_mangled_bytes_end_without_an_exception():
    chance = random.Random(7)  # noqa: S311 - repeatable
    for path in sorted(DATA.glob("*.x12")):
        data = bytearray(path.read_bytes())
        for _ in range(40):
            data[chance.randrange(len(data))] = chance.choice(b"*~:^\x00\xff\nA1 ")
            list(check(bytes(data)))


def test_expressions_accept_nothing_that_the_explainer_refuses():
    chance = random.Random(11)  # noqa: S311 - repeatable
    tried = accepted = 0
    for path in sorted(DATA.glob("*.x12")):
        texts = [part.strip() for part in path.read_text().split("~")]
        start = next(part for part in texts if part.startswith("ST*")).split("*")
        version = [*start, ""][3] or texts[1].split("*")[8]
        guide = guide_for(start[1], version)
        assert guide is not None
        grammar = grammar_for(guide, DEFAULT_DELIMITERS)
        for text in texts:
            for usage in grammar.usages.get(text.split("*")[0], []):
                for _ in range(30):
                    at, char = chance.randrange(len(text)), chance.choice("*:^ A1Z9-.")
                    new = text[:at] + char + text[at + chance.randrange(2) :]
                    tried += 1
                    if grammar.matcher(usage)(new):
                        accepted += 1
                        assert explain(usage, new, DEFAULT_DELIMITERS) == [], (new, usage)
    assert tried > 5000
    assert accepted > 500


def test_thousand_transactions_in_constant_order():
    text = CLAIM.decode().replace("\n", "")
    start, end = text.index("ST*"), text.index("GE*")
    body = text[start:end]
    many = "".join(body.replace("*0001", f"*{at:04d}") for at in range(1, 301))
    data = text[:start] + many.replace("ABK:E119", "ABX:E119", 1) + "GE*300*101~" + text[end + 9 :]
    findings = list(check(data.encode(), snip=2))
    assert [(item.code, item.control) for item in findings] == [("X12-EL-CODE", "0001")]


class Table:
    def __init__(self):
        self.asked = set()

    def has(self, system, code, on):
        self.asked.add((system, code, on))
        return False if code == "99214" and on >= "20261101" else None


def test_code_table_is_asked_with_the_date_of_service():
    table = Table()
    assert found(CLAIM, codes=table) == [
        ("X12-CODE-PROCEDURE", "SV1", 29),
        ("X12-CODE-PROCEDURE", "SVD", 32),
    ]
    assert ("icd10cm", "E119", "20261101") in table.asked


def overlay(**rule):
    return read_partner(msgspec.json.encode({"name": "P", "rules": [rule]}))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"segment": "CLM", "element": 5, "component": 3, "allow": ["1"]}, ["X12-PARTNER-VALUE"]),
        ({"segment": "CLM", "element": 5, "component": 3, "allow": ["7"]}, []),
        ({"segment": "NM1", "loop": "2010BA", "element": 9, "match": "W[0-9]+"}, []),
        ({"segment": "NM1", "loop": "2010BA", "element": 9, "match": "Z.*"}, ["X12-PARTNER-VALUE"]),
        ({"segment": "CUR", "loop": "2000A", "rule": "required"}, ["X12-PARTNER-SEGMENT"]),
        ({"segment": "PRV", "loop": "2000A", "rule": "required"}, []),
        ({"segment": "REF", "qualifier": "D9", "rule": "unwanted"}, ["X12-PARTNER-UNWANTED"]),
        ({"segment": "CLM", "element": 12, "rule": "required"}, []),
        (
            {"segment": "SBR", "loop": "2000B", "element": 4, "rule": "required"},
            ["X12-PARTNER-REQUIRED"],
        ),
        ({"segment": "CLM", "guide": "837I", "element": 1, "match": "x"}, []),
    ],
)
def test_partner_overlay(rule, expected):
    assert [item.code for item in check(PATIENT, partner=overlay(**rule))] == expected


def test_partner_overlay_that_is_wrong_is_refused():
    with pytest.raises(msgspec.ValidationError):
        read_partner(b'{"rules": [{"segment": "CLM", "match": "("}]}')
    with pytest.raises(msgspec.ValidationError):
        read_partner(b'{"rules": [{"segmnt": "CLM"}]}')


def test_every_table_reads_and_every_source_code_is_registered():
    for guide in GUIDES:
        assert kinds_are_known(guide.table()), guide.name
    root = Path(__file__).parents[1]
    used = set()
    folders = ("snip", "grammar", "typed", ".")
    for path in [path for folder in folders for path in root.glob(f"{folder}/*.py")]:
        for word in path.read_text().split('"')[1::2]:
            if word.startswith("X12-") and word[4:].replace("-", "").isalnum():
                used.add(word)
    assert used <= codes().keys()


def test_reference_is_current():
    page = Path(__file__).parents[3] / "docs" / "reference" / "x12-findings.md"
    if not page.exists():
        pytest.skip("no docs beside this package")
    assert page.read_text() == reference_text()
