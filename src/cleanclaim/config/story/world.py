"""A story's world on the database: each step calls the service that production calls."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import msgspec

from cleanclaim.apps.claims.public import (
    claims_make,
    no_check,
    self_pay_charge,
    timer_ring,
)
from cleanclaim.apps.exchange.public import (
    InboundFile,
    inbound_receive,
)
from cleanclaim.apps.remittance.public import (
    Desk,
    Remittance,
    deposit_apply,
    matters_load,
    money_apply,
    remittance_without_money,
)
from cleanclaim.apps.statements import public as statements
from cleanclaim.apps.submission.public import answers_apply
from cleanclaim.config.story.decided import Decided
from cleanclaim.config.story.office import ACTOR
from cleanclaim.config.story.picture import show
from cleanclaim.core.claim.stages import SubmissionKind
from cleanclaim.core.posting.cash import Eft, Received
from cleanclaim.core.remit import Remittance as Content
from cleanclaim.core.stories import ACTIONS, Json, Picture
from cleanclaim.core.stories.inputs import (
    patient_money,
    patient_of_step,
    returned_payment,
    timer_of,
)
from cleanclaim.core.stories.show import decision_facts, show_imbalances
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope, tenant_scope


class DatabaseWorld(Decided):
    """Plays a story: each step is one call of a service, or of two."""

    def picture(self) -> Picture:
        """Read everything that can be seen now from the database."""
        facts, self.facts = self.facts, {}
        for decision in self.decided:
            decision_facts(decision, facts, self.names.told)
        self.decided = []
        sent, self.sent = self.sent, []
        with self._desk() as desk:
            return show(self, desk, facts, tuple(sent))

    # --- charges and claims

    def charges_posted(self, day: date, given: Json) -> None:
        """Take the encounter in, and make its claims with their charges."""
        with self._desk(day) as desk:
            self._encounter(desk, given["encounter"])
            claims_make(
                desk.grant,
                desk.practice_id,
                check=no_check(),
                at=desk.at,
                day=day,
                with_self_pay=not self._charges_patients_apart(given["encounter"]),
            )
            self._claims_name(desk, given["encounter"])

    def _charges_patients_apart(self, encounter: str) -> bool:
        return any(
            step.kind == "self_pay_charge" and step.given.get("encounter", encounter) == encounter
            for step in self.story.steps
        )

    def self_pay_charge(self, day: date, given: Json) -> None:
        """Charge the patient what no plan hears of."""
        encounter = given.get("encounter") or self.story.data["encounters"][0]["id"]
        with self._desk(day) as desk:
            self._encounter(desk, encounter)
            row = UUID(self.names.ref("encounter", encounter))
            self_pay_charge(desk.grant, desk.practice_id, row, at=desk.at, day=day)

    def claim_submitted(self, day: date, given: Json) -> None:
        """Send a version of a claim."""
        self.send(day, given["claim"], SubmissionKind(given["submission_kind"]))

    # --- files that come in

    def _receive(self, desk: Desk, name: str) -> tuple[UUID, bool]:
        with tenant_scope(self.office.tenant_id, actor=ACTOR, at=desk.at):
            content = self.story.files[name].encode()
            row, is_new = inbound_receive(self.office.connection, name, content, at=desk.at)
        return row.id, is_new

    def acknowledgement_received(self, day: date, given: Json) -> None:
        """Take in a TA1, 999 or 277CA file."""
        with self._closed_desk(day) as desk:
            file_id, _ = self._receive(desk, given["file"])
            answers_apply(desk.grant, file_id, at=desk.at, day=day)

    def remittance_received(self, day: date, given: Json) -> None:
        """Take in an 835 file; the same bytes again are known by the file itself.

        Raises:
            Refusal: `parked_file`, with the reason.
        """
        with self._closed_desk(day) as desk:
            file_id, is_new = self._receive(desk, given["file"])
            money_apply(desk.grant, file_id, policy=self.policy, at=desk.at, day=day)
            with scope(desk.grant, at=desk.at):
                file = InboundFile.objects.get(id=file_id)
                rows = Remittance.objects.under(desk.grant, practice_id=desk.practice_id)
                row = rows.filter(file_id=file_id).order_by("id").first()
        if row is not None and row.state == "out_of_balance" and row.content is not None:
            content = msgspec.json.decode(bytes(row.content), type=Content)
            self.facts["findings"] = show_imbalances(content)
        if row is not None and is_new:
            self.names.put("remittance", given["remittance"], row.id)
        elif row is not None:
            self.twins[given["remittance"]] = str(row.id)
        if file.state == InboundFile.State.PARKED:
            raise Refusal("parked_file", file.reason)

    def eft_received(self, day: date, given: Json) -> None:
        """Take in a bank credit with its trace."""
        eft = Eft(
            trace=given["trn02"],
            payer_trace_id=given["trn03"],
            amount_cents=given["amount_cents"],
        )
        with self._closed_desk(day) as desk:
            deposit_apply(
                desk.grant, desk.practice_id, None, eft, policy=self.policy, at=desk.at, day=day
            )

    # --- patients and the bank

    def patient_payment(self, day: date, given: Json) -> None:
        """Take a patient's payment."""
        money = patient_money(self.story, given)
        name = f"P{len(self.payments) + 1}"
        got = Received(
            payment=name,
            patient=self.names.ref("patient", money.patient),
            tender=money.tender,
            amount_cents=money.amount_cents,
            lines=tuple(self.names.ref("line", line) for line in money.lines),
            is_prepayment=money.is_prepayment,
            number=money.number,
        )
        with self._desk(day) as desk:
            statements.payment_take(desk, got)
        self.payments.append((name, money.amount_cents, money.number))

    def allocate_prepayment(self, day: date, given: Json) -> None:
        """Place a prepayment."""
        patient = self.names.ref("patient", patient_of_step(self.story, given))
        with self._desk(day, given.get("by", ACTOR)) as desk:
            statements.prepayment_place(desk, patient, given["amount_cents"])

    def bank_deposit(self, day: date, given: Json) -> None:
        """Bring cash and checks to the bank."""
        with self._desk(day) as desk:
            statements.deposit_bring(desk, given["amount_cents"])

    def card_settlement(self, day: date, given: Json) -> None:
        """Settle captured cards."""
        with self._desk(day) as desk:
            statements.cards_settle(desk, given["gross_cents"], given["fee_cents"])

    def nsf(self, day: date, given: Json) -> None:
        """Take back a payment that the bank returned."""
        with self._desk(day) as desk:
            known = matters_load(desk.grant, desk.practice_id, "payment")
            standing = [one for one in self.payments if not known[one[0]].is_returned]
            paid = returned_payment(given, standing)
            statements.payment_return(desk, str(paid), given.get("fee_cents", 0))

    def statement_sent(self, day: date, given: Json) -> None:
        """Make a statement."""
        with self._desk(day) as desk:
            made = statements.statement_make(desk, self.names.ref("patient", given["patient"]))
        lines = {self.names.told(line): cents for line, cents in made.lines}
        self.facts["statement"] = {"lines": lines, "total_cents": made.total_cents}

    def refund_paid(self, day: date, given: Json) -> None:
        """Pay an approved refund."""
        kind, _, name = given["to"].partition(":")
        with self._desk(day) as desk:
            who = {kind: self.names.ref(kind, name)}
            statements.refund_pay(desk, given["amount_cents"], **who)

    # --- decisions and dates

    def decision(self, day: date, given: Json) -> None:
        """Let a person or rule decide something."""
        action = given["action"]
        found: Callable[[date, Json], None] | None = getattr(
            self, f"do_{ACTIONS.get(action, action)}", None
        )
        if found is None:
            raise Refusal("unknown_decision", action)
        found(day, given)

    def period_close(self, day: date, given: Json) -> None:
        """Close a period."""
        with self._desk(day) as desk:
            statements.period_close(desk, given["period"])

    def month_end_recognition(self, day: date, given: Json) -> None:
        """Recognise the capitation of a month."""
        with self._desk(day) as desk:
            statements.capitation_recognise(desk, given["month"])

    def timer(self, day: date, given: Json) -> None:
        """Let a timer ring."""
        kind, subject = timer_of(given)
        with self._desk(day) as desk:
            if kind == "unmatched_era":
                remittance_without_money(desk, UUID(self.names.ref("remittance", subject)))
            else:
                claim = self.names.ref("claim", subject)
                timer_ring(desk.grant, desk.practice_id, kind, claim, at=desk.at, day=day)
