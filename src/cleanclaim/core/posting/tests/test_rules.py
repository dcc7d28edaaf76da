"""The rules that the stories do not show, each in its smallest form."""

from datetime import timedelta

import pytest

from cleanclaim.core.claim.stages import Stage, SubmissionKind
from cleanclaim.core.ledger import Account
from cleanclaim.core.posting import Act, cash, charges, decisions, refunds, submission
from cleanclaim.core.posting.state import LineState
from cleanclaim.core.posting.tests.desk import DAY, Desk, clp, line, reversal
from cleanclaim.kernel.refusal import Refusal

PAID = [line("K1", 10000, 6000, "CO-45:2000 PR-2:2000")]
BY = Act(by="person:x", day=DAY)


def desk_with_claim(**policy):
    desk = Desk(**policy)
    desk.claim("K", [10000])
    return desk


def test_a_second_payment_of_the_same_claim_posts_cash_only():
    desk = desk_with_claim()
    desk.remit("R1", [clp("KA", PAID)])
    desk.remit("R2", [clp("KA", PAID, icn="ICN2")])
    claim = desk.rows.claims["K"]
    assert (claim.balance_cents, claim.patient_cents) == (-6000, 2000)
    assert desk.items() == {("overpayment", "K"), ("posting_exception", "R2/ICN2")}
    assert desk.state("K") == "adjudicated paid us"


def test_a_duplicate_of_a_paid_claim_closes_by_itself():
    desk = desk_with_claim()
    desk.remit("R1", [clp("KA", PAID)])
    before = desk.rows.claims["K"]
    desk.remit("R2", [clp("KA", [line("K1", 10000, 0, "OA-18:10000")], icn="ICN2")])
    assert desk.rows.claims["K"] == before
    assert not desk.last.entries
    assert not desk.items()


def test_a_duplicate_of_nothing_is_a_denial():
    desk = desk_with_claim()
    desk.remit("R1", [clp("KA", [line("K1", 10000, 0, "OA-18:10000")])])
    assert desk.state("K") == "adjudicated denied us"
    assert desk.items() == {("denial_resolution", "K")}


def test_lines_that_no_claim_of_the_payer_names_stay_with_the_payer():
    desk = Desk()
    desk.claim("K", [10000, 5000])
    desk.remit("R1", [clp("KA", PAID)])
    assert desk.state("K") == "adjudicated partially_paid payer"
    desk.remit("R2", [clp("KA", [line("K2", 5000, 5000)], icn="B")])
    assert desk.state("K") == "closed paid patient"


def test_a_reversal_takes_back_one_part_of_a_split_claim():
    desk = Desk()
    desk.claim("K", [10000, 5000])
    first, second = clp("KA", PAID), clp("KA", [line("K2", 5000, 5000)], icn="B")
    desk.remit("R1", [first])
    desk.remit("R2", [second])
    desk.remit("R3", [reversal(second)])
    lines = {one.line: one for one in desk.rows.claims["K"].lines}
    assert (lines["K1"].balance_cents, lines["K2"].balance_cents) == (0, 5000)
    assert (lines["K1"].outcome, lines["K2"].outcome) == ("paid", "reversed")


def test_a_reversal_without_its_correction_holds_refunds_until_it_comes():
    desk = desk_with_claim()
    first = clp("KA", PAID)
    desk.remit("R1", [first])
    got = cash.Received(payment="1", patient="A", tender="cash", amount_cents=2000)
    desk.store(cash.patient_payment_receive(desk.rows, got, DAY))
    desk.remit("R2", [reversal(first)])
    assert desk.state("K") == "reopened reversed us"
    assert desk.items() == {("reversal_without_correction", "K")}
    assert desk.holds() == {("A", "refunds")}
    with pytest.raises(Refusal, match="refunds_held"):
        refunds.patient_refund_request(desk.rows, "A", 2000, BY)
    desk.remit("R3", [clp("KA", [line("K1", 10000, 7000, "CO-45:2000 PR-2:1000")], icn="B")])
    assert desk.items() == {("credit_balance", "A")}
    assert not desk.holds()
    assert desk.state("K") == "closed paid us"


