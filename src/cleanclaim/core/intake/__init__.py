"""A day's encounters as they come in: superbill rows become drafts, or are refused with a place."""

from cleanclaim.core.intake.draft import EncounterDraft, Intake
from cleanclaim.core.intake.superbill import read_superbill, superbill_template

__all__ = ["EncounterDraft", "Intake", "read_superbill", "superbill_template"]
