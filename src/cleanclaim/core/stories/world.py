"""The world that a story is played in: one method for each kind of step, and the whole picture.

The pure world of the tests keeps its rows in memory; the product's keeps them in the database and
calls the real services. Both speak of claims, lines, payers and patients by their names in the
story, so the same comparison serves both.
"""

from datetime import date
from typing import Any, Protocol

import msgspec

from cleanclaim.core.ledger import Entry
from cleanclaim.core.stories.story import Json, Story

KINDS = {
    "charges_posted": "charges_posted",
    "self_pay_charge": "self_pay_charge",
    "claim_submitted": "claim_submitted",
    "999": "acknowledgement_received",
    "277CA": "acknowledgement_received",
    "TA1": "acknowledgement_received",
    "835": "remittance_received",
    "EFT": "eft_received",
    "patient_payment": "patient_payment",
    "allocate_prepayment": "allocate_prepayment",
    "bank_deposit": "bank_deposit",
    "card_settlement": "card_settlement",
    "nsf": "nsf",
    "statement_sent": "statement_sent",
    "refund_paid": "refund_paid",
    "decision": "decision",
    "period_close": "period_close",
    "month_end_recognition": "month_end_recognition",
    "timer": "timer",
}


# Stories name some decisions in more than one way.
_SAME_ACTIONS = """
bill_patient transfer_to_patient move_to_patient patient_responsibility
bill_next_payer transfer_to_next_payer transfer_payer rebill_next_payer
match_claim match_clp assign_claim
match_line assign_line
not_ours_refund_payer refund_unmatched
write_off accept_denial adjust
close_conflict_as_payer_error close_as_payer_error
submit_secondary send_secondary bill_secondary
submit_replacement send_replacement
submit_original send_original resubmit
void_claim plan_void
change_member_id change_coverage fix_registration correct_registration
close_item close_work_item accept_underpayment accept resolve
classify_credit classify_overpayment
"""
ACTIONS: dict[str, str] = {
    name: row.split()[0] for row in _SAME_ACTIONS.strip().splitlines() for name in row.split()
}


class Outbound(msgspec.Struct, frozen=True, kw_only=True):
    """A version that went out in this step."""

    claim: str
    version: int
    kind: str
    text: str


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be seen after a step.

    Args:
        entries: The whole journal, in order; its refs are names of the story.
        claims: By claim: stage, outcome, owner, version, pcn, lines.
        items: Open work items: kind, subject, owner.
        holds: Active holds: kind, subject.
        remittances, deposits: Status by name.
        outbound: What left in this step.
        facts: What this step showed besides, by the key of the story that asks for it.
    """

    entries: tuple[Entry, ...] = ()
    claims: dict[str, Json] = {}
    items: frozenset[tuple[str, str, str]] = frozenset()
    holds: frozenset[tuple[str, str]] = frozenset()
    remittances: dict[str, str] = {}
    deposits: dict[str, str] = {}
    outbound: tuple[Outbound, ...] = ()
    facts: dict[str, Any] = {}


class StoryWorld(Protocol):
    """What plays a story. Each method may raise `Refusal`; then nothing was written."""

    def begin(self, story: Story) -> None:
        """Make the parties, encounters and draft claims; forget everything else."""

    def picture(self) -> Picture:
        """Give everything that can be seen now."""

    def charges_posted(self, day: date, given: Json) -> None:
        """Post the charges of a claim."""

    def self_pay_charge(self, day: date, given: Json) -> None:
        """Post charges that no payer hears of."""

    def claim_submitted(self, day: date, given: Json) -> None:
        """Send a version of a claim."""

    def acknowledgement_received(self, day: date, given: Json) -> None:
        """Take in a TA1, 999 or 277CA file."""

    def remittance_received(self, day: date, given: Json) -> None:
        """Take in an 835 file."""

    def eft_received(self, day: date, given: Json) -> None:
        """Take in a bank credit with its trace."""

    def patient_payment(self, day: date, given: Json) -> None:
        """Take a patient's payment."""

    def allocate_prepayment(self, day: date, given: Json) -> None:
        """Place a prepayment."""

    def bank_deposit(self, day: date, given: Json) -> None:
        """Bring cash and checks to the bank."""

    def card_settlement(self, day: date, given: Json) -> None:
        """Settle captured cards."""

    def nsf(self, day: date, given: Json) -> None:
        """Take back a payment that the bank returned."""

    def statement_sent(self, day: date, given: Json) -> None:
        """Send a statement."""

    def refund_paid(self, day: date, given: Json) -> None:
        """Pay an approved refund."""

    def decision(self, day: date, given: Json) -> None:
        """Let a person or rule decide something."""

    def period_close(self, day: date, given: Json) -> None:
        """Close a period."""

    def month_end_recognition(self, day: date, given: Json) -> None:
        """Recognise the capitation of a month."""

    def timer(self, day: date, given: Json) -> None:
        """Let a timer ring."""
