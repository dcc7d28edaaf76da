"""The clearinghouse and its payers: files in, files out, everything kept before it is answered."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from cleanclaim.sandbox.adjudicate import adjudicate, corrected, mishap_of
from cleanclaim.sandbox.bill import Bill, Verdict, reversed_verdict
from cleanclaim.sandbox.claim_answers import Answer, Head, write_answers
from cleanclaim.sandbox.eft import Transfer, write_ccd
from cleanclaim.sandbox.letter import Letter
from cleanclaim.sandbox.payments import Payment, ProviderLevel, write_payment
from cleanclaim.sandbox.receiving import bills_of
from cleanclaim.sandbox.state import State
from cleanclaim.sandbox.world import WorldPayer, payer_by_id
from cleanclaim_x12.acks.sending import Sending
from cleanclaim_x12.acks.syntax_ack import acknowledge
from cleanclaim_x12.syntax import Interchange, read_runs
from cleanclaim_x12.typed.files import UnreadableError

NAME = "SANDBOX CLEARINGHOUSE"
IDENTIFIER = "SANDBOX"
_CLAIMS_PER_PAYMENT = 2_000
_INTEREST_CENTS = 310
# Where claims of a mishap go once they are paid; the next payment says the rest.
_LATER = {
    "reversed_later": "to_correct",
    "taken_back_later": "to_take_back",
    "refund_acknowledged": "to_take_back",
}


class Clearing:
    """Clearinghouse and payers in one.

    Args:
        state: What is remembered.
        seed: Decides who meets which mishap.
        unbalanced_every: Every so many payments one is ten cents out; 0 never.
    """

    def __init__(self, state: State, seed: int, *, unbalanced_every: int = 0) -> None:
        self.state = state
        self.seed = seed
        self.unbalanced_every = unbalanced_every

    def receive(self, name: str, content: bytes, at: datetime) -> str:
        """Take in one file and lay out the answers, whole or not at all.

        Returns:
            `new`, `same` bytes again, `other` content under a used number, or `unreadable`.
        """
        head = _head(content)
        if head is None:
            return "unreadable"
        digest = hashlib.sha256(content).hexdigest()
        with self.state.step():
            seen = self.state.interchange_seen(head.sender_id, head.control_number, digest, name)
            if seen == "new":
                self._answer(head, content, at)
        return seen

    def _answer(self, head: Interchange, content: bytes, at: datetime) -> None:
        number = self._number()
        answer = acknowledge(content, Sending(moment=at, interchange=number, group=number))
        self.state.outbox_put(f"{head.control_number}.999", answer)
        if b"AK9*R" in answer or b"AK9*A" not in answer.replace(b"AK9*E", b"AK9*A"):
            return
        by_batch: dict[tuple[str, str], list[Bill]] = defaultdict(list)
        try:
            for _, reference, bill in bills_of(content):
                by_batch[reference, bill.billing_npi].append(bill)
        except UnreadableError:
            return
        for (reference, _), bills in by_batch.items():
            self._batch(head, reference, bills, at)

    def _batch(
        self, head: Interchange, reference: str, bills: Sequence[Bill], at: datetime
    ) -> None:
        """Answer one batch: first the clearinghouse for all, then each payer for its own."""
        first = [Answer(bill=bill, status=self._at_clearinghouse(bill)) for bill in bills]
        self._tell(head, reference, "AY", NAME, IDENTIFIER, first, at)
        by_payer: dict[str, list[Bill]] = defaultdict(list)
        for item in first:
            if item.is_rejected:
                self.state.claim_keep(item.bill, "", None, "rejected")
            else:
                by_payer[item.bill.payer_id].append(item.bill)
        for payer_id, theirs in sorted(by_payer.items()):
            payer = payer_by_id(payer_id)
            answers = [self._at_payer(bill) for bill in theirs]
            name = payer.name if payer else "UNKNOWN PAYER"
            self._tell(head, reference, "PR", name, payer_id, answers, at)

    def _at_clearinghouse(self, bill: Bill) -> str:
        if payer_by_id(bill.payer_id) is None:
            return "A7:153:PR"
        rejects = mishap_of(self.seed, bill) == "clearinghouse_rejects"
        return "A7:562:85" if rejects else "A1:19:PR"

    def _at_payer(self, bill: Bill) -> Answer:
        """Accept or reject; what is accepted is decided at once and waits for a payment."""
        mishap = mishap_of(self.seed, bill)
        if mishap == "payer_rejects":
            self.state.claim_keep(bill, "", None, "rejected")
            return Answer(bill=bill, status="A7:164:IL")
        control = f"{bill.payer_id}{self.state.next_number('claim'):09d}"
        if mishap == "silence":
            self.state.claim_keep(bill, control, None, "silent")
            return Answer(bill=bill, status="A2:20:PR", control_number=control)
        if bill.frequency_code in ("7", "8"):
            self._replace(bill, control)
            return Answer(bill=bill, status="A2:20:PR", control_number=control)
        self._decide(bill, control)
        return Answer(bill=bill, status="A2:20:PR", control_number=control)

    def _decide(self, bill: Bill, control: str) -> Verdict:
        payer = payer_by_id(bill.payer_id)
        used = self.state.deductible_used(bill.payer_id, bill.member_id)
        left = (payer.deductible_cents if payer else 0) - used
        verdict = adjudicate(self.seed, bill, control, left)
        met = sum(
            cut.amount_cents
            for item in verdict.lines
            for cut in item.cuts
            if (cut.group_code, cut.reason_code) == ("PR", "1")
        )
        if met:
            self.state.deductible_add(bill.payer_id, bill.member_id, met)
        self.state.claim_keep(bill, control, verdict, "decided")
        if verdict.forwarded_to:
            self._forward(verdict)
        return verdict

    def _forward(self, verdict: Verdict) -> None:
        """Let the next payer decide what this one sent on."""
        left = verdict.patient_cents
        bill = msgspec.structs.replace(
            verdict.bill,
            payer_id=verdict.forwarded_to,
            rank="S",
            member_id="",
            prior_paid_cents=verdict.paid_cents,
            prior_patient_cents=left,
        )
        control = f"{bill.payer_id}{self.state.next_number('claim'):09d}"
        second = adjudicate(self.seed, bill, control, 0)
        self.state.claim_keep(bill, control, second, "forwarded")

    def _replace(self, bill: Bill, control: str) -> None:
        """Take the named claim back and decide the new one; a void is only taken back."""
        old = self.state.claim_by_control_number(bill.payer_id, bill.original_control_number)
        if old is not None:
            self.state.claim_move(old, "to_reverse")
        if bill.frequency_code == "7":
            self._decide(bill, control)
        else:
            self.state.claim_keep(bill, control, None, "voided")

    def _tell(  # noqa: PLR0913, PLR0917  an answer names everybody it concerns
        self,
        head: Interchange,
        reference: str,
        entity: str,
        name: str,
        identifier: str,
        answers: Sequence[Answer],
        at: datetime,
    ) -> None:
        if not answers:
            return
        number = self._number()
        letter = Letter(identifier, head.sender_id, at, number)
        about = Head(
            entity=entity,
            name=name,
            identifier=identifier,
            submitter="SUBMITTER",
            submitter_id=head.sender_id,
            batch_reference=reference,
            reference=f"CA{number}",
        )
        self.state.outbox_put(f"{number:09d}.277", write_answers(letter, about, answers))

    def pay(self, receiver: str, at: datetime) -> int:
        """Pay what is decided: an 835 for each payer and payee, and one bank file for all.

        Returns:
            How many payments were made; call it again until there is nothing left.
        """
        with self.state.step():
            payments = list(self._payments())
            transfers = []
            for payment in payments:
                number = self._number()
                letter = Letter(payment.payer.payer_id, receiver, at, number)
                self.state.outbox_put(f"{number:09d}.835", write_payment(letter, payment))
                if payment.amount_cents:
                    transfers.append(_transfer(payment))
            if transfers:
                number = self._number()
                content = write_ccd(transfers, at.date(), number)
                self.state.outbox_put(f"{number:09d}.ach", content)
        return len(payments)

    def _payments(self) -> Iterable[Payment]:
        for state in ("decided", "to_reverse", "to_correct", "to_take_back", "forwarded"):
            for payer_id, payee in self.state.payees_waiting(state):
                payer = payer_by_id(payer_id)
                if payer is not None:
                    yield from self._payment(state, payer, payee)

    def _payment(self, state: str, payer: WorldPayer, payee: str) -> Iterable[Payment]:
        found = self.state.verdicts(state, payer.payer_id, payee, _CLAIMS_PER_PAYMENT)
        if not found:
            return
        told: list[Verdict] = []
        levels: list[ProviderLevel] = []
        for verdict in found:
            told += self._told(state, verdict)
            levels += self._of_verdict(state, verdict)
        trace = f"EFT{payer.payer_id}{self.state.next_number('trace'):07d}"
        levels += self._carried(payer, payee, trace, told, levels)
        fault = 0
        if (
            self.unbalanced_every
            and told
            and self.state.next_number("payments") % self.unbalanced_every == 0
        ):
            fault = 10
        yield Payment(
            payer=payer,
            payee=found[0].bill,
            trace=trace,
            verdicts=tuple(told),
            adjustments=tuple(levels),
            fault_cents=fault,
        )

    def _told(self, state: str, verdict: Verdict) -> list[Verdict]:
        """Say what goes into the remittance for a claim, and move it on."""
        if state == "to_take_back":
            self.state.claim_move(verdict, "paid")
            return []
        if state == "to_reverse":
            self.state.claim_move(verdict, "reversed")
            return [reversed_verdict(verdict)]
        if state == "to_correct":
            better = corrected(verdict)
            self.state.claim_move(better, "paid")
            return [reversed_verdict(verdict), better]
        mishap = mishap_of(self.seed, verdict.bill) if state == "decided" else ""
        self.state.claim_move(verdict, _LATER.get(mishap, "paid"))
        return [verdict]

    def _of_verdict(self, state: str, verdict: Verdict) -> list[ProviderLevel]:
        """Say what a claim brings outside its lines: interest, or a payment taken back in part."""
        mishap = mishap_of(self.seed, verdict.bill)
        if state == "to_take_back":
            return _taken_back(verdict, mishap)
        earns = state == "decided" and mishap == "interest" and verdict.status_code == "1"
        return [ProviderLevel("L6", verdict.control_number, -_INTEREST_CENTS)] if earns else []

    def _carried(
        self,
        payer: WorldPayer,
        payee: str,
        trace: str,
        told: Sequence[Verdict],
        levels: Sequence[ProviderLevel],
    ) -> list[ProviderLevel]:
        """Carry forward what would be below zero, and take what was carried."""
        owed = self.state.balance_owed(payer.payer_id, payee)
        amount = sum(item.paid_cents for item in told) - sum(one.amount_cents for one in levels)
        if amount < 0:
            self.state.balance_set(payer.payer_id, payee, owed - amount)
            return [ProviderLevel("FB", trace, amount)]
        taken = min(owed, amount)
        if not taken:
            return []
        self.state.balance_set(payer.payer_id, payee, owed - taken)
        return [ProviderLevel("FB", trace, taken)]

    def _number(self) -> int:
        return self.state.next_number("interchange")


def _taken_back(verdict: Verdict, mishap: str) -> list[ProviderLevel]:
    """Take a tenth of a payment back without naming lines; or say that a refund of it arrived."""
    cents = verdict.paid_cents // 10
    if not cents:
        return []
    taken = ProviderLevel("WO", f"{verdict.bill.number} {verdict.control_number}", cents)
    if mishap == "taken_back_later":
        return [taken]
    return [ProviderLevel("72", verdict.control_number, -cents), taken]


def _transfer(payment: Payment) -> Transfer:
    return Transfer(
        amount_cents=payment.amount_cents,
        trace=payment.trace,
        originator=payment.payer.trace_originator,
        payer_name=payment.payer.name,
        payee_name=payment.payee.billing_name,
    )


def _head(content: bytes) -> Interchange | None:
    for run in read_runs(content):
        if run.interchange is not None:
            return run.interchange
    return None
