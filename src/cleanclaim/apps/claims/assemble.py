"""Putting claims together from what is known of their encounters, many at a time."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from cleanclaim.apps.claims.convert import Sources, claim_from_sources
from cleanclaim.apps.encounters.public import (
    Charge,
    Encounter,
    EncounterRecord,
    charges_for_encounters,
)
from cleanclaim.apps.patients.public import (
    Coverage,
    coverages_for_patients,
    patient_records,
)
from cleanclaim.apps.practices.public import practice_get, providers_by_id
from cleanclaim.core import claim as core
from cleanclaim.core.claim.restriction import without_restricted_lines
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.sealed.keyset import sealer


class Assembled(NamedTuple):
    """One encounter with the claim to the first payer that it is asked of from here.

    Args:
        claim: None where no plan may hear of any line, or the patient has none.
        charges: Those on the claim, in order.
        self_pay: Those that the patient pays and no plan hears of.
        coverages: In rank order.
        claim_ids: New ids, one for each coverage.
        foreign: The claim as another system wrote it, if the encounter came in as one.
    """

    encounter: Encounter
    claim: core.Claim | None
    charges: list[Charge]
    self_pay: list[Charge]
    coverages: list[Coverage]
    claim_ids: list[UUID]
    foreign: core.Claim | None

    @property
    def claim_id(self) -> UUID:
        """Give the new id of `claim`; the payers before it have decided elsewhere."""
        return self.claim_ids[(self.claim.payer_rank if self.claim else 1) - 1]


def claims_assemble(
    grant: Grant, practice_id: int, encounters: Sequence[Encounter]
) -> list[Assembled]:
    """Put the claims of encounters together.

    Returns:
        One for each encounter, in their order.
    """
    practice = practice_get(practice_id)
    charges = charges_for_encounters(grant, practice_id, [row.id for row in encounters])
    people = {row.patient_id for row in encounters}
    patients = patient_records(grant, practice_id, people)
    coverages = coverages_for_patients(grant, practice_id, people)
    providers = providers_by_id(
        grant, practice_id, [row.rendering_id for row in encounters if row.rendering_id]
    )
    by = sealer(practice_id)
    made = []
    for row in encounters:
        known = {coverage.id: (coverage, record) for coverage, record in coverages[row.patient_id]}
        pairs = [known[item] for item in row.coverages if item in known]
        own = charges[row.id]
        sources = Sources(
            practice=practice,
            encounter=row,
            record=row.unseal(EncounterRecord, by),
            charges=own,
            patient=patients[row.patient_id],
            coverages=pairs,
            rendering=providers.get(row.rendering_id) if row.rendering_id else None,
        )
        made.append(_assembled(sources))
    return made


def _assembled(sources: Sources) -> Assembled:
    claim = None
    if sources.coverages:
        foreign = sources.record.foreign
        rank = foreign.payer_rank if foreign else 1
        claim = without_restricted_lines(claim_from_sources(sources, number="", rank=rank))
    told = {line.line_number for line in claim.lines} if claim else set()
    charges = [charge for charge in sources.charges if charge.line_number in told]
    return Assembled(
        encounter=sources.encounter,
        claim=claim,
        charges=charges,
        self_pay=[charge for charge in sources.charges if charge.line_number not in told],
        coverages=[coverage for coverage, _ in sources.coverages] if claim else [],
        claim_ids=[new_id() for _ in sources.coverages] if claim else [],
        foreign=sources.record.foreign,
    )
