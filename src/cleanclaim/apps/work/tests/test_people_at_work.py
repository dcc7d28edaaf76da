"""What people do with work: notes kept once, items pended, given to somebody, closed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from cleanclaim.apps.work.models import Note
from cleanclaim.apps.work.public import (
    ItemNote,
    item_done,
    item_get,
    item_open,
    items_assign,
    items_counts,
    items_list,
    items_pend,
    note_add,
    notes_of,
)
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope

PRACTICE = 1
FRIDAY = date(2026, 11, 20)
DANA = uuid4()
# Business days asked for on a Friday; the day it comes back, or the refusal.
PENDS = """
1    2026-11-23
3    2026-11-25
5    2026-11-27
90   2027-03-26
0    pend_days
-1   pend_days
91   pend_days
"""


@pytest.fixture
def grant(tenant, grant_for, now):
    given = grant_for(tenant.id, PRACTICE)
    with scope(given, at=now):
        yield given


def rows(table):
    return [line.split() for line in table.strip().splitlines()]


@pytest.mark.parametrize(("days", "outcome"), rows(PENDS))
def test_pending_counts_business_days(grant, now, days, outcome):
    claim = str(uuid4())
    item_open(grant, PRACTICE, ItemNote(kind="no_ack", subject_id=claim, claim_id=claim), at=now)
    try:
        told = str(items_pend(grant, PRACTICE, claim, int(days), at=now, day=FRIDAY))
    except Refusal as refusal:
        told = refusal.code
        assert items_list(grant, day=FRIDAY)[0].state == "open"
    assert told == outcome


def test_a_pended_item_sleeps_until_its_day_and_keeps_its_place(grant, now):
    claim = str(uuid4())
    item_open(grant, PRACTICE, ItemNote(kind="no_ack", subject_id=claim, claim_id=claim), at=now)
    until = items_pend(grant, PRACTICE, claim, 3, at=now, day=FRIDAY)
    assert items_list(grant, day=FRIDAY) == []
    assert items_counts(grant, day=FRIDAY) == []
    assert [one.kind for one in items_list(grant, day=until)] == ["no_ack"]
    assert [one.kind for one in items_list(grant)] == ["no_ack"]


def test_a_claim_that_nothing_is_open_about_comes_back_as_a_follow_up(grant, now):
    claim = str(uuid4())
    until = items_pend(grant, PRACTICE, claim, 2, at=now, day=FRIDAY)
    assert [(one.kind, str(one.claim_id)) for one in items_list(grant, day=until)] == [
        ("claim_follow_up", claim)
    ]


def test_an_item_is_given_to_somebody_and_back(grant, now):
    claim = str(uuid4())
    with pytest.raises(Refusal, match="nothing_open"):
        items_assign(grant, PRACTICE, claim, DANA)
    item_open(grant, PRACTICE, ItemNote(kind="no_ack", subject_id=claim, claim_id=claim), at=now)
    items_assign(grant, PRACTICE, claim, DANA)
    item = items_list(grant)[0]
    assert item.assignee_id == DANA
    items_assign(grant, PRACTICE, str(item.id), None)
    assert item_get(grant, item.id).assignee_id is None


def test_an_item_is_closed_once(grant, now):
    item_open(grant, PRACTICE, ItemNote(kind="plb_open", subject_id="r", subject_kind="x"), at=now)
    item = items_list(grant)[0]
    item_done(grant, PRACTICE, item.id, at=now)
    assert item_get(grant, item.id) is None
    with pytest.raises(Refusal, match="no_such_item"):
        item_done(grant, PRACTICE, item.id, at=now)


def test_a_note_is_kept_once_sealed_and_newest_first(grant, now):
    first, second = uuid4(), uuid4()
    for note_id, text in ((first, "Called."), (first, "Called.")):
        note_add(grant, PRACTICE, note_id, "c1", text, at=now)
    note_add(grant, PRACTICE, second, "c1", " Jane asks. ", at=now + timedelta(minutes=1))
    assert [one.text for one in notes_of(grant, PRACTICE, ["c1"])] == ["Jane asks.", "Called."]
    assert b"Jane" not in bytes(Note.objects.get(id=second).sealed)
    with pytest.raises(Refusal, match="key_reused"):
        note_add(grant, PRACTICE, first, "c2", "Called.", at=now)
    for text, code in (("  ", "note_empty"), ("x" * 4_001, "note_too_long")):
        with pytest.raises(Refusal, match=code):
            note_add(grant, PRACTICE, uuid4(), "c1", text, at=now)
    assert len(notes_of(grant, PRACTICE, ["c1"])) == 2
