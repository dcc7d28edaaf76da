"""Assistants at surgery and co-surgeons."""

from collections.abc import Iterator

from cleanclaim.core.scrub.case import Case
from cleanclaim.core.scrub.fixes import remove_line, remove_modifier, swap_modifier
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.rules.surgery import INDICATORS, MANUAL, NEEDS
from cleanclaim.core.scrub.traits import Trait

NO_ASSISTANT = frozenset({"1", "9"})
ASSISTANT_TO_JUSTIFY = "0"
NO_TEAM = frozenset({"0", "9"})
PHYSICIAN_ASSISTING = frozenset({"80", "81", "82"})
OTHERS_ASSISTING = frozenset({"pa", "np", "cns"})


@rule("AST-001", "Assistant not payable", BLOCKS, INDICATORS, when=Trait.ASSISTANT, needs=NEEDS)
def assistant_not_payable(case: Case) -> Iterator[Hit]:
    """Find assistants at procedures for which none is paid."""
    for row in case.rows_with(Trait.ASSISTANT):
        fee = case.fee_of(row)
        if fee and fee.assistant in NO_ASSISTANT:
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: an assistant is not payable for {row.code} (indicator "
                f"{fee.assistant}). Remove the line.",
                found=" ".join(row.modifiers),
                correction=remove_line(case, row),
            )


@rule(
    "AST-002",
    "Assistant to be justified",
    WARNS,
    INDICATORS,
    when=Trait.ASSISTANT,
    needs=NEEDS,
)
def assistant_to_justify(case: Case) -> Iterator[Hit]:
    """Find assistants that are paid only with documentation, where none is attached."""
    for row in case.rows_with(Trait.ASSISTANT):
        fee = case.fee_of(row)
        if fee and fee.assistant == ASSISTANT_TO_JUSTIFY and not case.claim.attachments:
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: the assistant at {row.code} needs justification. Attach the "
                "operative note.",
                "an attachment",
            )


@rule("AST-003", "Wrong assistant modifier", BLOCKS, MANUAL, when=Trait.ASSISTANT)
def wrong_assistant(case: Case) -> Iterator[Hit]:
    """Find AS of a physician, and 80 to 82 of a PA, NP or CNS."""
    for row in case.rows_with(Trait.ASSISTANT):
        kind = case.provider_kind(case.rendering(row))
        for modifier in row.modifiers:
            if modifier == "AS" and kind == "physician":
                right = "80"
            elif modifier in PHYSICIAN_ASSISTING and kind in OTHERS_ASSISTING:
                right = "AS"
            else:
                continue
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: modifier {modifier} is wrong for this kind of assistant. "
                f"Use {right}.",
                right,
                modifier,
                swap_modifier(row, modifier, right),
            )


@rule("COS-001", "Co-surgery rule", BLOCKS, INDICATORS, when=Trait.SURGEON_TEAM, needs=NEEDS)
def co_surgery(case: Case) -> Iterator[Hit]:
    """Find 62 and 66 on codes that take no second surgeon or team."""
    for row in case.rows_with(Trait.SURGEON_TEAM):
        fee = case.fee_of(row)
        if fee is None:
            continue
        for modifier, indicator in (("62", fee.co_surgeon), ("66", fee.team)):
            if modifier in row.modifiers and indicator in NO_TEAM:
                yield Hit(
                    row.place("modifiers"),
                    f"Line {row.number}: modifier {modifier} is not payable for {row.code} "
                    f"(indicator {indicator}). Remove it; two surgeons both bill 62 with notes.",
                    found=modifier,
                    correction=remove_modifier(row, modifier),
                )
