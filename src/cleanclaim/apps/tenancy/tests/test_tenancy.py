from datetime import timedelta

import pytest

from cleanclaim.apps.tenancy import public
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.models import AuditEvent
from cleanclaim.platform.models.scope import tenant_scope

PASSWORD = "correct horse battery"


def make(tenant, now, **changes):
    facts = {"username": "dana", "name": "Dana F", "role": "lead", "password": PASSWORD}
    with tenant_scope(tenant.id, actor="setup", at=now):
        return public.person_create(**(facts | changes))


def test_a_tenant_is_made_once(db, now):
    facts = {"name": "USMed", "slug": "usmed", "policy": "usmed", "at": now, "actor": "setup"}
    one = public.tenant_create(**facts)
    assert public.tenant_create(**facts).id == one.id
    with pytest.raises(Refusal, match=r"^key_reused"):
        public.tenant_create(**(facts | {"name": "Other"}))
    assert [tenant.slug for tenant in public.tenant_list()] == ["usmed"]
    assert public.tenant_get("usmed").id == one.id
    with pytest.raises(Refusal, match="there are: usmed"):
        public.tenant_get("x")


@pytest.mark.parametrize(
    "changes",
    [{"password": "short"}, {"password": "password1234"}, {"role": "king"}, {"username": ""}],
)
def test_a_person_is_refused_and_nothing_written(tenant, now, changes):
    with pytest.raises(Refusal, match=r"^person_refused"):
        make(tenant, now, **changes)
    with pytest.raises(Refusal, match=r"^no_such_person"):
        public.person_get("dana")


def test_names_for_sign_in_are_unique_whatever_their_case(tenant, now):
    make(tenant, now)
    with pytest.raises(Refusal, match=r"^person_refused"):
        make(tenant, now, username="DANA")
    assert public.person_get("Dana").name == "Dana F"


def test_practices_of_a_person(tenant, now):
    some = make(tenant, now, practice_ids=[2, 3])
    every = make(tenant, now, username="eve", has_all_practices=True)
    assert public.person_practice_ids(some, [1, 2]) == (2,)
    assert public.person_practice_ids(every, [2, 1]) == (1, 2)


@pytest.fixture
def dana(tenant, now):
    person = make(tenant, now)
    with tenant_scope(tenant.id, actor="setup", at=now):
        public.second_factor_create(person)
    return person


def code_of(person):
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    secret = public.second_factor_secret(person)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, password=PASSWORD):
    return client.post("/accounts/login/", {"login": "dana", "password": password}, secure=True)


def events(tenant, now):
    with tenant_scope(tenant.id, actor="a", at=now):
        rows = AuditEvent.objects.filter(action__in=["sign_in", "sign_out", "second_factor"])
        return [(row.action, row.outcome) for row in rows.order_by("transaction_number", "id")]


def test_signing_in_takes_both_factors_and_leaves_events(client, dana, tenant, now):
    assert sign_in(client, "wrong").status_code == 200
    response = sign_in(client)
    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": "000000"}, secure=True)
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": code_of(dana)}, secure=True)
    assert client.session["_auth_user_id"] == str(dana.pk)
    client.post("/accounts/logout/", secure=True)
    assert events(tenant, now) == [
        ("sign_in", "refused"),
        ("second_factor", "refused"),
        ("sign_in", "done"),
        ("sign_out", "done"),
    ]


def test_without_a_second_factor_no_page_opens_but_the_one_that_makes_it(client, tenant, now):
    make(tenant, now)
    sign_in(client)
    for path in ("/", "/claims/", "/x"):
        assert client.get(path, secure=True)["Location"] == "/accounts/2fa/totp/activate/"


def test_the_second_factor_is_sealed_and_stays(client, dana):
    from allauth.mfa.models import Authenticator

    row = Authenticator.objects.get(user=dana, type="totp")
    assert public.second_factor_secret(dana) not in str(row.data)
    signed_in(client, dana)
    client.post("/accounts/2fa/totp/deactivate/", secure=True)
    assert Authenticator.objects.filter(user=dana, type="totp").exists()


def signed_in(client, dana):
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(dana)}, secure=True)
    assert "_auth_user_id" in client.session


def test_an_idle_session_ends(client, dana, monkeypatch):
    signed_in(client, dana)
    session = client.session
    client.get("/accounts/2fa/", secure=True)
    session = client.session
    session["seen"] -= int(timedelta(minutes=16).total_seconds())
    session.save()
    assert client.get("/accounts/2fa/", secure=True)["Location"].startswith("/accounts/login/")


def test_too_many_tries_are_refused(client, dana):
    for _ in range(6):
        response = sign_in(client, "wrong")
    assert "Too many" in response.content.decode()
    assert sign_in(client).status_code != 302


def test_nobody_signs_up(client, db):
    client.post(
        "/accounts/signup/",
        {"username": "x", "password1": PASSWORD, "password2": PASSWORD},
        secure=True,
    )
    with pytest.raises(Refusal):
        public.person_get("x")


def test_pages_carry_the_strict_headers(client, db):
    response = client.get("/accounts/login/", secure=True)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "no-store" in response["Cache-Control"]
    assert response["X-Frame-Options"] == "DENY"
    assert "style=" not in response.content.decode()
    assert "<script>" not in response.content.decode()
    for cookie in response.cookies.values():
        assert cookie.key.startswith("__Host-")
        assert cookie["secure"]
        assert cookie["httponly"]


def test_disabled_people_are_out_at_once(client, dana, tenant, now):
    signed_in(client, dana)
    with tenant_scope(tenant.id, actor="setup", at=now):
        public.person_disable(dana)
    assert client.get("/accounts/2fa/", secure=True).status_code == 302
    assert sign_in(client).status_code == 200
