"""A restricted line leaves no trace; the rest of the claim keeps its sense."""

import msgspec

from cleanclaim.core.claim import Diagnosis
from cleanclaim.core.claim.restriction import without_restricted_lines
from cleanclaim.core.claim.tests.test_split import CLAIM

LINE = CLAIM.lines[0]


def claim(*lines: tuple[bool, tuple[int, ...]]):
    return msgspec.structs.replace(
        CLAIM,
        diagnoses=tuple(Diagnosis(code=code) for code in ("A00", "B00", "C00")),
        lines=tuple(
            msgspec.structs.replace(
                LINE, diagnosis_pointers=pointers, plan_disclosure_restricted=restricted
            )
            for restricted, pointers in lines
        ),
    )


def test_nothing_restricted_is_the_same_claim():
    given = claim((False, (1,)))
    assert without_restricted_lines(given) is given


def test_everything_restricted_is_no_claim():
    assert without_restricted_lines(claim((True, (1,)), (True, (2,)))) is None


def test_a_diagnosis_that_only_a_restricted_line_names_goes_with_it():
    kept = without_restricted_lines(claim((True, (1, 2)), (False, (3, 2))))
    assert kept
    assert [item.code for item in kept.diagnoses] == ["B00", "C00"]
    assert kept.lines[0].diagnosis_pointers == (2, 1)
    assert kept.note == ""
