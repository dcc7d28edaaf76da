"""One fault at a time: found at its place, with the right code; and nothing in clean files."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from cleanclaim_x12.checking import check
from cleanclaim_x12.findings import Finding, codes
from cleanclaim_x12.guides import GUIDES
from cleanclaim_x12.tests.business_faults import business_faults
from cleanclaim_x12.tests.envelope_faults import envelope_faults
from cleanclaim_x12.tests.faults import Clean, Fault, element_faults, segment_faults
from cleanclaim_x12.tests.grown import grown_file
from cleanclaim_x12.tests.guide_faults import guide_faults

DATA = Path(__file__).parent / "data"
FILES = sorted(DATA.glob("*.x12"))
GROWN = [guide for guide in GUIDES if guide.code != "278"]  # its levels stand in two places
OF_EACH_KIND = 3
# Codes that no single fault of these files makes, and the tests that do.
ELSEWHERE = {
    "X12-BAL-REMIT-PAID": "two faults that meet",
    "X12-BINARY": "syntax/tests",
    "X12-SEGMENT-LONG": "test_limits",
    "X12-WRITE-VALUE": "what is written, not read: typed/tests/test_plain",
    "X12-WRITE-REPLACED": "what is written, not read: typed/tests/test_laws",
    "X12-CLAIMS-MANY": "5001 claims: test_limits",
    **{code: "test_check, test_partner_overlay" for code in codes() if "-PARTNER-" in code},
}


def read(path: Path) -> Clean:
    return Clean(path.stem, path.read_bytes().replace(b"\n", b""))


def is_found(fault: Fault, findings: list[Finding]) -> bool:
    return any(
        (not fault.positions or finding.segment_position in fault.positions)
        and (not fault.segment or finding.segment == fault.segment)
        and (fault.element < 0 or finding.element == fault.element)
        and (not fault.acks or finding.ack in fault.acks or finding.code in fault.acks)
        for finding in findings
    )


def of_each_kind(faults: Iterable[Fault], most: int) -> list[Fault]:
    seen: Counter[str] = Counter()
    kept = []
    for fault in faults:
        seen[fault.kind] += 1
        if seen[fault.kind] <= most:
            kept.append(fault)
    return kept


def all_faults() -> list[Fault]:
    faults = list(envelope_faults(read(DATA / "837p-cob.x12")))
    for path in FILES:
        clean = read(path)
        faults += [*element_faults(clean), *segment_faults(clean), *business_faults(clean)]
    return of_each_kind(faults, OF_EACH_KIND)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_clean_files_have_no_findings(path):
    assert list(check(path.read_bytes())) == []


def test_single_faults_are_found_where_they_are():
    kinds: dict[str, list[bool]] = defaultdict(list)
    missed = []
    made = set()
    for fault in all_faults():
        findings = list(check(fault.data, values=True))
        made.update(finding.code for finding in findings)
        kinds[fault.kind].append(is_found(fault, findings))
        if not kinds[fault.kind][-1]:
            missed.append((fault.kind, fault.segment, fault.positions, fault.element))
    total = sum(len(outcomes) for outcomes in kinds.values())
    assert len(kinds) >= 1800
    assert len(missed) <= total * 0.005, missed
    assert made | ELSEWHERE.keys() == codes().keys(), "a code that nothing makes"


@pytest.mark.parametrize("guide", GROWN, ids=lambda guide: guide.name)
def test_a_file_with_everything_in_it_is_clean(guide):
    assert list(check(grown_file(guide), snip=2)) == []


@pytest.mark.proof
def test_every_place_of_every_guide_is_guarded(proof):
    missed = []
    cases = 0
    for guide in GROWN:
        clean = Clean(guide.name, grown_file(guide))
        faults = (*element_faults(clean), *segment_faults(clean), *guide_faults(clean))
        for fault in proof.choose(faults, 120):
            cases += 1
            if not is_found(fault, list(check(fault.data, snip=2, values=True))):
                missed.append((fault.kind, fault.segment, fault.positions, fault.element))
    proof.tell(cases=cases, missed=len(missed))
    assert len(missed) <= max(5, cases * 0.001), missed


def test_one_fault_makes_few_findings():
    counts = []
    for path in FILES:
        faults = of_each_kind(element_faults(read(path)), OF_EACH_KIND)
        counts += [len(list(check(fault.data, snip=2))) for fault in faults]
    assert sum(counts) / len(counts) < 1.6
