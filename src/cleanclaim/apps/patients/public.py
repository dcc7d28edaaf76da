"""The only door of the patients."""

from cleanclaim.apps.patients.models import Coverage, Patient
from cleanclaim.apps.patients.queries import (
    coverages_by_id,
    coverages_for_patients,
    patient_records,
    patients_by_number,
    patients_opened,
    patients_search,
)
from cleanclaim.apps.patients.records import CoverageRecord, PatientRecord
from cleanclaim.apps.patients.services import (
    Arrival,
    Taken,
    coverage_complete,
    coverage_confirm,
    coverage_correct,
    patient_complete,
    patient_confirm,
    patients_take,
)

__all__ = [
    "Arrival",
    "Coverage",
    "CoverageRecord",
    "Patient",
    "PatientRecord",
    "Taken",
    "coverage_complete",
    "coverage_confirm",
    "coverage_correct",
    "coverages_by_id",
    "coverages_for_patients",
    "patient_complete",
    "patient_confirm",
    "patient_records",
    "patients_by_number",
    "patients_opened",
    "patients_search",
    "patients_take",
]
