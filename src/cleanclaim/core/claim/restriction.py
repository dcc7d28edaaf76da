"""What a payer is not told: lines that the patient paid for and forbade to tell, later payers.

Source: 45 CFR 164.522(a)(1)(vi).
"""

import msgspec

from cleanclaim.core.claim.record import Claim, ClaimLine


def without_restricted_lines(claim: Claim) -> Claim | None:
    """Take restricted lines out, with the diagnoses that only they point to and their payment.

    Returns:
        The claim as the plan may see it, the same object where nothing is restricted; None where
        every line is.
    """
    kept = tuple(line for line in claim.lines if not line.plan_disclosure_restricted)
    if len(kept) == len(claim.lines):
        return claim
    if not kept:
        return None
    hidden_cents = sum(line.charge_cents for line in claim.lines if line not in kept)
    named = {pointer for line in kept for pointer in line.diagnosis_pointers}
    old = [position for position in range(1, len(claim.diagnoses) + 1) if position in named]
    new = {position: number for number, position in enumerate(old, 1)}
    return msgspec.structs.replace(
        claim,
        diagnoses=tuple(claim.diagnoses[position - 1] for position in old),
        lines=tuple(
            msgspec.structs.replace(
                line, diagnosis_pointers=tuple(new[item] for item in line.diagnosis_pointers)
            )
            for line in kept
        ),
        note="",
        clia_number=claim.clia_number if any(map(is_laboratory, kept)) else "",
        patient_paid_cents=max(0, claim.patient_paid_cents - hidden_cents),
    )


def without_later_payers(claim: Claim) -> Claim:
    """Leave out who is asked after the payer that the claim goes to; it needs the earlier ones."""
    told = tuple(one for one in claim.coverages if one.rank <= claim.payer_rank)
    return msgspec.structs.replace(claim, coverages=told)


def is_laboratory(line: ClaimLine) -> bool:
    """Say whether a line is of the laboratory section, where a CLIA number belongs."""
    return line.procedure_code.startswith("8")
