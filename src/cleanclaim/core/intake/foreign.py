"""Claims of another billing system, as drafts of encounters: their number is kept."""

import hashlib

from cleanclaim.core.claim import Claim, Provider
from cleanclaim.core.intake.draft import EncounterDraft
from cleanclaim.kernel import npi


def draft_from_claim(claim: Claim, place: int) -> EncounterDraft:
    """Make an encounter of a foreign claim.

    Why the patient's number is a fingerprint: an 837 carries no number of the practice, and the
    same member with the same name and birth date is the same person here.

    Args:
        claim: As it was read from the other system's 837P.
        place: Position of the claim in its file, from 1.
    """
    coverage = claim.coverage
    person = claim.patient
    identity = "|".join(
        (coverage.subscriber.member_id, person.name.last, person.name.first, str(person.birth_date))
    )
    return EncounterDraft(
        number=f"837-{claim.claim_number}",
        patient_number="837-" + hashlib.sha256(identity.encode()).hexdigest()[:16].upper(),
        billing_npi=claim.billing.npi,
        rendering=_rendering(claim.rendering or claim.billing),
        referring=claim.referring,
        patient=person,
        coverages=claim.coverages,
        service_date=claim.first_service_date,
        place_of_service=claim.place_of_service,
        diagnoses=claim.diagnoses,
        lines=claim.lines,
        dates=claim.dates,
        related_causes=claim.related_causes,
        prior_authorization_number=claim.prior_authorization_number,
        referral_number=claim.referral_number,
        patient_paid_cents=claim.patient_paid_cents,
        places=(place,),
        foreign_control_number=claim.claim_number,
    )


def _rendering(provider: Provider) -> Provider:
    """Keep an identifier only where it is an NPI; without one a person has to say who it was."""
    return Provider(
        npi=provider.npi if npi.is_valid(provider.npi) else "",
        name=provider.name,
        first=provider.first,
        taxonomy_code=provider.taxonomy_code,
    )
