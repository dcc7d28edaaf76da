"""Eligibility, the order of payers, Medicare as secondary payer, and amounts of earlier payers."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from cleanclaim.core.claim import Adjustment
from cleanclaim.core.scrub.case import Case
from cleanclaim.core.scrub.facts import Overlay
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait
from cleanclaim.kernel.money import show_cents

MSP = "42 CFR 411.20-411.206, Medicare secondary payer"
COB = "X12 837, loops 2320 and 2430; NAIC coordination of benefits"
ELIGIBILITY = "X12 271"
AGE_OF_MEDICARE = 65
LARGE_FOR_AGED = 20
LARGE_FOR_DISABLED = 100
HOSPICE_MODIFIERS = frozenset({"GV", "GW"})
SELF = "18"
MEDICAID = "MC"


@rule("MSP-001", "Medicare may be secondary", BLOCKS, MSP, when=Trait.MEDICARE)
def medicare_second(case: Case) -> Iterator[Hit]:
    """Find primary claims to Medicare where another payer pays first."""
    if case.claim.payer_rank != 1:
        return
    visit, age = case.visit, case.age
    causes = {item.code for item in case.claim.related_causes}
    aged = age >= AGE_OF_MEDICARE and visit.employer_size >= LARGE_FOR_AGED
    disabled = visit.medicare_by_disability and visit.employer_size >= LARGE_FOR_DISABLED
    if causes & {"AA", "EM"}:
        why = "an accident or employment is the cause"
    elif visit.other_group_coverage and (aged or disabled):
        why = f"the group plan of an employer of {visit.employer_size} pays first"
    elif visit.other_group_coverage and visit.renal_coordination:
        why = "the group plan pays first in the 30 months of renal disease"
    else:
        return
    yield Hit(
        "coverages",
        f"Medicare may be secondary: {why}. Bill the other payer first, then Medicare with the "
        "insurance type code.",
        "another primary payer",
    )


@rule("MSP-002", "Why Medicare is secondary", BLOCKS, "837, SBR05", when=Trait.MEDICARE)
def medicare_second_without_type(case: Case) -> Iterator[Hit]:
    """Find secondary claims to Medicare without the insurance type."""
    if case.claim.payer_rank > 1 and not case.coverage.insurance_type_code:
        index = case.claim.coverages.index(case.coverage)
        yield Hit(
            f"coverages[{index}].insurance_type_code",
            "Medicare is not primary here, and the insurance type code that says why is empty. "
            "Enter 12 (working aged), 13 (renal), 14 (no-fault), 15 (workers' compensation), 43 "
            "(disabled) or 47 (liability).",
            "12, 13, 14, 15, 43, 47",
        )


@rule("COB-001", "Earlier payer's decision missing", BLOCKS, COB, when=Trait.NOT_FIRST_PAYER)
def decision_missing(case: Case) -> Iterator[Hit]:
    """Find claims to a later payer without what the payers before it decided."""
    decided = {item.payer_id for item in case.claim.prior_adjudications}
    for item in case.claim.coverages:
        if item.rank < case.claim.payer_rank and item.payer.payer_id not in decided:
            yield Hit(
                "prior_adjudications",
                f"The decision of payer {item.payer.payer_id} (rank {item.rank}) is missing. Post "
                "its remittance first.",
                "a decision of each earlier payer",
            )


@rule("COB-002", "Order of payers", WARNS, COB, when=Trait.SEVERAL_PAYERS)
def order_of_payers(case: Case) -> Iterator[Hit]:
    """Find Medicaid before others, and a dependent's coverage before the patient's own."""
    coverages = sorted(case.claim.coverages, key=lambda item: item.rank)
    for earlier, later in pairwise(coverages):
        kinds = (earlier.payer.filing_indicator, later.payer.filing_indicator)
        if kinds[0] == MEDICAID and kinds[1] != MEDICAID:
            why = "Medicaid pays last"
        elif (
            earlier.relationship_code != SELF
            and later.relationship_code == SELF
            and (not {"MA", "MB", MEDICAID} & set(kinds))
        ):
            why = "the patient's own coverage pays before a relative's"
        else:
            continue
        yield Hit(
            "coverages",
            f"Check the order of payers {earlier.rank} and {later.rank}: {why}.",
            why,
        )


def _cents(adjustments: Iterable[Adjustment]) -> int:
    return sum(item.amount_cents for item in adjustments)


@rule("COB-003", "Earlier payers' amounts don't balance", BLOCKS, COB, when=Trait.NOT_FIRST_PAYER)
def unbalanced(case: Case) -> Iterator[Hit]:
    """Find lines and claims where charge isn't paid plus adjustments."""
    for index, prior in enumerate(case.claim.prior_adjudications):
        on_lines = 0
        for row in case.rows:
            mine = [item for item in row.line.adjudications if item.payer_id == prior.payer_id]
            adjusted = sum(_cents(item.adjustments) for item in mine)
            on_lines += adjusted
            covered = sum(item.paid_cents for item in mine) + adjusted
            if mine and covered != row.line.charge_cents:
                yield Hit(
                    row.place("adjudications"),
                    f"Line {row.number}: charge {show_cents(row.line.charge_cents)} is not paid "
                    f"plus adjustments {show_cents(covered)} of payer {prior.payer_id}. Correct "
                    "the adjustments.",
                    show_cents(row.line.charge_cents),
                    show_cents(covered),
                )
        covered = prior.paid_cents + _cents(prior.adjustments) + on_lines
        if covered != case.claim.charge_cents:
            yield Hit(
                f"prior_adjudications[{index}]",
                f"Charge {show_cents(case.claim.charge_cents)} is not paid plus adjustments "
                f"{show_cents(covered)} of payer {prior.payer_id}. Correct them from the "
                "remittance.",
                show_cents(case.claim.charge_cents),
                show_cents(covered),
            )


