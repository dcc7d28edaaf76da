"""Claims of another billing system: drafts of encounters that forget nothing of them."""

import hashlib
from collections.abc import Sequence
from datetime import date

import msgspec

from cleanclaim.core.claim import Claim, ClaimLine, Coverage, Patient, Provider
from cleanclaim.core.intake.draft import EncounterDraft
from cleanclaim.kernel import npi

_ORIGINAL, _REPLACEMENT, _VOID = "1", "7", "8"
_NUMBER_LENGTH = 38  # CLM01


def draft_from_claim(
    claim: Claim, place: int, *, is_sent: bool = False, lost: tuple[str, ...] = ()
) -> EncounterDraft:
    """Make an encounter of a foreign claim.

    Why the patient's number is a fingerprint: an 837 carries no number of the practice, and the
    same member with the same name and birth date is the same person here.

    Args:
        claim: As it was read from the other system's 837P.
        place: Position of the claim in its file, from 1.
        is_sent: The other system has sent it already.
        lost: What of it no claim of ours carries.
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
        patient=person,
        coverages=claim.coverages,
        service_date=claim.first_service_date,
        place_of_service=claim.place_of_service,
        diagnoses=claim.diagnoses,
        lines=claim.lines,
        places=(place,),
        place_word="claim",
        foreign=claim,
        lost=lost,
        is_sent=is_sent,
    )


def _rendering(provider: Provider) -> Provider:
    """Keep an identifier only where it is an NPI; without one a person has to say who it was."""
    return Provider(
        npi=provider.npi if npi.is_valid(provider.npi) else "",
        name=provider.name,
        first=provider.first,
        taxonomy_code=provider.taxonomy_code,
    )


def foreign_refusal(claim: Claim) -> str:
    """Say why a foreign claim can't be taken in; empty: it can.

    Why no void and no capitation report: the first takes back charges that are not here, the
    second charges nothing.
    """
    ranks = [one.rank for one in claim.coverages]
    earlier = claim.coverages[: claim.payer_rank - 1]
    rows = (
        (not claim.claim_number, "it has no number (CLM01)"),
        (not claim.lines, "it has no service lines"),
        (
            any(line.service_date == date.min for line in claim.lines),
            "a line has no date of service (DTP*472)",
        ),
        (
            not claim.patient.name.last or claim.patient.birth_date == date.min,
            "the patient's name or birth date is missing (NM1, DMG)",
        ),
        (
            len(claim.claim_number) > _NUMBER_LENGTH,
            f"its number (CLM01) is longer than {_NUMBER_LENGTH} characters",
        ),
        (claim.is_encounter, "it reports an encounter under capitation (BHT06 RP): no charge"),
        (
            claim.frequency_code == _VOID,
            "it voids a claim (CLM05-3 8): void it in the system that sent that claim",
        ),
        (
            claim.frequency_code not in (_ORIGINAL, _REPLACEMENT, _VOID),
            "its frequency code (CLM05-3) should be 1 or 7",
        ),
        (
            claim.frequency_code == _REPLACEMENT and not claim.payer_control_number,
            "it replaces a claim (CLM05-3 7) and does not name it (REF*F8)",
        ),
        (
            ranks != list(range(1, len(ranks) + 1)),
            "its payers (SBR01) should be primary, secondary and so on, each once",
        ),
        (
            any(not one.payer.payer_id for one in claim.coverages),
            "a payer has no identifier (NM1*PR)",
        ),
        (
            any(not one.subscriber.member_id for one in claim.coverages),
            "a member number (NM1*IL) is missing",
        ),
        (
            not all(is_decided(claim, one.payer.payer_id) for one in earlier),
            "it does not say what the earlier payer decided (AMT*D or SVD)",
        ),
    )
    return next((words for is_wrong, words in rows if is_wrong), "")


def is_decided(claim: Claim, payer_id: str) -> bool:
    """Say whether a claim tells what an earlier payer decided, on the whole or on a line."""
    return any(one.payer_id == payer_id for one in claim.prior_adjudications) or any(
        one.payer_id == payer_id for line in claim.lines for one in line.adjudications
    )


def claim_over_foreign(ours: Claim, foreign: Claim, ordinals: Sequence[int]) -> Claim:
    """Put what is known and may be corrected here over what the other system wrote.

    Args:
        ours: The claim of what is known here.
        foreign: The claim as it came in.
        ordinals: For each line of ours its position among the foreign ones, from 1; a line that
            was put in the place of another has that one's.
    """
    return msgspec.structs.replace(
        foreign,
        claim_number=ours.claim_number,
        payer_rank=ours.payer_rank,
        coverages=tuple(_coverage(one, foreign.coverages) for one in ours.coverages),
        patient=_patient(ours.patient, foreign.patient),
        billing=_provider(ours.billing, foreign.billing),
        rendering=_rendering_over(ours.rendering, foreign.rendering),
        place_of_service=ours.place_of_service,
        diagnoses=ours.diagnoses,
        lines=tuple(
            _line(line, foreign.lines[at - 1], foreign) if at <= len(foreign.lines) else line
            for line, at in zip(ours.lines, ordinals, strict=True)
        ),
        clia_number=foreign.clia_number or ours.clia_number,
    )


def _coverage(ours: Coverage, foreign: Sequence[Coverage]) -> Coverage:
    theirs = next((one for one in foreign if one.rank == ours.rank), ours)
    return msgspec.structs.replace(
        ours,
        payer=msgspec.structs.replace(
            ours.payer,
            filing_indicator=theirs.payer.filing_indicator or ours.payer.filing_indicator,
            address=theirs.payer.address,
        ),
        benefits_assigned=theirs.benefits_assigned,
        release_of_information=theirs.release_of_information,
        signature_source=theirs.signature_source,
    )


def _patient(ours: Patient, theirs: Patient) -> Patient:
    return msgspec.structs.replace(
        ours,
        death_date=ours.death_date or theirs.death_date,
        is_pregnant=theirs.is_pregnant,
        weight_pounds=theirs.weight_pounds,
    )


def _provider(ours: Provider, theirs: Provider | None) -> Provider:
    """Fill what is not known here of the same provider."""
    if theirs is None or theirs.npi != ours.npi:
        return ours
    known = {name: value for name, value in _fields(ours).items() if value}
    return msgspec.structs.replace(theirs, **known)


def _fields(provider: Provider) -> dict[str, object]:
    names = ("name", "first", "taxonomy_code", "tax_id", "tax_id_kind", "address", "phone")
    return {name: getattr(provider, name) for name in names}


def _rendering_over(ours: Provider | None, theirs: Provider | None) -> Provider | None:
    """Keep a provider without a NPI as it was written: there is no other name for it."""
    if ours is not None:
        return _provider(ours, theirs)
    return theirs if theirs is not None and not npi.is_valid(theirs.npi) else None


def _line(ours: ClaimLine, theirs: ClaimLine, foreign: Claim) -> ClaimLine:
    is_same_day = ours.service_date == theirs.service_date
    has_own_place = theirs.place_of_service != foreign.place_of_service
    return msgspec.structs.replace(
        theirs,
        line_number=ours.line_number,
        procedure_code=ours.procedure_code,
        charge_cents=ours.charge_cents,
        service_date=ours.service_date,
        end_date=theirs.end_date if is_same_day else None,
        modifiers=ours.modifiers,
        units=ours.units,
        unit_code=ours.unit_code,
        diagnosis_pointers=ours.diagnosis_pointers,
        place_of_service=theirs.place_of_service if has_own_place else "",
        drug=ours.drug,
        plan_disclosure_restricted=ours.plan_disclosure_restricted,
    )
