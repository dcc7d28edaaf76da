"""What is sealed of an encounter: facts that may identify a person."""

import msgspec

from cleanclaim.core.claim import Claim, ClaimDates, Provider, RelatedCause
from cleanclaim.core.intake import SourceCode


class EncounterRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What the claim needs besides codes and cents.

    Args:
        foreign: The claim as another system wrote it, whole.
    """

    referring: Provider | None = None
    dates: ClaimDates = ClaimDates()
    related_causes: tuple[RelatedCause, ...] = ()
    prior_authorization_number: str = ""
    referral_number: str = ""
    patient_paid_cents: int = 0
    source_codes: tuple[SourceCode, ...] = ()
    foreign: Claim | None = None
