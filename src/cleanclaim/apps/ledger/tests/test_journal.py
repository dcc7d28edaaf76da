"""The journal on a real database: what it takes, what it refuses, whoever asks."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from cleanclaim.apps.ledger.models import JournalLine
from cleanclaim.apps.ledger.public import balances_prove, entries_post, journal_totals
from cleanclaim.core.ledger import Account, Entry, Line
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope

PAYER, CLAIM, LINE = (str(uuid.UUID(int=number)) for number in (1, 2, 3))
DAY = date(2026, 3, 2)


def charge(key: str, cents: int = 20000) -> Entry:
    owed = Line(Account.INSURANCE, cents, payer=PAYER, rank=1, claim=CLAIM, line=LINE)
    return Entry("charge", (owed, Line(Account.CHARGES, -cents, claim=CLAIM)), key, DAY)


def payment(key: str, cents: int) -> Entry:
    money = Line(Account.EFT_CLEARING, cents, trace="T1")
    owed = Line(Account.INSURANCE, -cents, payer=PAYER, rank=1, claim=CLAIM, line=LINE)
    return Entry("era_payment", (money, owed), key, DAY)


@pytest.fixture
def grant(tenant, grant_for, now):
    made = grant_for(tenant.id, 1)
    with scope(made, at=now):
        yield made


def test_entries_and_balances_agree(grant, now):
    entries_post(grant, 1, [charge("C1"), payment("P1", 7500)], at=now)
    totals = journal_totals(grant)
    assert (totals.charged_cents, totals.paid_cents, totals.open_cents) == (20000, 7500, 12500)
    assert totals.ledger_sum == 0
    assert balances_prove(grant) == []


def test_the_same_entry_again_changes_nothing(grant, now):
    assert len(entries_post(grant, 1, [charge("C1")], at=now)) == 1
    assert entries_post(grant, 1, [charge("C1")], at=now) == []
    assert journal_totals(grant).charged_cents == 20000


def test_a_key_with_other_lines_is_refused_and_nothing_written(grant, now):
    entries_post(grant, 1, [charge("C1")], at=now)
    with pytest.raises(Refusal, match="key_reused"):
        entries_post(grant, 1, [payment("P1", 5), charge("C1", 20001)], at=now)
    assert journal_totals(grant).paid_cents == 0


def test_an_unsound_entry_is_refused(grant, now):
    lines = (Line(Account.CASH, 5), Line(Account.CHARGES, -4))
    with pytest.raises(Refusal, match="entry_unsound"):
        entries_post(grant, 1, [Entry("x", lines, "K", DAY)], at=now)


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_line set amount_cents = 0",
        "delete from ledger_line",
        "truncate ledger_line",
        "update ledger_entry set day = day",
        "delete from ledger_entry",
    ],
)
def test_the_database_refuses_change(grant, now, statement):
    entries_post(grant, 1, [charge("C1")], at=now)
    with pytest.raises(Exception, match=r"append only|permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
    assert journal_totals(grant).charged_cents == 20000


@pytest.mark.parametrize(
    ("ordinal", "amounts"),
    [(0, [5, -4]), (0, [0]), (2, [5, -5])],
    ids=["does not sum to zero", "one line", "adds to an entry that is there"],
)
def test_the_database_refuses_an_unbalanced_entry(grant, now, ordinal, amounts):
    entries_post(grant, 1, [charge("C1")], at=now)
    entry_id = JournalLine.objects.under(grant).first().entry_id if ordinal else uuid.uuid4()
    with pytest.raises(IntegrityError, match="sum to zero"), transaction.atomic():
        JournalLine.objects.bulk_create(
            JournalLine(
                practice_id=1,
                entry_id=entry_id,
                ordinal=ordinal + number,
                account="1000",
                amount_cents=cents,
                day=DAY,
            )
            for number, cents in enumerate(amounts)
        )


def test_another_practice_sees_nothing(grant, grant_for, tenant, now):
    entries_post(grant, 1, [charge("C1")], at=now)
    other = grant_for(tenant.id, 2)
    with scope(other, at=now):
        assert journal_totals(other).charged_cents == 0
        with pytest.raises(Refusal, match="grant_wrong_practice"):
            entries_post(other, 1, [charge("C1")], at=now)
