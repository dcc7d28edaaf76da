"""What a practice billed before for the patients of a batch, in short, in one query."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from cleanclaim.apps.claims.models import Claim, ClaimLine
from cleanclaim.apps.practices.public import practice_get
from cleanclaim.core.claim.stages import LineOutcome, Stage
from cleanclaim.core.privacy import Grant
from cleanclaim.core.scrub import HistoryClaim, HistoryLine, PatientHistory
from cleanclaim.core.scrub.facts import ACCEPTED, DENIED, PENDING, VOIDED

# The longest look back of a rule: three years for an established patient, with some weeks more.
LOOK_BACK = timedelta(days=1200)

_WAITING = frozenset({Stage.DRAFT, Stage.READY, Stage.SCRUB_HOLD})
_COLUMNS = (
    "claim__patient_id",
    "claim__encounter_id",
    "claim__number",
    "claim__stage",
    "claim__outcome",
    "claim__payer__payer_id",
    "claim__first_adjudicated",
    "claim__payer_control_numbers",
    "claim__provider__npi",
    "claim__provider__taxonomy_code",
    "claim__encounter__place_of_service",
    "claim__service_date",
    "outcome",
    "charge__service_date",
    "charge__procedure_code",
    "charge__modifiers",
    "charge__units",
    "charge__charge_cents",
)


class Visit(NamedTuple):
    """A visit whose history is asked for: its patient, itself, its day."""

    patient_id: UUID
    encounter_id: UUID
    service_date: date


class _Past(NamedTuple):
    encounter_id: UUID
    claim: HistoryClaim
    line: HistoryLine


def histories(
    grant: Grant, practice_id: int, visits: Sequence[Visit], *, npi: str = ""
) -> dict[UUID, PatientHistory]:
    """Give what the practice billed for each visit's patient besides the visit, by encounter.

    Of two visits of one patient the later one, by day of service, then by arrival, sees the
    earlier one and not the other way round: so of two duplicates one is held.

    Args:
        grant: Opens the practice's claims.
        practice_id: Whose.
        visits: Of one batch; one query serves them all.
        npi: Of the practice, as its claims carry it.
    """
    if not visits:
        return {}
    rows = ClaimLine.objects.under(grant, practice_id=practice_id).filter(
        claim__patient_id__in={visit.patient_id for visit in visits},
        claim__level=1,
        charge__voided_at=None,
        charge__service_date__gte=min(visit.service_date for visit in visits) - LOOK_BACK,
        charge__service_date__lte=max(visit.service_date for visit in visits),
    )
    known: dict[UUID, list[_Past]] = defaultdict(list)
    for values in rows.order_by("claim_id", "ordinal").values_list(*_COLUMNS).iterator():
        known[values[0]].append(_past(values, npi))
    return {visit.encounter_id: _history(visit, known[visit.patient_id]) for visit in visits}


def known_since(grant: Grant, practice_id: int) -> date | None:
    """Give the day since when the practice's services are all known here; None: none is known.

    A practice whose history was brought along says so in its policies, `known_since`.
    """
    told = practice_get(practice_id).policies.get("known_since", "")
    if told:
        return date.fromisoformat(told)
    rows = Claim.objects.under(grant, practice_id=practice_id).order_by("id")
    first = rows.values_list("made_at", flat=True).first()
    return first.date() if first else None


def _past(values: Sequence[Any], npi: str) -> _Past:
    row = dict(zip(_COLUMNS, values, strict=True))
    claim_status = _status(row["claim__stage"], row["claim__outcome"])
    controls = row["claim__payer_control_numbers"]
    claim = HistoryClaim(
        claim_number=row["claim__number"],
        payer_id=row["claim__payer__payer_id"],
        service_date=row["claim__service_date"],
        status=claim_status,
        payer_control_number=controls[-1] if controls else "",
        decided_date=row["claim__first_adjudicated"],
    )
    line = HistoryLine(
        claim_number=row["claim__number"],
        service_date=row["charge__service_date"],
        procedure_code=row["charge__procedure_code"],
        modifiers=tuple(row["charge__modifiers"]),
        units=row["charge__units"],
        charge_cents=row["charge__charge_cents"],
        rendering_npi=row["claim__provider__npi"] or "",
        billing_npi=npi,
        taxonomy_code=row["claim__provider__taxonomy_code"] or "",
        place_of_service=row["claim__encounter__place_of_service"],
        status=_status(row["claim__stage"], row["outcome"]),
    )
    return _Past(row["claim__encounter_id"], claim, line)


def _status(stage: str, outcome: str) -> str:
    if stage == Stage.VOIDED:
        return VOIDED
    if outcome == LineOutcome.DENIED:
        return DENIED
    return PENDING if stage in _WAITING else ACCEPTED


def _history(visit: Visit, past: Iterable[_Past]) -> PatientHistory:
    mark = (visit.service_date, visit.encounter_id)
    before = [item for item in past if (item.claim.service_date, item.encounter_id) < mark]
    claims = {item.claim.claim_number: item.claim for item in before}
    return PatientHistory(lines=tuple(item.line for item in before), claims=tuple(claims.values()))
