"""How people come in: both factors everywhere, few cookies, nothing over an open line.

The names of these tests stand in the policy files and in docs/reference/clauses.csv.
"""

import os
import re
import socket
import ssl
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest
from django.urls import get_resolver, reverse
from psycopg.conninfo import make_conninfo

from cleanclaim.apps.privacy.loading import SHIPPED, document_from_file
from cleanclaim.apps.tenancy.public import Person, person_create, second_factor_create
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import directory_scope, tenant_scope
from cleanclaim.platform.postgres import access
from cleanclaim.platform.sealed.master import master_aead, master_path

ROOT = Path(__file__).parents[2]
PASSWORD = "long-enough-for-everybody-7"
# What stands in the place of an argument of an address.
ARGUMENTS = {"uuid": "00000000-0000-4000-8000-000000000000", "day": "2026-11-22", "tab": "lines"}
# What may be read without signing in; it holds nothing of a person.
PUBLIC = ("privacy/",)
# On the way to both factors.
ENTRANCE = ("accounts/",)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def addresses(patterns=None, before=""):
    """Every address of the product, with something in the place of each argument."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        text = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from addresses(one.url_patterns, text)
        elif "(?P" not in text:
            fill = re.sub(r"<(\w+):\w+>", lambda m: ARGUMENTS.get(m[1], "usmed"), text)
            yield fill


@pytest.fixture
def dana(tenant, now):
    with tenant_scope(tenant.id, actor="setup", at=now):
        return person_create(username="dana", name="Dana F", role="lead", password=PASSWORD)


def test_every_address_asks_for_both_factors(client, dana, tenant, now):
    behind = [one for one in addresses() if not one.startswith((*PUBLIC, *ENTRANCE))]
    assert len(behind) > 20
    login = reverse("account_login")
    for one in behind:
        for ask in (client.get, client.post):
            answer = ask(f"/{one}", secure=True)
            assert (answer.status_code, answer.content) == (302, b""), one
            assert answer.url.startswith(login), one
    with directory_scope():
        client.force_login(dana, backend=BACKEND)
    for one in behind:
        for ask in (client.get, client.post):
            answer = ask(f"/{one}", secure=True)
            assert (answer.status_code, answer.content) == (302, b""), one
            assert answer.url == reverse("mfa_activate_totp"), one
    with tenant_scope(tenant.id, actor="setup", at=now):
        second_factor_create(dana)
    assert client.get("/", secure=True).status_code == 404  # inside; she works for no practice


def test_the_password_alone_opens_nothing(client, dana, tenant, now):
    with tenant_scope(tenant.id, actor="setup", at=now):
        second_factor_create(dana)
    for way in ("/accounts/password/reset/", "/accounts/signup/", "/accounts/login/code/confirm/"):
        client.get(way, secure=True)
    answer = client.post("/accounts/login/", {"login": "dana", "password": PASSWORD}, secure=True)
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert client.get("/", secure=True).url.startswith(reverse("account_login"))


def test_nobody_signs_in_through_a_social_network(settings):
    assert not [name for name in settings.INSTALLED_APPS if "social" in name]
    assert settings.AUTHENTICATION_BACKENDS == [BACKEND]
    assert not [one for one in addresses() if "social" in one or "3rdparty" in one]


def test_an_account_holds_what_the_page_lists():
    held = {field.name for field in Person._meta.get_fields() if field.concrete}
    assert held == {
        "id", "tenant", "username", "email", "password", "name", "role", "has_all_practices",
        "is_active", "last_login", "created_at",
    }  # fmt: skip
    for tenant in ("usmed", "umbs"):
        listed = {
            row["category"]
            for row in document_from_file(SHIPPED / f"{tenant}.yaml").data["collects"]
        }
        assert "account.username" in listed


def cookies_declared():
    return document_from_file(SHIPPED / "platform.yaml").data["cookies"]


def seconds(period):
    """Give the length of `P1Y` or `PT12H`."""
    count = int(re.sub(r"\D", "", period))
    return count * {"Y": 365 * 86400, "D": 86400, "H": 3600}[period[-1]]


def test_every_cookie_is_on_the_register(client, dana, tenant, now):
    declared = cookies_declared()
    client.get("/accounts/login/", secure=True)
    client.post("/accounts/login/", {"login": "dana", "password": PASSWORD}, secure=True)
    client.get("/accounts/2fa/totp/activate/", secure=True)
    seen = {name: int(cookie["max-age"] or 0) for name, cookie in client.cookies.items()}
    assert seen.keys() >= {"__Host-session", "__Host-csrf"}
    for name, age in seen.items():
        assert age <= seconds(declared[name]["keep"]), name
        assert client.cookies[name]["secure"]
        assert client.cookies[name]["httponly"]
    scripts = [path.read_text() for path in (ROOT / "src").rglob("static/**/*.js")]
    written = {name for text in scripts for name in re.findall(r"cookie = [`'\"](\w+)=", text)}
    assert sum(text.count("document.cookie =") for text in scripts) == len(written)
    assert written | seen.keys() == declared.keys()


def test_public_pages_need_and_set_no_cookie(client, db):
    pages = [one for one in addresses() if one.startswith(PUBLIC)]
    assert pages
    for one in pages:
        answer = client.get(f"/{one}", secure=True)
        assert (answer.status_code, dict(answer.cookies)) == (200, {}), one


@pytest.fixture
def served(own_database, tmp_path):
    """The port of the real server, on a database of its own."""
    from django.db import connection

    names = {
        "NAME": "dbname",
        "USER": "user",
        "PASSWORD": "password",
        "HOST": "host",
        "PORT": "port",
    }
    address = {
        names[key]: str(value) for key, value in connection.settings_dict.items() if key in names
    }
    connection.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    master_aead()  # a second machine is given the key, and makes none
    environment = os.environ | {
        "DATABASE_URL": make_conninfo(**address),
        "CLEANCLAIM_HOME": str(tmp_path),
        "CLEANCLAIM_MASTER_KEY": str(master_path()),
    }
    words = [sys.executable, "-m", "cleanclaim.config.cli", "web", "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(words, env=environment, stderr=log)
        try:
            for _ in range(600):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            else:
                pytest.fail((tmp_path / "log").read_text())
            yield port
        finally:
            process.terminate()
            process.wait(60)


def handshake(port, version):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old versions are asked on purpose
        context.minimum_version = context.maximum_version = version
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        return secure.version()


def test_nothing_is_served_over_an_open_or_old_line(served):
    v = ssl.TLSVersion
    assert handshake(served, v.TLSv1_3) == "TLSv1.3"
    for old in (v.TLSv1, v.TLSv1_1):
        with pytest.raises((ssl.SSLError, OSError)):
            handshake(served, old)
    with socket.create_connection(("127.0.0.1", served), timeout=10) as plain:
        plain.sendall(b"GET /privacy/usmed/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        try:
            answer = plain.recv(1000)
        except ConnectionResetError:
            answer = b""
    assert b"HTTP/1.1 200" not in answer


WAYS = [
    ("postgresql://u:p@db.example.org/x", True),
    ("postgresql://u:p@db.example.org/x?sslmode=require", True),
    ("postgresql://u:p@10.0.0.7/x?sslmode=prefer", True),
    ("postgresql://u:p@db.example.org/x?sslmode=verify-full", False),
    ("postgresql://u:p@localhost/x", False),
    ("host=/run/postgresql dbname=x", False),
]


@pytest.mark.parametrize(("url", "is_refused"), WAYS)
def test_a_database_elsewhere_is_reached_by_checked_tls_alone(monkeypatch, url, is_refused):
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(access, "_admin", {})
    if is_refused:
        with pytest.raises(Refusal, match="database_unencrypted"):
            access.admin_address()
    else:
        assert access.admin_address()["dbname"] == "x"
