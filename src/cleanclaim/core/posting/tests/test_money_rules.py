"""Rules of money, refunds and sending that the stories do not show."""

from datetime import timedelta

import pytest

from cleanclaim.core.claim.stages import Stage, SubmissionKind
from cleanclaim.core.edi import ClaimAcknowledgement
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


def test_a_rejected_replacement_is_planned_again():
    desk = desk_with_claim()
    desk.remit("R1", [clp("KA", PAID)])
    desk.send("K", SubmissionKind.REPLACEMENT)
    assert desk.items() == {("claim_follow_up", "K")}
    fact = ClaimAcknowledgement(claim_number="KB", stage=Stage.REJECTED_PAYER)
    desk.store(submission.acknowledge(desk.rows, [fact], DAY))
    assert desk.items() == {("rejection_resolution", "K")}
    with pytest.raises(Refusal, match="already_adjudicated"):
        desk.send("K", SubmissionKind.RESUBMIT)
    desk.store(submission.claim_corrected(desk.rows, "K", DAY))
    assert desk.send("K", SubmissionKind.REPLACEMENT).payer_control_number == "ICN-KA"


def test_late_acknowledgements_change_nothing():
    desk = desk_with_claim()
    for stage in (Stage.ACCEPTED_PAYER, Stage.ACCEPTED_CLEARINGHOUSE, Stage.REJECTED_FILE):
        fact = ClaimAcknowledgement(claim_number="KA", stage=stage)
        desk.store(submission.acknowledge(desk.rows, [fact], DAY))
        assert desk.rows.claims["K"].stage == Stage.ACCEPTED_PAYER


def test_a_held_claim_is_not_sent():
    desk = desk_with_claim()
    desk.remit("R1", [clp("KA", PAID)])
    desk.store(submission.claim_hold(desk.rows, "K", "credentialing", DAY))
    with pytest.raises(Refusal, match="on_hold"):
        desk.send("K", SubmissionKind.REPLACEMENT)
    desk.store(submission.claim_release(desk.rows, "K", "credentialing", DAY))
    desk.send("K", SubmissionKind.REPLACEMENT)


def test_money_that_does_not_come_is_shown():
    desk = desk_with_claim()
    desk.remit("R1", [clp("KA", PAID)])
    desk.store(submission.remittance_without_money(desk.rows, "R1", DAY))
    assert desk.items() == {("unmatched_era", "R1")}
    eft = cash.Eft(trace="T-R1", payer_trace_id="P", amount_cents=6000)
    desk.store(cash.eft_receive(desk.rows, eft, desk.policy, DAY))
    assert not desk.items()
