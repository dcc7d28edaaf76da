"""A small desk for the tests: make claims, let payers answer, look at what came of it."""

from datetime import date
from decimal import Decimal

from cleanclaim.core.claim.stages import Stage, SubmissionKind
from cleanclaim.core.ledger import balances_of
from cleanclaim.core.posting import charges, remittance, submission
from cleanclaim.core.posting.state import ClaimState, LineState, PatientState, Policy, Rows
from cleanclaim.core.remit import Cas, ProviderAdjustment, RemitClaim, RemitLine, Remittance

DAY = date(2026, 3, 2)


def cas(text):
    """`CO-45:100 PR-2:20` as adjustments in cents."""
    out = []
    for part in text.split():
        reason, cents = part.split(":")
        group, carc = reason.split("-")
        out.append(Cas(group, carc, int(cents)))
    return tuple(out)


def line(number, charge, paid, adjustments="", **more):
    return {
        "line_number": number,
        "charge_cents": charge,
        "paid_cents": paid,
        "adjustments": cas(adjustments),
        "procedure_code": "99213",
        "service_date": DAY,
        **more,
    }


def clp(number, lines, status="1", icn="", adjustments="", **more):
    made = tuple(RemitLine(ordinal=at, **one) for at, one in enumerate(lines, 1))
    whole = cas(adjustments)
    shares = [*whole, *(item for one in made for item in one.adjustments)]
    facts = {
        "ordinal": 0,
        "claim_number": number,
        "status_code": status,
        "charge_cents": sum(one.charge_cents for one in made),
        "paid_cents": sum(one.paid_cents for one in made) - sum(c.amount_cents for c in whole),
        "patient_cents": sum(c.amount_cents for c in shares if c.group == "PR"),
        "payer_control_number": icn or f"ICN-{number}",
        "adjustments": whole,
        "lines": made,
    }
    return RemitClaim(**{**facts, **more})


def reversal(of):
    """The mirror of a claim as a payer takes it back."""
    turn = lambda items: tuple(Cas(c.group, c.carc, -c.amount_cents) for c in items)  # noqa: E731
    return RemitClaim(
        ordinal=0,
        claim_number=of.claim_number,
        status_code="22",
        charge_cents=-of.charge_cents,
        paid_cents=-of.paid_cents,
        payer_control_number=of.payer_control_number,
        adjustments=turn(of.adjustments),
        lines=tuple(
            RemitLine(
                ordinal=one.ordinal,
                line_number=one.line_number,
                procedure_code=one.procedure_code,
                charge_cents=-one.charge_cents,
                paid_cents=-one.paid_cents,
                service_date=one.service_date,
                adjustments=turn(one.adjustments),
            )
            for one in of.lines
        ),
    )


class Desk:
    def __init__(self, **policy):
        self.rows = Rows()
        self.entries = []
        self.policy = Policy(**policy)
        self.last = None
        self.count = 0

    def store(self, decision):
        self.rows.merge(decision.rows)
        self.entries += decision.entries
        self.last = decision
        return decision

    def claim(self, name, charges_cents, *, patient="A", payer="P", **more):
        """A claim that is charged and sent; its lines are called `NAME1`, `NAME2` …"""
        self.rows.patients.setdefault(patient, PatientState(patient=patient))
        expected = more.pop("expected", [None] * len(charges_cents))
        self.rows.claims[name] = ClaimState(
            claim=name,
            patient=patient,
            payer=payer,
            number_base=name,
            lines=tuple(
                LineState(
                    line=f"{name[0]}{at}",
                    number=f"{name[0]}{at}",
                    code="99213",
                    units=Decimal(1),
                    charge_cents=cents,
                    service_date=DAY,
                    order=at,
                    expected_cents=expected[at - 1],
                )
                for at, cents in enumerate(charges_cents, 1)
            ),
            **more,
        )
        if self.rows.claims[name].rank == 1:
            lines = [one.line for one in self.rows.claims[name].lines]
            self.store(charges.charges_post(self.rows, name, lines, DAY))
            self.send(name, SubmissionKind.ORIGINAL)

    def send(self, name, kind, day=DAY):
        plan = submission.submission_plan(self.rows, name, kind, self.policy, day)
        self.store(submission.version_sent(self.rows, plan, day))
        return plan

    def remit(self, name, claims=(), plbs=(), *, payer="P", amount=None, day=DAY):
        """A remittance; its amount is what its parts give, and it is posted if it may be."""
        content = self.content(name, claims, plbs, payer=payer, amount=amount, day=day)
        return self.take(name, content, payer, day)

    def remit_again(self, name, other, claims):
        """The payment of a remittance once more, under another name."""
        return self.take(other, self.content(name, claims))

    def content(self, name, claims=(), plbs=(), *, payer="P", amount=None, day=DAY):
        made = tuple(
            RemitClaim(**{f: getattr(one, f) for f in one.__struct_fields__} | {"ordinal": at})
            for at, one in enumerate(claims, 1)
        )
        apart = tuple(
            ProviderAdjustment(
                ordinal=at, provider_id="N", reason_code=code, reference=ref, amount_cents=cents
            )
            for at, (code, ref, cents) in enumerate(plbs, 1)
        )
        total = sum(one.paid_cents for one in made) - sum(one.amount_cents for one in apart)
        return Remittance(
            payer_trace_id=payer,
            trace=f"T-{name}",
            payee_npi="N",
            amount_cents=total if amount is None else amount,
            method="ACH" if total else "NON",
            payment_date=day,
            claims=made,
            provider_adjustments=apart,
        )

    def take(self, name, content, payer="P", day=DAY):
        got = self.store(
            remittance.remittance_receive(self.rows, name, content, payer, self.policy, day)
        )
        for ref in got.to_post:
            got = self.store(remittance.remittance_post(self.rows, ref, payer, self.policy, day))
        return got

    def items(self):
        return {(one.kind, one.subject) for one in self.rows.items.values() if one.is_open}

    def holds(self):
        return {(one.subject, one.what) for one in self.rows.holds.values() if one.is_active}

    def state(self, name):
        one = self.rows.claims[name]
        return f"{one.stage} {one.outcome} {one.owner}"

    def account(self, account):
        return balances_of(self.entries).accounts[account]

    def is_closed(self, name):
        return self.rows.claims[name].stage == Stage.CLOSED
