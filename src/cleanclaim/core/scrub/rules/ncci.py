"""NCCI procedure-to-procedure edits, on the claim and against the day's earlier claims."""

from collections.abc import Iterator
from datetime import date

import msgspec

from cleanclaim.core.codes.records import PtpEdit
from cleanclaim.core.codes.release import Setting, Table
from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.fixes import remove_line, remove_modifier, swap_modifier
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait, code_traits

MANUAL = "CMS NCCI Policy Manual, chapter I"
PTP_SOURCE = "CMS NCCI procedure-to-procedure edits"
ANATOMIC = frozenset(
    {"E1", "E2", "E3", "E4", "FA", "TA", "LT", "RT", "LC", "LD", "LM", "RC", "RI"}
    | {f"F{n}" for n in range(1, 10)}
    | {f"T{n}" for n in range(1, 10)}
)
VISIT_ONLY = frozenset({"24", "25", "57"})
SEPARATE = frozenset({"59", "XE", "XP", "XS", "XU"})
REPEATED_TEST = "91"
BYPASS = ANATOMIC | VISIT_ONLY | SEPARATE | {"58", "78", "79", "27", REPEATED_TEST}
HELPED, HELPLESS = "1", "0"
_TABLES = {
    Setting.HOSPITAL: Table.PTP_HOSPITAL,
    Setting.PRACTITIONER: Table.PTP_PRACTITIONER,
    Setting.DME: Table.PTP_PRACTITIONER,
}
NEEDS = (Table.PTP_PRACTITIONER, Table.PTP_HOSPITAL)


class _Past(msgspec.Struct, frozen=True):
    code: str
    modifiers: tuple[str, ...]


class Pair(msgspec.Struct, frozen=True):
    """Two codes of one day that an edit joins.

    Args:
        row: The line of this claim that the finding stands on: column 2 if it is on the claim.
        other: Claim number of the other code, empty if it is on this claim.
        bypass: The modifier that lets the pair pass; empty for none.
    """

    edit: PtpEdit
    row: Row
    other: str
    bypass: str

    @property
    def column_2_here(self) -> bool:
        """Say whether the code that isn't paid is on this claim."""
        return self.row.code == self.edit.column_2


def pairs(case: Case) -> list[Pair]:
    """Give every pair of codes that an active edit joins, once for each two lines."""
    return case.once("pairs", _pairs)


def _pairs(case: Case) -> list[Pair]:
    if not case.payer.follows_ncci or case.is_inpatient:
        return []
    found: list[Pair] = []
    either = case.payer.bypass_on_either_line or case.is_medicare
    for index, row in enumerate(case.rows):
        for other in case.rows[index + 1 :]:
            if other.dos == row.dos and _same_hands(case, row, other):
                for one, two in ((row, other), (other, row)):
                    edit = _edit(case, one.code, two.code, row.dos)
                    if edit is not None:
                        found.append(Pair(edit, two, "", _bypassing(edit, one, two, either=either)))
        for line in case.past_same_day(row):
            past = _Past(line.procedure_code, line.modifiers)
            edit = _edit(case, past.code, row.code, row.dos)
            if edit is not None:
                modifier = _bypassing(edit, past, row, either=either)
                found.append(Pair(edit, row, line.claim_number, modifier))
            edit = _edit(case, row.code, past.code, row.dos)
            if edit is not None:
                modifier = _bypassing(edit, row, past, either=either)
                found.append(Pair(edit, row, line.claim_number, modifier))
    return found


def _same_hands(case: Case, row: Row, other: Row) -> bool:
    one, two = case.rendering(row), case.rendering(other)
    return one.npi == two.npi or (
        bool(one.taxonomy_code) and one.taxonomy_code == two.taxonomy_code
    )


def _bypassing(edit: PtpEdit, one: Row | _Past, two: Row | _Past, *, either: bool) -> str:
    """Give the modifier that lets a pair pass; empty for none.

    It counts on column 2 everywhere, on column 1 only at payers who say so.
    """
    if edit.modifier_indicator != HELPED:
        return ""
    lines = (two, one) if either else (two,)
    for line in lines:
        for modifier in line.modifiers:
            if modifier in BYPASS and fits(modifier, line.code):
                return modifier
    return ""


def _edit(case: Case, column_1: str, column_2: str, day: date) -> PtpEdit | None:
    if not column_1 or not column_2:
        return None
    setting = case.setting
    return case.known(_TABLES[setting], case.tables.ptp(column_1, column_2, day, setting))


