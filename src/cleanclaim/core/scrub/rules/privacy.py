"""What may not be told to a payer: restricted services, Part 2 records, missing signatures."""

from collections.abc import Iterator

from cleanclaim.core.scrub.case import Case
from cleanclaim.core.scrub.fixes import remove_line
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait


@rule(
    "SELF-001",
    "Patient-restricted service",
    BLOCKS,
    "45 CFR 164.522(a)(1)(vi)",
    when=Trait.RESTRICTED,
)
def restricted(case: Case) -> Iterator[Hit]:
    """Find services that the patient paid for and that no plan may hear of; never overridden."""
    for row in case.rows:
        if row.line.plan_disclosure_restricted:
            yield Hit(
                row.place(),
                f"Line {row.number}: the patient paid for this service and restricted it; it may "
                "reach no health plan. Remove the line.",
                "no restricted line",
                "",
                remove_line(case, row),
            )


@rule("CONS-001", "Signature on file missing", WARNS, "837, CLM08 and CLM09; 45 CFR 164.506")
def signature(case: Case) -> Iterator[Hit]:
    """Find claims without the patient's assignment or release."""
    index = case.claim.coverages.index(case.coverage)
    for field, given in (
        ("benefits_assigned", case.coverage.benefits_assigned),
        ("release_of_information", case.coverage.release_of_information),
    ):
        if given not in {"Y", "I"} or (given == "Y" and not case.visit.signature_on_file):
            words = field.replace("_", " ")
            yield Hit(
                f"coverages[{index}].{field}",
                f"The signature for {words} is not on file ({given or 'empty'}). Get it.",
                "Y",
                given,
            )


@rule("P2-001", "Part 2 record without consent", BLOCKS, "42 CFR 2.31 and 2.33")
def part_2(case: Case) -> Iterator[Hit]:
    """Find claims from a substance use program without consent for payment."""
    if case.visit.substance_use_record and not case.visit.substance_use_consent:
        yield Hit(
            "",
            "These services come from a substance use disorder program (42 CFR Part 2), and no "
            "consent for payment is on file. Get the consent before sending.",
            "a consent",
        )
