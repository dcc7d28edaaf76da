"""What people and rules decide in the pure world, by the action of the story."""

from cleanclaim.core.claim.stages import SubmissionKind
from cleanclaim.core.posting import cash, charges, decisions, refunds, remittance, submission


class Decided:
    def do_correct_charges(self, act, given):
        payer = self.rows.claims[given["claim"]].payer
        changes = [
            (one["void"], self.line_state(one["new"], payer) if one.get("new") else None)
            for one in given["changes"]
        ]
        return charges.charges_correct(self.rows, given["claim"], changes, act.day)

    def do_change_member_id(self, act, given):
        return submission.claim_corrected(self.rows, given["claim"], act.day)

    def do_submit_original(self, act, given):
        self.send(act.day, given["claim"], SubmissionKind.ORIGINAL)

    def do_submit_secondary(self, act, given):
        self.send(act.day, given["claim"], SubmissionKind.SECONDARY)

    def do_submit_replacement(self, act, given):
        self.send(act.day, given["claim"], SubmissionKind.REPLACEMENT)

    def do_bill_patient(self, act, given):
        reason = given.get("reason", "")
        return decisions.patient_bill(self.rows, given["claim"], given.get("line"), reason, act)

    def do_bill_next_payer(self, act, given):
        reason = given.get("reason", "")
        return decisions.next_payer_bill(self.rows, given["claim"], given.get("line"), reason, act)

    def do_close_item(self, act, given):
        kind = given.get("kind") or given["action"].removeprefix("accept_")
        return decisions.item_close(self.rows, kind, given.get("subject") or given["claim"], act)

    def do_void_claim(self, act, given):
        return charges.claim_void_plan(self.rows, given["claim"], act.day)

    def do_void_charges(self, act, given):
        return charges.claim_void_complete(self.rows, given["claim"], act.day)

    def do_supersede(self, act, given):
        return remittance.remittances_supersede(self.rows, given["old"], given["new"], act.day)

    def do_close_conflict_as_payer_error(self, act, given):
        return remittance.remittance_drop(self.rows, given["remittance"], act.day)

    def do_match_line(self, act, given):
        return decisions.parked_line_match(self.rows, given["suspense"], given["to_line"], act)

    def do_match_claim(self, act, given):
        return decisions.parked_claim_match(self.rows, given["suspense"], given["to_claim"], act)

    def do_not_ours_refund_payer(self, act, given):
        return decisions.parked_refund(self.rows, given["suspense"], act)

    def do_confirm_overpayment(self, act, given):
        return refunds.overpayment_confirm(
            self.rows, given["claim"], given["line"], given["allowed_cents"], act
        )

    def do_classify_credit(self, act, given):
        return refunds.credit_classify(self.rows, given["claim"], act)

    def do_approve_payer_refund(self, act, given):
        return refunds.payer_refund_approve(self.rows, given["claim"], given["amount_cents"], act)

    def do_request_patient_refund(self, act, given):
        return refunds.patient_refund_request(
            self.rows, given["patient"], given["amount_cents"], act
        )

    def do_approve_patient_refund(self, act, given):
        return refunds.patient_refund_approve(
            self.rows, given["patient"], given["amount_cents"], act
        )

    def do_write_off(self, act, given):
        asked = decisions.WriteOff(
            claim=given["claim"],
            reason=given.get("reason", ""),
            line=given.get("line"),
            amount_cents=given.get("amount_cents"),
        )
        return decisions.write_off_post(self.rows, asked, act)

    def do_post_into_period(self, act, given):
        cash.period_open_check(self.rows, given["period"])
