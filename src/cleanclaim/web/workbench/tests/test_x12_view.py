"""Every segment of the guides has a name, and every element of the example its words."""

import pytest

from cleanclaim.web.workbench.tests.example.claim import CLAIM_837P
from cleanclaim.web.workbench.tests.example.money import REMIT_835
from cleanclaim.web.workbench.x12_view import HIDDEN, Marks, excerpt, segment_rows, whole
from cleanclaim.web.workbench.x12_words import element_name, segment_names
from cleanclaim_x12.guides import GUIDES, Usage

ROWS = segment_rows(CLAIM_837P.strip().splitlines())
SHOWN = ("837P", "835", "999", "277CA")

MEANINGS = """
CLM*CC1*563***11:B:1*Y*A*Y*Y          | Claim, 563.00
SV1*HC:J3301*48*UN*4***1              | 48.00
HI*ABK:M1711*ABF:M25561               | Diagnoses A, B
HI*ABK:M1711                          | Diagnosis A
DTP*472*D8*20261014                   | Service date
REF*6R*104287-3                       | Our line number
NM1*82*1*MAGINARY*I                   | Rendering provider
CAS*CO*45*66.6**253*1.37              | CO 45 66.60, CO 253 1.37
CLP*CC1*1*563*159.08*52.67*12*T1      | Claim, paid 159.08
BPR*I*500.17*C*ACH                    | Transfer 500.17
SBR*S*18                              | Plan, second
ZZZ*1                                 | Segment
"""
WORDS = """
CLM*CC1*563***11:B:7*Y*A*Y*Y | CLM05-3 | Frequency: replacement
CLM*CC1*563***11:B:7*Y*A*Y*Y | CLM02   | Charge of the claim, 563.00
SV1*HC:J3301*48*UN*4***1:2   | SV107-2 | Points to diagnosis B
DTP*472*D8*20261014          | DTP03   | Date, 2026-10-14
DTP*472*RD8*20261014-20261016 | DTP03  | Date, 2026-10-14 to 2026-10-16
PLB*1234567893*20261231*WO:X*25 | PLB03-1 | Reason: overpayment taken back
CLP*CC1*22*563*-159.08       | CLP02   | Outcome: reversal
STC*A7:562:85*20261016*U*563 | STC01-1 | Category: rejected, invalid information
"""


def table(text):
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("text", "meaning"), table(MEANINGS))
def test_meaning_of_a_segment(text, meaning):
    assert segment_rows([text])[0].meaning == meaning


@pytest.mark.parametrize(("text", "ref", "words"), table(WORDS))
def test_words_of_an_element(text, ref, words):
    elements = {element.ref: element.words for element in segment_rows([text])[0].elements}
    assert elements[ref] == words


def test_every_segment_of_the_guides_has_a_name_and_every_element_words():
    lacking = {
        f"{item.tag}{at:02}"
        for guide in GUIDES
        if guide.name in SHOWN
        for items in guide.table().loops.values()
        for item in items
        if isinstance(item, Usage)
        for at, use in enumerate(item.elements, 1)
        if use is not None and not element_name(item.tag, at)
    }
    assert sorted(lacking) == []


def test_every_element_of_the_example_is_explained():
    assert all(row.name == segment_names()[row.tag] for row in ROWS)
    assert [e.ref for row in ROWS for e in row.elements if e.words.startswith("Element ")] == []


def test_a_remittance_counts_its_own_lines():
    rows = segment_rows(REMIT_835.strip().splitlines())
    found = [(row.tag, row.where) for row in rows if row.tag in ("LX", "CLP", "SVC", "PLB")]
    assert found == [
        ("LX", "group 1"), ("CLP", ""), ("SVC", "line 1"), ("SVC", "line 2"), ("PLB", ""),
    ]  # fmt: skip
    assert next(row.meaning for row in ROWS if row.tag == "LX") == "Line 1"
    assert [e.ref for row in rows for e in row.elements if e.words.startswith("Element ")] == []


def test_what_is_shown_is_the_file():
    assert [row.tag + row.rest for row in ROWS] == [f"{s}~" for s in CLAIM_837P.split("\n") if s]


def test_masked_elements_are_nowhere():
    rows = segment_rows(
        ["NM1*IL*1*EXAMPLE*EDWINA****MI*TST000123", "NM1*85*2*CLINIC*****XX*1234567893"],
        masked=frozenset({"NM109*IL"}),
    )
    assert "TST000123" not in repr(rows)
    assert HIDDEN in rows[0].rest
    assert "1234567893" in rows[1].rest


def test_other_separators():
    row = segment_rows(["SV1|HC>J3301|48"], marks=Marks("|", ">", "\n"))[0]
    assert [element.value for element in row.elements] == ["HC", "J3301", "48"]


def test_excerpt_folds_the_lines_that_do_not_matter():
    runs = excerpt(ROWS, frozenset({3}))
    assert [run.words for run in runs if run.words] == [
        "Before the claim, 18 segments",
        "Line 1, 3 segments",
        "Line 2, 3 segments",
        "Line 4, 3 segments",
    ]
    assert sum(len(run.segments) for run in runs) == len(ROWS)
    assert whole(ROWS)[0].segments == ROWS
