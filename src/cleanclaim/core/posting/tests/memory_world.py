"""The pure world: rows in dicts, decisions of core, no database."""

from datetime import date
from decimal import Decimal

import msgspec

from cleanclaim.core.claim.restriction import without_later_payers
from cleanclaim.core.claim.stages import SubmissionKind
from cleanclaim.core.edi import (
    batch_head,
    claim_acknowledgements,
    claims_of_transactions,
    claims_to_837p,
    receiver_party,
    remittance_from_835,
    submitter_party,
    transaction_acknowledgements,
)
from cleanclaim.core.posting import cash, charges, remittance, submission
from cleanclaim.core.posting.draft import Act, Decision, refuse
from cleanclaim.core.posting.state import ClaimState, LineState, PatientState, Rows
from cleanclaim.core.posting.tests.memory_decisions import Decided
from cleanclaim.core.stories import ACTIONS, Outbound, Picture
from cleanclaim.core.stories.facts_837 import controls_of
from cleanclaim.core.stories.inputs import (
    lines_named,
    patient_money,
    patient_of_step,
    returned_payment,
    timer_of,
)
from cleanclaim.core.stories.setup import (
    bars_patient,
    claim_of,
    encounter_of,
    expected_cents,
    next_claim_of,
)
from cleanclaim.core.stories.show import (
    decision_facts,
    policy_of,
    show_claim,
    show_holds,
    show_imbalances,
    show_refunds,
    show_timers,
)
from cleanclaim.kernel.dates import parse_ccyymmdd
from cleanclaim_x12.typed.files import Envelope, Options
from cleanclaim_x12.typed.t277ca import read_277ca
from cleanclaim_x12.typed.t835 import read_835
from cleanclaim_x12.typed.t837p import write_837p
from cleanclaim_x12.typed.t999 import read_999


