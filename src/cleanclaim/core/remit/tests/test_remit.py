from datetime import date

import msgspec
import pytest

from cleanclaim.core.remit import (
    Cas,
    ProviderAdjustment,
    RemitClaim,
    RemitLine,
    Remittance,
    field_of,
    imbalance_finding,
    is_denial,
    remittance_digest,
    remittance_imbalances,
    route_of,
)
from cleanclaim.core.remit.denials import FIELDS, KNOWN_CARCS, NON_DENIAL, ROUTES

LINE = RemitLine(
    ordinal=1,
    procedure_code="99213",
    charge_cents=10000,
    paid_cents=7000,
    line_number="L1",
    adjustments=(Cas("CO", "45", 2000), Cas("PR", "2", 1000)),
)
CLAIM = RemitClaim(
    ordinal=1,
    claim_number="K",
    status_code="1",
    charge_cents=10000,
    paid_cents=6500,
    patient_cents=1500,
    adjustments=(Cas("PR", "3", 500),),
    lines=(LINE,),
)
WHOLE = Remittance(
    payer_trace_id="1",
    trace="T",
    payee_npi="N",
    amount_cents=6000,
    method="ACH",
    payment_date=date(2026, 3, 2),
    claims=(CLAIM,),
    provider_adjustments=(
        ProviderAdjustment(ordinal=1, provider_id="N", reason_code="FB", amount_cents=500),
    ),
)
change = msgspec.structs.replace


def with_claim(**changes):
    return change(WHOLE, claims=(change(CLAIM, **changes),))


def with_line(**changes):
    return with_claim(lines=(change(LINE, **changes),))


def test_what_adds_up_has_no_fault():
    assert remittance_imbalances(WHOLE) == []


# each seeded fault and the rules that must name it
FAULTS = {
    "payment": (change(WHOLE, amount_cents=6001), {"payment"}),
    "claim paid": (with_claim(paid_cents=6499), {"claim", "claim lines", "payment"}),
    "claim charge": (with_claim(charge_cents=9999), {"claim", "claim charges"}),
    "patient": (with_claim(patient_cents=0), {"patient"}),
    "line paid": (with_line(paid_cents=7001), {"line"}),
    "line charge": (with_line(charge_cents=10001), {"line", "claim charges"}),
    "line adjustment": (
        with_line(adjustments=(Cas("CO", "45", 1999), Cas("PR", "2", 1000))),
        {"line", "claim"},
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_sum_turns_red(name):
    remittance, rules = FAULTS[name]
    assert {fault.rule for fault in remittance_imbalances(remittance)} == rules


def test_a_fault_is_a_finding_without_a_person():
    fault = remittance_imbalances(FAULTS["line paid"][0])[0]
    finding = imbalance_finding(fault)
    assert (finding.code, finding.place) == ("REMIT-BALANCE-LINE", "claims[0].lines[0]")
    assert (finding.expected, finding.found) == ("70.01", "70.00")


def test_a_reversal_needs_no_patient_share():
    turned = change(
        CLAIM,
        status_code="22",
        charge_cents=-10000,
        paid_cents=-6500,
        patient_cents=0,
        adjustments=(Cas("PR", "3", -500),),
        lines=(
            change(
                LINE,
                charge_cents=-10000,
                paid_cents=-7000,
                adjustments=(Cas("CO", "45", -2000), Cas("PR", "2", -1000)),
            ),
        ),
    )
    whole = change(WHOLE, claims=(turned,), provider_adjustments=(), amount_cents=-6500)
    assert remittance_imbalances(whole) == []
    assert turned.is_reversal


SAME = [change(WHOLE, payer_name="X", payee_name="Y", production_date=date(2026, 1, 1)), WHOLE]
OTHER = [
    change(WHOLE, amount_cents=1),
    change(WHOLE, trace="U"),
    with_claim(payer_control_number="X"),
    with_line(remarks=("N1",)),
    change(WHOLE, provider_adjustments=()),
]


@pytest.mark.parametrize("other", SAME)
def test_the_same_payment_has_the_same_digest(other):
    assert remittance_digest(other) == remittance_digest(WHOLE)


@pytest.mark.parametrize("other", OTHER)
def test_other_content_has_another_digest(other):
    assert remittance_digest(other) != remittance_digest(WHOLE)


def test_the_order_of_claims_is_no_content():
    one, other = CLAIM, change(CLAIM, ordinal=2, claim_number="M")
    first = change(WHOLE, claims=(one, other))
    second = change(WHOLE, claims=(change(other, ordinal=1), change(one, ordinal=2)))
    assert remittance_digest(first) == remittance_digest(second)


# group | reason | is it a denial
ROWS = """
CO|45|no
CO|253|no
CO|24|no
OA|23|no
PR|204|no
PR|1|no
CO|16|yes
CO|97|yes
CO|222|yes
OA|18|yes
PI|50|yes
CO|999|yes
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_what_is_a_denial(row):
    group, carc, expected = row.split("|")
    assert is_denial(group, carc) == (expected == "yes")


def test_the_overlay_speaks_of_known_codes_only():
    assert set(ROUTES) <= KNOWN_CARCS
    assert NON_DENIAL <= KNOWN_CARCS
    assert len(ROUTES) > 100
    assert route_of("A1").category == "by remark"
    assert field_of(("N1", "N822")) == "modifier"
    assert field_of(()) == ""
    assert all(FIELDS.values())
