"""NCCI procedure-to-procedure edits, on the claim and against the day's earlier claims."""

from collections.abc import Iterator
from datetime import date

import msgspec

from cleanclaim.core.codes.records import PtpEdit
from cleanclaim.core.codes.release import Setting, Table
from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.fixes import remove_line, remove_modifier, swap_modifier
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

MANUAL = "CMS NCCI Policy Manual, chapter I"
PTP_SOURCE = "CMS NCCI procedure-to-procedure edits"
EITHER_LINE_SINCE = date(2019, 7, 1)  # Medicare takes 59 and X modifiers on either code since then
ANATOMIC = frozenset(
    {"E1", "E2", "E3", "E4", "FA", "TA", "LT", "RT", "LC", "LD", "LM", "RC", "RI"}
    | {f"F{n}" for n in range(1, 10)}
    | {f"T{n}" for n in range(1, 10)}
)
VISIT_ONLY = frozenset({"24", "25", "57"})
SEPARATE = frozenset({"59", "XE", "XP", "XS", "XU"})
NEVER_ON_VISITS = SEPARATE
BYPASS = ANATOMIC | VISIT_ONLY | SEPARATE | {"58", "78", "79", "27", "91"}
HELPED, HELPLESS = "1", "0"
_TABLES = {
    Setting.HOSPITAL: Table.PTP_HOSPITAL,
    Setting.PRACTITIONER: Table.PTP_PRACTITIONER,
    Setting.DME: Table.PTP_PRACTITIONER,
}
NEEDS = (Table.PTP_PRACTITIONER, Table.PTP_HOSPITAL)


class Pair(msgspec.Struct, frozen=True):
    """Two codes of one day that an edit joins.

    Args:
        row: The line of this claim that the finding stands on: column 2 if it is on the claim.
        other: Claim number of the other code, empty if it is on this claim.
        modifiers: Of the lines whose modifiers count.
    """

    edit: PtpEdit
    row: Row
    other: str
    modifiers: tuple[str, ...]

    @property
    def column_2_here(self) -> bool:
        """Say whether the code that isn't paid is on this claim."""
        return self.row.code == self.edit.column_2


def pairs(case: Case) -> list[Pair]:
    """Give every pair of codes that an active edit joins, once for each two lines."""
    if not case.payer.follows_ncci or case.is_inpatient:
        return []
    found: list[Pair] = []
    either = case.payer.bypass_on_either_line or case.is_medicare
    for index, row in enumerate(case.rows):
        for other in case.rows[index + 1 :]:
            if other.dos == row.dos and _same_hands(case, row, other):
                for one, two in ((row, other), (other, row)):
                    edit = _edit(case, one.code, two)
                    if edit is not None:
                        modifiers = two.modifiers + _counting(one, either=either)
                        found.append(Pair(edit, two, "", modifiers))
        for line in case.past_same_day(row):
            edit = _edit(case, line.procedure_code, row)
            if edit is not None:
                modifiers = row.modifiers + (line.modifiers if either else ())
                found.append(Pair(edit, row, line.claim_number, modifiers))
            edit = _edit(case, row.code, row, line.procedure_code)
            if edit is not None:
                modifiers = line.modifiers + _counting(row, either=either)
                found.append(Pair(edit, row, line.claim_number, modifiers))
    return found


def _same_hands(case: Case, row: Row, other: Row) -> bool:
    one, two = case.rendering(row), case.rendering(other)
    return one.npi == two.npi or (
        bool(one.taxonomy_code) and one.taxonomy_code == two.taxonomy_code
    )


def _counting(row: Row, *, either: bool) -> tuple[str, ...]:
    return row.modifiers if either and row.dos >= EITHER_LINE_SINCE else ()


def _edit(case: Case, column_1: str, row: Row, column_2: str = "") -> PtpEdit | None:
    column_2 = column_2 or row.code
    if column_1 == column_2 or not column_1 or not column_2:
        return None
    setting = case.setting
    return case.known(_TABLES[setting], case.tables.ptp(column_1, column_2, row.dos, setting))


def fits(modifier: str, row: Row) -> bool:
    """Say whether an NCCI modifier may stand on a line at all."""
    if row.is_a(Trait.VISIT):
        return modifier not in NEVER_ON_VISITS
    if modifier in VISIT_ONLY:
        return False
    return modifier != "91" or row.is_a(Trait.LABORATORY)


def bypasses(pair: Pair) -> str:
    """Give the modifier that lets a pair pass; empty for none."""
    for modifier in pair.modifiers:
        if modifier in BYPASS and (fits(modifier, pair.row) or modifier not in pair.row.modifiers):
            return modifier
    return ""


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
        if pair.edit.modifier_indicator == HELPED and not bypasses(pair):
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
        if pair.edit.modifier_indicator == HELPED and (modifier := bypasses(pair)):
            yield Hit(
                pair.row.place("modifiers"),
                f"Line {pair.row.number}: modifier {modifier} unbundles {pair.edit.column_2} from "
                f"{pair.edit.column_1}. Confirm that the note shows a separate site, session or "
                "practitioner.",
                found=modifier,
            )


@rule("NCCI-004", "Modifier on a code that can't take it", BLOCKS, MANUAL, when=Trait.MODIFIER)
def misplaced(case: Case) -> Iterator[Hit]:
    """Find 59 on visits, 25 on procedures, 91 off the laboratory, 27 on professional claims."""
    for row in case.rows:
        for modifier in row.modifiers:
            professional_27 = modifier == "27" and not case.is_institutional
            if modifier not in BYPASS or (fits(modifier, row) and not professional_27):
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
