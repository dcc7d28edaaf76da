"""Whatever a made-up payer decides, charge = payment + cuts on every line."""

from datetime import date

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.sandbox.adjudicate import adjudicate, corrected, mishap_of
from cleanclaim.sandbox.bill import Bill, BillLine, reversed_verdict
from cleanclaim.sandbox.world import PAYERS

lines = st.builds(
    BillLine,
    control=st.text("123456789", min_size=1, max_size=3),
    code=st.just("99213"),
    modifiers=st.just(()),
    charge_cents=st.integers(1, 500_000),
    units=st.just("1"),
    service_date=st.just(date(2026, 3, 2)),
)
bills = st.builds(
    Bill,
    number=st.text("ABC123", min_size=1, max_size=9),
    payer_id=st.sampled_from([payer.payer_id for payer in PAYERS] + ["88888"]),
    rank=st.sampled_from("PS"),
    frequency_code=st.sampled_from("17"),
    original_control_number=st.just(""),
    member_id=st.just("TST1"),
    patient_last=st.just("Alder"),
    patient_first=st.just("Ruth"),
    billing_npi=st.just("2000000101"),
    billing_tax_id=st.just("990000101"),
    billing_name=st.just("Clinic"),
    place_of_service=st.just("11"),
    filing_indicator=st.just("CI"),
    lines=st.lists(lines, min_size=1, max_size=6).map(tuple),
    prior_patient_cents=st.integers(0, 100_000),
)


@settings(derandomize=True, max_examples=300)
@given(bills, st.integers(0, 99), st.integers(0, 100_000))
def test_every_line_balances_and_nothing_is_negative(bill, seed, deductible_left):
    verdict = adjudicate(seed, bill, "ICN1", deductible_left)
    for item in (*verdict.lines, *corrected(verdict).lines):
        assert item.paid_cents >= 0
        assert all(cut.amount_cents > 0 for cut in item.cuts)
        assert item.paid_cents + sum(cut.amount_cents for cut in item.cuts) == (
            item.line.charge_cents
        )
    back = reversed_verdict(verdict)
    assert back.paid_cents == -verdict.paid_cents
    assert [item.line.control for item in verdict.lines] == [line.control for line in bill.lines]


@settings(derandomize=True, max_examples=100)
@given(bills, st.integers(0, 99))
def test_a_corrected_claim_meets_no_mishap(bill, seed):
    assert mishap_of(seed, msgspec.structs.replace(bill, frequency_code="7")) == ""
