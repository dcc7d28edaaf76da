"""Taking encounters in: each once, whatever file it comes in again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from cleanclaim.apps.encounters.models import Charge, Encounter, Intake
from cleanclaim.apps.encounters.records import EncounterRecord
from cleanclaim.apps.patients.public import Arrival, Taken, patients_take
from cleanclaim.apps.practices.public import Provider, providers_by_npi, providers_draft
from cleanclaim.core.claim import Claim, ClaimLine
from cleanclaim.core.intake import EncounterDraft
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.finding import Finding, Severity
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import Row, models_insert, rows_insert
from cleanclaim.platform.sealed.keyset import blind_index, sealer


class Counts(msgspec.Struct):
    """How the rows of a batch ended; they add up to the rows that were given."""

    imported: int = 0
    waiting: int = 0
    already: int = 0
    refused: int = 0
    findings: list[Finding] = []


def encounters_take(
    grant: Grant,
    practice_id: int,
    drafts: Sequence[EncounterDraft],
    *,
    at: datetime,
    intake: Intake | None = None,
) -> Counts:
    """Take a batch of encounters in.

    The encounter's number is its natural key: the same content again is done already, other
    content is refused. What it names and nobody has confirmed becomes a draft.

    Args:
        grant: Opens the practice's patients and encounters.
        practice_id: Whose encounters.
        drafts: A few hundred at a time.
        at: The instant of the writing.
        intake: The source that they came in.

    Returns:
        How many rows ended how, and why some were refused.
    """
    counts = Counts()
    keys = {draft.number: _content_key(practice_id, draft) for draft in drafts}
    known = dict(
        Encounter.objects.under(grant, practice_id=practice_id)
        .filter(number__in=keys)
        .values_list("number", "content_key")
    )
    fresh: dict[str, EncounterDraft] = {}
    for draft in drafts:
        held = known.get(draft.number)
        if held is None and draft.number not in fresh:
            fresh[draft.number] = draft
        elif held is not None and bytes(held) == keys[draft.number]:
            counts.already += len(draft.places)
        else:
            counts.refused += len(draft.places)
            counts.findings.append(_conflict(draft))
    if fresh:
        _insert(grant, practice_id, list(fresh.values()), keys, at, intake)
    for draft in fresh.values():
        if draft.is_coded:
            counts.imported += len(draft.places)
        else:
            counts.waiting += len(draft.places)
    return counts


def _content_key(practice_id: int, draft: EncounterDraft) -> bytes:
    """Fingerprint what a draft says, wherever in a file it stands; keyed, as it names a person."""
    content = msgspec.json.encode(msgspec.structs.replace(draft, places=()))
    return blind_index("encounter.content", f"{practice_id}|{content.decode()}")


def _conflict(draft: EncounterDraft) -> Finding:
    place = f"{draft.place_word} {draft.places[0]}" if draft.places else "file"
    if draft.foreign:
        why = (
            "a claim of this number is here already and says something else, as another version of "
            "it or one to another payer does. Go on with that claim here, or number this one anew."
        )
    else:
        why = (
            "the encounter is here already and says something else. "
            "Correct the encounter in the workbench, or give the new one another number."
        )
    return Finding(
        code="INTAKE-CONFLICT",
        severity=Severity.BLOCKS,
        place=f"{place}, encounter_number",
        message=f"{place.capitalize()} is refused: {why}",
        expected="the same content, or a new number",
    )


def _insert(
    grant: Grant,
    practice_id: int,
    drafts: Sequence[EncounterDraft],
    keys: dict[str, bytes],
    at: datetime,
    intake: Intake | None,
) -> None:
    taken = patients_take(
        grant,
        practice_id,
        [
            Arrival(number=item.patient_number, patient=item.patient, coverages=item.coverages)
            for item in drafts
        ],
        at=at,
    )
    providers = _providers(grant, practice_id, drafts)
    by = sealer(practice_id)
    rows = []
    for draft, who in zip(drafts, taken, strict=True):
        row = _row(practice_id, draft, who, providers.get(draft.rendering.npi))
        row.content_key = keys[draft.number]
        row.intake = intake
        row.made_at = at
        row.seal(_record(draft), by)
        rows.append(row)
    models_insert(rows)
    rows_insert(Charge, _charges(grant, practice_id, rows, drafts))


def _providers(
    grant: Grant, practice_id: int, drafts: Iterable[EncounterDraft]
) -> dict[str, Provider]:
    named = {item.rendering.npi: item.rendering for item in drafts if item.rendering.npi}
    known = providers_by_npi(grant, practice_id, named)
    unknown = [item for key, item in named.items() if key not in known]
    return known | providers_draft(grant, practice_id, unknown)


def _row(
    practice_id: int, draft: EncounterDraft, who: Taken, provider: Provider | None
) -> Encounter:
    drafts = list(who.drafts)
    if provider is None or provider.state == Provider.State.DRAFT:
        drafts.append("provider")
    if draft.lost:
        drafts.append("foreign")
    return Encounter(
        practice_id=practice_id,
        number=draft.number,
        patient_id=who.patient_id,
        rendering=provider,
        service_date=draft.service_date,
        place_of_service=draft.place_of_service,
        diagnoses=[item.code for item in draft.diagnoses],
        coverages=list(who.coverages),
        drafts=drafts,
        state=_state(draft),
        foreign_control_number=draft.foreign_control_number,
    )


def _state(draft: EncounterDraft) -> Encounter.State:
    if draft.is_sent:
        return Encounter.State.SENT_ELSEWHERE
    coded = draft.is_coded
    return Encounter.State.CHARGE_READY if coded else Encounter.State.WAITING_FOR_CODING


def _record(draft: EncounterDraft) -> EncounterRecord:
    return EncounterRecord(
        referring=draft.referring,
        dates=draft.dates,
        related_causes=draft.related_causes,
        prior_authorization_number=draft.prior_authorization_number,
        referral_number=draft.referral_number,
        patient_paid_cents=draft.patient_paid_cents,
        source_codes=draft.source_codes,
        foreign=draft.foreign,
    )


def _charges(
    grant: Grant, practice_id: int, rows: list[Encounter], drafts: Sequence[EncounterDraft]
) -> Iterable[Row]:
    for row, draft in zip(rows, drafts, strict=True):
        for ordinal, line in enumerate(draft.lines, 1):
            yield {
                "id": new_id(),
                "tenant_id": grant.tenant_id,
                "practice_id": practice_id,
                "encounter_id": row.id,
                "line_number": line.line_number,
                "ordinal": ordinal,
                "procedure_code": line.procedure_code,
                "modifiers": line.modifiers,
                "units": line.units,
                "unit_code": line.unit_code,
                "charge_cents": line.charge_cents,
                "service_date": line.service_date,
                "diagnosis_pointers": line.diagnosis_pointers,
                "drug": line.drug,
                "is_restricted": line.plan_disclosure_restricted,
                "is_self_pay": not draft.coverages,
            }


def encounter_correct(grant: Grant, practice_id: int, encounter_id: UUID, claim: Claim) -> None:
    """Correct what a visit says for all of its charges, as a claim that has not gone out says it.

    Args:
        grant: Opens the practice's encounters.
        practice_id: Whose.
        encounter_id: Which visit.
        claim: Its diagnoses, place and the payer's numbers are taken over.
    """
    rows = Encounter.objects.under(grant, practice_id=practice_id).select_for_update()
    row = rows.get(id=encounter_id)
    by = sealer(practice_id)
    record = row.unseal(EncounterRecord, by)
    numbers = {
        "prior_authorization_number": claim.prior_authorization_number,
        "referral_number": claim.referral_number,
    }
    foreign = record.foreign and msgspec.structs.replace(record.foreign, **numbers)
    changed = msgspec.structs.replace(record, foreign=foreign, **numbers)
    if changed != record:
        row.seal(changed, by)
    row.diagnoses = [one.code for one in claim.diagnoses]
    row.place_of_service = claim.place_of_service
    row.save(update_fields=["sealed", "diagnoses", "place_of_service"])


def line_numbers_next(grant: Grant, practice_id: int, encounter_id: UUID, count: int) -> list[str]:
    """Give line numbers that no charge of a visit has or had."""
    rows = Charge.objects.under(grant, practice_id=practice_id).filter(encounter_id=encounter_id)
    taken = list(rows.values_list("line_number", flat=True))
    last = max([len(taken), *(int(one) for one in taken if one.isdecimal())])
    return [str(last + place) for place in range(1, count + 1)]


class Replacement(msgspec.Struct, frozen=True, kw_only=True):
    """A charge that is taken back, and what stands in its place, if anything does.

    Args:
        new_id: Id that the new charge gets.
    """

    old_id: str
    new_id: str | int = ""
    line: ClaimLine | None = None


def charges_replace(
    grant: Grant, practice_id: int, changes: Iterable[Replacement], *, at: datetime
) -> None:
    """Take charges back and put others in their places; a charge itself is never changed."""
    changes = list(changes)
    rows = Charge.objects.under(grant, practice_id=practice_id)
    old = {str(row.id): row for row in rows.filter(id__in=[one.old_id for one in changes])}
    rows.filter(id__in=list(old)).update(voided_at=at)
    Charge.objects.bulk_create(
        Charge(
            id=one.new_id,
            practice_id=practice_id,
            encounter_id=old[one.old_id].encounter_id,
            line_number=one.line.line_number,
            ordinal=old[one.old_id].ordinal,
            procedure_code=one.line.procedure_code,
            modifiers=list(one.line.modifiers),
            units=one.line.units,
            unit_code=one.line.unit_code,
            charge_cents=one.line.charge_cents,
            service_date=one.line.service_date,
            diagnosis_pointers=list(one.line.diagnosis_pointers),
            drug=msgspec.to_builtins(one.line.drug) if one.line.drug else None,
            is_restricted=one.line.plan_disclosure_restricted,
            is_self_pay=old[one.old_id].is_self_pay,
            replaces_id=one.old_id,
        )
        for one in changes
        if one.line is not None
    )


def encounters_mark_billed(grant: Grant, practice_id: int, ids: Iterable[UUID]) -> None:
    """Move encounters on, once their claims are made."""
    rows = Encounter.objects.under(grant, practice_id=practice_id)
    states = (Encounter.State.CHARGE_READY, Encounter.State.SENT_ELSEWHERE)
    rows.filter(id__in=list(ids), state__in=states).update(state=Encounter.State.BILLED)
