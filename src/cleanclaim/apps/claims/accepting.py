"""Proposed corrections that a person accepts: the visit is changed, then checked again."""

from collections.abc import Iterable
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
from cleanclaim.kernel.finding import Correction, Finding
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
            `correction_by_hand`, with why.
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
    correction = _proposed_again(finding, check(grant, practice_id, [item])[0].findings)
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


def _proposed_again(finding: ClaimFinding, now: Iterable[Finding]) -> Correction:
    """Give the correction as it is proposed now: the stored one may lack a payer's number."""
    stored = finding.content["correction"]
    for one in now:
        fix = one.correction
        if one.code == finding.code and fix and fix.field == stored["field"]:
            is_same = fix.words == stored["words"]
            if is_same and (stored["value"] is None or _written(fix) == stored["value"]):
                return fix
    raise Refusal("claim_changed", "The claim is not as it was: check it again.")


def _written(fix: Correction) -> object:
    return msgspec.to_builtins(fix)["value"]


def correction_reach(field: str) -> str:
    """Say why a proposed change of a field can't be taken with one key; empty: it can.

    >>> correction_reach("lines[0].modifiers"), correction_reach("lines[2]")
    ('', '')
    >>> correction_reach("payer_control_number")
    "The payer's control number comes from its remittance."
    """
    head, _, rest = field.partition(".")
    name = rest or head.partition("[")[0]
    if name in _WITHIN_REACH or (head.startswith("diagnoses") and rest in ("", "code")):
        return ""
    return _OUT_OF_REACH.get(name, "Change it by hand on the claim.")


_WITHIN_REACH = frozenset(
    {
        *("lines", "diagnoses", "place_of_service", "prior_authorization_number"),
        *("referral_number", "procedure_code", "modifiers", "units", "unit_code"),
        *("charge_cents", "diagnosis_pointers", "drug"),
    }
)
_OUT_OF_REACH = {
    "clia_number": "Enter the laboratory's certificate among the practice's terms.",
    "payer_control_number": "The payer's control number comes from its remittance.",
}


def _visit_change(
    grant: Grant, row: Claim, item: Assembled, after: core.Claim, at: datetime, day: date
) -> None:
    before = claim_of(item)
    ours = msgspec.structs.replace(
        after,
        lines=before.lines,
        diagnoses=before.diagnoses,
        place_of_service=before.place_of_service,
        prior_authorization_number=before.prior_authorization_number,
        referral_number=before.referral_number,
    )
    if ours != before:
        raise _by_hand("It changes what the visit does not hold.")
    if item.self_pay:
        raise _by_hand("The visit has lines that no plan may hear of.")
    if not after.lines:
        raise _by_hand("It leaves no line: void the claim instead.")
    by_number = {line.line_number: line for line in after.lines}
    changed = [line for line in before.lines if by_number.get(line.line_number) != line]
    if any(_not_of_charge(line, by_number.get(line.line_number)) for line in changed):
        raise _by_hand("It changes what a charge does not hold.")
    if msgspec.structs.replace(after, lines=before.lines) != before:
        encounter_correct(grant, row.practice_id, row.encounter_id, after)
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


def _by_hand(why: str) -> Refusal:
    return Refusal("correction_by_hand", f"Do this change by hand. {why}")
