"""The page as the application serves it, to anyone, without a cookie."""

import pytest
from django.urls import reverse

from cleanclaim.apps.privacy.tests.files import TENANTS

SHOWN = {
    "privacy-page": "In short",
    "privacy-evidence": "Held back until proven",
    "privacy-history": "Version",
}


@pytest.mark.parametrize("tenant", TENANTS)
@pytest.mark.parametrize(("name", "words"), SHOWN.items())
def test_the_page_is_public(db, client, tenant, name, words):
    answer = client.get(reverse(name, args=[tenant]), secure=True)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert words in html
    assert not answer.cookies
    assert 'src="http' not in html
    assert reverse("privacy-data", args=[tenant]) in html


@pytest.mark.parametrize("tenant", TENANTS)
def test_the_twin_is_public(db, client, tenant):
    answer = client.get(reverse("privacy-data", args=[tenant]), secure=True)
    assert answer.json()["page"]["tenant"] == tenant


@pytest.mark.parametrize("name", [*SHOWN, "privacy-data"])
def test_a_tenant_that_is_not_there_is_not_found(db, client, name):
    assert client.get(reverse(name, args=["nobody"]), secure=True).status_code == 404


def test_the_page_cannot_be_posted_to(db, client):
    assert client.post(reverse("privacy-page", args=["usmed"]), secure=True).status_code in {
        403,
        405,
    }
