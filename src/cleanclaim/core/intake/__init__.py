"""A day's encounters as they come in: rows and resources become drafts, or are refused."""

from cleanclaim.core.intake.draft import BY_NAME, EncounterDraft, Intake, SourceCode
from cleanclaim.core.intake.fhir import read_fhir_bundle
from cleanclaim.core.intake.foreign import (
    claim_over_foreign,
    draft_from_claim,
    foreign_refusal,
)
from cleanclaim.core.intake.superbill import read_superbill, superbill_template

__all__ = [
    "BY_NAME",
    "EncounterDraft",
    "Intake",
    "SourceCode",
    "claim_over_foreign",
    "draft_from_claim",
    "foreign_refusal",
    "read_fhir_bundle",
    "read_superbill",
    "superbill_template",
]
