"""What an intake yields, whatever it came from."""

from datetime import date

import msgspec

from cleanclaim.core.claim import (
    Claim,
    ClaimDates,
    ClaimLine,
    Coverage,
    Diagnosis,
    Patient,
    Provider,
    RelatedCause,
)
from cleanclaim.kernel.finding import Finding

BY_NAME = "name:"  # begins the identifier of a payer of which the source knows the name alone


class SourceCode(msgspec.Struct, frozen=True):
    """What the source says was found or done, for the coder to read; never billed as it is."""

    system: str
    code: str
    words: str


class EncounterDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One encounter as somebody else described it; nothing in it is known to be right.

    Args:
        number: The encounter's number in the system that it comes from; its natural key.
        patient_number: The patient's number in that system (MRN).
        billing_npi: Decides the practice where none is named.
        coverages: In rank order; empty for a patient who pays alone.
        lines: Empty, or without diagnoses: the encounter waits for coding.
        places: Where it stands in the source: row numbers counted from 1 with the head as 1.
        place_word: What is counted: `row`, `encounter` or `claim`.
        foreign: The claim as another billing system wrote it, whole: what a claim may say and an
            encounter has no place for is taken from it again.
        lost: What of it no claim of ours carries.
        is_sent: That system has sent it; it is recorded, never sent from here.
        is_priced: The source says what each line costs; without, a person has to.
        source_codes: Codes of other systems (SNOMED, CVX) that a coder has to translate.
    """

    number: str
    patient_number: str
    billing_npi: str
    rendering: Provider
    referring: Provider | None = None
    patient: Patient
    coverages: tuple[Coverage, ...]
    service_date: date
    place_of_service: str
    diagnoses: tuple[Diagnosis, ...]
    lines: tuple[ClaimLine, ...]
    dates: ClaimDates = ClaimDates()
    related_causes: tuple[RelatedCause, ...] = ()
    prior_authorization_number: str = ""
    referral_number: str = ""
    patient_paid_cents: int = 0
    places: tuple[int, ...] = ()
    place_word: str = "row"
    foreign: Claim | None = None
    lost: tuple[str, ...] = ()
    is_sent: bool = False
    source_codes: tuple[SourceCode, ...] = ()
    is_priced: bool = True

    @property
    def foreign_control_number(self) -> str:
        """Give the claim's number in the other billing system, if it comes from one."""
        return self.foreign.claim_number if self.foreign else ""

    @property
    def is_coded(self) -> bool:
        """Say whether it can become a claim without a coder."""
        has_codes = bool(self.diagnoses) and any(line.procedure_code for line in self.lines)
        return has_codes and self.is_priced


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """The result of reading one source.

    Args:
        given: Rows (or claims) that the source holds.
        drafts: Encounters in the source's order.
        refused: One finding for each refused row, or one for the whole source.
        refused_rows: Rows that became no draft; with the drafts' places they make `given`.
        notes: What a person has to know of drafts that are taken in.
    """

    given: int
    drafts: tuple[EncounterDraft, ...]
    refused: tuple[Finding, ...]
    refused_rows: int
    notes: tuple[Finding, ...] = ()
