"""Claims changed by hand: the visit and its charges, checked again; sent again; voided there."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import msgspec

from cleanclaim.apps.claims.assemble import claims_assemble
from cleanclaim.apps.claims.checking import CHECKABLE, Check
from cleanclaim.apps.claims.corrections import ChargeChange, charges_correct
from cleanclaim.apps.claims.models import Claim, ClaimEvent
from cleanclaim.apps.claims.services import claim_of, claims_recheck
from cleanclaim.apps.claims.states import Happening, decision_save, rows_load
from cleanclaim.apps.encounters.public import VisitChange, encounter_change, line_numbers_next
from cleanclaim.core import claim as core
from cleanclaim.core.claim.changes import Change, claim_changes
from cleanclaim.core.claim.stages import ADJUDICATED, REJECTED, Stage
from cleanclaim.core.posting.charges import claim_payer_change
from cleanclaim.core.posting.submission import claim_corrected
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record

EDITED = "edited_by_hand"
SENT_AGAIN = "sent_again"
EDITABLE = frozenset({*CHECKABLE, *REJECTED, *ADJUDICATED})


class Editable(NamedTuple):
    """A claim as it would be sent now, and the mark that says which state of it was read."""

    row: Claim
    claim: core.Claim
    charges: list[str]
    seen: str


class LineEdit(msgspec.Struct, frozen=True, kw_only=True):
    """One line as a person wants it; `charge` is the id of the charge it stands for."""

    charge: str
    procedure_code: str
    modifiers: tuple[str, ...]
    units: Decimal
    charge_cents: int
    diagnosis_pointers: tuple[int, ...]
    service_date: date


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as a person wants it.

    Args:
        visit: Diagnoses, place, provider, order of payers, authorization.
        lines: Those that stay; a charge left out is taken back.
    """

    visit: VisitChange
    lines: tuple[LineEdit, ...]


def claim_editable(grant: Grant, claim_id: UUID) -> Editable:
    """Read a claim as it would be sent now, to be changed by hand.

    Raises:
        Refusal: `unknown_claim`; `wrong_stage`: the payer has it; `other_payer_first`.
    """
    found = Claim.objects.under(grant).select_related("encounter", "payer").filter(id=claim_id)
    row = found.first()
    if row is None:
        raise Refusal("unknown_claim", "There is no such claim.")
    if row.level != 1:
        raise Refusal("other_payer_first", "Change the claim to the first payer of this visit.")
    if row.stage not in EDITABLE:
        raise Refusal("wrong_stage", "The payer has this claim now: wait for its answer.")
    item = claims_assemble(grant, row.practice_id, [row.encounter])[0]
    claim = claim_of(item)
    charges = [str(charge.id) for charge in item.charges]
    return Editable(row, claim, charges, _mark(claim, charges))


def _mark(claim: core.Claim, charges: list[str]) -> str:
    content = msgspec.json.encode((claim, charges))
    return hashlib.sha256(content).hexdigest()[:16]


def claim_edit(  # noqa: PLR0913  a change, what it was made from, the check and the moment
    grant: Grant,
    claim_id: UUID,
    wanted: Edit,
    seen: str,
    *,
    check: Check,
    at: datetime,
    day: date,
) -> list[Change]:
    """Change a claim by hand and check it again; what a payer has decided goes as a replacement.

    Args:
        grant: Opens the practice's claims.
        claim_id: To the first payer of its visit.
        wanted: As it shall be.
        seen: The mark of the state that the person read; another one means that it changed since.
        check: As the claim is checked.
        at: The instant of the writing.
        day: Posting day of charges taken back and posted anew.

    Returns:
        What was changed; the next version that is sent holds it.

    Raises:
        Refusal: `claim_changed`, `nothing_changed`, `no_line`, `next_payer_has_it`, and those of
            `claim_editable`.
    """
    before = claim_editable(grant, claim_id)
    if before.seen != seen:
        raise Refusal("claim_changed", "Somebody changed this claim meanwhile: compare, then save.")
    if not wanted.lines:
        raise Refusal("no_line", "A claim needs a line: void it instead.")
    row, provider = before.row, wanted.visit.rendering_id
    if tuple(row.encounter.coverages) != wanted.visit.coverages:
        _payers_change(grant, row, wanted.visit.coverages, at=at, day=day)
    _charges_change(grant, before, wanted, at=at, day=day)
    encounter_change(grant, row.practice_id, row.encounter_id, wanted.visit)
    visit = Claim.objects.under(grant, practice_id=row.practice_id)
    visit.filter(encounter_id=row.encounter_id).update(provider_id=provider, changed_at=at)
    row.encounter.refresh_from_db()
    after = claims_assemble(grant, row.practice_id, [row.encounter])[0]
    changes = claim_changes(before.claim, claim_of(after))
    if not changes:
        raise Refusal("nothing_changed", "Nothing was changed: the claim stands as it was.")
    _note(grant, row, EDITED, at, [msgspec.to_builtins(change) for change in changes])
    claims_recheck(grant, row.practice_id, [row.id], check=check, at=at)
    return changes


