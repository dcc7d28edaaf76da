"""The only door of the encounters."""

from cleanclaim.apps.encounters.changing import VisitChange, drafts_settle, encounter_change
from cleanclaim.apps.encounters.coding import (
    CodedLine,
    Coding,
    Waiting,
    encounter_code,
    encounter_waiting,
    encounters_left,
    encounters_waiting,
    intake_get,
    intakes_of_day,
)
from cleanclaim.apps.encounters.documenting import WHOLE_VISIT, documents_for, documents_keep
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
    "WHOLE_VISIT",
    "Charge",
    "CodedLine",
    "Coding",
    "Encounter",
    "EncounterRecord",
    "Intake",
    "Replacement",
    "VisitChange",
    "Waiting",
    "charges_by_id",
    "charges_for_encounters",
    "charges_replace",
    "documents_for",
    "documents_keep",
    "drafts_settle",
    "encounter_change",
    "encounter_code",
    "encounter_correct",
    "encounter_counts",
    "encounter_waiting",
    "encounters_left",
    "encounters_mark_billed",
    "encounters_take",
    "encounters_to_bill",
    "encounters_waiting",
    "intake_get",
    "intake_take",
    "intakes_of_day",
    "line_numbers_next",
]
