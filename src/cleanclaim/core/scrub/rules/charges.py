"""Charges, expected reductions, and attachments."""

from collections.abc import Iterator
from decimal import Decimal

from cleanclaim.core.codes.release import Table
from cleanclaim.core.pricing.medicare import (
    CARDIOLOGY,
    CARDIOLOGY_TECHNICAL,
    EYES,
    EYES_TECHNICAL,
    HALF,
    IMAGING,
    SURGERY,
    THERAPY,
    is_facility,
)
from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.fixes import set_field
from cleanclaim.core.scrub.rule import BLOCKS, INFORMS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait
from cleanclaim.kernel.money import show_cents

INDICATORS = "Medicare physician fee schedule, multiple procedure indicator"
NEEDS = (Table.PHYSICIAN_FEE,)
PARTS = {
    IMAGING: f"technical part {HALF:.0%}",
    THERAPY: f"practice expense {HALF:.0%}",
    CARDIOLOGY: f"technical part {CARDIOLOGY_TECHNICAL:.0%}",
    EYES: f"technical part {EYES_TECHNICAL:.0%}",
}
NO_CHARGE_NEEDED = ("F",)  # performance measures end on F


@rule("CHG-001", "Charge is none, or an outlier", WARNS, "charge master")
def odd_charge(case: Case) -> Iterator[Hit]:
    """Find lines without a charge, with a negative one, or far above the expected amount."""
    factor = case.payer.charge_outlier_factor
    for row in case.rows:
        cents = row.line.charge_cents
        expected = case.context.expected_cents.get(row.line.line_number)
        if cents <= 0:
            if case.claim.is_encounter or row.code.endswith(NO_CHARGE_NEEDED):
                continue
            words = "is not above zero"
        elif expected and cents > factor * expected:
            words = f"is more than {factor} times the expected {show_cents(expected)}"
        else:
            continue
        yield Hit(
            row.place("charge_cents"),
            f"Line {row.number}: the charge {show_cents(cents)} of {row.code} {words}. Check it.",
            "above 0",
            show_cents(cents),
        )


@rule(
    "CHG-002",
    "Charge below the allowed amount",
    WARNS,
    "contract, lesser of charge and fee",
    when=Trait.PRICED,
)
def low_charge(case: Case) -> Iterator[Hit]:
    """Find charges below what the payer would allow."""
    for row in case.rows:
        expected = case.context.expected_cents.get(row.line.line_number)
        cents = row.line.charge_cents
        if expected is not None and 0 < cents < expected:
            yield Hit(
                row.place("charge_cents"),
                f"Line {row.number}: the charge {show_cents(cents)} of {row.code} is below the "
                f"allowed {show_cents(expected)}, and the lesser is paid. Raise the fee.",
                f"at least {show_cents(expected)}",
                show_cents(cents),
            )


@rule(
    "CHG-004",
    "Charge differs from the charge master",
    WARNS,
    "charge master",
    when=Trait.PRICED,
)
def unlisted_charge(case: Case) -> Iterator[Hit]:
    """Find charges that are not the practice's own price of the day."""
    for row in case.rows:
        listed = case.context.listed_cents.get(row.line.line_number)
        cents = row.line.charge_cents
        if listed is not None and cents != listed:
            words = f"Charge {show_cents(listed)} on line {row.number}, as the charge master says"
            yield Hit(
                row.place("charge_cents"),
                f"Line {row.number}: the charge {show_cents(cents)} of {row.code} is not the "
                f"{show_cents(listed)} of the charge master. Correct one of them.",
                show_cents(listed),
                show_cents(cents),
                set_field(row.place("charge_cents"), listed, words),
            )


def _further(case: Case) -> list[tuple[Row, str]]:
    """Give all but the dearest line of each day and kind of reduction, with the kind."""
    groups: dict[tuple[object, str], list[tuple[Decimal, Row]]] = {}
    for row in case.rows:
        fee = case.fee_of(row)
        if fee is not None and (fee.multiple == SURGERY or fee.multiple in PARTS):
            value = fee.facility_total if is_facility(row.pos) else fee.nonfacility_total
            groups.setdefault((row.dos, fee.multiple), []).append((value, row))
    further: list[tuple[Row, str]] = []
    for (_, kind), members in groups.items():
        members.sort(key=lambda member: (-member[0], member[1].index))
        further += [(row, kind) for _, row in members[1:]]
    return further


@rule(
    "MPR-001",
    "Expected cut for several procedures",
    INFORMS,
    INDICATORS,
    when=Trait.SEVERAL_LINES,
    needs=NEEDS,
)
def several_procedures(case: Case) -> Iterator[Hit]:
    """Tell which surgeries will be paid half."""
    for row, kind in case.once("further", _further):
        if kind != SURGERY:
            continue
        yield Hit(
            row.place("charge_cents"),
            f"Line {row.number}: {row.code} is expected at {HALF:.0%}, as a further procedure of "
            f"{row.dos}.",
            f"{HALF:.0%}",
        )


@rule(
    "MPR-002",
    "Expected cut for several tests or therapies",
    INFORMS,
    INDICATORS,
    when=Trait.SEVERAL_LINES,
    needs=NEEDS,
)
def several_tests(case: Case) -> Iterator[Hit]:
    """Tell which imaging, therapy, cardiology and eye services will be cut."""
    for row, kind in case.once("further", _further):
        if kind == SURGERY:
            continue
        yield Hit(
            row.place("charge_cents"),
            f"Line {row.number}: {row.code} is expected with its {PARTS[kind]}, as a further "
            f"service of {row.dos}.",
            PARTS[kind],
        )


@rule(
    "FORM-001",
    "Attachment needed",
    WARNS,
    "payer's attachment list; 837, PWK",
    when=Trait.POLICY,
)
def attachment(case: Case) -> Iterator[Hit]:
    """Find services for which the payer wants a document that isn't attached."""
    attached = {item[0] for item in case.claim.attachments}
    for row in case.rows:
        for item in case.payer.attachment_rules:
            if item.report_type not in attached and any(c.holds(row.code) for c in item.codes):
                yield Hit(
                    "attachments",
                    f"Line {row.number}: this payer wants a document of type {item.report_type} "
                    f"with {row.code}. Attach it.",
                    item.report_type,
                )


@rule("CHG-003", "Claim without any charge", BLOCKS, "837, CLM02")
def no_charge(case: Case) -> Iterator[Hit]:
    """Find fee claims whose charges add up to nothing or less."""
    total = case.claim.charge_cents
    if total <= 0 and not case.claim.is_encounter:
        yield Hit(
            "lines",
            f"The claim's charges add up to {show_cents(total)}. Enter the charges.",
            "above 0",
            show_cents(total),
        )
