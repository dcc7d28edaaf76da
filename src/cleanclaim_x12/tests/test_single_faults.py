"""One fault at a time: found at its place, with the right code; and nothing in clean files."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from cleanclaim_x12.checking import check
from cleanclaim_x12.findings import Finding
from cleanclaim_x12.tests.business_faults import business_faults
from cleanclaim_x12.tests.envelope_faults import envelope_faults
from cleanclaim_x12.tests.faults import Clean, Fault, element_faults, segment_faults

DATA = Path(__file__).parent / "data"
FILES = sorted(DATA.glob("*.x12"))
OF_EACH_KIND = 8


def read(path: Path) -> Clean:
    return Clean(path.stem, path.read_bytes())


def is_found(fault: Fault, findings: list[Finding]) -> bool:
    return any(
        (not fault.positions or finding.segment_position in fault.positions)
        and (not fault.segment or finding.segment == fault.segment)
        and (fault.element < 0 or finding.element == fault.element)
        and (not fault.acks or finding.ack in fault.acks or finding.code in fault.acks)
        for finding in findings
    )


def all_faults() -> list[tuple[Fault, int]]:
    faults: list[tuple[Fault, int]] = []
    for path in FILES:
        clean = read(path)
        faults += [(fault, 2) for fault in (*element_faults(clean), *segment_faults(clean))]
        faults += [(fault, 7) for fault in business_faults(clean)]
    faults += [(fault, 1) for fault in envelope_faults(read(DATA / "837p-cob.x12"))]
    kept: list[tuple[Fault, int]] = []
    seen: Counter[str] = Counter()
    for fault, snip in faults:
        seen[fault.kind] += 1
        if seen[fault.kind] <= OF_EACH_KIND:
            kept.append((fault, snip))
    return kept


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_clean_files_have_no_findings(path):
    assert list(check(path.read_bytes())) == []


def test_single_faults_are_found_where_they_are():
    kinds: dict[str, list[bool]] = defaultdict(list)
    missed = []
    for fault, snip in all_faults():
        found = is_found(fault, list(check(fault.data, snip=snip, values=True)))
        kinds[fault.kind].append(found)
        if not found:
            missed.append((fault.kind, fault.segment, fault.positions, fault.element))
    total = sum(len(outcomes) for outcomes in kinds.values())
    assert len(kinds) >= 250
    assert len(missed) <= total * 0.01, missed
    never = [kind for kind, outcomes in kinds.items() if not any(outcomes)]
    assert len(never) <= len(kinds) * 0.02, never


def test_one_fault_makes_few_findings():
    counts = []
    for path in FILES:
        faults = element_faults(read(path))
        counts += [len(list(check(fault.data, snip=2))) for fault in faults]
    assert sum(counts) / len(counts) < 1.6
