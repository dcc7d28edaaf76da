"""Place of service, and telehealth."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from cleanclaim.core.codes.release import Table
from cleanclaim.core.codes.tables import Missing
from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.facts import CodeRange
from cleanclaim.core.scrub.fixes import set_field
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

POS_SOURCE = "CMS place of service code set; CPT families by place"
REMOTE = frozenset({"02", "10"})
REMOTE_MODIFIERS = frozenset({"93", "95", "GT", "GQ", "FQ"})
HOSPITAL = frozenset({"19", "21", "22", "23", "51", "52", "61"})
FLEXIBILITY_ENDS = date(2027, 12, 31)  # Consolidated Appropriations Act, 2026
OFFICE = frozenset({"11"})
# Families of codes and the only places where they happen.
PLACES: tuple[tuple[CodeRange, frozenset[str]], ...] = (
    (CodeRange("99221", "99239"), HOSPITAL),
    (CodeRange("99281", "99285"), frozenset({"23"})),
    (CodeRange("99304", "99316"), frozenset({"31", "32", "54", "56", "61"})),
    (CodeRange("99341", "99350"), frozenset({"04", "12", "13", "14", "16", "33", "55"})),
)
# Families of codes and places where they never happen. Office visits are not among them: for a
# registered inpatient the place is 21 or 31 wherever the visit was (CMS, chapter 26, section 10.5).
NEVER: tuple[tuple[CodeRange, frozenset[str]], ...] = (
    (CodeRange("99381", "99397"), frozenset({"21", "23", "31", "51", "61"})),
)


@cache
def _places(code: str) -> tuple[frozenset[str] | None, frozenset[str]]:
    """Give the only places of a code, None for any, and those where it never happens."""
    only = next((places for codes, places in PLACES if codes.holds(code)), None)
    never = next((places for codes, places in NEVER if codes.holds(code)), frozenset())
    return only, never


@rule(
    "POS-001", "Code impossible in this place", BLOCKS, POS_SOURCE, needs=(Table.PLACE_OF_SERVICE,)
)
def impossible_place(case: Case) -> Iterator[Hit]:
    """Find places that are no places, and services that don't happen in theirs."""
    if case.is_institutional:
        return
    for row in case.rows:
        answer = case.answer(Table.PLACE_OF_SERVICE, case.tables.place_of_service, row.pos, row.dos)
        known = case.known(Table.PLACE_OF_SERVICE, answer)
        wrong = known is None and answer in {Missing.UNKNOWN, Missing.NOT_ON_DAY}
        if row.pos not in REMOTE and not wrong:
            only, never = _places(row.code)
            wrong = (only is not None and row.pos not in only) or row.pos in never
        if wrong:
            yield Hit(
                row.place("place_of_service"),
                f"Line {row.number}: {row.code} is not valid in place of service {row.pos}. "
                "Correct the place or the code.",
                found=row.pos,
            )


@rule("POS-002", "Place differs from the location's", WARNS, "location master")
def unusual_place(case: Case) -> Iterator[Hit]:
    """Find claims in another place than their location is set up with."""
    location = case.context.location
    usual = location.place_of_service if location else ""
    given = case.claim.place_of_service
    if usual and given not in REMOTE and given != usual and not case.is_institutional:
        yield Hit(
            "place_of_service",
            f"Place of service {given} differs from the location's usual {usual}. Check 11, 19 "
            "and 22.",
            usual,
            given,
            set_field("place_of_service", usual, f"Set the place of service to {usual}"),
        )


@rule(
    "POS-003", "Patient was inpatient", WARNS, "CMS, chapter 12, section 20.4", when=Trait.HISTORY
)
def was_inpatient(case: Case) -> Iterator[Hit]:
    """Find office services on days inside an inpatient or skilled nursing stay."""
    for row in case.rows:
        for stay in case.history.stays:
            last = stay.discharged or date.max
            if row.pos in OFFICE and stay.admitted < row.dos < last:
                right = "31" if stay.kind == "snf_part_a" else "21"
                yield Hit(
                    row.place("place_of_service"),
                    f"Line {row.number}: the patient was inpatient on {row.dos}. Use place "
                    f"{right}, or bill the facility.",
                    right,
                    row.pos,
                    set_field(
                        row.place("place_of_service"), right, f"Set place {right} on {row.code}"
                    ),
                )


def is_remote(row: Row) -> bool:
    """Say whether a line says that patient and clinician were apart."""
    return row.pos in REMOTE or bool(REMOTE_MODIFIERS & set(row.modifiers))


