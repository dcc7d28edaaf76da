"""Proposed corrections that a person accepts: the visit is changed, then checked again."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from cleanclaim.apps.claims.assemble import Assembled, claims_assemble
from cleanclaim.apps.claims.checking import CHECKABLE, Check
from cleanclaim.apps.claims.corrections import ChargeChange, charges_correct
from cleanclaim.apps.claims.models import Claim, ClaimEvent, ClaimFinding
from cleanclaim.apps.claims.services import claim_of, claims_recheck
from cleanclaim.apps.encounters.public import encounter_correct, line_numbers_next
from cleanclaim.core import claim as core
from cleanclaim.core.privacy import Grant
from cleanclaim.core.scrub import apply_correction
from cleanclaim.kernel.finding import Correction
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record

ACCEPTED = "correction_accepted"


def claim_correction_accept(
    grant: Grant, finding_id: UUID, *, check: Check, at: datetime, day: date
) -> UUID:
    """Do what a finding proposes: charges and visit are changed, and the claim checked again.

    Args:
        grant: Opens the practice's claims.
        finding_id: A finding with a proposed correction.
        check: As the claim is checked; the finding has to come up again before anything changes.
        at: The instant of the writing.
        day: Posting day of charges taken back and posted anew.

    Returns:
        The claim's id.

    Raises:
        Refusal: `unknown_finding`; `wrong_stage`: the claim has left; `claim_changed`;
            `correction_by_hand`: what it changes is not a code, a unit or a place of the visit, or
            other payers of the visit would have to hear of it.
    """
    finding = (
        ClaimFinding.objects.under(grant)
        .select_related("claim", "claim__encounter")
        .filter(id=finding_id)
        .first()
    )
    if finding is None or not finding.content.get("correction"):
        raise Refusal("unknown_finding", "The claim was checked again meanwhile: look once more.")
    claim: Claim = finding.claim
    if claim.stage not in CHECKABLE or claim.level != 1:
        raise Refusal("wrong_stage", "The claim has left: correct it as a replacement.")
    practice_id = claim.practice_id
    item = claims_assemble(grant, practice_id, [claim.encounter])[0]
    correction = msgspec.convert(finding.content["correction"], Correction)
    proposed = [(one.code, one.correction) for one in check(grant, practice_id, [item])[0].findings]
    if (finding.code, correction) not in proposed:
        raise Refusal("claim_changed", "The claim is not as it was: check it again.")
    _visit_change(grant, claim, item, apply_correction(claim_of(item), correction), at, day)
    ClaimEvent.objects.create(
        practice_id=practice_id,
        claim_id=claim.id,
        at=at,
        actor=grant.actor,
        event=ACCEPTED,
        stage=claim.stage,
        detail={"codes": [finding.code]},
    )
    audit_record(
        action="change",
        resource_type="claim",
        resource_ids=[claim.id],
        practice_id=practice_id,
        detail={"accepted": finding.code},
    )
    claims_recheck(grant, practice_id, [claim.id], check=check, at=at)
    claim_id: UUID = claim.id
    return claim_id


def _visit_change(
    grant: Grant, row: Claim, item: Assembled, after: core.Claim, at: datetime, day: date
) -> None:
    before = claim_of(item)
    ours = msgspec.structs.replace(
        after,
        lines=before.lines,
        diagnoses=before.diagnoses,
        place_of_service=before.place_of_service,
    )
    if ours != before or item.self_pay or not after.lines:
        raise _by_hand()
    by_number = {line.line_number: line for line in after.lines}
    changed = [line for line in before.lines if by_number.get(line.line_number) != line]
    if any(_not_of_charge(line, by_number.get(line.line_number)) for line in changed):
        raise _by_hand()
    if changed and len(item.coverages) > 1:
        raise _by_hand()
    if after.diagnoses != before.diagnoses or after.place_of_service != before.place_of_service:
        encounter_correct(
            grant,
            row.practice_id,
            row.encounter_id,
            diagnoses=[one.code for one in after.diagnoses],
            place_of_service=after.place_of_service,
        )
    if not changed:
        return
    charges = {charge.line_number: str(charge.id) for charge in item.charges}
    numbers = line_numbers_next(grant, row.practice_id, row.encounter_id, len(changed))
    changes = []
    for line, number in zip(changed, numbers, strict=True):
        new = by_number.get(line.line_number)
        named = msgspec.structs.replace(new, line_number=number) if new else None
        changes.append(ChargeChange(charges[line.line_number], named))
    charges_correct(grant, row.practice_id, str(row.id), changes, at=at, day=day)


def _not_of_charge(before: core.ClaimLine, after: core.ClaimLine | None) -> bool:
    """Say whether something changes that a charge does not hold."""
    if after is None:
        return False
    kept = msgspec.structs.replace(
        after,
        procedure_code=before.procedure_code,
        modifiers=before.modifiers,
        units=before.units,
        unit_code=before.unit_code,
        charge_cents=before.charge_cents,
        diagnosis_pointers=before.diagnosis_pointers,
        drug=before.drug,
    )
    return kept != before


def _by_hand() -> Refusal:
    return Refusal(
        "correction_by_hand", "This change reaches beyond the codes of the visit: do it by hand."
    )
