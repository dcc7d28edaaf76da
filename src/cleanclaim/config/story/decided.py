"""What people and rules decide in a story, by its action, each through its service."""

from datetime import date
from uuid import UUID

from cleanclaim.apps.claims.public import (
    ChargeChange,
    charges_correct,
    claim_member_correct,
    claim_void_complete,
    claim_void_plan,
)
from cleanclaim.apps.remittance.public import (
    parked_claim_match,
    parked_line_match,
    parked_refund,
    remittance_drop,
    remittances_supersede,
)
from cleanclaim.apps.statements import public as statements
from cleanclaim.config.story.room import Room
from cleanclaim.core.claim.stages import SubmissionKind
from cleanclaim.core.posting.decisions import WriteOff
from cleanclaim.core.stories import Json
from cleanclaim.core.stories.setup import line_of


class Decided(Room):
    """The decisions of a world."""

    def _claim(self, given: Json) -> str:
        return self.names.ref("claim", given["claim"])

    def _line(self, given: Json) -> str | None:
        return self.names.ref("line", given["line"]) if given.get("line") else None

    def do_correct_charges(self, day: date, given: Json) -> None:
        """Correct charges."""
        changes = [
            ChargeChange(
                self.names.ref("line", one["void"]),
                line_of(self.story, one["new"]) if one.get("new") else None,
            )
            for one in given["changes"]
        ]
        claim = self.story.claims[given["claim"]]
        with self._desk(day, given["by"]) as desk:
            charges_correct(
                desk.grant, desk.practice_id, self._claim(given), changes, at=desk.at, day=day
            )
            self.lines_name(desk, self.names.ref("encounter", claim["encounter"]))
            self.expect(desk, claim)

    def do_change_member_id(self, day: date, given: Json) -> None:
        """Correct the member number."""
        patient = self.story.encounters[self.story.claims[given["claim"]]["encounter"]]["patient"]
        coverages = self.story.data["parties"]["coverages"]
        known = next(one["member_id"] for one in coverages if one["patient"] == patient)
        with self._desk(day, given["by"]) as desk:
            claim_member_correct(
                desk.grant,
                desk.practice_id,
                self._claim(given),
                member_id=given.get("new", known),
                at=desk.at,
                day=day,
            )

    def do_submit_original(self, day: date, given: Json) -> None:
        """Send a claim."""
        self.send(day, given["claim"], SubmissionKind.ORIGINAL, given["by"])

    def do_submit_secondary(self, day: date, given: Json) -> None:
        """Send a claim to the next payer."""
        self.send(day, given["claim"], SubmissionKind.SECONDARY, given["by"])

    def do_submit_replacement(self, day: date, given: Json) -> None:
        """Send a replacement."""
        self.send(day, given["claim"], SubmissionKind.REPLACEMENT, given["by"])

    def do_void_claim(self, day: date, given: Json) -> None:
        """Decide to void a claim."""
        with self._desk(day, given["by"]) as desk:
            claim_void_plan(desk.grant, desk.practice_id, self._claim(given), at=desk.at, day=day)

    def do_void_charges(self, day: date, given: Json) -> None:
        """Take the charges of a voided claim back."""
        with self._desk(day, given["by"]) as desk:
            claim_void_complete(
                desk.grant, desk.practice_id, self._claim(given), at=desk.at, day=day
            )

    def do_bill_patient(self, day: date, given: Json) -> None:
        """Ask the patient."""
        with self._desk(day, given["by"]) as desk:
            reason = given.get("reason", "")
            statements.patient_bill(desk, self._claim(given), self._line(given), reason)

    def do_bill_next_payer(self, day: date, given: Json) -> None:
        """Ask the next payer."""
        with self._desk(day, given["by"]) as desk:
            reason = given.get("reason", "")
            statements.next_payer_bill(desk, self._claim(given), self._line(given), reason)

    def do_close_item(self, day: date, given: Json) -> None:
        """Close a work item."""
        kind = given.get("kind") or given["action"].removeprefix("accept_")
        subject = self.names.subject(given.get("subject") or given["claim"])
        with self._desk(day, given["by"]) as desk:
            statements.item_close(desk, kind, subject)

    def do_supersede(self, day: date, given: Json) -> None:
        """Let a corrected remittance take another's place."""
        old, new = (UUID(self.names.ref("remittance", given[key])) for key in ("old", "new"))
        with self._closed_desk(day, given["by"]) as desk:
            remittances_supersede(desk, old, new)

    def do_close_conflict_as_payer_error(self, day: date, given: Json) -> None:
        """Close a remittance that waits."""
        with self._desk(day, given["by"]) as desk:
            remittance_drop(desk, UUID(self.names.ref("remittance", given["remittance"])))

    def do_match_line(self, day: date, given: Json) -> None:
        """Match a parked line."""
        with self._desk(day, given["by"]) as desk:
            line = self.names.ref("line", given["to_line"])
            parked_line_match(desk, self.names.subject(given["suspense"]), line)

    def do_match_claim(self, day: date, given: Json) -> None:
        """Match a parked claim."""
        with self._desk(day, given["by"]) as desk:
            claim = self.names.ref("claim", given["to_claim"])
            parked_claim_match(desk, self.names.subject(given["suspense"]), claim)

    def do_not_ours_refund_payer(self, day: date, given: Json) -> None:
        """Give parked money back to the payer."""
        with self._desk(day, given["by"]) as desk:
            parked_refund(desk, self.names.subject(given["suspense"]))

    def do_confirm_overpayment(self, day: date, given: Json) -> None:
        """Confirm an overpayment."""
        with self._desk(day, given["by"]) as desk:
            line = self.names.ref("line", given["line"])
            statements.overpayment_confirm(desk, self._claim(given), line, given["allowed_cents"])

    def do_classify_credit(self, day: date, given: Json) -> None:
        """Classify a credit."""
        with self._desk(day, given["by"]) as desk:
            statements.credit_classify(desk, self._claim(given))

    def do_approve_payer_refund(self, day: date, given: Json) -> None:
        """Approve a payer's refund."""
        with self._desk(day, given["by"]) as desk:
            statements.payer_refund_approve(desk, self._claim(given), given["amount_cents"])

    def do_request_patient_refund(self, day: date, given: Json) -> None:
        """Ask for a patient's refund."""
        with self._desk(day, given["by"]) as desk:
            patient = self.names.ref("patient", given["patient"])
            statements.patient_refund_request(desk, patient, given["amount_cents"])

    def do_approve_patient_refund(self, day: date, given: Json) -> None:
        """Approve a patient's refund."""
        with self._desk(day, given["by"]) as desk:
            patient = self.names.ref("patient", given["patient"])
            statements.patient_refund_approve(desk, patient, given["amount_cents"])

    def do_write_off(self, day: date, given: Json) -> None:
        """Write a balance off."""
        asked = WriteOff(
            claim=self._claim(given),
            reason=given.get("reason", ""),
            line=self._line(given),
            amount_cents=given.get("amount_cents"),
        )
        with self._desk(day, given["by"]) as desk:
            statements.write_off(desk, asked)

    def do_post_into_period(self, day: date, given: Json) -> None:
        """Try to post into a period."""
        with self._desk(day, given["by"]) as desk:
            statements.period_open_check(desk, given["period"])
