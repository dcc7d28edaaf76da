"""Age, sex and days against each other."""

from collections.abc import Iterator
from functools import cache

import msgspec

from cleanclaim.core.codes.records import CodeEdits
from cleanclaim.core.codes.release import Table
from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.fixes import set_code, set_field
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.kernel.dates import age_years

CPT_AGES = "CPT code ranges by age"
MCE = "CMS Medicare Code Editor"
OLDEST = 130
# Preventive visits by age: the code for a new and for an established patient up to that age.
PREVENTIVE = (
    (0, "99381", "99391"),
    (4, "99382", "99392"),
    (11, "99383", "99393"),
    (17, "99384", "99394"),
    (39, "99385", "99395"),
    (64, "99386", "99396"),
    (OLDEST, "99387", "99397"),
)
PREVENTIVE_CODES = tuple(frozenset(entry[column] for entry in PREVENTIVE) for column in (1, 2))


class Band(msgspec.Struct, frozen=True):
    """Codes for an age band or a sex."""

    first: str
    last: str
    age_low: int = 0
    age_high: int = OLDEST
    sex: str = ""

    def holds(self, code: str) -> bool:
        """Say whether a code lies in the band."""
        return len(code) == len(self.first) and self.first <= code <= self.last


BANDS = (
    Band("90460", "90461", 0, 18),
    Band("99468", "99469", 0, 0),
    Band("99471", "99472", 0, 1),
    Band("99475", "99476", 2, 5),
    Band("99477", "99477", 0, 0),
    Band("54000", "55899", sex="M"),
    Band("56405", "59899", sex="F"),
    Band("76801", "76828", sex="F"),
    Band("G0101", "G0101", sex="F"),
    Band("G0102", "G0103", sex="M"),
)


@cache
def _bands(code: str) -> tuple[Band, ...]:
    return tuple(band for band in BANDS if band.holds(code))


def _preventive_for(code: str, age: int) -> str:
    """Give the preventive code that a patient's age asks for; empty for other codes."""
    for column, codes in enumerate(PREVENTIVE_CODES, 1):
        if code in codes:
            return str(next(entry[column] for entry in PREVENTIVE if age <= entry[0]))
    return ""


def _age(case: Case, row: Row) -> int:
    return age_years(case.claim.patient.birth_date, row.dos)


@rule("AGE-001", "Age outside the code's band", BLOCKS, f"{CPT_AGES}; {MCE}")
def age_of_code(case: Case) -> Iterator[Hit]:
    """Find services for another age."""
    for row in case.rows:
        age = _age(case, row)
        right = _preventive_for(row.code, age)
        if right and right != row.code:
            yield Hit(
                row.place("procedure_code"),
                f"Line {row.number}: age {age} is not valid for {row.code}. Use {right}.",
                right,
                row.code,
                set_code(row, right),
            )
        for band in _bands(row.code):
            if not band.age_low <= age <= band.age_high:
                yield Hit(
                    row.place("procedure_code"),
                    f"Line {row.number}: age {age} is not valid for {row.code}, which is for ages "
                    f"{band.age_low} to {band.age_high}. Check the birth date and the code.",
                    f"{band.age_low} to {band.age_high}",
                    row.code,
                )


def _edits(case: Case) -> list[tuple[int, str, CodeEdits]]:
    """Give the diagnoses that have edits: position, code, edits."""
    ask, day = case.tables.code_edits, case.dos
    return [
        (index, item.code, edits)
        for index, item in enumerate(case.claim.diagnoses)
        if (edits := case.asked(Table.CODE_EDITS, ask, "D", item.code, day)) is not None
    ]


@rule("AGE-002", "Age outside the diagnosis' band", BLOCKS, MCE, needs=(Table.CODE_EDITS,))
def age_of_diagnosis(case: Case) -> Iterator[Hit]:
    """Find diagnoses for another age."""
    for index, code, edits in case.once("edits", _edits):
        low = 0 if edits.age_low is None else edits.age_low
        high = OLDEST if edits.age_high is None else edits.age_high
        if not low <= case.age <= high:
            yield Hit(
                f"diagnoses[{index}].code",
                f"Diagnosis {index + 1}: age {case.age} is not valid for {code}, which is "
                f"for ages {low} to {high}. Check the birth date and the code.",
                f"{low} to {high}",
                code,
            )


