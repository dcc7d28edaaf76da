"""The claim as the product thinks of it: one immutable record per version, in plain words."""

from cleanclaim.core.claim.parties import (
    Address,
    Coverage,
    Facility,
    Patient,
    Payer,
    PersonName,
    Provider,
    Subscriber,
)
from cleanclaim.core.claim.record import (
    Adjustment,
    Ambulance,
    Claim,
    ClaimDates,
    ClaimKind,
    ClaimLine,
    Diagnosis,
    Drug,
    InstitutionalFacts,
    LineAdjudication,
    PriorAdjudication,
    RelatedCause,
)

__all__ = [
    "Address",
    "Adjustment",
    "Ambulance",
    "Claim",
    "ClaimDates",
    "ClaimKind",
    "ClaimLine",
    "Coverage",
    "Diagnosis",
    "Drug",
    "Facility",
    "InstitutionalFacts",
    "LineAdjudication",
    "Patient",
    "Payer",
    "PersonName",
    "PriorAdjudication",
    "Provider",
    "RelatedCause",
    "Subscriber",
]
