"""Laws of the money, for any remittances in any order."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.core.ledger import Account, balances_of, entry_findings, totals_of
from cleanclaim.core.posting import remittance
from cleanclaim.core.posting.state import Rows
from cleanclaim.core.posting.tests.desk import DAY, Desk, clp, line, reversal
from cleanclaim.kernel.money import share_cents
from cleanclaim.kernel.refusal import Refusal

LAW = settings(max_examples=60, derandomize=True, deadline=None)
REASONS = ("PR-1", "PR-2", "PR-3", "CO-45", "CO-253", "CO-16", "OA-23", "CO-24", "CO-999")
WHOLE = ("PR-3", "CO-45")


@st.composite
def lines(draw, name, charges):
    out = []
    for at, charge in enumerate(charges, 1):
        kinds = draw(st.lists(st.sampled_from(REASONS), max_size=3, unique=True))
        weights = draw(
            st.lists(st.integers(0, 9), min_size=len(kinds) + 1, max_size=len(kinds) + 1)
        )
        paid, *rest = share_cents(charge, weights)
        cas = " ".join(f"{kind}:{cents}" for kind, cents in zip(kinds, rest, strict=True) if cents)
        out.append(line(f"{name}{at}", charge, paid, cas))
    return out


@st.composite
def answers(draw):
    """Claims of two patients and one adjudication for each, some with claim-level amounts."""
    out = {}
    for name in "KLM"[: draw(st.integers(1, 3))]:
        charges = draw(st.lists(st.integers(1, 50000), min_size=1, max_size=3))
        said = draw(lines(name, charges))
        paid = sum(one["paid_cents"] for one in said)
        whole = draw(st.integers(0, paid)) if paid else 0
        reason = draw(st.sampled_from(WHOLE))
        out[name] = charges, clp(f"{name}A", said, adjustments=f"{reason}:{whole}" if whole else "")
    return out


def desk_for(said):
    desk = Desk()
    for name, (charges, _) in said.items():
        desk.claim(name, charges, patient="A" if name == "K" else "B")
    return desk


def whole(desk):
    """Everything that must not depend on the order of files, without ordinals and keys."""
    sums = balances_of(desk.entries)
    return (
        {key: cents for key, cents in sums.accounts.items() if cents},
        {key: cents for key, cents in sums.insurance.items() if cents},
        {key: cents for key, cents in sums.patient.items() if cents},
        {key: cents for key, cents in sums.traces.items() if cents},
        {name: desk.state(name) for name in desk.rows.claims},
        desk.items(),
    )


@LAW
@given(answers())
def test_every_entry_is_sound_and_the_charges_are_accounted_for(said):
    desk = desk_for(said)
    desk.remit("R", [one for _, one in said.values()])
    assert not [fault for entry in desk.entries for fault in entry_findings(entry)]
    sums = totals_of(desk.entries)
    assert sums.ledger_sum == 0
    assert sums.charged_cents == (
        sums.paid_cents + sums.adjusted_cents + sums.patient_cents + sums.open_cents
    )
    assert sums.charged_cents == sum(sum(charges) for charges, _ in said.values())
    assert sums.paid_cents == sum(one.paid_cents for _, one in said.values())
    keys = Counter(entry.key for entry in desk.entries)
    assert set(keys.values()) == {1}


@LAW
@given(answers())
def test_rows_say_what_the_journal_says(said):
    desk = desk_for(said)
    desk.remit("R", [one for _, one in said.values()])
    sums = balances_of(desk.entries)
    for name, claim in desk.rows.claims.items():
        for one in claim.lines:
            assert one.balance_cents == sums.insurance[name, one.line]
            assert one.patient_cents == sums.patient[name, one.line]
            assert one.balance_cents >= 0
        assert claim.patient_cents + claim.balance_cents <= sum(said[name][0])


@LAW
@given(answers())
def test_the_same_payment_again_changes_nothing(said):
    desk = desk_for(said)
    desk.remit("R", [one for _, one in said.values()])
    before, count = whole(desk), len(desk.entries)
    again = [one for _, one in reversed(said.values())]
    got = desk.remit_again("R", "R-again", again)
    assert got.rows.remittances["R-again"].status == "duplicate_of:R"
    assert (whole(desk), len(desk.entries)) == (before, count)


@LAW
@given(answers(), st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_change_the_balances(said, random):
    names = list(said)
    one, other = desk_for(said), desk_for(said)
    for name in names:
        one.remit(f"R{name}", [said[name][1]])
    random.shuffle(names)
    for name in names:
        other.remit(f"R{name}", [said[name][1]])
    assert whole(one) == whole(other)


@LAW
@given(answers())
def test_one_file_or_many_come_to_the_same(said):
    one, other = desk_for(said), desk_for(said)
    for name, (_, answer) in said.items():
        one.remit(f"R{name}", [answer])
    other.remit("R", [answer for _, answer in said.values()])
    drop = lambda desk: [part for at, part in enumerate(whole(desk)) if at not in (3, 5)]  # noqa: E731
    assert drop(one) == drop(other)


@LAW
@given(answers())
def test_the_reversal_of_everything_nets_to_zero(said):
    desk = desk_for(said)
    before = whole(desk)[:4]
    desk.remit("R", [one for _, one in said.values()])
    taken = -sum(one.paid_cents for _, one in said.values())
    desk.remit("S", [reversal(one) for _, one in said.values()], [("FB", "x", taken)])
    accounts, *rest = whole(desk)[:4]
    # The money is owed to the payer from now on; everything else is as it was.
    assert accounts.pop(Account.RECOUPMENT, 0) == taken
    cash = accounts.pop(Account.EFT_CLEARING, 0)
    assert cash == -taken
    assert accounts == before[0]
    assert rest[:2] == list(before[1:3])


@LAW
@given(answers(), st.integers(1, 99))
def test_what_does_not_add_up_is_never_posted(said, cents):
    desk = desk_for(said)
    before = len(desk.entries)
    answer = [one for _, one in said.values()]
    desk.remit("R", answer, amount=sum(one.paid_cents for one in answer) + cents)
    assert desk.rows.remittances["R"].status == "out_of_balance"
    assert ("remit_unbalanced", "R") in desk.items()
    assert len(desk.entries) == before


@LAW
@given(answers())
def test_a_group_sees_only_its_own_rows(said):
    """Groups posted one by one, in any order, give what the whole remittance gives."""
    one, other = desk_for(said), desk_for(said)
    one.remit("R", [answer for _, answer in said.values()])
    content = other.content("R", [answer for _, answer in said.values()])
    head = remittance.header_of("R", content, "P")
    groups = remittance.groups_of(content, "P", list(other.rows.claims.values()))
    for group in reversed(groups):
        other.store(remittance.groups_post(other.rows, head, [group], other.policy, DAY))
    assert whole(one)[1:3] == whole(other)[1:3]
    assert {e.key for e in one.entries} == {e.key for e in other.entries}


def test_posting_twice_is_refused():
    desk = Desk()
    desk.claim("K", [100])
    desk.remit("R", [clp("KA", [line("K1", 100, 100)])])
    with pytest.raises(Refusal, match="already_posted"):
        remittance.remittance_post(desk.rows, "R", "P", desk.policy, DAY)


def test_rows_begin_empty():
    assert not any(getattr(Rows(), name) for name in Rows.__struct_fields__)