class MemoryWorld(Decided):
    def begin(self, story):
        self.story = story
        self.rows = Rows()
        self.entries = []
        self.sent = []
        self.groups = {}
        self.facts = {}
        # A story whose card was keyed wrongly says so in what went out.
        self.members = {
            (one["claim"], one["version"]): one["member_id"]
            for step in story.steps
            for one in step.expect["outbound"]
            if story.claims[one["claim"]]["level"] == 1
        }
        self.policy = policy_of(story)
        for patient in story.data["parties"]["patients"]:
            self.rows.patients[patient["id"]] = PatientState(patient=patient["id"])
        for claim in story.data["claims"]:
            self.rows.claims[claim["id"]] = self.claim_state(claim)

    def claim_state(self, claim):
        payer = self.story.party("payers", claim["payer"])
        encounter = self.story.encounters[claim["encounter"]]
        return ClaimState(
            claim=claim["id"],
            patient=encounter["patient"],
            payer=claim["payer"],
            rank=claim["level"],
            number_base=claim["pcn_base"],
            next_claim=next_claim_of(self.story, claim["id"]),
            takes_corrections=payer.get("frequency_7_8", True),
            bars_patient=bars_patient(self.story, claim["id"]),
            lines=tuple(self.line_state(name, claim["payer"]) for name in claim["lines"]),
        )

    def line_state(self, name, payer):
        encounter = encounter_of(self.story, name)
        line = self.story.lines[name]
        return LineState(
            line=name,
            number=name,
            code=line["code"],
            modifiers=tuple(line["modifiers"]),
            units=Decimal(line["units"]),
            charge_cents=line["charge_cents"],
            service_date=date.fromisoformat(encounter["dos"]),
            order=list(self.story.lines).index(name),
            provider=encounter["rendering"],
            expected_cents=expected_cents(self.story, name, payer),
            is_restricted=line.get("plan_disclosure_restricted", False),
        )

    def store(self, decision: Decision):
        self.rows.merge(decision.rows)
        self.entries += decision.entries
        decision_facts(decision, self.facts)
        return decision

    def picture(self):
        facts, self.facts = self.facts, {}
        sent, self.sent = self.sent, []
        facts["timers"] = show_timers(self.rows.timers.values())
        facts["refund_items"] = show_refunds(self.rows.refunds.values())
        facts["periods"] = dict.fromkeys(self.rows.closed_periods, "closed")
        return Picture(
            entries=tuple(self.entries),
            claims={name: show_claim(one) for name, one in self.rows.claims.items()},
            items=frozenset(
                (one.kind, str(one.subject), str(one.owner))
                for one in self.rows.items.values()
                if one.is_open
            ),
            holds=show_holds(self.rows.holds.values()),
            remittances={one.remittance: one.status for one in self.rows.remittances.values()},
            deposits={one.name: one.status for one in self.rows.deposits.values()},
            outbound=tuple(sent),
            facts=facts,
        )

    # --- steps

    def charges_posted(self, day, given):
        self.store(charges.charges_post(self.rows, given["claim"], given["lines"], day))

    def self_pay_charge(self, day, given):
        patient = patient_of_step(self.story, given)
        lines = [self.line_state(name, None) for name in lines_named(self.story, given)]
        self.store(charges.self_pay_charges_post(self.rows, patient, lines, day))

    def claim_submitted(self, day, given):
        self.send(day, given["claim"], SubmissionKind(given["submission_kind"]))

    def send(self, day, claim, kind):
        plan = submission.submission_plan(self.rows, claim, kind, self.policy, day)
        text = self.write(plan)
        self.store(submission.version_sent(self.rows, plan, day))
        self.sent.append(Outbound(claim=claim, version=plan.version, kind=str(kind), text=text))

    def write(self, plan):
        reference = next(
            text for name, text in self.story.files.items() if f"-{plan.claim_number}.837p" in name
        )
        controls = controls_of(reference)
        state = self.rows.claims[plan.claim]
        made = claim_of(
            self.story,
            plan.claim,
            [line.line for line in state.lines if not line.is_voided],
            member_id=self.members.get((plan.claim, plan.version), ""),
            priors=self.priors(state),
        )
        made = msgspec.structs.replace(
            made,
            claim_number=plan.claim_number,
            frequency_code=plan.frequency_code,
            payer_control_number=plan.payer_control_number,
        )
        made = without_later_payers(made)
        payer = made.coverage.payer
        batch = batch_head(
            controls["reference"],
            submitter_party("EXAMPLE BILLING LLC", "CCTEST01", "EDI DESK", "5555550100"),
            receiver_party(payer.name, payer.payer_id),
            parse_ccyymmdd(controls["date"]),
            controls["time"],
        )
        envelope = Envelope(
            sender_id="CCTEST01",
            receiver_id=payer.payer_id,
            date=parse_ccyymmdd(controls["date"]),
            time=controls["time"],
            interchange_control_number=int(controls["interchange"]),
            group_control_number=int(controls["group"]),
            usage="T",
        )
        self.groups[controls["group"], controls["transaction"]] = [plan.claim_number]
        written = write_837p(
            batch, envelope, Options(line_break="\n"), claims=claims_to_837p([made])
        )
        assert not written.findings, written.findings
        return written.data.decode()

    def priors(self, state):
        earlier = [one for one in self.rows.claims.values() if one.next_claim == state.claim]
        out = []
        for one in earlier:
            payer = self.story.party("payers", one.payer)["payer_id"]
            said = [a for a in self.rows.adjudications.values() if a.claim == one.claim]
            whole, lines = submission.prior_adjudications(payer, said)
            out += self.priors(one) + ([(whole, lines)] if whole else [])
        return out

    def acknowledgement_received(self, day, given):
        data = self.story.files[given["file"]].encode()
        facts = []
        for one in read_999(data):
            facts += claims_of_transactions(transaction_acknowledgements(one), self.groups)
        for one in read_277ca(data):
            facts += claim_acknowledgements(one)
        self.store(submission.acknowledge(self.rows, facts, day))

    def payer_of(self, content):
        return next(
            (
                one["id"]
                for one in self.story.data["parties"]["payers"]
                if one["trn03"] == content.payer_trace_id
            ),
            None,
        )

    def remittance_received(self, day, given):
        content = remittance_from_835(next(read_835(self.story.files[given["file"]].encode())))
        name, payer = given["remittance"], self.payer_of(content)
        got = self.store(
            remittance.remittance_receive(self.rows, name, content, payer, self.policy, day)
        )
        self.facts["findings"] = show_imbalances(content)
        self.post(got, day)

    def post(self, decision, day):
        for name in decision.to_post:
            payer = self.payer_of(self.rows.remittances[name].content)
            self.store(remittance.remittance_post(self.rows, name, payer, self.policy, day))

    def eft_received(self, day, given):
        eft = cash.Eft(
            trace=given["trn02"],
            payer_trace_id=given["trn03"],
            amount_cents=given["amount_cents"],
        )
        self.post(self.store(cash.eft_receive(self.rows, eft, self.policy, day)), day)

    def patient_payment(self, day, given):
        money = patient_money(self.story, given)
        got = cash.Received(
            payment=f"P{len(self.rows.payments) + 1}",
            **{field: getattr(money, field) for field in money.__struct_fields__},
        )
        self.store(cash.patient_payment_receive(self.rows, got, day))

    def allocate_prepayment(self, day, given):
        patient = patient_of_step(self.story, given)
        self.store(cash.prepayment_place(self.rows, patient, given["amount_cents"], day))

    def bank_deposit(self, day, given):
        self.store(cash.deposit_bring(self.rows, given["amount_cents"], day))

    def card_settlement(self, day, given):
        self.store(cash.cards_settle(self.rows, given["gross_cents"], given["fee_cents"], day))

    def nsf(self, day, given):
        standing = [one for one in self.rows.payments.values() if not one.is_returned]
        paid = returned_payment(
            given, [(one.payment, one.amount_cents, one.number) for one in standing]
        )
        fee = given.get("fee_cents", 0)
        self.store(cash.payment_return(self.rows, paid, fee, self.policy, day))

    def statement_sent(self, day, given):
        made = cash.statement_make(self.rows, given["patient"], self.policy, day)
        self.facts["statement"] = {"lines": dict(made.lines), "total_cents": made.total_cents}

    def refund_paid(self, day, given):
        kind, _, name = given["to"].partition(":")
        self.store(cash.refund_pay(self.rows, given["amount_cents"], day, **{kind: name}))

    def period_close(self, day, given):
        self.store(cash.period_close(self.rows, given["period"], day))

    def month_end_recognition(self, day, given):
        self.store(cash.capitation_recognise(self.rows, given["month"], day))

    def timer(self, day, given):
        kind, subject = timer_of(given)
        if kind == "unmatched_era":
            made = submission.remittance_without_money(self.rows, subject, day)
        else:
            made = submission.timer_due(self.rows, kind, subject, day)
        self.store(made)

    def decision(self, day, given):
        act = Act(by=given["by"], day=day, policy=self.policy)
        action = given["action"]
        found = getattr(self, f"do_{ACTIONS.get(action, action)}", None)
        if found is None:
            refuse("unknown_decision", action)
        decision = found(act, given)
        if decision is not None:
            self.post(self.store(decision), day)
