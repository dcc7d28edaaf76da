"""Changing what was charged or sent: charges corrected, claims mended or voided, timers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from cleanclaim.apps.claims.models import Claim, ClaimLine
from cleanclaim.apps.claims.states import Happening, decision_save, rows_load
from cleanclaim.apps.encounters.public import Replacement, charges_replace
from cleanclaim.apps.patients.public import coverage_correct
from cleanclaim.core import claim as core
from cleanclaim.core.posting import charges
from cleanclaim.core.posting.state import ClaimState, LineState, Rows
from cleanclaim.core.posting.submission import claim_corrected, timer_due
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.ids import new_id


class ChargeChange(NamedTuple):
    """A charge that is taken back, and the line that stands in its place, or None."""

    old: str
    new: core.ClaimLine | None


def charges_correct(  # noqa: PLR0913  what is corrected, when, and for whom
    grant: Grant,
    practice_id: int,
    claim_id: str,
    changes: Sequence[ChargeChange],
    *,
    at: datetime,
    day: date,
    provider: str | None = None,
) -> None:
    """Correct charges of a claim: the old ones are taken back, new ones posted.

    Args:
        provider: Who gave the services, where that is what changes.

    Raises:
        Refusal: A version is with the payer, or a charge is taken back already.
    """
    rows = rows_load(grant, practice_id, [claim_id])
    state = _state(rows, claim_id)
    pairs = [
        (change, _line_state(state, change.new, len(state.lines) + n, provider))
        for n, change in enumerate(changes, 1)
    ]
    decision = charges.charges_correct(
        rows, claim_id, [(change.old, line) for change, line in pairs], day
    )
    replaced = [
        Replacement(old_id=change.old, new_id=line.line if line else "", line=change.new)
        for change, line in pairs
    ]
    charges_replace(grant, practice_id, replaced, at=at)
    ClaimLine.objects.bulk_create(
        ClaimLine(practice_id=practice_id, claim_id=one, charge_id=line.line, ordinal=line.order)
        for one in (claim_id, *_later_claims(grant, practice_id, claim_id))
        for _, line in pairs
        if line is not None
    )
    decision_save(grant, practice_id, decision, at=at, what=Happening("charges corrected"))


def _later_claims(grant: Grant, practice_id: int, claim_id: str) -> list[UUID]:
    """Give the claims to next payers that have not gone out; they will speak of the new charges."""
    rows = Claim.objects.under(grant, practice_id=practice_id)
    own = rows.get(id=claim_id)
    later = rows.filter(encounter_id=own.encounter_id, level__gt=own.level, version=0)
    return list(later.values_list("id", flat=True))


def _state(rows: Rows, claim_id: str) -> ClaimState:
    found = rows.claims.get(claim_id)
    if found is None:
        raise Refusal("unknown_claim", "There is no such claim.")
    return found


def _line_state(
    state: ClaimState, line: core.ClaimLine | None, order: int, provider: str | None
) -> LineState | None:
    if line is None:
        return None
    return LineState(
        line=str(new_id()),
        number=line.line_number,
        code=line.procedure_code,
        modifiers=line.modifiers,
        units=line.units,
        charge_cents=line.charge_cents,
        service_date=line.service_date,
        order=order,
        provider=provider or state.lines[0].provider,
        is_restricted=line.plan_disclosure_restricted,
    )


def claim_member_correct(
    grant: Grant,
    practice_id: int,
    claim_id: str,
    *,
    member_id: str,
    at: datetime,
    day: date,
) -> None:
    """Correct the member number that a claim which is with us goes out under.

    Raises:
        Refusal: `wrong_stage`: the claim is with the payer.
    """
    rows = rows_load(grant, practice_id, [claim_id])
    decision = claim_corrected(rows, claim_id, day)
    row = Claim.objects.under(grant, practice_id=practice_id).get(id=claim_id)
    coverage_correct(grant, practice_id, row.coverage_id, member_id=member_id)
    decision_save(grant, practice_id, decision, at=at, what=Happening("member number corrected"))


def claim_void_plan(
    grant: Grant, practice_id: int, claim_id: str, *, at: datetime, day: date
) -> None:
    """Decide to void a claim at its payer; nothing moves before the payer reverses it."""
    rows = rows_load(grant, practice_id, [claim_id])
    decision = charges.claim_void_plan(rows, claim_id, day)
    decision_save(grant, practice_id, decision, at=at, what=Happening("void decided"))


def claim_void_complete(
    grant: Grant, practice_id: int, claim_id: str, *, at: datetime, day: date
) -> None:
    """Take the charges of a voided claim back, once the payer has reversed it."""
    rows = rows_load(grant, practice_id, [claim_id])
    decision = charges.claim_void_complete(rows, claim_id, day)
    before = {line.line for line in _state(rows, claim_id).lines if line.is_voided}
    voided = [
        Replacement(old_id=str(line.line))
        for line in decision.rows.claims[claim_id].lines
        if line.is_voided and line.line not in before
    ]
    charges_replace(grant, practice_id, voided, at=at)
    decision_save(grant, practice_id, decision, at=at, what=Happening("voided"))


def timer_ring(
    grant: Grant, practice_id: int, kind: str, claim_id: str, *, at: datetime, day: date
) -> None:
    """Let a timer of a claim ring: somebody of ours has to look.

    Raises:
        Refusal: `timer_not_due`.
    """
    rows = rows_load(grant, practice_id, [claim_id])
    decision = timer_due(rows, kind, claim_id, day)
    decision_save(grant, practice_id, decision, at=at, what=Happening(kind))


def expected_set(grant: Grant, practice_id: int, claim_id: str, cents: dict[str, int]) -> None:
    """Note what the contract with a claim's payer allows for its charges, by charge id."""
    rows = ClaimLine.objects.under(grant, practice_id=practice_id).filter(claim_id=claim_id)
    for charge_id, expected in cents.items():
        rows.filter(charge_id=charge_id).update(expected_cents=expected)