def test_a_reversal_that_fits_no_adjudication_is_parked():
    desk = desk_with_claim()
    first = clp("KA", PAID)
    desk.remit("R1", [first])
    other = clp("KA", [line("K1", 10000, 5000, "CO-45:5000")])
    desk.remit("R2", [reversal(other)])
    assert desk.items() == {("posting_exception", "R2/KA")}
    assert desk.rows.remittances["R2"].status == "partially_posted"
    assert desk.account(Account.UNAPPLIED_INSURANCE) == 5000


def test_a_reversed_adjudication_is_not_reversed_twice():
    desk = desk_with_claim()
    first = clp("KA", PAID)
    desk.remit("R1", [first])
    desk.remit("R2", [reversal(first)])
    desk.remit("R3", [reversal(first)])
    assert ("posting_exception", "R3/KA") in desk.items()


def test_the_next_payer_may_place_a_claim_level_amount_on_other_lines():
    desk = Desk()
    desk.claim("K", [10000, 10000], next_claim="K2nd")
    desk.claim("K2nd", [10000, 10000], rank=2, payer="Q")
    lines = [line("K1", 10000, 8000, "CO-45:2000"), line("K2", 10000, 8000, "CO-45:2000")]
    desk.remit("R1", [clp("KA", lines, adjustments="PR-3:2500")])
    assert desk.items() == {("secondary_ready", "K2nd")}
    desk.send("K2nd", SubmissionKind.SECONDARY)
    theirs = [line("K1", 10000, 2500, "OA-23:7500"), line("K2", 10000, 0, "OA-23:10000")]
    desk.remit("R2", [clp("K2ndA", theirs, status="2")], payer="Q")
    moved = [one for one in desk.entries if one.event == "line_reallocation"]
    assert [one.lines[0].amount_cents for one in moved] == [1250]
    assert desk.is_closed("K2nd")


def test_a_takeback_on_several_lines_follows_what_was_paid_on_them():
    desk = Desk()
    desk.claim("K", [10000, 10000])
    lines = [line("K1", 10000, 7500, "CO-45:2500"), line("K2", 10000, 2500, "CO-45:7500")]
    desk.remit("R1", [clp("KA", lines)])
    desk.remit("R2", plbs=[("WO", "KA", 1001)])
    assert [one.balance_cents for one in desk.rows.claims["K"].lines] == [751, 250]
    assert desk.items() == {("overpayment", "K")}
    assert desk.state("K") == "reopened paid us"


def test_a_forwarded_balance_above_the_known_one_still_ties_to_the_bank():
    desk = desk_with_claim()
    desk.remit("R1", plbs=[("FB", "T-R1", -500)])
    assert desk.items() == {("plb_open", "R1")}
    desk.remit("R2", [clp("KA", PAID)], plbs=[("FB", "T-R1", 700)])
    assert desk.account(Account.RECOUPMENT) == 200
    assert desk.items() == {("plb_open", "R2")}


def test_an_unknown_provider_level_code_is_posted_and_shown():
    desk = desk_with_claim()
    desk.remit("R1", [clp("KA", PAID)], plbs=[("ZZ", "?", 100)])
    assert desk.items() == {("plb_open", "R1")}
    assert desk.account(Account.EFT_CLEARING) == 5900


def test_a_recouped_refund_is_not_paid():
    desk = desk_with_claim()
    desk.remit("R1", [clp("KA", PAID)])
    desk.remit("R2", [clp("KA", PAID, icn="ICN2")])
    desk.store(refunds.credit_classify(desk.rows, "K", BY))
    desk.store(refunds.payer_refund_approve(desk.rows, "K", 6000, BY))
    desk.remit("R3", plbs=[("WO", "ICN2", 6000)])
    with pytest.raises(Refusal, match="refund_settled"):
        cash.refund_pay(desk.rows, 6000, DAY, payer="P")
    assert desk.account(Account.REFUND_PAYER) == 0
    assert desk.is_closed("K")


def test_an_unknown_reason_is_left_open_and_shown():
    desk = desk_with_claim()
    desk.remit("R1", [clp("KA", [line("K1", 10000, 6000, "CO-999:4000")])])
    assert desk.items() == {("posting_exception", "R1/ICN-KA")}
    assert desk.rows.claims["K"].balance_cents == 4000


