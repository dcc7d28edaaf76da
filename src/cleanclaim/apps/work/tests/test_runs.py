"""The running day: one row for each company and day, added to by every step."""

from datetime import timedelta

import pytest

from cleanclaim.apps.work.public import run_get, run_is_silent, run_last, run_note, run_rest
from cleanclaim.platform.models.scope import tenant_scope


@pytest.fixture
def day(tenant, now):
    with tenant_scope(tenant.id, actor="job:trip", at=now):
        yield now.date()


def test_steps_add_up_in_one_row_of_the_day(day, now):
    for step, moved, seconds in (("sealed", 200, 0.5), ("sent", 1, 2.0004), ("sealed", 40, 0.1)):
        run_note(day, step, moved, seconds, at=now)
    run = run_last()
    assert run.counts == {"sealed": 240, "sent": 1}
    assert run.seconds == {"sealed": 0.6, "sent": 2.0}
    assert (run.state, run.step, run.actor) == ("running", "sealed", "job:trip")
    run_note(day + timedelta(days=1), "sent", 1, 0.1, at=now)
    assert run_last().id != run.id


def test_a_run_rests_fails_and_goes_on(day, now):
    run_rest(day, at=now)
    assert run_last() is None
    run_note(day, "sent", 1, 0.1, at=now)
    run = run_last()
    run_rest(day, at=now, problem="OSError")
    assert (run_get(run.id).state, run_get(run.id).problem) == ("failed", "OSError")
    run_note(day, "sent", 1, 0.1, at=now)
    assert (run_get(run.id).state, run_get(run.id).problem) == ("running", "")


@pytest.mark.parametrize(("seconds", "is_silent"), [(0, False), (90, False), (91, True)])
def test_a_run_without_a_sign_of_life_is_silent(day, now, seconds, is_silent):
    run_note(day, "sent", 1, 0.1, at=now)
    assert run_is_silent(run_last(), now + timedelta(seconds=seconds)) is is_silent
