"""Signing in at the real server, over TLS, in a real browser."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time

import pytest
from playwright.sync_api import sync_playwright
from psycopg.conninfo import make_conninfo

from cleanclaim.platform.sealed.master import master_aead, master_path

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.browser


@pytest.fixture
def chromium():
    """The path of the system's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("no Chromium here: apt-get install chromium")
    return path


@pytest.fixture
def served(own_database, tmp_path, now, settings):
    """The address of a server on a database with one person who has no second factor yet."""
    from django.db import connection

    from cleanclaim.apps.tenancy import public
    from cleanclaim.platform.models.scope import tenant_scope

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]  # the server's
    tenant = public.tenant_create(name="T", slug="t", policy="usmed", at=now, actor="setup")
    with tenant_scope(tenant.id, actor="setup", at=now):
        public.person_create(username="dana", name="Dana F", role="lead", password=PASSWORD)
    connection.close()
    names = {
        "NAME": "dbname",
        "USER": "user",
        "PASSWORD": "password",
        "HOST": "host",
        "PORT": "port",
    }
    address = {names[key]: value for key, value in connection.settings_dict.items() if key in names}
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
            _wait_for(port)
            yield f"https://localhost:{port}"
        finally:
            process.terminate()
            process.wait(30)


def _wait_for(port):
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start")


def test_a_person_sets_up_the_second_factor_and_signs_in_with_both(chromium, served):
    said = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(ignore_https_errors=True).new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("requestfailed", lambda request: said.append(request.url))
        elsewhere = []
        page.on(
            "request",
            lambda one: one.url.startswith((served, "data:")) or elsewhere.append(one.url),
        )

        _password(page, served)
        assert page.url.endswith("/accounts/2fa/totp/activate/")
        secret = re.search(r"\b[A-Z2-7]{32}\b", page.content())[0]
        _code(page, secret)
        page.goto(f"{served}/accounts/logout/")
        with page.expect_navigation():
            page.click("main button[type=submit]")

        page.goto(f"{served}/accounts/2fa/")
        assert "/accounts/login/" in page.url
        _password(page, served)
        assert page.url.endswith("/accounts/2fa/authenticate/")
        time.sleep(30 - time.time() % 30)
        _code(page, secret)
        page.goto(f"{served}/accounts/2fa/")
        assert page.url.endswith("/accounts/2fa/")
        assert elsewhere == []
        assert not [
            text for text in said if "Content Security" in text or "refused" in text.lower()
        ]
        browser.close()


def _password(page, served):
    page.goto(f"{served}/accounts/login/")
    page.fill("[name=login]", "dana")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main button[type=submit]")


def _code(page, secret):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    page.fill("[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    with page.expect_navigation():
        page.click("main button[type=submit]")
