"""A worker does the trip of every company by itself, from what stands in the database."""

import shutil
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from cleanclaim.platform.jobs.worker import worker_run

SEED = 11


@pytest.fixture
def company(own_database):
    from cleanclaim.config.practice_world import companies_make, patients_make, visits_make

    at = datetime.now(UTC)
    one, other = companies_make(SEED, at=at, prefix=f"{uuid4().hex[:8]}-")
    shutil.rmtree(other.folder)  # a company whose partner can't be reached stops nobody else
    practice_id, people = next(iter(patients_make(one, SEED, 4, at=at)))
    visits_make(one, practice_id, people, 5, seed=SEED, at=at)
    yield one
    shutil.rmtree(one.folder)


def stages(company):
    from cleanclaim.apps.claims.public import claim_counts
    from cleanclaim.apps.privacy.public import work_grant
    from cleanclaim.platform.models.scope import scope

    office, at = company.office, datetime.now(UTC)
    grant = work_grant(office.policy, office.tenant_id, office.practice_ids, actor="t", at=at)
    with scope(grant, at=at):
        return {stage for stage, _, _ in claim_counts(grant)}


def test_claims_go_out_and_come_home_without_anybody(company):
    from cleanclaim.config.offices import office_by_id
    from cleanclaim.config.tasks import trip_ask, trips_start
    from cleanclaim.sandbox.clearing import Clearing
    from cleanclaim.sandbox.serving import FolderDesk, turn
    from cleanclaim.sandbox.state import State

    at, office = datetime.now(UTC), company.office
    assert office_by_id(office.tenant_id, actor=office.actor, at=at) == office
    assert [trip_ask(office.tenant_id), trip_ask(office.tenant_id)] == [True, False]
    worker_run(wait=False)
    assert "transmitted" in stages(company)

    desk = FolderDesk(*(company.folder / name for name in ("in", "out", "kept")))
    state = State(company.folder / "sandbox.db")
    clearing = Clearing(state, SEED)
    while turn(desk, clearing, at, company.sender_id):
        trips_start(0)
        worker_run(wait=False)
    state.close()
    assert not {"ready", "batched", "transmitted", "accepted_file"} & stages(company)
