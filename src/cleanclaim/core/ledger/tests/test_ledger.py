from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.core.ledger import (
    ACCOUNT_NAMES,
    Account,
    Entry,
    Line,
    balances_of,
    entry_findings,
    makers,
    totals_of,
)
from cleanclaim.core.ledger.makers import Place, Source

PLACE = Place("K", "P", 1, "L", "D", "A")
NEXT = Place("K2", "Q", 2, "L", "D", "A")
ERA = Source("R", "T", payer="P")
PARKED = Source("R", suspense="R/x", payer="P")
LAW = settings(max_examples=50, derandomize=True, deadline=None)

# maker | debit account | credit account
MADE = {
    "charge": (makers.charge(PLACE, 5), "1100", "4000"),
    "self pay": (makers.charge(Place(None, None, 0, "L", None, "A"), 5), "1110", "4000"),
    "payment": (makers.payer_payment(PLACE, 5, ERA), "1040", "1100"),
    "payment of parked money": (makers.payer_payment(PLACE, 5, PARKED), "1190", "1100"),
    "CO-45": (makers.payer_adjustment(PLACE, "CO", "45", 5), "4500", "1100"),
    "CO-24": (makers.payer_adjustment(PLACE, "CO", "24", 5), "4500", "1100"),
    "CO-253": (makers.payer_adjustment(PLACE, "CO", "253", 5), "4510", "1100"),
    "CO-237": (makers.payer_adjustment(PLACE, "CO", "237", 5), "4520", "1100"),
    "to the patient": (makers.to_patient(PLACE, "PR-2", 5), "1110", "1100"),
    "to the next payer": (makers.to_next_payer(PLACE, NEXT, "PR-2", 5), "1100", "1100"),
    "suspense": (makers.suspense(ERA, 5, "R/x"), "1040", "1190"),
    "FB forward": (makers.plb("FB", -5, ERA), "1040", "2020"),
    "FB back": (makers.plb("FB", 5, ERA), "2020", "1040"),
    "interest": (makers.plb("L6", -5, ERA), "1040", "4200"),
    "capitation": (makers.plb("CT", -5, ERA), "1040", "2040"),
    "late charge": (makers.plb("50", 5, ERA), "5030", "1040"),
    "levy": (makers.plb("LE", 5, ERA), "5040", "1040"),
    "withhold": (makers.plb("E3", 5, ERA), "4520", "1040"),
    "bonus": (makers.plb("IP", -5, ERA), "1040", "4300"),
    "bank": (makers.bank_eft("T", 5), "1000", "1040"),
    "cash": (makers.patient_payment("cash", 5, PLACE), "1020", "1110"),
    "card": (makers.patient_payment("card", 5, PLACE), "1030", "1110"),
    "ahead": (
        makers.patient_payment("check", 5, Place(None, None, 0, None, patient="A")),
        "1020",
        "1191",
    ),
    "placed": (makers.allocate_prepayment(5, PLACE), "1191", "1110"),
    "deposit": (makers.bank_deposit(5), "1000", "1020"),
    "small balance": (makers.write_off("small balance", 5, makers.patient(PLACE)), "4560", "1110"),
    "charity": (makers.write_off("charity", 5, makers.patient(PLACE)), "4540", "1110"),
    "bad debt": (makers.write_off("bad_debt", 5, makers.patient(PLACE)), "5000", "1110"),
    "denial": (makers.write_off("CO-97", 5, makers.insurance(PLACE)), "4550", "1100"),
    "contract": (makers.contractual_by_person(PLACE, 5), "4500", "1100"),
    "payer refund": (makers.refund_approved(5, makers.insurance(PLACE)), "1100", "2010"),
    "patient refund": (makers.refund_approved(5, makers.unapplied("A"), "A"), "1191", "2000"),
    "month": (makers.capitation_earned("P", "2026-04", 5), "2040", "4100"),
    "reallocation": (makers.reallocation(PLACE, PLACE, 5), "1100", "1100"),
}


@pytest.mark.parametrize("name", MADE)
def test_what_each_event_posts(name):
    entry, debit, credit = MADE[name]
    sides = sorted((line.amount_cents, str(line.account)) for line in entry.lines)
    assert sides == [(-5, credit), (5, debit)]
    assert entry_findings(entry) == []


def test_a_settled_card_loses_its_fee():
    entry = makers.card_settlement(3055, 88)
    assert [(str(line.account), line.amount_cents) for line in entry.lines] == [
        ("1000", 2967),
        ("5020", 88),
        ("1030", -3055),
    ]
    assert len(makers.card_settlement(3055, 0).lines) == 2


BROKEN = {
    "LEDGER-SUM": Entry("x", (Line(Account.CASH, 5), Line(Account.CHARGES, -4))),
    "LEDGER-LINES": Entry("x", ()),
    "LEDGER-ZERO": Entry("x", (Line(Account.CASH, 0), Line(Account.CHARGES, 0))),
    "LEDGER-DIMENSIONS": Entry("x", (Line(Account.INSURANCE, 1, "P", 1), Line(Account.CASH, -1))),
    "LEDGER-TRACE": Entry("x", (Line(Account.EFT_CLEARING, 1), Line(Account.CASH, -1))),
    "LEDGER-SUSPENSE": Entry("x", (Line(Account.UNAPPLIED_INSURANCE, 1), Line(Account.CASH, -1))),
}


@pytest.mark.parametrize("code", BROKEN)
def test_each_law_turns_red(code):
    assert code in {finding.code for finding in entry_findings(BROKEN[code])}


def test_every_account_has_a_name():
    assert set(ACCOUNT_NAMES) == set(Account)


@LAW
@given(st.sampled_from(sorted(MADE)))
def test_a_mirror_undoes_everything_but_the_trace(name):
    entry = MADE[name][0]
    back = makers.mirror(entry, Source("S", "U", payer="P"))
    sums = balances_of([entry, back])
    assert not any(sums.accounts.values()) or "parked" in name or name == "suspense"
    assert not any(sums.insurance.values())
    assert sum(line.amount_cents for line in back.lines) == 0


@LAW
@given(st.lists(st.sampled_from(sorted(MADE))))
def test_sums_do_not_depend_on_the_order(names):
    entries = [MADE[name][0] for name in names]
    one, other = balances_of(entries), balances_of(reversed(entries))
    assert one == other
    assert sum(one.accounts.values()) == 0
    sums = totals_of(entries)
    assert sums.charged_cents == (
        sums.paid_cents + sums.adjusted_cents + sums.patient_cents + sums.open_cents
    )


def test_a_period_is_the_month_of_the_day():
    assert Entry("x", (), day=date(2026, 12, 31)).period == "2026-12"
