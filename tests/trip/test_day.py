"""A whole made-up billing day: the equation closes, and a second run changes nothing."""

import json

import pytest

from cleanclaim.config.billing_day import billing_day
from cleanclaim.config.day_report import day_json, day_text

KEYS = {
    "stages",
    "outcomes",
    "charged_cents",
    "paid_cents",
    "adjusted_cents",
    "patient_cents",
    "open_cents",
    "ledger_sum",
    "seconds",
    "rates",
    "peak_mb",
}


@pytest.fixture
def home(own_database, tmp_path, monkeypatch):
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    return tmp_path


def test_a_day_adds_up_and_is_done_once(home):
    day = billing_day(claims=36, seed=9)
    totals = day.totals
    assert totals.charged_cents > 0
    assert totals.ledger_sum == 0
    assert day.differences == 0
    assert totals.charged_cents == (
        totals.paid_cents + totals.adjusted_cents + totals.patient_cents + totals.open_cents
    )
    ended = sum(day.rows[name] for name in ("imported", "waiting", "already", "refused"))
    assert ended == day.rows["given"]
    assert "batched" not in day.stages
    assert day.outcomes["paid"] > 0

    again = billing_day(claims=36, seed=9)
    assert again.totals == totals
    assert (again.stages, again.work) == (day.stages, day.work)
    assert again.rows["already"] == day.rows["imported"] + day.rows["waiting"]

    told = json.loads(day_json(day))
    assert told.keys() >= KEYS
    assert "sum of the ledger" in day_text(day)
