"""Diagnoses: validity, specificity, exclusions, order, 7th character."""

from collections.abc import Iterator

from cleanclaim.core.codes.records import Diagnosis, Note
from cleanclaim.core.codes.release import Table
from cleanclaim.core.codes.tables import Missing
from cleanclaim.core.scrub.case import Case
from cleanclaim.core.scrub.fixes import add_modifier, reorder_diagnoses, set_field
from cleanclaim.core.scrub.rule import BLOCKS, INFORMS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

GUIDELINES = "ICD-10-CM Official Guidelines"
TABULAR = "ICD-10-CM tabular list"
NEEDS = (Table.DIAGNOSIS,)
EXTERNAL_CAUSE = ("V", "W", "X", "Y")
UNSPECIFIED_SIDE = "U"
FULL_LENGTH = 7
FIRST_ONLY = ("Z00", "Z02", "Z332", "Z34", "Z38", "Z39", "Z510", "Z511", "Z52", "Z761", "Z762")
NEVER_FIRST: tuple[str, ...] = ("B95", "B96", "B97", "Z16", "Z17", "Z3A", "Z66", "Z68", "Z79")
NEVER_FIRST += ("Z88", "Z89", "Z90", "Z91", "Z93", "Z94", "Z95", "Z97", "Z98")
UNACCEPTABLE = "Principal_Unacceptable"
PREVENTION = tuple(f"Z{number:02d}" for number in range(14))


def _place(index: int) -> str:
    return f"diagnoses[{index}].code"


def _bad_seventh(case: Case, code: str) -> Diagnosis | None:
    """Give the family whose 7th character a code lacks or has wrong; None if that isn't it."""
    for length in range(len(code), 2, -1):
        answer = case.diagnosis(code[:length].rstrip("X") if length < len(code) else code)
        if answer is None:
            continue
        if not answer.seventh or answer.is_billable:
            return None
        seventh = code[FULL_LENGTH - 1 :]
        return answer if seventh not in {key for key, _ in answer.seventh} else None
    return None


@rule("DX-001", "Diagnosis invalid or incomplete", BLOCKS, TABULAR, needs=NEEDS)
def invalid(case: Case) -> Iterator[Hit]:
    """Find codes that aren't in the set of the day, and headers."""
    for index, code, found in case.diagnoses:
        if found and found.is_billable:
            continue
        answer = case.diagnosis_answer(code)
        if (isinstance(answer, Missing) and answer.is_unchecked) or _bad_seventh(case, code):
            continue
        fix = None
        if found is None:
            gone = "was not valid on" if answer is Missing.NOT_ON_DAY else "does not exist on"
            words = f"{code} {gone} {case.dos}. Choose a valid code."
            expected = "a valid code"
        else:
            expected = " ".join(found.children[:6])
            words = f"{code} is incomplete. Choose one of {expected}."
            child = case.diagnosis(found.children[0]) if len(found.children) == 1 else None
            if child and child.is_billable:
                fix = set_field(_place(index), child.code, f"Change {code} to {child.code}")
        yield Hit(_place(index), f"Diagnosis {index + 1}: {words}", expected, code, fix)


@rule("DX-002", "Unspecified side", WARNS, f"{GUIDELINES} I.B.13", needs=NEEDS)
def unspecified(case: Case) -> Iterator[Hit]:
    """Find unspecified sides and trimesters where a code names them."""
    for index, code, found in case.diagnoses:
        if found is None:
            continue
        vague = found.is_unspecified and "trimester" in found.description
        if found.side == UNSPECIFIED_SIDE or vague:
            yield Hit(
                _place(index),
                f"Diagnosis {index + 1}: {code} leaves the "
                f"{'trimester' if vague else 'side'} unspecified. Choose the specific code.",
                found=code,
            )


def _exclude(case: Case, one: str, two: str) -> bool:
    """Say whether an excludes 1 note of one of two codes, or above it, names the other."""
    key = ("excludes_1", one, two, case.diagnosis_day)
    answer: bool | None = case.memo.get(key)
    if answer is None:
        answer = one != two and (_names(case, one, two) or _names(case, two, one))
        case.memo[key] = answer
    return answer


def _names(case: Case, code: str, other: str) -> bool:
    path = case.tables.diagnosis_path(code, case.diagnosis_day)
    return any(note.names(other) for item in path for note in item.excludes_1)


