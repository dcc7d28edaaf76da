"""Two parts make the claim again, and the lasting part names nobody."""

from datetime import date

from cleanclaim.core.claim import (
    Address,
    Claim,
    ClaimLine,
    Coverage,
    Diagnosis,
    Patient,
    Payer,
    PersonName,
    Provider,
    Subscriber,
)
from cleanclaim.core.claim.split import join_claim, split_claim

NAME = PersonName(last="ALDERCANARY", first="RUTHCANARY")
HOME = Address(line_1="9 CANARY ST", city="CANARYTOWN", state="IL", zip_code="62702")
CLAIM = Claim(
    claim_number="T0101A",
    coverages=(
        Coverage(
            rank=1,
            payer=Payer(payer_id="99901", name="ALPHA", filing_indicator="CI"),
            subscriber=Subscriber(
                name=NAME, member_id="MEMBERCANARY", birth_date=date(1980, 2, 14), address=HOME
            ),
            group_number="GROUPCANARY",
        ),
    ),
    patient=Patient(name=NAME, birth_date=date(1980, 2, 14), sex="F", address=HOME),
    billing=Provider(npi="2000000101", name="CLINIC"),
    place_of_service="11",
    diagnoses=(Diagnosis(code="E119"),),
    lines=(
        ClaimLine(
            line_number="L1",
            procedure_code="99213",
            charge_cents=100,
            service_date=date(2026, 3, 2),
            note="NOTECANARY",
        ),
    ),
    note="NOTECANARY",
    prior_authorization_number="AUTHCANARY",
)


def test_the_parts_make_the_claim_again():
    assert join_claim(*split_claim(CLAIM)) == CLAIM


def test_the_lasting_part_names_nobody():
    person, rest = split_claim(CLAIM)
    assert b"CANARY" not in rest
    assert b"1980" not in rest
    assert person.count(b"CANARY") >= 8