def test_nothing_is_asked_of_a_medicaid_patient():
    desk = Desk()
    desk.claim("K", [10000], bars_patient=True)
    desk.remit("R1", [clp("KA", PAID)])
    assert desk.account(Account.PATIENT) == 0
    assert desk.items() == {("posting_exception", "R1/ICN-KA")}
    with pytest.raises(Refusal, match="patient_barred"):
        decisions.patient_bill(desk.rows, "K", None, "copay", BY)


def test_a_contractual_denial_is_never_billed_to_the_patient():
    desk = desk_with_claim()
    desk.remit("R1", [clp("KA", [line("K1", 10000, 0, "CO-97:10000", remarks=("M15",))])])
    assert desk.rows.claims["K"].lines[0].outcome == "bundled"
    with pytest.raises(Refusal, match="contractual"):
        decisions.patient_bill(desk.rows, "K", None, "denied", BY)
    asked = decisions.WriteOff(claim="K", reason="CO-97")
    desk.store(decisions.write_off_post(desk.rows, asked, BY))
    assert desk.account(Account.DENIAL) == 10000
    assert desk.state("K") == "closed denied none"


def test_a_wrong_order_of_payers_moves_the_balance():
    desk = Desk()
    desk.claim("K", [10000], next_claim="K2nd")
    desk.claim("K2nd", [10000], rank=2, payer="Q")
    desk.remit("R1", [clp("KA", [line("K1", 10000, 0, "CO-22:10000")])])
    assert desk.last.denials[0].action == "NEXT"
    desk.store(decisions.next_payer_bill(desk.rows, "K", None, "CO-22", BY))
    assert desk.rows.claims["K2nd"].balance_cents == 10000
    assert desk.state("K").startswith("closed")
    assert desk.items() == {("secondary_ready", "K2nd")}


def test_a_crossover_that_does_not_come_is_ours_after_its_day():
    desk = Desk(crossover_wait_days=30)
    desk.claim("K", [10000], next_claim="K2nd")
    desk.claim("K2nd", [10000], rank=2, payer="Q")
    desk.remit("R1", [clp("KA", PAID, status="19", crossover_name="Q")])
    due = DAY + timedelta(days=30)
    with pytest.raises(Refusal, match="timer_not_due"):
        submission.timer_due(desk.rows, "crossover_late", "K2nd", DAY)
    with pytest.raises(Refusal, match="crossover_pending"):
        desk.send("K2nd", SubmissionKind.SECONDARY)
    desk.store(submission.timer_due(desk.rows, "crossover_late", "K2nd", due))
    assert desk.items() == {("crossover_late", "K2nd")}
    plan = desk.send("K2nd", SubmissionKind.SECONDARY, due)
    assert (plan.claim_number, plan.frequency_code) == ("K2ndA", "1")
    assert not desk.items()


def test_a_returned_check_is_owed_again_with_its_fee():
    desk = desk_with_claim(returned_check_fee_to_patient=True)
    desk.remit("R1", [clp("KA", PAID)])
    got = cash.Received(payment="1", patient="A", tender="check", amount_cents=2000)
    desk.store(cash.patient_payment_receive(desk.rows, got, DAY))
    assert desk.state("K") == "closed paid none"
    desk.store(cash.payment_return(desk.rows, "1", 2500, desk.policy, DAY))
    assert desk.state("K") == "closed paid patient"
    assert desk.account(Account.PATIENT) == 4500
    assert desk.account(Account.CASH) == -4500
    with pytest.raises(Refusal, match="already_returned"):
        cash.payment_return(desk.rows, "1", 0, desk.policy, DAY)
    again = cash.Received(payment="2", patient="A", tender="cash", amount_cents=4500)
    desk.store(cash.patient_payment_receive(desk.rows, again, DAY))
    assert desk.account(Account.PATIENT) == 0
    assert desk.account(Account.UNAPPLIED_PATIENT) == 0


def test_the_failed_payment_of_a_restricted_service_is_shown():
    desk = Desk()
    secret = LineState(
        line="S1", number="S1", code="99213", charge_cents=5000, service_date=DAY,
        is_restricted=True,
    )  # fmt: skip
    desk.store(charges.self_pay_charges_post(desk.rows, "A", [secret], DAY))
    assert not desk.store(charges.self_pay_charges_post(desk.rows, "A", [secret], DAY)).entries
    got = cash.Received(payment="1", patient="A", tender="check", amount_cents=5000)
    desk.store(cash.patient_payment_receive(desk.rows, got, DAY))
    assert desk.account(Account.PATIENT) == 0
    desk.store(cash.payment_return(desk.rows, "1", 0, desk.policy, DAY))
    assert desk.items() == {("restricted_payment_failed", "S1")}
    assert desk.account(Account.PATIENT) == 5000