@rule("DX-003", "Diagnoses that exclude each other", BLOCKS, f"{GUIDELINES} I.A.12.a", needs=NEEDS)
def exclusive(case: Case) -> Iterator[Hit]:
    """Find pairs under an excludes 1 note."""
    codes = [item.code for item in case.claim.diagnoses]
    for index, code in enumerate(codes):
        for other in codes[:index]:
            if _exclude(case, other, code):
                yield Hit(
                    _place(index),
                    f"Diagnosis {index + 1}: {other} and {code} exclude each other (excludes 1). "
                    "Drop one unless they are unrelated and documented.",
                    found=code,
                )


@rule("DX-004", "Underlying cause goes first", BLOCKS, f"{GUIDELINES} I.A.13", needs=NEEDS)
def manifestation_order(case: Case) -> Iterator[Hit]:
    """Find manifestations that stand first, or without their cause before them."""
    for index, code, found in case.diagnoses:
        if found is None or not found.is_manifestation:
            continue
        codes = [item.code for item in case.claim.diagnoses]
        causes = tuple(note for note in found.code_first if note.codes)
        if index and (not causes or _named(causes, codes[:index])):
            continue
        later = [n for n in range(index + 1, len(codes)) if _named(causes, [codes[n]])]
        fix = reorder_diagnoses(case, later[0]) if later else None
        yield Hit(
            _place(index),
            f"Diagnosis {index + 1}: {code} is a manifestation. Code the underlying cause before "
            "it.",
            "the underlying cause first",
            code,
            fix,
        )


def _named(notes: tuple[Note, ...], codes: list[str]) -> bool:
    return any(note.names(code) for note in notes for code in codes)


@rule("DX-005", "External cause leads", BLOCKS, f"{GUIDELINES} I.C.20.a.6")
def external_cause_first(case: Case) -> Iterator[Hit]:
    """Find V00-Y99 as the first diagnosis or as a line's first pointer."""
    codes = [item.code for item in case.claim.diagnoses]
    injuries = [n for n, code in enumerate(codes) if not code.startswith(EXTERNAL_CAUSE)]
    if codes and codes[0].startswith(EXTERNAL_CAUSE):
        yield Hit(
            _place(0),
            f"Diagnosis 1: external cause {codes[0]} cannot lead. Put the injury first.",
            "the injury",
            codes[0],
            reorder_diagnoses(case, injuries[0]) if injuries else None,
        )
    for row in case.rows:
        pointed = case.pointed(row)
        if not pointed or not pointed[0].startswith(EXTERNAL_CAUSE):
            continue
        pointers = row.line.diagnosis_pointers
        order = sorted(pointers, key=lambda p: codes[p - 1 : p][0].startswith(EXTERNAL_CAUSE))
        fix = None
        if tuple(order) != pointers:
            words = f"Point line {row.number} to the injury first"
            fix = set_field(row.place("diagnosis_pointers"), order, words)
        yield Hit(
            row.place("diagnosis_pointers"),
            f"Line {row.number}: its first diagnosis {pointed[0]} is an external cause. Point to "
            "the injury first.",
            "the injury",
            pointed[0],
            fix,
        )


@rule("DX-006", "7th character missing or wrong", BLOCKS, f"{GUIDELINES} I.A.5", needs=NEEDS)
def seventh_character(case: Case) -> Iterator[Hit]:
    """Find codes of families that take a 7th character without a valid one."""
    for index, code, found in case.diagnoses:
        if found is not None and found.is_billable:
            continue
        family = _bad_seventh(case, code)
        if family:
            letters = ", ".join(key for key, _ in family.seventh)
            yield Hit(
                _place(index),
                f"Diagnosis {index + 1}: {code} needs a valid 7th character ({letters}); "
                "fill the places before it with X.",
                letters,
                code,
            )


@rule("DX-007", "Diagnosis repeated", BLOCKS, "X12 837, HI segment")
def repeated(case: Case) -> Iterator[Hit]:
    """Find the same diagnosis twice."""
    codes = [item.code for item in case.claim.diagnoses]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            yield Hit(
                _place(index),
                f"Diagnosis {index + 1}: {code} is repeated. Remove it.",
                found=code,
                correction=set_field(f"diagnoses[{index}]", None, f"Remove the second {code}"),
            )


@rule("DX-008", "Line without a valid diagnosis", BLOCKS, "837P, SV107", when=Trait.PROFESSIONAL)
def unpointed_line(case: Case) -> Iterator[Hit]:
    """Find lines without a pointer, and pointers past the list."""
    if case.claim.kind != "P":
        return
    count = len(case.claim.diagnoses)
    for row in case.rows:
        pointers = row.line.diagnosis_pointers
        valid = [p for p in dict.fromkeys(pointers) if 1 <= p <= count]
        if pointers and tuple(valid) == pointers:
            continue
        new = valid or ([1] if count == 1 else [])
        words = f"Point line {row.number} to diagnosis {' '.join(map(str, new))}"
        yield Hit(
            row.place("diagnosis_pointers"),
            f"Line {row.number} has no valid diagnosis: it points to "
            f"{list(pointers) or 'nothing'} of {count}. Link it.",
            f"1 to {count}",
            str(list(pointers)),
            set_field(row.place("diagnosis_pointers"), new, words) if new else None,
        )