@rule("ELG-001", "Coverage inactive", BLOCKS, ELIGIBILITY)
def inactive(case: Case) -> Iterator[Hit]:
    """Find services outside the coverage, by its own days or by the last eligibility answer."""
    coverage, eligibility = case.coverage, case.context.eligibility
    answered = eligibility is not None and eligibility.status == "inactive"
    for row in case.rows:
        early = coverage.start_date is not None and row.dos < coverage.start_date
        late = coverage.end_date is not None and row.dos > coverage.end_date
        if answered or early or late:
            index = case.claim.coverages.index(coverage)
            yield Hit(
                f"coverages[{index}]",
                f"Line {row.number}: coverage is inactive on {row.dos}. Find the coverage of that "
                "day.",
                "active coverage",
                str(row.dos),
            )
            return


@rule("ELG-002", "Eligibility not verified", WARNS, ELIGIBILITY)
def unverified(case: Case) -> Iterator[Hit]:
    """Find claims without an eligibility answer near the day of service."""
    eligibility = case.context.eligibility
    first = case.first_day
    answered = eligibility is not None and eligibility.status != "unknown"
    if eligibility and answered:
        age_days = (first - eligibility.checked_date).days
        if age_days <= case.payer.eligibility_days:
            return
    yield Hit(
        "coverages",
        f"Eligibility was not verified within {case.payer.eligibility_days} days of {first}. Run "
        "a check.",
    )


def _overlay_matters(case: Case, overlay: Overlay) -> bool:
    if overlay.kind == "medicare_advantage":
        return True
    if overlay.kind == "hospice":
        return any(not HOSPICE_MODIFIERS & set(row.modifiers) for row in case.rows)
    return any(row.is_a(Trait.THERAPY | Trait.EQUIPMENT) for row in case.rows)


@rule("ELG-003", "Another payer of Medicare services", BLOCKS, ELIGIBILITY, when=Trait.MEDICARE)
def overlay(case: Case) -> Iterator[Hit]:
    """Find Medicare claims inside a plan, hospice, home health or skilled nursing period."""
    if case.context.eligibility is None:
        return
    first = case.first_day
    for item in case.context.eligibility.overlays:
        ends = item.end_date or first
        if item.start_date <= first <= ends and _overlay_matters(case, item):
            advice = {
                "medicare_advantage": "Bill the plan.",
                "hospice": "Add GV (attending, related) or GW (unrelated).",
            }.get(item.kind, "Bill the agency or facility for bundled services.")
            words = item.kind.replace("_", " ")
            yield Hit(
                "coverages",
                f"The patient is under {words} on {first}, which changes who pays. {advice}",
                words,
            )
