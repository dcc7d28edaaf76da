"""Evidence that lapsed stands above the board of those who answer for it, and nobody else's."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from cleanclaim.apps.practices.public import practice_create
from cleanclaim.apps.privacy.models import Alert
from cleanclaim.apps.tenancy.public import person_create, second_factor_create
from cleanclaim.platform.models.scope import directory_scope, tenant_scope

WORDS = "SA-10 is published and its evidence lapsed"


@pytest.mark.parametrize(
    ("role", "is_told"),
    [("privacy_officer", True), ("lead", True), ("biller", False), ("auditor", False)],
)
def test_an_alert_stands_on_the_board_of_whom_it_concerns(tenant, role, is_told):
    at = datetime.now(UTC)
    with tenant_scope(tenant.id, actor="test", at=at):
        practice_create(name="Sample Clinic", npi="1234567893", tax_id="001234567")
        Alert.objects.create(subject="SA-10", words=f"{WORDS}.", opened_at=at)
        Alert.objects.create(subject="SA-09", words="mended", opened_at=at, closed_at=at)
        person = person_create(
            username=role,
            name="Dana Fictional",
            role=role,
            password="long-enough-for-all-7",
            has_all_practices=True,
        )
        second_factor_create(person)
    client = Client(HTTP_HOST="localhost")
    with directory_scope():
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    html = client.get("/", secure=True).content.decode()
    assert "Stuck longest" in html
    assert (WORDS in html, "mended" in html) == (is_told, False)
