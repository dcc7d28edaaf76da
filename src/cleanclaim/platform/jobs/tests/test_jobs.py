import asyncio
from uuid import uuid4

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.jobs import job
from cleanclaim.platform.jobs.worker import reap, worker_run
from cleanclaim.platform.models.scope import tenant_scope

seen = []


@job(queue="tests", attempts=3)
def sample(*, tenant_id, actor, at, item="", fail="", other=0):
    seen.append((tenant_id, item))
    assert at.tzinfo is not None
    assert actor.startswith(("job:", "person:"))
    if fail == "crash" and seen.count((tenant_id, item)) < 2:
        raise RuntimeError
    if fail == "refuse":
        raise Refusal("no", "No.")
    if other:
        with tenant_scope(other, actor=actor, at=at):
            pass


@pytest.fixture
def ready(own_database):
    seen.clear()


def states():
    """Show the jobs of these tests; the worker's clock asks for others meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, attempts FROM procrastinate_jobs"
            " WHERE queue_name = 'tests' ORDER BY id"
        )
        return cursor.fetchall()


def test_a_job_is_deferred_with_the_business_transaction(ready):
    with pytest.raises(RuntimeError), transaction.atomic():
        sample.defer(1, item="rolled-back")
        raise RuntimeError
    with transaction.atomic():
        sample.defer(1, item=uuid4())
    worker_run(wait=False)
    assert len(seen) == 1
    assert states() == []


def test_arguments_are_ids_and_never_names():
    for value in ("Jane Roe", "a" * 65, 1.5, {"a": 1}, ["Jane Roe"]):
        with pytest.raises(ValueError, match="is no id"):
            sample.defer(1, item=value)


def test_the_same_key_waits_once(ready):
    assert [sample.defer(1, once="k"), sample.defer(1, once="k")] == [True, False]


def test_a_crash_is_tried_again_and_a_refusal_is_not(ready, monkeypatch):
    monkeypatch.setattr("cleanclaim.platform.jobs.declare.LONGEST_WAIT_SECONDS", 0)
    sample.defer(1, item="a", fail="crash")
    sample.defer(1, item="b", fail="refuse")
    worker_run(wait=False)
    worker_run(wait=False)
    assert seen.count((1, "a")) == 2
    assert seen.count((1, "b")) == 1
    assert [status for status, _ in states()] == ["failed"]


def test_a_job_opens_no_scope_of_another_tenant(ready):
    sample.defer(1, other=2)
    worker_run(wait=False)
    assert [status for status, _ in states()] == ["failed"]


def test_jobs_of_a_killed_worker_are_taken_back(ready):
    sample.defer(1, item="left")
    fetched_by_a_dead_worker()
    assert states() == [("doing", 0)]
    assert asyncio.run(reaped()) == 1
    assert states()[0][0] == "todo"
    worker_run(wait=False)
    assert seen == [(1, "left")]


def test_a_killed_job_that_was_asked_for_again_makes_room(ready):
    sample.defer(1, once="same", one_at_a_time="same", item="left")
    fetched_by_a_dead_worker()
    sample.defer(1, once="same", one_at_a_time="same", item="again")
    assert sorted(states()) == [("doing", 0), ("todo", 0)]
    assert asyncio.run(reaped()) == 1
    assert states() == [("todo", 0)]
    worker_run(wait=False)
    assert seen == [(1, "again")]


def fetched_by_a_dead_worker():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 hour') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "SELECT id FROM procrastinate_fetch_job_v2(ARRAY['tests']::varchar[], %s)", [worker]
        )


async def reaped():
    with app.replace_connector(app.connector.get_worker_connector()) as real:
        async with real.open_async():
            return await reap(real)


def test_a_job_runs_here_and_now_too():
    seen.clear()
    from datetime import UTC, datetime

    sample.run(1, actor="person:1", at=datetime(2026, 1, 1, tzinfo=UTC), item="x")
    assert seen == [(1, "x")]
