from datetime import date

from cleanclaim.core.posting.draft import Draft
from cleanclaim.core.posting.settle import prepayments_allocate
from cleanclaim.core.posting.state import ClaimState, LineState, PatientState, Rows

DAY = date(2026, 3, 3)


def allocated(name):
    """What one patient's group of a remittance makes of 3.00 that were paid ahead."""
    line = LineState(
        line=f"{name}-L",
        number="L",
        code="99213",
        charge_cents=9000,
        service_date=DAY,
        patient_cents=500,
    )
    claim = ClaimState(claim=f"{name}-K", patient=name, payer="P1", number_base="K", lines=(line,))
    rows = Rows(
        claims={claim.claim: claim},
        patients={name: PatientState(patient=name, unapplied_cents=300)},
    )
    draft = Draft(rows, DAY, "R1")
    assert prepayments_allocate(draft, name) == 0
    return draft.decision()


def test_prepayments_of_two_patients_in_one_remittance_are_two_entries():
    one, two = allocated("A1"), allocated("A2")
    assert one.entries[0].key != two.entries[0].key
    assert one.rows.patients["A1"].unapplied_cents == 0
    assert one.rows.claims["A1-K"].patient_cents == 200
