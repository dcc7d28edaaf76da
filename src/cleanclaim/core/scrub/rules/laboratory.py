"""CLIA certificates of laboratories."""

import re
from collections.abc import Iterator

from cleanclaim.core.codes.release import Table
from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.fixes import add_modifier, set_field
from cleanclaim.core.scrub.rule import BLOCKS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

CLIA = "42 CFR 493; CMS Claims Processing Manual, chapter 16, section 70"
_NUMBER = re.compile(r"\d{2}D\d{7}")
REFERENCE = "90"
# Waived tests that need no QW, and physician-performed microscopy.
WAIVED_WITHOUT_QW = frozenset(
    {"81002", "81025", "82270", "82272", "82962", "83026", "84830", "85013", "85651"}
)
MICROSCOPY = frozenset({"81000", "81001", "81015", "81020", "89190", "G0027", "Q0111", "Q0112"})
NOT_UNDER_CLIA = ("80500", "80502", "80503", "80504", "80505", "80506")


def _tests(case: Case) -> Iterator[Row]:
    if case.is_institutional:
        return
    for row in case.rows_with(Trait.LABORATORY):
        if REFERENCE not in row.modifiers and row.code not in NOT_UNDER_CLIA:
            yield row


def _is_waived(case: Case, row: Row) -> bool:
    if row.code in WAIVED_WITHOUT_QW:
        return True
    answer = case.asked(Table.CLIA_WAIVED, case.tables.listed, Table.CLIA_WAIVED, row.code, row.dos)
    return answer is not None


@rule(
    "CLIA-001",
    "No CLIA certificate for the test",
    BLOCKS,
    CLIA,
    when=Trait.LABORATORY,
    needs=(Table.CLIA_WAIVED,),
)
def certificate(case: Case) -> Iterator[Hit]:
    """Find tests without a number, with a malformed or expired one, or beyond its level."""
    location = case.context.location
    for row in _tests(case):
        place = "clia_number"
        number = row.line.clia_number or case.claim.clia_number
        fix = None
        if not _NUMBER.fullmatch(number):
            if location and location.clia_number:
                fix = set_field(place, location.clia_number, "Take the location's CLIA number")
            if row.line.clia_number:
                place, fix = row.place("clia_number"), None
            words = f"{row.code} needs a CLIA number such as 05D1234567"
        elif location is None or location.clia_number != number:
            continue
        elif location.clia_end_date and row.dos > location.clia_end_date:
            words = f"the CLIA certificate ended on {location.clia_end_date}"
        elif location.clia_level == "waiver" and not (
            "QW" in row.modifiers or _is_waived(case, row)
        ):
            words = f"a certificate of waiver does not cover {row.code}"
        elif location.clia_level == "ppm" and not (
            "QW" in row.modifiers or row.code in MICROSCOPY or _is_waived(case, row)
        ):
            words = f"a certificate for microscopy does not cover {row.code}"
        else:
            continue
        yield Hit(
            place,
            f"Line {row.number}: {words}. Enter the certificate (X4), or bill a reference "
            "laboratory with 90.",
            "a valid CLIA number",
            number,
            fix,
        )


@rule(
    "CLIA-002",
    "Waived test without QW",
    BLOCKS,
    CLIA,
    when=Trait.LABORATORY,
    needs=(Table.CLIA_WAIVED,),
)
def waived_without_qw(case: Case) -> Iterator[Hit]:
    """Find waived tests of a laboratory with a certificate of waiver that lack QW."""
    location = case.context.location
    if location is None or location.clia_level != "waiver":
        return
    for row in _tests(case):
        if row.code in WAIVED_WITHOUT_QW or "QW" in row.modifiers:
            continue
        if _is_waived(case, row):
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: {row.code} is a waived test. Add QW.",
                "QW",
                " ".join(row.modifiers),
                add_modifier(row, "QW"),
            )
