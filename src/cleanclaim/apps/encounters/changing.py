"""Visits changed by hand, as far as their claims are with us."""

from uuid import UUID

import msgspec

from cleanclaim.apps.encounters.models import Encounter
from cleanclaim.apps.encounters.records import EncounterRecord
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.sealed.keyset import sealer


class VisitChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a visit says for all of its charges, as a person wants it.

    Args:
        rendering_id: A provider of the practice, or None where the practice itself gives it.
        coverages: The visit's own coverages in the order in which they shall pay.
    """

    diagnoses: tuple[str, ...]
    place_of_service: str
    rendering_id: UUID | None
    coverages: tuple[UUID, ...]
    prior_authorization_number: str = ""


def encounter_change(
    grant: Grant, practice_id: int, encounter_id: UUID, wanted: VisitChange
) -> None:
    """Change a visit; its charges are changed apart.

    Raises:
        Refusal: `not_coded`: nothing would be left; `other_coverages`: the order names others.
    """
    rows = Encounter.objects.under(grant, practice_id=practice_id).select_for_update()
    row = rows.get(id=encounter_id)
    if not (wanted.diagnoses and wanted.place_of_service):
        raise Refusal("not_coded", "A claim needs a diagnosis and a place of service.")
    if sorted(wanted.coverages) != sorted(row.coverages):
        raise Refusal("other_coverages", "The order names other coverages than the visit has.")
    by = sealer(practice_id)
    record = row.unseal(EncounterRecord, by)
    row.seal(_authorized(record, wanted.prior_authorization_number), by)
    row.diagnoses, row.place_of_service = list(wanted.diagnoses), wanted.place_of_service
    row.rendering_id, row.coverages = wanted.rendering_id, list(wanted.coverages)
    row.save(update_fields=["sealed", "diagnoses", "place_of_service", "rendering", "coverages"])


def _authorized(record: EncounterRecord, number: str) -> EncounterRecord:
    """Put the number where the claim takes it from: another system's claim has its own."""
    changes: dict[str, object] = {"prior_authorization_number": number}
    foreign = getattr(record, "foreign", None)
    if foreign is not None:
        changes["foreign"] = msgspec.structs.replace(foreign, prior_authorization_number=number)
    return msgspec.structs.replace(record, **changes)


def drafts_settle(grant: Grant, practice_id: int, ids: list[UUID], words: set[str]) -> None:
    """Take from visits what somebody has confirmed of what they name."""
    rows = Encounter.objects.under(grant, practice_id=practice_id).filter(id__in=ids)
    changed = []
    for row in rows.select_for_update():
        row.drafts = [one for one in row.drafts if one not in words]
        changed.append(row)
    Encounter.objects.bulk_update(changed, ["drafts"])
