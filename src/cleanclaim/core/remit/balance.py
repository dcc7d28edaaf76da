"""Does a remittance add up? Lines, claims, and the payment; nothing is ever forced to.

Source: 005010X221A1, section 1.10.2, as validation.md §4 retells it.
"""

import msgspec

from cleanclaim.core.remit.records import RemitClaim, Remittance
from cleanclaim.kernel.finding import Finding, Severity
from cleanclaim.kernel.money import show_cents


class Imbalance(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One sum that does not hold.

    Args:
        rule: `line`, `claim`, `claim lines`, `claim charges`, `patient` or `payment`.
        claim_number, line_number: Where; empty for the payment.
        expected_cents: The amount that the payer states.
        found_cents: What its own parts give.
    """

    rule: str
    claim_number: str = ""
    line_number: str = ""
    claim_ordinal: int = 0
    line_ordinal: int = 0
    expected_cents: int
    found_cents: int


def remittance_imbalances(remittance: Remittance) -> list[Imbalance]:
    """Test every sum of a remittance; an empty list means that it may be posted."""
    faults = [fault for claim in remittance.claims for fault in _claim_faults(claim)]
    total = sum(claim.paid_cents for claim in remittance.claims) - sum(
        item.amount_cents for item in remittance.provider_adjustments
    )
    if total != remittance.amount_cents:
        faults.append(
            Imbalance(rule="payment", expected_cents=remittance.amount_cents, found_cents=total)
        )
    return faults


def _claim_faults(claim: RemitClaim) -> list[Imbalance]:
    faults = []
    on_lines = 0
    for line in claim.lines:
        adjusted = sum(item.amount_cents for item in line.adjustments)
        on_lines += adjusted
        if line.charge_cents - adjusted != line.paid_cents:
            faults.append(
                Imbalance(
                    rule="line",
                    claim_number=claim.claim_number,
                    line_number=line.line_number,
                    claim_ordinal=claim.ordinal,
                    line_ordinal=line.ordinal,
                    expected_cents=line.paid_cents,
                    found_cents=line.charge_cents - adjusted,
                )
            )
    whole = sum(item.amount_cents for item in claim.adjustments)
    tests = [("claim", claim.paid_cents, claim.charge_cents - whole - on_lines)]
    if claim.lines:
        paid = sum(line.paid_cents for line in claim.lines) - whole
        charged = sum(line.charge_cents for line in claim.lines)
        if not faults:  # the line's fault already says it
            tests.append(("claim lines", claim.paid_cents, paid))
        tests.append(("claim charges", claim.charge_cents, charged))
    if not claim.is_reversal:
        tests.append(("patient", claim.patient_cents, _patient_share(claim)))
    faults.extend(
        Imbalance(
            rule=rule,
            claim_number=claim.claim_number,
            claim_ordinal=claim.ordinal,
            expected_cents=stated,
            found_cents=summed,
        )
        for rule, stated, summed in tests
        if stated != summed
    )
    return faults


def _patient_share(claim: RemitClaim) -> int:
    groups = [claim.adjustments, *(line.adjustments for line in claim.lines)]
    return sum(item.amount_cents for group in groups for item in group if item.group == "PR")


def imbalance_finding(fault: Imbalance) -> Finding:
    """Say an imbalance as a finding; it holds ordinals, no identifier of a person."""
    place = f"claims[{fault.claim_ordinal - 1}]" if fault.claim_ordinal else "payment"
    if fault.line_ordinal:
        place += f".lines[{fault.line_ordinal - 1}]"
    return Finding(
        code=f"REMIT-BALANCE-{fault.rule.upper().replace(' ', '-')}",
        severity=Severity.BLOCKS,
        place=place,
        message="The payer's amounts do not add up here; ask for a corrected remittance.",
        expected=show_cents(fault.expected_cents),
        found=show_cents(fault.found_cents),
        source="005010X221A1 1.10.2",
    )
