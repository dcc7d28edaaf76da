"""What a check found and computed of claims, kept with what it was made with."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from cleanclaim.apps.claims.assemble import Assembled
from cleanclaim.apps.claims.models import (
    Claim,
    ClaimCheck,
    ClaimEvent,
    ClaimFinding,
    ClaimLine,
)
from cleanclaim.apps.work.public import ItemNote, items_save
from cleanclaim.core.claim.stages import Owner, Stage
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.finding import Finding, Severity
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import rows_insert, rows_update

CHECKABLE = (Stage.READY, Stage.SCRUB_HOLD)
HOLD_ITEM = "run_validations_failure"
STOPPED = "stopped_by_edits"
PAYERS_NUMBERS = frozenset({"prior_authorization_number", "referral_number"})


class Expected(msgspec.Struct, frozen=True):
    """What the contract allows for a charge; `cents` None where no price is known.

    Args:
        full_cents: Before reductions for several services of the day; `reason` says which.
    """

    charge: str
    cents: int | None
    full_cents: int | None
    reason: str
    contract: str


class Checked(NamedTuple):
    """What a check says of one claim.

    Args:
        expected: For each line, in its order.
        code_set: The set of code tables that were asked.
        rule_set: The rules with their versions.
    """

    findings: Sequence[Finding]
    expected: Sequence[Expected] = ()
    code_set: str = ""
    rule_set: str = ""

    @property
    def is_blocked(self) -> bool:
        """Say whether a finding holds the claim."""
        return any(one.severity == Severity.BLOCKS for one in self.findings)


type Check = Callable[[Grant, int, Sequence[Assembled]], Sequence[Checked]]
"""Checks each claim of a batch of one practice."""


def claim_check_last(grant: Grant, claim_id: UUID) -> ClaimCheck | None:
    """Give the newest check of a claim."""
    rows = ClaimCheck.objects.under(grant).filter(claim_id=claim_id)
    found: ClaimCheck | None = rows.order_by("-at", "-id").first()
    return found


def checks_save(
    grant: Grant, practice_id: int, checked: Mapping[str, Checked], *, at: datetime
) -> int:
    """Keep what checks say of claims, by claim id, and hold those that they block.

    Returns:
        How many are held.
    """
    _findings_replace(grant, practice_id, checked, at)
    _expected_set(grant, practice_id, checked)
    place = {"tenant_id": grant.tenant_id, "practice_id": practice_id}
    rows_insert(
        ClaimCheck,
        (
            place
            | {
                "id": new_id(),
                "claim_id": claim,
                "at": at,
                "actor": grant.actor,
                "code_set": said.code_set,
                "rule_set": said.rule_set,
                "blocking": sum(one.severity == Severity.BLOCKS for one in said.findings),
                "findings": len(said.findings),
                "expected": said.expected,
            }
            for claim, said in checked.items()
        ),
    )
    blocked = {claim for claim, said in checked.items() if said.is_blocked}
    claims = Claim.objects.under(grant, practice_id=practice_id).filter(stage__in=CHECKABLE)
    claims.filter(id__in=blocked).update(stage=Stage.SCRUB_HOLD, owner=Owner.US, changed_at=at)
    claims.filter(id__in=set(checked) - blocked, stage=Stage.SCRUB_HOLD).update(
        stage=Stage.READY, changed_at=at
    )
    charges = dict(claims.filter(id__in=checked).values_list("id", "charge_cents"))
    notes = [
        ItemNote(
            kind=HOLD_ITEM,
            subject_id=claim,
            claim_id=claim,
            is_open=claim in blocked,
            stake_cents=charges.get(UUID(claim), 0),
        )
        for claim in checked
    ]
    items_save(grant, practice_id, notes, at=at)
    _stops_note(grant, practice_id, {claim: checked[claim].findings for claim in blocked}, at)
    return len(blocked)


def _findings_replace(
    grant: Grant, practice_id: int, checked: Mapping[str, Checked], at: datetime
) -> None:
    rows = ClaimFinding.objects.under(grant, practice_id=practice_id).filter(claim_id__in=checked)
    overridden = {
        (str(row.claim_id), row.code, row.place): row.overridden_by
        for row in rows.exclude(overridden_by="")
    }
    rows.delete()
    place = {"tenant_id": grant.tenant_id, "practice_id": practice_id}
    rows_insert(
        ClaimFinding,
        (
            place
            | {
                "id": new_id(),
                "claim_id": claim,
                "code": item.code,
                "severity": item.severity,
                "place": item.place,
                "content": _content(item),
                "overridden_by": _overridden_by(overridden, claim, item),
                "found_at": at,
            }
            for claim, said in checked.items()
            for item in said.findings
        ),
    )


def _content(item: Finding) -> dict[str, object]:
    """Write a finding down; a payer's number that it proposes stays in its sealed row."""
    content: dict[str, object] = msgspec.to_builtins(item)
    fix = item.correction
    if fix and fix.field.rpartition(".")[2] in PAYERS_NUMBERS:
        content["correction"] = msgspec.to_builtins(msgspec.structs.replace(fix, value=None))
    return content


def _overridden_by(known: dict[tuple[str, str, str], str], claim: str, item: Finding) -> str:
    """A warning that somebody has overridden stays so; what blocks was never overridden."""
    if item.severity == Severity.BLOCKS:
        return ""
    return known.get((claim, item.code, item.place), "")


def _expected_set(grant: Grant, practice_id: int, checked: Mapping[str, Checked]) -> None:
    """Note on the lines what they should be allowed, for the comparison with the 835."""
    priced = [
        {"claim_id": claim, "charge_id": one.charge, "expected_cents": one.cents}
        for claim, said in checked.items()
        for one in said.expected
        if one.cents is not None
    ]
    if practice_id in grant.practice_ids and priced:
        rows_update(ClaimLine, ("claim_id", "charge_id"), priced)


def _stops_note(
    grant: Grant, practice_id: int, found: Mapping[str, Sequence[Finding]], at: datetime
) -> None:
    """Keep what stopped a claim: findings go when they are mended, the report needs them."""
    ClaimEvent.objects.under(grant, practice_id=practice_id).bulk_create(
        ClaimEvent(
            practice_id=practice_id,
            claim_id=claim,
            at=at,
            actor=grant.actor,
            event=STOPPED,
            stage=Stage.SCRUB_HOLD,
            detail={"codes": codes},
        )
        for claim, findings in found.items()
        if (codes := sorted({one.code for one in findings if one.severity == Severity.BLOCKS}))
    )
