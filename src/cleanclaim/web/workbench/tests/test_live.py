"""The product's own pages over real rows: they open, add up, and stay closed to others."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client, override_settings

from cleanclaim.apps.claims.models import Claim
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.tenancy.public import person_create, second_factor_create
from cleanclaim.config.practice_world import companies_make, patients_make, visits_make
from cleanclaim.config.trip import Meter, turn
from cleanclaim.platform.home import home_folder
from cleanclaim.platform.models.scope import directory_scope, scope, tenant_scope

PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ID = re.compile(r"/claims/([0-9a-f-]{36})/")


@pytest.fixture
def company(own_database, tmp_path, monkeypatch):
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    home_folder("sandbox")
    at = datetime.now(UTC)
    made = companies_make(3, at=at)
    for practice_id, patients in patients_make(made[0], 3, 8, at=at):
        visits_make(made[0], practice_id, patients, 8, seed=3, at=at)
    turn(made[0].office, lambda: at, Meter())
    return made


def signed_in(company, role: str) -> Client:
    office = company.office
    with tenant_scope(office.tenant_id, actor="test", at=datetime.now(UTC)):
        person = person_create(
            username=f"{role}.{office.policy}",
            name="Dana Fictional",
            role=role,
            password="long-enough-for-everybody-7",
            has_all_practices=True,
        )
        second_factor_create(person)
    client = Client(HTTP_HOST="localhost")
    with directory_scope():
        client.force_login(person, backend=BACKEND)
    return client


PAGES = (
    "/",
    "/claims/",
    "/claims/?stage=transmitted",
    "/claims/?q=Nobody, 1980-01-01",
    "/work/",
    "/deposits/",
    "/reports/ageing/",
    "/reports/ageing/?by=provider",
    "/reports/ageing.xlsx?by=practice",
)


@override_settings(STORAGES=PLAIN)
def test_every_page_opens_for_the_lead_and_for_nobody_without_sign_in(company):
    client = signed_in(company[0], "lead")
    for page in PAGES:
        assert client.get(page, secure=True).status_code == 200, page
        assert Client(HTTP_HOST="localhost").get(page, secure=True).status_code == 302, page
    found = ID.findall(client.get("/claims/", secure=True).content.decode())
    assert found
    for tab in ("lines", "edits", "remits", "ledger", "x12"):
        assert client.get(f"/claims/{found[0]}/{tab}/", secure=True).status_code == 200, tab


@override_settings(STORAGES=PLAIN)
def test_another_company_and_another_role_see_nothing(company):
    office = company[0].office
    at = datetime.now(UTC)
    grant = work_grant(office.policy, office.tenant_id, office.practice_ids, actor="test", at=at)
    with scope(grant, at=at):
        claim_id = Claim.objects.under(grant).first().id
    other = signed_in(company[1], "lead")
    assert other.get(f"/claims/{claim_id}/", secure=True).status_code == 404
    assert not ID.findall(other.get("/claims/", secure=True).content.decode())
    administrator = signed_in(company[0], "administrator")
    assert administrator.get("/claims/", secure=True).status_code == 403


@override_settings(STORAGES=PLAIN)
def test_the_money_of_every_claim_closes(company):
    client = signed_in(company[0], "lead")
    found = set(ID.findall(client.get("/claims/", secure=True).content.decode()))
    assert found
    for claim in found:
        money = client.get(f"/claims/{claim}/ledger/", secure=True).context["page"].equation
        assert (money.open_cents, money.unowned_cents) == (0, 0)
        assert money.billed_cents > 0 <= money.balance_cents


@override_settings(STORAGES=PLAIN)
def test_the_sums_of_the_board_are_those_of_the_ageing(company):
    client = signed_in(company[0], "poster")
    board = client.get("/", secure=True).context["page"]
    for by in ("payer", "practice", "provider"):
        ageing = client.get(f"/reports/ageing/?by={by}", secure=True).context["page"]
        assert ageing.table.total_cents == board.ageing.total_cents > 0
    row = board.ageing.rows[0]
    lines = client.get(row.href, secure=True).context["page"]
    assert lines.total_cents == row.total_cents