def _sex_waived(case: Case, row: Row | None) -> bool:
    facts = case.claim.institutional
    if facts is not None:
        return "45" in facts.condition_codes
    rows = case.rows if row is None else [row]
    return any("KX" in item.modifiers for item in rows)


@rule("SEX-001", "Sex against the code", BLOCKS, f"CPT ranges by sex; {MCE}")
def sex_of_code(case: Case) -> Iterator[Hit]:
    """Find services for the other sex without KX (professional) or condition 45."""
    sex = case.claim.patient.sex
    if sex not in {"F", "M"}:
        return
    for row in case.rows:
        for band in _bands(row.code):
            conflict = band.sex and band.sex != sex
            if conflict and not _sex_waived(case, row):
                yield Hit(
                    row.place("procedure_code"),
                    f"Line {row.number}: sex conflict for {row.code}. Verify the demographics; add "
                    "KX (condition 45 for a facility) where the service is right.",
                    band.sex,
                    row.code,
                )


@rule("SEX-002", "Sex against the diagnosis", BLOCKS, MCE, needs=(Table.CODE_EDITS,))
def sex_of_diagnosis(case: Case) -> Iterator[Hit]:
    """Find diagnoses of the other sex without KX (professional) or condition 45."""
    sex = case.claim.patient.sex
    if sex not in {"F", "M"} or _sex_waived(case, None):
        return
    for index, code, edits in case.once("edits", _edits):
        if edits.sex and edits.sex != sex:
            yield Hit(
                f"diagnoses[{index}].code",
                f"Diagnosis {index + 1}: sex conflict for {code}. Verify the demographics; "
                "add KX (condition 45 for a facility) where the diagnosis is right.",
                edits.sex,
                code,
            )


@rule("DAT-001", "Service in the future", BLOCKS, "277CA status 187 with 510")
def future(case: Case) -> Iterator[Hit]:
    """Find services after the day on which the claim leaves."""
    for row in case.rows:
        if row.end > case.day:
            yield Hit(
                row.place("service_date"),
                f"Line {row.number}: the service of {row.end} lies in the future. Correct the "
                "date, or wait.",
                f"at most {case.day}",
                str(row.end),
            )


@rule("DAT-002", "Days out of order", BLOCKS, "X12 837, DTP*472")
def out_of_order(case: Case) -> Iterator[Hit]:
    """Find services before birth, and spans that end before they begin."""
    for row in case.rows:
        if row.dos < case.claim.patient.birth_date:
            yield Hit(
                row.place("service_date"),
                f"Line {row.number}: the service of {row.dos} lies before the patient's birth. "
                "Correct one of the dates.",
                "after birth",
                str(row.dos),
            )
        if row.end < row.dos:
            words = f"End line {row.number} on the day it begins"
            yield Hit(
                row.place("end_date"),
                f"Line {row.number}: it ends on {row.end}, before it begins on {row.dos}. Correct "
                "the dates.",
                f"at least {row.dos}",
                str(row.end),
                set_field(row.place("end_date"), None, words),
            )


@rule("DAT-003", "Service after death", WARNS, "277CA status 187")
def after_death(case: Case) -> Iterator[Hit]:
    """Find services after the patient's death."""
    death = case.claim.patient.death_date
    for row in case.rows:
        if death and row.dos > death:
            yield Hit(
                row.place("service_date"),
                f"Line {row.number}: the service of {row.dos} lies after the patient's death. "
                "Verify both dates.",
                "on or before death",
                str(row.dos),
            )


@rule("DAT-004", "Line outside the statement", BLOCKS, "837I, DTP*434")
def outside_statement(case: Case) -> Iterator[Hit]:
    """Find lines of a facility claim outside its statement's days."""
    facts = case.claim.institutional
    if facts is None:
        return
    for row in case.rows:
        if not facts.statement_from <= row.dos <= row.end <= facts.statement_to:
            yield Hit(
                row.place("service_date"),
                f"Line {row.number}: {row.dos} lies outside the statement of "
                f"{facts.statement_from} to {facts.statement_to}. Correct one of them.",
                f"{facts.statement_from} to {facts.statement_to}",
                str(row.dos),
            )
