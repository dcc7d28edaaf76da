"""Long histories: payers answer, take back, answer again, defer and recoup, in any order."""

from collections import Counter, defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.core.claim.stages import SubmissionKind
from cleanclaim.core.ledger import Account, balances_of, entry_findings, totals_of
from cleanclaim.core.posting import Act, cash, decisions
from cleanclaim.core.posting.tests.desk import DAY, Desk, clp, line, reversal
from cleanclaim.kernel.money import share_cents
from cleanclaim.kernel.refusal import Refusal

LAW = settings(max_examples=60, derandomize=True, deadline=None)
MOVES = ("answer", "answer", "reverse", "correct", "plb", "stray", "pay", "match", "next")
REASONS = ("PR-1", "PR-2", "CO-45", "CO-16", "OA-23", "OA-18", "CO-253", "CO-777")
CODES = ("FB", "WO", "L6", "72", "CT", "50", "ZZ")


class History:
    def __repr__(self):
        return f"History({self.log})"

    def __init__(self, draw):
        self.draw, self.count, self.said = draw, 0, defaultdict(list)
        self.amounts, self.log = {}, []
        self.desk = Desk(auto_allocate_prepayments=draw(st.booleans()))
        self.desk.claim("K", [10000, 5000], next_claim="K2nd", expected=[8000, None])
        self.desk.claim("K2nd", [10000, 5000], rank=2, payer="Q")
        self.desk.claim("M", [7000], patient="B")

    def name(self):
        self.count += 1
        return f"R{self.count}"

    def lines(self, prefix, charges):
        out = []
        for at, charge in enumerate(charges, 1):
            kinds = self.draw(st.lists(st.sampled_from(REASONS), max_size=3, unique=True))
            weights = self.draw(
                st.lists(st.integers(0, 5), min_size=len(kinds) + 1, max_size=len(kinds) + 1)
            )
            paid, *rest = share_cents(charge, weights)
            cas = " ".join(f"{k}:{c}" for k, c in zip(kinds, rest, strict=True) if c)
            number = self.draw(st.sampled_from([f"{prefix}{at}", f"{prefix}{at}", ""]))
            out.append(line(number, charge, paid, cas))
        return out

    def claim(self):
        name, number, charges, payer = self.draw(
            st.sampled_from(
                [
                    ("K", "KA", [10000, 5000], "P"),
                    ("M", "MA", [7000], "P"),
                    ("K2nd", "K2ndA", [10000, 5000], "Q"),
                ]
            )
        )
        status = self.draw(st.sampled_from(["1", "1", "2", "19"]))
        more = {"crossover_name": "Q"} if status == "19" else {}
        made = clp(number, self.lines(name[0], charges), status, icn=f"I{self.count}", **more)
        return payer, made

    def remit(self, claims, payer, plbs=()):
        total = sum(one.paid_cents for one in claims) - sum(cents for _, _, cents in plbs)
        if total < 0:  # a payer never asks for money: it carries the rest forward
            plbs = [*plbs, ("FB", f"T-{self.count}", total)]
        name = self.name()
        short = [
            (c.claim_number, c.status_code, c.paid_cents, c.payer_control_number) for c in claims
        ]
        self.log.append((name, payer, short, plbs))
        self.desk.remit(name, claims, plbs, payer=payer)
        self.amounts[f"T-{name}"] = max(total, 0)
        self.said[payer] += [one for one in claims if not one.is_reversal]

    def step(self, move):
        draw, desk = self.draw, self.desk
        if move in ("answer", "stray"):
            payer, made = self.claim()
            if move == "stray":
                made = clp("NOBODY", [line("X", 500, 500)], icn=f"S{self.count}")
            self.remit([made], payer)
        elif move in ("reverse", "correct") and any(self.said.values()):
            payer = draw(st.sampled_from([p for p in self.said if self.said[p]]))
            old = draw(st.sampled_from(self.said[payer]))
            new = [reversal(old)]
            if move == "correct":
                prefix = old.claim_number[0]
                charges = [one.charge_cents for one in old.lines]
                fresh = clp(old.claim_number, self.lines(prefix, charges), icn=f"C{self.count}")
                new.append(fresh)
            self.remit(new, payer)
        elif move == "plb":
            code, cents = draw(st.sampled_from(CODES)), draw(st.integers(-3000, 3000))
            ref = draw(st.sampled_from(["KA", "MA", "T-R1", "?"]))
            if cents:
                self.remit([], "P", [(code, ref, cents)])
        elif move == "pay":
            got = cash.Received(
                payment=self.name(),
                patient="A",
                tender="cash",
                amount_cents=draw(st.integers(1, 9000)),
            )
            desk.store(cash.patient_payment_receive(desk.rows, got, DAY))
        elif move == "match":
            self.match()
        elif move == "next" and desk.rows.claims["K2nd"].stage == "secondary_ready":
            desk.send("K2nd", SubmissionKind.SECONDARY)

    def match(self):
        act = Act(by="person:x", day=DAY)
        for name, item in list(self.desk.rows.parked.items()):
            if not item.is_open:
                continue
            self.log.append(("match", name))
            if item.line is not None:
                ref = self.desk.rows.claims[item.claim].lines[0].line
                self.desk.store(decisions.parked_line_match(self.desk.rows, name, ref, act))
            elif self.draw(st.booleans()):
                ref = self.draw(st.sampled_from(["K", "M"]))
                self.desk.store(decisions.parked_claim_match(self.desk.rows, name, ref, act))
            else:
                self.desk.store(decisions.parked_refund(self.desk.rows, name, act))
            return


@st.composite
def histories(draw):
    history = History(draw)
    for move in draw(st.lists(st.sampled_from(MOVES), min_size=1, max_size=8)):
        try:
            history.step(move)
        except Refusal:
            continue
    return history


@LAW
@given(histories())
def test_any_history_keeps_the_laws(history):
    desk = history.desk
    assert not [fault for entry in desk.entries for fault in entry_findings(entry)]
    assert set(Counter(entry.key for entry in desk.entries).values()) == {1}
    undone = Counter(entry.reverses for entry in desk.entries if entry.reverses)
    assert not undone or max(undone.values()) == 1
    sums = totals_of(desk.entries)
    assert sums.ledger_sum == 0
    assert sums.charged_cents == 22000
    assert sums.charged_cents == (
        sums.paid_cents + sums.adjusted_cents + sums.patient_cents + sums.open_cents
    )
    balances = balances_of(desk.entries)
    for trace, amount in history.amounts.items():
        assert balances.traces[trace] == amount, trace
    for name, claim in desk.rows.claims.items():
        for one in claim.lines:
            assert one.balance_cents == balances.insurance[name, one.line]
            assert one.patient_cents == balances.patient[name, one.line]
        if claim.stage == "closed":
            assert not any(one.balance_cents for one in claim.lines)
            assert not [s for k, s in desk.items() if s == name]
    for patient, state in desk.rows.patients.items():
        assert state.unapplied_cents == balances.prepaid[patient]
        assert state.unapplied_cents >= 0
    parked = sum(one.amount_cents for one in desk.rows.parked.values() if one.is_open)
    assert -balances.accounts[Account.UNAPPLIED_INSURANCE] == parked
    left = sum(one.left_cents for one in desk.rows.plbs.values())
    assert -balances.accounts[Account.RECOUPMENT] == left
    for one in desk.rows.remittances.values():
        held = any(p.is_open and p.remittance == one.remittance for p in desk.rows.parked.values())
        assert (one.status == "partially_posted") == held