@rule(
    "TEL-001",
    "Telehealth coded in another way than the payer's",
    BLOCKS,
    "payer's profile; CMS Claims Processing Manual, chapter 12, section 190",
    when=Trait.TELEHEALTH,
)
def telehealth_form(case: Case) -> Iterator[Hit]:
    """Find pairs of place and modifier that the payer doesn't take."""
    if case.payer.telehealth_forms:
        for row in case.rows:
            if is_remote(row):
                yield from _form_hit(case, row)


def _form_hit(case: Case, row: Row) -> Iterator[Hit]:
    forms = case.payer.telehealth_forms
    remote = [item for item in row.modifiers if item in REMOTE_MODIFIERS]
    given = (row.pos, remote[0] if remote else "")
    if given in forms and len(remote) <= 1:
        return
    wanted = sorted(modifier for place, modifier in forms if place == row.pos)
    fix = None
    if len(wanted) == 1:
        kept = [item for item in row.modifiers if item not in REMOTE_MODIFIERS]
        new = [*kept, wanted[0]] if wanted[0] else kept
        words = f"Write telehealth on line {row.number} as this payer takes it"
        fix = set_field(row.place("modifiers"), new, words) if len(new) <= 4 else None
    shown = ", ".join(f"{place}{' with ' + mod if mod else ''}" for place, mod in sorted(forms))
    yield Hit(
        row.place("modifiers"),
        f"Line {row.number}: telehealth as place {row.pos} with modifier "
        f"{' '.join(remote) or 'none'} is not how this payer takes it. Use {shown}.",
        shown,
        " ".join((row.pos, *remote)),
        fix,
    )


@rule(
    "TEL-002",
    "Code not payable by telehealth",
    BLOCKS,
    "Medicare telehealth list, or the payer's",
    when=Trait.TELEHEALTH,
    needs=(Table.TELEHEALTH,),
)
def telehealth_code(case: Case) -> Iterator[Hit]:
    """Find telehealth services that aren't on the payer's list on the day."""
    listed = case.payer.telehealth_codes
    if listed is None and not case.is_medicare:
        return
    for row in case.rows:
        if not is_remote(row) or not row.code:
            continue
        if listed is not None:
            ok = row.code in listed
        else:
            answer = case.answer(
                Table.TELEHEALTH, case.tables.listed, Table.TELEHEALTH, row.code, row.dos
            )
            found = case.known(Table.TELEHEALTH, answer)
            ok = found is not None or (isinstance(answer, Missing) and answer.is_unchecked)
        if not ok:
            yield Hit(
                row.place("procedure_code"),
                f"Line {row.number}: {row.code} is not payable by telehealth on {row.dos}. See "
                "the patient in person or choose a code of the list.",
                found=row.code,
            )


@rule(
    "TEL-003",
    "Visit was remote, claim is not",
    WARNS,
    "encounter",
    when=Trait.VISIT | Trait.PSYCHOTHERAPY,
)
def telehealth_unmarked(case: Case) -> Iterator[Hit]:
    """Find visits by video or telephone billed as if in person."""
    if case.visit.modality not in {"video", "audio"}:
        return
    for row in case.rows_with(Trait.VISIT | Trait.PSYCHOTHERAPY):
        if not is_remote(row):
            yield Hit(
                row.place("place_of_service"),
                f"Line {row.number}: the visit was by {case.visit.modality}, yet {row.code} is "
                f"billed in place {row.pos}. Use place 10 (home) or 02, with 95 or 93 if wanted.",
                "02 or 10",
                row.pos,
            )


@rule(
    "TEL-004",
    "Medicare telehealth at home after the flexibilities",
    WARNS,
    "Consolidated Appropriations Act, 2026; 42 USC 1395m(m)",
    when=Trait.TELEHEALTH,
    dates=(date(2028, 1, 1), None),
)
def telehealth_after_end(case: Case) -> Iterator[Hit]:
    """Find Medicare telehealth to the home, mental health aside, from 2028 on."""
    if not case.is_medicare:
        return
    for row in case.rows:
        if row.pos == "10" and not row.is_a(Trait.PSYCHOTHERAPY):
            yield Hit(
                row.place("place_of_service"),
                f"Line {row.number}: Medicare's telehealth at home ended on {FLEXIBILITY_ENDS} "
                f"except for mental health, so {row.code} may not be paid. Check for a new law.",
                found=row.pos,
            )