def _payers_change(
    grant: Grant, row: Claim, order: tuple[UUID, ...], *, at: datetime, day: date
) -> None:
    """Let the claims of a visit follow another order of payers, as long as none has gone out."""
    rows = Claim.objects.under(grant, practice_id=row.practice_id)
    payer_of = {one.coverage_id: one.payer_id for one in rows.filter(encounter_id=row.encounter_id)}
    for claim in rows.filter(encounter_id=row.encounter_id).order_by("level"):
        coverage = order[claim.level - 1]
        if claim.coverage_id == coverage:
            continue
        payer = payer_of[coverage]
        loaded = rows_load(grant, row.practice_id, [str(claim.id)])
        decision = claim_payer_change(loaded, str(claim.id), str(payer), day)
        decision_save(
            grant, row.practice_id, decision, at=at, what=Happening("order of payers changed")
        )
        rows.filter(id=claim.id).update(coverage_id=coverage, payer_id=payer)


def _charges_change(
    grant: Grant, before: Editable, wanted: Edit, *, at: datetime, day: date
) -> None:
    """Take changed charges back and post them anew; a payer's decision asks for a replacement."""
    row, provider = before.row, wanted.visit.rendering_id
    held = dict(zip(before.charges, before.claim.lines, strict=True))
    kept = {line.charge: line for line in wanted.lines}
    if not set(kept) <= set(held):
        raise Refusal("claim_changed", "A line of this claim is not there any more: look again.")
    lines = {key: _line(line, kept[key]) if key in kept else None for key, line in held.items()}
    is_other = provider != row.provider_id  # the ledger holds who gave each service
    changed = [key for key, line in lines.items() if is_other or line != held[key]]
    if changed and _next_payer_has_it(grant, row):
        raise Refusal(
            "next_payer_has_it", "The next payer has this visit already: void it there first."
        )
    numbers = line_numbers_next(grant, row.practice_id, row.encounter_id, len(changed))
    changes = [
        ChargeChange(key, msgspec.structs.replace(line, line_number=number) if line else None)
        for key, number in zip(changed, numbers, strict=True)
        for line in (lines[key],)
    ]
    if changes or row.stage in ADJUDICATED:
        by = str(provider) if is_other and provider else None
        charges_correct(grant, row.practice_id, str(row.id), changes, at=at, day=day, provider=by)
    elif row.stage in REJECTED:
        claim_mend(grant, row, at=at, day=day)


def _line(held: core.ClaimLine, wanted: LineEdit) -> core.ClaimLine:
    return msgspec.structs.replace(
        held,
        procedure_code=wanted.procedure_code,
        modifiers=wanted.modifiers,
        units=wanted.units,
        charge_cents=wanted.charge_cents,
        diagnosis_pointers=wanted.diagnosis_pointers,
        service_date=wanted.service_date,
    )


def _next_payer_has_it(grant: Grant, row: Claim) -> bool:
    later = Claim.objects.under(grant, practice_id=row.practice_id)
    later = later.filter(encounter_id=row.encounter_id, level__gt=row.level, version__gt=0)
    return bool(later.exists())


def claim_mend(grant: Grant, row: Claim, *, at: datetime, day: date) -> None:
    """Put a rejected claim among those that are checked and sent."""
    rows = rows_load(grant, row.practice_id, [str(row.id)])
    decision = claim_corrected(rows, str(row.id), day)
    decision_save(grant, row.practice_id, decision, at=at, what=Happening(SENT_AGAIN))


def claim_send_again(
    grant: Grant, claim_id: UUID, *, check: Check, at: datetime, day: date
) -> None:
    """Send a rejected claim again as it stands now, because what was wrong lay elsewhere.

    Raises:
        Refusal: `wrong_stage`: it is not rejected.
    """
    row = Claim.objects.under(grant).filter(id=claim_id).first()
    if row is None or row.stage not in REJECTED:
        raise Refusal("wrong_stage", "Only a claim that was rejected is sent again like this.")
    claim_mend(grant, row, at=at, day=day)
    _note(grant, row, SENT_AGAIN, at)
    claims_recheck(grant, row.practice_id, [row.id], check=check, at=at)


def _note(
    grant: Grant, row: Claim, event: str, at: datetime, changes: list[object] | None = None
) -> None:
    stage = Stage(Claim.objects.under(grant, practice_id=row.practice_id).get(id=row.id).stage)
    if changes is not None:
        ClaimEvent.objects.create(
            practice_id=row.practice_id,
            claim_id=row.id,
            at=at,
            actor=grant.actor,
            event=event,
            stage=stage,
            detail={"changes": changes},
        )
    audit_record(
        action="change",
        resource_type="claim",
        resource_ids=[row.id],
        practice_id=row.practice_id,
        detail={"did": event},
    )
