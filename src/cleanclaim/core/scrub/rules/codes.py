"""Procedure codes and modifiers as such: valid on the day, not repeated, described."""

from collections.abc import Iterator

from cleanclaim.core.codes.release import Table
from cleanclaim.core.codes.tables import Missing
from cleanclaim.core.scrub.case import Case
from cleanclaim.core.scrub.fixes import modifier_rank, remove_modifier, set_field
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

SIDES = frozenset({"LT", "RT"})


def _table(code: str) -> Table:
    return Table.HCPCS if code[0].isalpha() else Table.CPT


@rule(
    "PRC-001",
    "Procedure code not valid on the day",
    BLOCKS,
    "HCPCS and CPT releases",
    needs=(Table.HCPCS, Table.CPT),
)
def unknown_procedure(case: Case) -> Iterator[Hit]:
    """Find procedure codes that are unknown, or not valid on the day of service."""
    for row in case.rows:
        if not row.code:
            continue
        answer = case.answer(_table(row.code), case.tables.procedure, row.code, row.dos)
        if not isinstance(answer, Missing):
            continue
        if answer.is_unchecked:
            case.known(_table(row.code), answer)
            continue
        gone = "was not valid on" if answer is Missing.NOT_ON_DAY else "does not exist on"
        yield Hit(
            row.place("procedure_code"),
            f"Line {row.number}: {row.code} {gone} {row.dos}. Choose a valid code.",
            "a valid code",
            row.code,
        )


@rule(
    "MOD-001",
    "Modifier not valid on the day",
    BLOCKS,
    "HCPCS and CPT releases",
    when=Trait.MODIFIER,
    needs=(Table.MODIFIER,),
)
def unknown_modifier(case: Case) -> Iterator[Hit]:
    """Find modifiers that are unknown, or not valid on the day of service."""
    for row in case.rows:
        for modifier in row.modifiers:
            answer = case.answer(Table.MODIFIER, case.tables.modifier, modifier, row.dos)
            if case.known(Table.MODIFIER, answer) is None and answer in {
                Missing.UNKNOWN,
                Missing.NOT_ON_DAY,
            }:
                yield Hit(
                    row.place("modifiers"),
                    f"Line {row.number}: modifier {modifier} is not valid on {row.dos}. Remove or "
                    "replace it.",
                    "a valid modifier",
                    modifier,
                    remove_modifier(row, modifier),
                )


@rule("MOD-002", "Modifier repeated", BLOCKS, "X12 837, SV101", when=Trait.MODIFIER)
def repeated_modifier(case: Case) -> Iterator[Hit]:
    """Find the same modifier twice on a line."""
    for row in case.rows:
        if len(row.modifiers) < 2:
            continue
        unique = list(dict.fromkeys(row.modifiers))
        if len(unique) < len(row.modifiers):
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: a modifier of {' '.join(row.modifiers)} is repeated. Keep "
                "each once.",
                " ".join(unique),
                " ".join(row.modifiers),
                set_field(row.place("modifiers"), unique, f"Keep each modifier of {row.code} once"),
            )


@rule("MOD-003", "50 beside LT or RT", BLOCKS, "CMS, chapter 12, 40.7", when=Trait.BILATERAL)
def both_and_one_side(case: Case) -> Iterator[Hit]:
    """Find modifier 50 together with a side."""
    for row in case.rows_with(Trait.BILATERAL):
        sides = [item for item in row.modifiers if item in SIDES]
        if sides:
            kept = [item for item in row.modifiers if item not in SIDES]
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: 50 means both sides, so {' '.join(sides)} contradicts it. "
                "Keep one of them.",
                "50",
                " ".join(row.modifiers),
                set_field(row.place("modifiers"), kept, f"Keep 50 on line {row.number}"),
            )


@rule(
    "MOD-004",
    "Payment modifier behind information",
    WARNS,
    "CMS modifier order",
    when=Trait.MODIFIER,
)
def modifier_order(case: Case) -> Iterator[Hit]:
    """Find modifiers that inform in front of modifiers that decide the payment."""
    for row in case.rows:
        if len(row.modifiers) < 2:
            continue
        wanted = sorted(row.modifiers, key=modifier_rank)
        if list(row.modifiers) != wanted:
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: order the modifiers {' '.join(row.modifiers)} as "
                f"{' '.join(wanted)}: what decides the payment goes first.",
                " ".join(wanted),
                " ".join(row.modifiers),
                set_field(row.place("modifiers"), wanted, f"Reorder modifiers of {row.code}"),
            )


@rule(
    "UNL-001",
    "Unlisted code without description",
    BLOCKS,
    "837P, SV101-7 and NTE",
    when=Trait.UNLISTED,
)
def undescribed(case: Case) -> Iterator[Hit]:
    """Find unlisted codes that nothing describes."""
    for row in case.rows_with(Trait.UNLISTED):
        if not (row.line.description or row.line.note):
            yield Hit(
                row.place("description"),
                f"Line {row.number}: describe {row.code}, which names no procedure, in the line's "
                "description and note.",
                "a description",
            )
