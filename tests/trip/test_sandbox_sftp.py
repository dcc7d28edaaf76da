"""The whole trip over SFTP, with a partner that behaves as badly as it is ordered to."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from cleanclaim.config.trip import Meter, turn

SEED = 23
SANDBOX = [sys.executable, "-m", "cleanclaim.config.cli", "sandbox"]
ORDERS = ("", "delay:3", "reorder", "duplicate", "cut:700", "stall:2", "lie")
SECONDS = 60
AT_REST = {"closed", "adjudicated", "scrub_hold", "accepted_payer", "pending", "rejected_payer"}
AT_REST |= {"rejected_clearinghouse", "forwarded", "draft", "waiting_for_coding"}


@pytest.fixture
def made(own_database):
    """Make a company whose claims are ready, under a name of its own: `made()`."""
    from cleanclaim.config.practice_world import companies_make, patients_make, visits_make

    folders = []

    def make():
        at = datetime.now(UTC)
        companies = companies_make(SEED, at=at, prefix=f"{uuid4().hex[:8]}-")
        folders.extend(one.folder for one in companies)
        company = companies[0]
        for practice_id, people in patients_make(company, SEED, 4, at=at):
            visits_make(company, practice_id, people, 3, seed=SEED, at=at)
        return company

    yield make
    for folder in folders:
        shutil.rmtree(folder)


@pytest.fixture
def sandbox():
    """Start a sandbox: `sandbox(company, order)`."""
    started = []

    def start(company, order):
        command = [*SANDBOX, str(company.folder), "--seed", str(SEED), "--sftp", "0"]
        command += ["--receiver", company.sender_id, "--misbehave", order]
        started.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
        wait_until((company.folder / "sftp.json").exists)
        return json.loads((company.folder / "sftp.json").read_text())

    yield start
    for process in started:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(holds):
    until = time.monotonic() + SECONDS
    while not holds():
        if time.monotonic() > until:
            pytest.fail("it does not come to rest")
        time.sleep(0.2)


def connect(company, place):
    from cleanclaim.apps.exchange.public import connection_create
    from cleanclaim.platform.models.scope import tenant_scope
    from cleanclaim.sandbox.clearing import IDENTIFIER, NAME

    with tenant_scope(company.office.tenant_id, actor="t", at=datetime.now(UTC)):
        connection_create(
            name=NAME,
            transport="sftp",
            settings=place | {"seconds": 1.0, "poll_seconds": 0},
            sender_id=company.sender_id,
            receiver_id=IDENTIFIER,
        )


def standing(company):
    """Counts by stage, the money, differences, and interchanges by state."""
    from cleanclaim.apps.claims.public import claim_counts
    from cleanclaim.apps.exchange.public import interchange_counts
    from cleanclaim.apps.ledger.public import balances_prove, journal_totals
    from cleanclaim.apps.privacy.public import work_grant
    from cleanclaim.platform.models.scope import scope

    office, at = company.office, datetime.now(UTC)
    grant = work_grant(office.policy, office.tenant_id, office.practice_ids, actor="t", at=at)
    with scope(grant, at=at):
        stages = {}
        for stage, _, count in claim_counts(grant):
            stages[stage] = stages.get(stage, 0) + count
        return stages, journal_totals(grant), balances_prove(grant), interchange_counts(grant)


def test_no_misbehaviour_loses_or_doubles_a_claim(made, sandbox):
    outcomes = {}
    for order in ORDERS:
        company = made()
        place = sandbox(company, order)
        connect(company, place)

        def is_at_rest(company=company):
            turn(company.office, lambda: datetime.now(UTC), Meter())
            return standing(company)[0].keys() <= AT_REST and not listed(company)

        wait_until(is_at_rest)
        stages, totals, differences, interchanges = standing(company)
        command = [*SANDBOX, str(company.folder), "--report"]
        report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        assert differences == [], order
        assert totals.ledger_sum == 0, order
        assert set(interchanges) == {"accepted"}, order
        assert (report["claims_twice"], report["interchanges"]) == (0, interchanges["accepted"])
        # What payers decide goes by claim numbers, which are drawn; what was charged does not.
        outcomes[order] = (sum(stages.values()), totals.charged_cents)
    assert set(outcomes.values()) == {outcomes[""]}, outcomes


def listed(company):
    return list((company.folder / "partner" / "out").iterdir())


def test_another_host_key_ends_it(made, sandbox):
    import asyncssh

    company = made()
    place = sandbox(company, "")
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    connect(company, place | {"host_key": other})
    turn(company.office, lambda: datetime.now(UTC), Meter())
    assert set(standing(company)[3]) == {"sealed"}
    assert not list((company.folder / "partner" / "in").iterdir())
