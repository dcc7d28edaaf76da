"""The rules that the stories do not show, each in its smallest form."""

import msgspec
import pytest

from cleanclaim.core.claim.stages import Stage, SubmissionKind
from cleanclaim.core.ledger import Account
from cleanclaim.core.posting import Act, charges, decisions, remittance
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


@pytest.mark.parametrize("stage", [Stage.TRANSMITTED, Stage.DRAFT])
def test_charges_with_the_payer_are_not_changed(stage):
    desk = desk_with_claim()
    desk.rows.claims["K"] = type(desk.rows.claims["K"])(
        **{f: getattr(desk.rows.claims["K"], f) for f in desk.rows.claims["K"].__struct_fields__}
        | {"stage": stage}
    )
    with pytest.raises(Refusal, match="in_flight"):
        charges.charges_correct(desk.rows, "K", [("K1", None)], DAY)


def test_a_later_payer_is_parked_until_the_one_before_has_answered():
    desk = Desk()
    desk.claim("K", [10000], next_claim="K2nd")
    desk.claim("K2nd", [10000], rank=2, payer="Q")
    theirs = clp("KA", [line("K1", 10000, 2000, "OA-23:8000")], status="2")
    desk.remit("R2", [theirs], payer="Q")
    assert desk.items() == {("posting_exception", "R2/KA")}
    desk.remit("R1", [clp("KA", PAID, status="19", crossover_name="Q")])
    desk.store(decisions.parked_claim_match(desk.rows, "R2/KA", "K2nd", BY))
    assert desk.state("K2nd") == "closed paid none"
    assert desk.account(Account.UNAPPLIED_INSURANCE) == 0
    assert not desk.items()


def test_a_reversal_gives_back_the_part_that_is_still_parked():
    desk = Desk()
    desk.claim("K", [10000, 5000])
    odd = line("", 5000, 3000, "CO-45:2000", procedure_code="97110")
    first = clp("KA", [*PAID, odd])
    desk.remit("R1", [first])
    assert ("posting_exception", "R1/KA/svc2") in desk.items()
    desk.remit("R2", [reversal(first)], [("FB", "x", -9000)])
    assert desk.account(Account.UNAPPLIED_INSURANCE) == 0
    assert desk.account(Account.EFT_CLEARING) == 9000
    assert ("posting_exception", "R1/KA/svc2") not in desk.items()


def test_a_secondary_that_was_settled_is_looked_at_again_when_the_primary_changes():
    desk = Desk()
    desk.claim("K", [10000], next_claim="K2nd")
    desk.claim("K2nd", [10000], rank=2, payer="Q")
    first = clp("KA", PAID)
    desk.remit("R1", [first])
    desk.send("K2nd", SubmissionKind.SECONDARY)
    desk.remit("R2", [clp("K2ndA", [line("K1", 10000, 2000, "OA-23:8000")])], payer="Q")
    assert desk.is_closed("K2nd")
    less = clp("KA", [line("K1", 10000, 7000, "CO-45:2000 PR-2:1000")], icn="B")
    desk.remit("R3", [reversal(first), less])
    assert desk.rows.claims["K2nd"].balance_cents == -1000
    assert desk.items() == {("overpayment", "K2nd")}
    assert desk.state("K2nd") == "reopened paid us"


def test_the_payers_error_leaves_the_claim_with_the_payer():
    desk = desk_with_claim()
    desk.remit("R1", [clp("KA", PAID)], amount=1)
    assert desk.rows.claims["K"].owner == "us"
    desk.store(remittance.remittance_drop(desk.rows, "R1", DAY))
    assert desk.rows.claims["K"].owner == "payer"
    assert not desk.items()


def test_a_correction_that_stands_before_its_reversal_finds_open_lines():
    desk = desk_with_claim()
    first = clp("KA", PAID)
    desk.remit("R1", [first])
    less = clp("KA", [line("K1", 10000, 5000, "CO-45:4000 PR-2:1000")], icn="B")
    desk.remit("R2", [less, reversal(first)])
    claim = desk.rows.claims["K"]
    assert (claim.balance_cents, claim.patient_cents) == (0, 1000)
    assert desk.state("K") == "closed paid patient"
    assert not desk.items()


def test_parts_of_a_split_claim_in_one_file_are_looked_at_together():
    desk = Desk()
    desk.claim("K", [10000, 5000])
    refused = clp("KA", [line("K2", 5000, 0, "CO-197:5000", remarks=("N1",))], icn="B")
    desk.remit("R1", [refused, clp("KA", PAID)])
    assert desk.items() == {("denial_resolution", "K")}
    assert desk.state("K") == "adjudicated partially_paid us"
    assert desk.rows.claims["K"].payer_control_numbers == ("B", "ICN-KA")


def test_a_payment_of_an_earlier_version_closes_what_it_settles():
    desk = desk_with_claim()
    desk.rows.claims["K"] = msgspec.structs.replace(
        desk.rows.claims["K"], number="KB", numbers=("KA", "KB"), version=2
    )
    desk.remit("R1", [clp("KA", PAID)])
    assert desk.is_closed("K")
    desk.remit("R2", [clp("KB", [line("K1", 10000, 0, "OA-18:10000")], icn="B")])
    assert desk.state("K") == "closed paid patient"
    assert not desk.items()


def test_an_accepted_denial_is_written_off_under_its_reason():
    desk = desk_with_claim()
    desk.remit("R1", [clp("KA", [line("K1", 10000, 0, "CO-29:10000")])])
    desk.store(decisions.write_off_post(desk.rows, decisions.WriteOff(claim="K"), BY))
    assert desk.entries[-1].lines[0].reason == "CO-29"
    assert desk.state("K") == "closed denied none"