def test_money_before_its_remittance_is_shown_and_settled():
    desk = desk_with_claim()
    eft = cash.Eft(trace="T-R1", payer_trace_id="P", amount_cents=6000)
    desk.store(cash.eft_receive(desk.rows, eft, desk.policy, DAY))
    assert desk.items() == {("unmatched_eft", "EFT-T-R1")}
    assert not desk.store(cash.eft_receive(desk.rows, eft, desk.policy, DAY)).entries
    desk.remit("R1", [clp("KA", PAID)])
    assert desk.rows.remittances["R1"].status == "closed"
    assert desk.rows.deposits["T-R1"].status == "reconciled"
    assert not desk.items()
    other = cash.Eft(trace="T-R1", payer_trace_id="P", amount_cents=1)
    with pytest.raises(Refusal, match="key_reused"):
        cash.eft_receive(desk.rows, other, desk.policy, DAY)


def test_a_parked_claim_is_posted_from_its_name():
    desk = desk_with_claim()
    desk.remit("R1", [clp("WRONG", PAID, icn="X")])
    assert desk.rows.remittances["R1"].status == "partially_posted"
    desk.store(decisions.parked_claim_match(desk.rows, "R1/WRONG", "K", BY))
    assert desk.account(Account.UNAPPLIED_INSURANCE) == 0
    assert desk.account(Account.EFT_CLEARING) == 6000
    assert desk.state("K") == "closed paid patient"
    assert desk.rows.remittances["R1"].status == "posted_awaiting_eft"
    with pytest.raises(Refusal, match="not_parked"):
        decisions.parked_claim_match(desk.rows, "R1/WRONG", "K", BY)


def test_posting_waits_for_the_money_where_the_tenant_wants_it():
    desk = desk_with_claim(post_before_eft_match=False)
    desk.remit("R1", [clp("KA", PAID)])
    assert desk.rows.remittances["R1"].status == "awaiting_eft"
    eft = cash.Eft(trace="T-R1", payer_trace_id="P", amount_cents=6000)
    assert desk.store(cash.eft_receive(desk.rows, eft, desk.policy, DAY)).to_post == ("R1",)


def test_a_closed_period_takes_nothing():
    desk = desk_with_claim()
    desk.store(cash.period_close(desk.rows, "2026-03", DAY))
    with pytest.raises(Refusal, match="period_closed"):
        desk.remit("R1", [clp("KA", PAID)])
    assert len(desk.entries) == 1


def test_an_approver_above_the_limit_is_another_person():
    desk = desk_with_claim(refund_second_person_above_cents=100)
    got = cash.Received(
        payment="1", patient="A", tender="cash", amount_cents=500, is_prepayment=True
    )
    desk.store(cash.patient_payment_receive(desk.rows, got, DAY))
    act = Act(by="person:x", day=DAY, policy=desk.policy)
    desk.store(refunds.patient_refund_request(desk.rows, "A", 500, act))
    with pytest.raises(Refusal, match="second_person_needed"):
        refunds.patient_refund_approve(desk.rows, "A", 500, act)
    other = Act(by="person:y", day=DAY, policy=desk.policy)
    desk.store(refunds.patient_refund_approve(desk.rows, "A", 500, other))
    desk.store(cash.refund_pay(desk.rows, 500, DAY, patient="A"))
    assert desk.account(Account.CASH) == -500


@pytest.mark.parametrize("stage", [Stage.TRANSMITTED, Stage.DRAFT])
def test_charges_with_the_payer_are_not_changed(stage):
    desk = desk_with_claim()
    desk.rows.claims["K"] = type(desk.rows.claims["K"])(
        **{f: getattr(desk.rows.claims["K"], f) for f in desk.rows.claims["K"].__struct_fields__}
        | {"stage": stage}
    )
    with pytest.raises(Refusal, match="in_flight"):
        charges.charges_correct(desk.rows, "K", [("K1", None)], DAY)
