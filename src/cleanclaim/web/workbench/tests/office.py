"""A company after one turn, and people who sign in to it; what `acts` tests stand on."""

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


@pytest.fixture(scope="module")
def office(module_database, tmp_path_factory):
    """A company after one turn; the tests share it, and each takes claims that no other took."""
    patch = pytest.MonkeyPatch()
    _signed.clear()
    patch.setenv("CLEANCLAIM_HOME", str(tmp_path_factory.mktemp("home")))
    home_folder("sandbox")
    at = datetime.now(UTC)
    company = companies_make(3, at=at)[0]
    for practice_id, patients in patients_make(company, 3, 8, at=at):
        visits_make(company, practice_id, patients, 8, seed=3, at=at)
    turn(company.office, lambda: at, Meter())
    with override_settings(STORAGES=PLAIN):
        yield company.office
    patch.undo()


@pytest.fixture
def opened(office):
    at = datetime.now(UTC)
    grant = work_grant(office.policy, office.tenant_id, office.practice_ids, actor="test", at=at)

    def run(work):
        with scope(grant, at=at):
            return work(grant, at)

    return run


_signed: dict[str, Client] = {}


def signed_in(office, role):
    if role in _signed:
        return _signed[role]
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
    _signed[role] = client
    return client


def sent(client, path, **typed):
    return client.post(path, typed, secure=True)


def page(client, path):
    answer = client.get(path, secure=True)
    assert answer.status_code == 200, path
    return answer


def first_claim(opened, **of):
    def work(grant, _at):
        rows = Claim.objects.under(grant).select_related("encounter").filter(level=1, **of)
        return rows.order_by("id").first()

    return opened(work)