@rule("DX-009", "Diagnosis that no line names", INFORMS, "837P, SV107", when=Trait.PROFESSIONAL)
def unlinked(case: Case) -> Iterator[Hit]:
    """Tell of diagnoses that no line points to."""
    used = {p for row in case.rows for p in row.line.diagnosis_pointers}
    for index, item in enumerate(case.claim.diagnoses):
        if index + 1 not in used:
            yield Hit(
                _place(index),
                f"Diagnosis {index + 1}: no line is linked to {item.code}. Link it if it supports "
                "a service.",
                found=item.code,
            )


@rule("DX-010", "Diagnosis in the wrong position", BLOCKS, f"{GUIDELINES} I.C.21.c")
def position(case: Case) -> Iterator[Hit]:
    """Find Z codes that may only stand first, or never first."""
    codes = [item.code for item in case.claim.diagnoses]
    if not codes:
        return
    if codes[0].startswith(NEVER_FIRST) or _unacceptable(case, codes[0]):
        usable = [
            n
            for n, code in enumerate(codes)
            if n and not code.startswith((*NEVER_FIRST, *EXTERNAL_CAUSE))
        ]
        yield Hit(
            _place(0),
            f"Diagnosis 1: {codes[0]} cannot stand first. Put the reason for the visit first.",
            "another code first",
            codes[0],
            reorder_diagnoses(case, usable[0]) if usable else None,
        )
    for index, code in enumerate(codes[1:], 1):
        if code.startswith(FIRST_ONLY) and not codes[0].startswith(FIRST_ONLY):
            yield Hit(
                _place(index),
                f"Diagnosis {index + 1}: {code} can only stand first. Put it first.",
                "first",
                code,
                reorder_diagnoses(case, index),
            )


def _unacceptable(case: Case, code: str) -> bool:
    if not case.is_inpatient:
        return False
    edits = case.known(Table.CODE_EDITS, case.tables.code_edits("D", code, case.dos))
    return edits is not None and UNACCEPTABLE in edits.flags


@rule(
    "DX-011",
    "Present on admission",
    BLOCKS,
    "CMS present-on-admission reporting guidelines",
    when=Trait.INSTITUTIONAL,
    needs=(Table.POA_EXEMPT,),
)
def present_on_admission(case: Case) -> Iterator[Hit]:
    """Find inpatient diagnoses without the indicator, and exempt ones with it."""
    if not case.is_inpatient:
        return
    for index, item in enumerate(case.claim.diagnoses):
        answer = case.tables.poa_exempt(item.code, case.dos)
        exempt = case.known(Table.POA_EXEMPT, answer) is not None
        if isinstance(answer, Missing) and answer.is_unchecked:
            continue
        place = f"diagnoses[{index}].present_on_admission"
        given = item.present_on_admission
        if exempt and given:
            words = "is exempt from the present-on-admission indicator. Leave it empty."
            fix = set_field(place, "", f"Empty the indicator of {item.code}")
            yield Hit(place, f"Diagnosis {index + 1}: {item.code} {words}", "", given, fix)
        elif not exempt and given not in {"Y", "N", "U", "W"}:
            words = "lacks its present-on-admission indicator. Enter Y, N, U or W."
            yield Hit(place, f"Diagnosis {index + 1}: {item.code} {words}", "Y, N, U, W", given)


@rule(
    "DX-012",
    "Screening led by a problem",
    WARNS,
    "ACA preventive services, 45 CFR 147.130",
    when=Trait.SCREENING | Trait.PREVENTIVE,
)
def screening_for_problem(case: Case) -> Iterator[Hit]:
    """Find preventive services whose first diagnosis is a problem, without 33 or PT."""
    for row in case.rows_with(Trait.SCREENING | Trait.PREVENTIVE):
        pointed = case.pointed(row)
        if not pointed or pointed[0].startswith(PREVENTION) or {"33", "PT"} & set(row.modifiers):
            continue
        fix = None if case.is_medicare else add_modifier(row, "33")
        yield Hit(
            row.place("modifiers"),
            f"Line {row.number}: preventive {row.code} is led by {pointed[0]}, so the patient may "
            "be charged a share. Point to the screening code first, or add 33 (PT for Medicare).",
            "33",
            " ".join(row.modifiers),
            fix,
        )
