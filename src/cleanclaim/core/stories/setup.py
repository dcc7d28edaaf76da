"""Claims of a story as records, so that its 837s are written by the real writer."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from cleanclaim.core.claim import (
    Address,
    Claim,
    ClaimLine,
    Coverage,
    Diagnosis,
    LineAdjudication,
    Patient,
    Payer,
    PersonName,
    PriorAdjudication,
    Provider,
    Subscriber,
)
from cleanclaim.core.claim.restriction import without_restricted_lines
from cleanclaim.core.ledger import Ref
from cleanclaim.core.stories.story import Json, Story


def address_of(lines: Sequence[str]) -> Address:
    """Read an address as stories write it: two lines, city, state, ZIP."""
    first, second, city, state, zip_code = lines
    return Address(line_1=first, line_2=second, city=city, state=state, zip_code=zip_code)


def billing_of(story: Story) -> Provider:
    """Give the client of the story as the billing provider."""
    client = story.data["parties"]["client"]
    return Provider(
        npi=client["npi"],
        name=client["name"],
        taxonomy_code=client["taxonomy"],
        tax_id=client["tin"],
        address=address_of(client["address"]),
    )


def rendering_of(story: Story, name: str) -> Provider:
    """Give a rendering provider of the story."""
    one = story.party("providers", name)
    return Provider(
        npi=one["npi"], name=one["last"], first=one["first"], taxonomy_code=one["taxonomy"]
    )


def patient_of(story: Story, name: str) -> Patient:
    """Give a patient of the story."""
    one = story.party("patients", name)
    return Patient(
        name=PersonName(last=one["last"], first=one["first"]),
        birth_date=date.fromisoformat(one["dob"]),
        sex=one["sex"],
        address=address_of(one["address"]),
    )


def payer_of(story: Story, name: str) -> Payer:
    """Give a payer of the story."""
    one = story.party("payers", name)
    return Payer(payer_id=one["payer_id"], name=one["name"], filing_indicator=one["filing"])


def coverages_of(story: Story, patient: str, member_id: str = "") -> tuple[Coverage, ...]:
    """Give a patient's coverages in rank order; `member_id` overrides the first one's."""
    person = patient_of(story, patient)
    rows = [one for one in story.data["parties"]["coverages"] if one["patient"] == patient]
    return tuple(
        Coverage(
            rank=one["rank"],
            payer=payer_of(story, one["payer"]),
            subscriber=Subscriber(
                name=person.name,
                member_id=(member_id if one["rank"] == 1 else "") or one["member_id"],
            ),
            relationship_code=one["relationship"],
            group_number=one.get("group", ""),
        )
        for one in sorted(rows, key=lambda one: one["rank"])
    )


def line_of(story: Story, name: str, decided: Sequence[LineAdjudication] = ()) -> ClaimLine:
    """Give a charge line of the story, with what earlier payers decided on it."""
    encounter = encounter_of(story, name)
    line = story.lines[name]
    return ClaimLine(
        line_number=name,
        procedure_code=line["code"],
        modifiers=tuple(line["modifiers"]),
        units=Decimal(line["units"]),
        charge_cents=line["charge_cents"],
        service_date=date.fromisoformat(encounter["dos"]),
        diagnosis_pointers=tuple(line["dx_pointers"]),
        place_of_service=encounter["pos"],
        plan_disclosure_restricted=line.get("plan_disclosure_restricted", False),
        adjudications=tuple(decided),
    )


def encounter_of(story: Story, line: str) -> Json:
    """Give the encounter that has a line."""
    return next(
        one for one in story.data["encounters"] if any(item["id"] == line for item in one["lines"])
    )


def next_claim_of(story: Story, name: str) -> str | None:
    """Name the claim for the same services at the next payer."""
    claim = story.claims[name]
    return next(
        (
            other["id"]
            for other in story.data["claims"]
            if other["encounter"] == claim["encounter"]
            and other["level"] == claim["level"] + 1
            and set(other["lines"]) & set(claim["lines"])
        ),
        None,
    )


def bars_patient(story: Story, name: str) -> bool:
    """Say whether nothing may be asked of the patient: Medicaid is among the payers, or QMB."""
    encounter = story.encounters[story.claims[name]["encounter"]]
    rows = [
        one for one in story.data["parties"]["coverages"] if one["patient"] == encounter["patient"]
    ]
    filings = {story.party("payers", one["payer"])["filing"] for one in rows}
    patient = story.party("patients", encounter["patient"])
    return "MC" in filings or any(one.get("qmb") for one in [patient, *rows])


def expected_cents(story: Story, line: str, payer: str) -> int | None:
    """Compute what the contract of a payer allows for a line, where the story has one."""
    one = story.lines[line]
    rates = [
        row["allowed_unit_cents"]
        for row in story.data["fees"]["contracts"]
        if row["payer"] == payer
        and row["code"] == one["code"]
        and row.get("modifiers", one["modifiers"]) == one["modifiers"]
    ]
    return int(rates[0] * one["units"]) if rates else None


def needs_clia(code: str) -> bool:
    """Say whether a code is of the laboratory, where the certificate number has to be named.

    >>> needs_clia("83036"), needs_clia("36415")
    (True, False)
    """
    return code.isdigit() and "80000" <= code <= "89999"


def _shows_laboratory(line: ClaimLine) -> bool:
    return needs_clia(line.procedure_code) and not line.plan_disclosure_restricted


def claim_of(
    story: Story,
    name: str,
    lines: Iterable[str],
    *,
    member_id: str = "",
    priors: Sequence[tuple[PriorAdjudication, dict[Ref, LineAdjudication]]] = (),
) -> Claim:
    """Give a claim of the story as it goes out, without lines that no plan may see.

    Args:
        lines: The lines that stand on it now.
        member_id: The member number on the card, where a story had it keyed wrongly.
        priors: What earlier payers decided, on the claim and by line.

    Raises:
        ValueError: Nothing is left of it.
    """
    claim = story.claims[name]
    encounter = story.encounters[claim["encounter"]]
    named = list(lines)
    # Restricted lines stand on the record until they are taken out with their diagnoses.
    named += [
        one["id"]
        for one in encounter["lines"]
        if one.get("plan_disclosure_restricted") and one["id"] not in named
    ]
    kept = [line_of(story, one, [by[one] for _, by in priors if one in by]) for one in named]
    clia = story.data["parties"]["client"].get("clia", "")
    made = Claim(
        claim_number=claim["pcn_base"],
        payer_rank=claim["level"],
        coverages=coverages_of(story, encounter["patient"], member_id),
        patient=patient_of(story, encounter["patient"]),
        billing=billing_of(story),
        rendering=rendering_of(story, encounter["rendering"]),
        place_of_service=encounter["pos"],
        diagnoses=tuple(Diagnosis(code=code) for code in encounter["dx"]),
        lines=tuple(kept),
        clia_number=clia if any(map(_shows_laboratory, kept)) else "",
        prior_adjudications=tuple(one for one, _ in priors),
    )
    seen = without_restricted_lines(made)
    if seen is None:
        message = "every line of this claim is restricted"
        raise ValueError(message)
    return seen
