"""Making claims of encounters, and checking them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from cleanclaim.apps.claims.assemble import Assembled, claims_assemble
from cleanclaim.apps.claims.checking import CHECKABLE, Check, checks_save
from cleanclaim.apps.claims.elsewhere import foreign_place
from cleanclaim.apps.claims.making import claims_insert
from cleanclaim.apps.claims.models import Claim
from cleanclaim.apps.encounters.public import (
    Charge,
    Encounter,
    encounters_mark_billed,
    encounters_to_bill,
)
from cleanclaim.apps.ledger.public import entries_post
from cleanclaim.core import claim as core
from cleanclaim.core.ledger import Entry
from cleanclaim.core.posting.charges import self_pay_charges_post
from cleanclaim.core.posting.state import LineState, Rows
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.finding import Finding, Severity

_UNCONFIRMED = {
    "patient": "The patient is new here: confirm the name, birth date and address.",
    "patient_differs": "The patient's number is here under another name or birth date: "
    "choose which is right.",
    "payer": "The payer is new here: confirm its identifier in the exchange.",
    "coverage": "The coverage is new here: confirm member id and order of payers.",
    "provider": "The rendering provider is new here: confirm NPI and taxonomy.",
}
_LOST = "foreign"


class Made(msgspec.Struct):
    """What became of a batch of encounters."""

    encounters: int = 0
    claims: int = 0
    held: int = 0
    charged_cents: int = 0


def claims_make(  # noqa: PLR0913  a batch, its check, the moment, and what is posted now
    grant: Grant,
    practice_id: int,
    *,
    check: Check,
    at: datetime,
    day: date,
    limit: int = 200,
    with_self_pay: bool = True,
) -> Made:
    """Make claims of coded encounters, post their charges, and check them.

    Each visit gets one claim for each of its payers; the first is charged and checked now, the
    others wait as drafts. What no plan may hear of is charged to the patient.

    Args:
        grant: Opens the practice's patients, encounters and claims.
        practice_id: Whose.
        check: Gives the findings of claims put together.
        at: The instant of the writing.
        day: Posting day.
        limit: Encounters at most.
        with_self_pay: Charge the patient too; without, `self_pay_charge` does it later.
    """
    encounters = encounters_to_bill(grant, practice_id, limit)
    if not encounters:
        return Made()
    assembled = claims_assemble(grant, practice_id, encounters)
    made = Made(encounters=len(encounters))
    billed = [item for item in assembled if item.claim is not None]
    made.charged_cents = claims_insert(grant, practice_id, billed, at=at, day=day)
    foreign_place(grant, practice_id, billed, at=at, day=day)
    if with_self_pay:
        _charge_patients(grant, practice_id, assembled, at=at, day=day)
    said = check(grant, practice_id, billed)
    checked = {str(item.claim_id): one for item, one in zip(billed, said, strict=True)}
    made.held = checks_save(grant, practice_id, checked, at=at)
    encounters_mark_billed(grant, practice_id, [row.id for row in encounters])
    made.claims = len(billed)
    return made


def claim_of(item: Assembled) -> core.Claim:
    """Give the claim of an encounter that has one."""
    if item.claim is None:  # pragma: no cover  the caller keeps those that have one
        raise AssertionError
    return item.claim


def _charge_patients(
    grant: Grant, practice_id: int, assembled: Iterable[Assembled], *, at: datetime, day: date
) -> None:
    own = [entry for item in assembled for entry in _self_pay(item, day)]
    entries_post(grant, practice_id, own, at=at)


def self_pay_charge(
    grant: Grant, practice_id: int, encounter_id: UUID, *, at: datetime, day: date
) -> None:
    """Charge the patient what no plan may hear of in a visit; what is charged stays so."""
    rows = Encounter.objects.under(grant, practice_id=practice_id).filter(id=encounter_id)
    _charge_patients(
        grant, practice_id, claims_assemble(grant, practice_id, list(rows)), at=at, day=day
    )


def _self_pay(item: Assembled, day: date) -> Iterable[Entry]:
    if not item.self_pay:
        return ()
    patient = str(item.encounter.patient_id)
    lines = [_own_line(item, charge) for charge in item.self_pay if charge.charge_cents]
    entries = self_pay_charges_post(Rows(), patient, lines, day).entries
    return [
        msgspec.structs.replace(entry, key=f"{entry.key}@{item.encounter.id}") for entry in entries
    ]


def _own_line(item: Assembled, charge: Charge) -> LineState:
    provider = item.encounter.rendering_id
    return LineState(
        line=str(charge.id),
        number=charge.line_number,
        code=charge.procedure_code,
        charge_cents=charge.charge_cents,
        service_date=charge.service_date,
        provider=str(provider) if provider else None,
    )


def unconfirmed_findings(drafts: Iterable[str]) -> list[Finding]:
    """Say what a claim names that nobody has confirmed; each holds it.

    What a claim of another system says and none of ours carries is told as a warning.
    """
    unconfirmed = [name for name in drafts if name != _LOST]
    lost = [_lost_finding()] if _LOST in drafts else []
    return lost + [
        Finding(
            code=f"CLAIM-UNCONFIRMED-{name.upper().replace('_', '-')}",
            severity=Severity.BLOCKS,
            place=name.removesuffix("_differs"),
            message=_UNCONFIRMED[name],
            expected="confirmed by a person",
        )
        for name in unconfirmed
    ]


def _lost_finding() -> Finding:
    return Finding(
        code="CLAIM-FOREIGN-LOST",
        severity=Severity.WARNS,
        place="claim",
        message="The claim of the other system says more than is carried here, as its intake "
        "names: it goes without.",
    )


class Rechecked(NamedTuple):
    """How many claims were checked again, and how many are held now."""

    checked: int
    held: int


def claims_recheck(
    grant: Grant, practice_id: int, ids: Iterable[UUID], *, check: Check, at: datetime
) -> Rechecked:
    """Check claims again that have not gone out, after something about them was changed."""
    rows = Claim.objects.under(grant, practice_id=practice_id).filter(
        id__in=list(ids), stage__in=CHECKABLE
    )
    claims = list(rows.select_related("encounter").select_for_update(of=("self",)))
    encounters = {row.encounter_id: row.encounter for row in claims}
    assembled = claims_assemble(grant, practice_id, list(encounters.values()))
    ids_of = {(row.encounter_id, row.level): str(row.id) for row in claims}
    billed = [item for item in assembled if item.claim and _key(item) in ids_of]
    said = check(grant, practice_id, billed)
    checked = {ids_of[_key(item)]: one for item, one in zip(billed, said, strict=True)}
    return Rechecked(len(checked), checks_save(grant, practice_id, checked, at=at))


def _key(item: Assembled) -> tuple[UUID, int]:
    return item.encounter.id, claim_of(item).payer_rank
