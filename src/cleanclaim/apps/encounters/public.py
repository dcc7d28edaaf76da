"""The only door of the encounters."""

from cleanclaim.apps.encounters.intakes import intake_take
from cleanclaim.apps.encounters.models import Charge, Encounter, Intake
from cleanclaim.apps.encounters.queries import (
    charges_by_id,
    charges_for_encounters,
    encounter_counts,
    encounters_to_bill,
)
from cleanclaim.apps.encounters.records import EncounterRecord
from cleanclaim.apps.encounters.services import (
    Replacement,
    charges_replace,
    encounter_correct,
    encounters_mark_billed,
    encounters_take,
    line_numbers_next,
)

__all__ = [
    "Charge",
    "Encounter",
    "EncounterRecord",
    "Intake",
    "Replacement",
    "charges_by_id",
    "charges_for_encounters",
    "charges_replace",
    "encounter_correct",
    "encounter_counts",
    "encounters_mark_billed",
    "encounters_take",
    "encounters_to_bill",
    "intake_take",
    "line_numbers_next",
]