def fits(modifier: str, code: str) -> bool:
    """Say whether an NCCI modifier may stand on a code at all."""
    traits = code_traits(code)
    if modifier == REPEATED_TEST:
        return bool(traits & Trait.LABORATORY)
    return modifier not in (SEPARATE if traits & Trait.VISIT else VISIT_ONLY)


def _where(pair: Pair) -> str:
    return f" (on claim {pair.other})" if pair.other else ""


def _hit(case: Case, pair: Pair, message: str) -> Hit:
    fix = remove_line(case, pair.row) if pair.column_2_here else None
    source = f"{PTP_SOURCE}, {pair.edit.column_1}/{pair.edit.column_2}, in force {pair.edit.start}"
    expected = "one of the two codes"
    return Hit(pair.row.place("procedure_code"), message, expected, pair.row.code, fix, source)


PAIRED = Trait.SEVERAL_LINES | Trait.HISTORY


@rule("NCCI-001", "Pair never paid together", BLOCKS, PTP_SOURCE, when=PAIRED, needs=NEEDS)
def never_together(case: Case) -> Iterator[Hit]:
    """Find pairs that no modifier helps."""
    for pair in pairs(case):
        if pair.edit.modifier_indicator == HELPLESS:
            yield _hit(
                case,
                pair,
                f"Line {pair.row.number}: {pair.edit.column_2} is never payable with "
                f"{pair.edit.column_1}{_where(pair)} on {pair.row.dos}, and no modifier helps. "
                f"Remove {pair.edit.column_2} or correct the code.",
            )


@rule("NCCI-002", "Bundled pair without modifier", BLOCKS, PTP_SOURCE, when=PAIRED, needs=NEEDS)
def bundled(case: Case) -> Iterator[Hit]:
    """Find pairs that a modifier could help and none does."""
    for pair in pairs(case):
        if pair.edit.modifier_indicator == HELPED and not pair.bypass:
            yield _hit(
                case,
                pair,
                f"Line {pair.row.number}: {pair.edit.column_2} is bundled into "
                f"{pair.edit.column_1}{_where(pair)} on {pair.row.dos}. Remove "
                f"{pair.edit.column_2}, or, if the note shows a truly separate service, add 25 or "
                "57 (visit), a side or digit, or 59/XE/XP/XS/XU.",
            )


@rule("NCCI-003", "Bundled pair passed by a modifier", WARNS, MANUAL, when=PAIRED, needs=NEEDS)
def passed_by_modifier(case: Case) -> Iterator[Hit]:
    """Remind that the note must support an unbundling modifier."""
    for pair in pairs(case):
        if pair.edit.modifier_indicator == HELPED and pair.bypass:
            yield Hit(
                pair.row.place("modifiers"),
                f"Line {pair.row.number}: modifier {pair.bypass} unbundles {pair.edit.column_2} "
                f"from {pair.edit.column_1}. Confirm that the note shows a separate site, session "
                "or practitioner.",
                found=pair.bypass,
            )


@rule("NCCI-004", "Modifier on a code that can't take it", BLOCKS, MANUAL, when=Trait.MODIFIER)
def misplaced(case: Case) -> Iterator[Hit]:
    """Find 59 on visits, 25 on procedures, 91 off the laboratory, 27 on professional claims."""
    for row in case.rows:
        for modifier in row.modifiers:
            professional_27 = modifier == "27" and not case.is_institutional
            if modifier not in BYPASS or (fits(modifier, row.code) and not professional_27):
                continue
            to_25 = row.is_a(Trait.VISIT) and modifier in SEPARATE
            fix = swap_modifier(row, modifier, "25") if to_25 else remove_modifier(row, modifier)
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: modifier {modifier} cannot go on {row.code}. "
                f"{'Use 25 if the visit is separate' if to_25 else 'Remove it'} or move it to the "
                "line that it belongs to.",
                found=modifier,
                correction=fix,
            )


@rule("NCCI-005", "59 beside an X modifier", WARNS, MANUAL, when=Trait.UNBUNDLING)
def redundant_59(case: Case) -> Iterator[Hit]:
    """Find 59 together with XE, XP, XS or XU."""
    for row in case.rows:
        exact = [item for item in row.modifiers if item in SEPARATE and item != "59"]
        if exact and "59" in row.modifiers:
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: modifier 59 is redundant with {exact[0]}. Keep {exact[0]}.",
                found="59",
                correction=remove_modifier(row, "59"),
            )
