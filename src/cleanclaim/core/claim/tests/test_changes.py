"""What is said of a changed claim: one row for each field, with what is told of it."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from cleanclaim.core.claim import (
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
from cleanclaim.core.claim.changes import claim_changes

NAME = PersonName(last="Fictional")
LINE = ClaimLine(
    line_number="1", procedure_code="99213", charge_cents=12_000, service_date=date(2026, 11, 20)
)
CLAIM = Claim(
    claim_number="1",
    coverages=(
        Coverage(
            rank=1,
            payer=Payer(payer_id="P1", name="Sample", filing_indicator="CI"),
            subscriber=Subscriber(name=NAME, member_id="M1"),
        ),
    ),
    patient=Patient(name=NAME, birth_date=date(1980, 2, 14), sex="F"),
    billing=Provider(npi="", name="Example"),
    place_of_service="11",
    diagnoses=(Diagnosis(code="I10"),),
    lines=(LINE,),
)
ROWS = [
    ({}, {}, []),
    ({"place_of_service": "22"}, {}, [("place of service", "11", "22")]),
    ({"diagnoses": (Diagnosis(code="E785"),)}, {}, [("diagnoses", "I10", "E785")]),
    ({"prior_authorization_number": "A1"}, {}, [("prior authorization number", "", "")]),
    ({}, {"units": Decimal(3)}, [("units, line 1", "1", "3")]),
    ({}, {"modifiers": ("25", "59")}, [("modifiers, line 1", "", "25 59")]),
    (
        {},
        {"service_date": date(2026, 11, 21)},
        [("service date, line 1", "2026-11-20", "2026-11-21")],
    ),
    ({"lines": ()}, None, [("lines", "1", "0")]),
    ({"claim_number": "2"}, {}, []),
]


@pytest.mark.parametrize(("of_claim", "of_line", "told"), ROWS)
def test_a_change_is_told_by_its_field(of_claim, of_line, told):
    after = msgspec.structs.replace(CLAIM, **of_claim)
    if of_line is not None:
        after = msgspec.structs.replace(after, lines=(msgspec.structs.replace(LINE, **of_line),))
    found = [(one.field, one.before, one.after) for one in claim_changes(CLAIM, after)]
    assert found == told
