"""How many queries each page asks: written down, and the same whatever the size of the data."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from cleanclaim.apps.claims.models import Claim
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.config.practice_world import companies_make, patients_make, visits_make
from cleanclaim.config.trip import Meter, turn
from cleanclaim.platform.home import home_folder
from cleanclaim.platform.models.scope import scope
from cleanclaim.web.workbench.tests.test_live import PLAIN, signed_in

GOLDEN = Path(__file__).with_name("page_queries.txt")
WRITE = os.environ.get("CLEANCLAIM_GOLDEN") == "write"
SEED = 3
PAGES = {
    "day board": "/",
    "claims": "/claims/",
    "claims, one stage": "/claims/?stage=transmitted",
    "claims, one client": "/claims/?practice={practice}",
    "search, number": "/claims/?q={number}",
    "search, name and birth date": "/claims/?q=Nobody, 1980-01-01",
    "claim": "/claims/{claim}/",
    "claim, edits": "/claims/{claim}/edits/",
    "claim, remits": "/claims/{claim}/remits/",
    "claim, ledger": "/claims/{claim}/ledger/",
    "claim, X12": "/claims/{claim}/x12/",
    "queue": "/work/run-validations-failure/",
    "deposits": "/deposits/",
    "ageing by payer": "/reports/ageing/",
    "ageing by practice": "/reports/ageing/?by=practice",
    "ageing by provider": "/reports/ageing/?by=provider",
    "ageing, lines": "/reports/ageing/lines/?by=practice&row={practice}",
    "edits": "/edits/",
    "own rules": "/rules/",
}


@pytest.fixture
def company(own_database, tmp_path, monkeypatch):
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    home_folder("sandbox")
    return companies_make(SEED, at=datetime.now(UTC))[0]


def grow(company, visits):
    """Let a day come in; the same patients, other visits."""
    at = datetime.now(UTC)
    for practice_id, patients in patients_make(company, SEED, visits, at=at):
        visits_make(company, practice_id, patients, visits, seed=visits, at=at)
    turn(company.office, lambda: at, Meter())


def counted(company, client):
    office = company.office
    at = datetime.now(UTC)
    grant = work_grant(office.policy, office.tenant_id, office.practice_ids, actor="test", at=at)
    with scope(grant, at=at):
        row = Claim.objects.under(grant).filter(stage="transmitted", level=1).order_by("id").first()
        assert row.charge_cents
    words = {"claim": row.id, "number": row.number, "practice": row.practice_id}
    found = {}
    for name, address in PAGES.items():
        page = address.format(**words)
        client.get(page, secure=True)  # what a process asks once only
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page, secure=True).status_code == 200, page
        found[name] = len(asked)
    return found


@override_settings(STORAGES=PLAIN)
def test_pages_ask_as_often_as_is_written_down_whatever_the_size(company):
    client = signed_in(company, "lead")
    grow(company, 4)
    small = counted(company, client)
    grow(company, 13)
    large = counted(company, client)
    assert small == large
    text = "".join(f"{name:32} {count:3}\n" for name, count in large.items())
    if WRITE:
        GOLDEN.write_text(text)
    # Another number is no fault as such: look at why, then CLEANCLAIM_GOLDEN=write pytest <this>.
    assert text == GOLDEN.read_text()
