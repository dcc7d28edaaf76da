"""The product's own pages in a real browser: axe, and what hands do to solve what is stuck."""

import os
import re
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from psycopg.conninfo import make_conninfo
from seeing import broken_rules, overflow, watched

PASSWORD = "correct horse battery"
_NARROW = 640
ID = re.compile(r"/claims/([0-9a-f-]{36})/")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def day(module_database, tmp_path_factory):
    """A billing day of two companies, a visit to code, a claim at its payer, and who looks."""
    from django.test import override_settings

    from cleanclaim.apps.claims.models import Claim
    from cleanclaim.apps.encounters.models import Encounter
    from cleanclaim.apps.privacy.public import work_grant
    from cleanclaim.apps.tenancy import public
    from cleanclaim.config.billing_day import billing_day
    from cleanclaim.platform.models.scope import directory_scope, scope, tenant_scope

    patch = pytest.MonkeyPatch()
    home = tmp_path_factory.mktemp("home")
    patch.setenv("CLEANCLAIM_HOME", str(home))
    hashers = ["django.contrib.auth.hashers.ScryptPasswordHasher"]  # the server's
    with override_settings(PASSWORD_HASHERS=hashers):
        billing_day(claims=120, seed=2026, prefix="")
        with directory_scope():
            tenant = next(one for one in public.tenant_list() if one.slug == "usmed")
        at = datetime.now(UTC)
        with tenant_scope(tenant.id, actor="setup", at=at):
            from cleanclaim.apps.practices.public import practice_list

            ids = tuple(int(one.id) for one in practice_list())
            public.person_create(
                username="dana",
                name="Dana Fictional",
                role="lead",
                password=PASSWORD,
                has_all_practices=True,
            )
        grant = work_grant(tenant.policy, tenant.id, ids, actor="setup", at=at)
        with scope(grant, at=at):
            row = Encounter.objects.under(grant).order_by("id").last()
            Encounter.objects.under(grant).filter(id=row.id).update(state="waiting_for_coding")
            sent = Claim.objects.under(grant).filter(stage__startswith="rejected", level=1).first()
            Claim.objects.under(grant).filter(id=sent.id).update(stage="pending")
        yield home
    patch.undo()


@pytest.fixture(scope="module")
def served(day):
    """The address of the real server on that day."""
    from django.db import connection

    connection.close()
    names = ("dbname", "user", "password", "host", "port")
    keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    held = connection.settings_dict
    address = {name: held[key] for name, key in zip(names, keys, strict=True)}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": make_conninfo(**address),
        "CLEANCLAIM_HOME": str(day),
    }
    words = [sys.executable, "-m", "cleanclaim.config.cli", "web", "--port", str(port)]
    with (day / "log").open("wb") as log:
        process = subprocess.Popen(words, env=environment, stderr=log)
        try:
            _wait_for(port)
            yield f"https://localhost:{port}"
        finally:
            process.terminate()
            process.wait(30)


def _wait_for(port):
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start")


@pytest.fixture(scope="module")
def signed_in(served, browser):
    """A browser in which Dana is signed in; begun after the data, as it takes the thread."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    context = browser.new_context(
        ignore_https_errors=True,
        base_url=served,
        viewport={"width": 1440, "height": 900},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", "dana")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/activate/")
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.content())[0]
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    with page.expect_navigation():
        page.click("main button[type=submit]")
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(signed_in):
    page = signed_in.new_page()
    page.set_default_timeout(10_000)
    yield page
    page.close()


def _addresses(page):
    """Every kind of page there is, as the links of the pages name them."""
    page.goto("/claims/")
    claim = ID.search(page.content())[1]
    page.goto("/work/denial-resolution/")
    denied = ID.search(page.content())[1]
    page.goto("/deposits/")
    remittance = page.locator("tr[data-open]").first.get_attribute("data-open")
    page.goto("/")
    run = page.locator("a[href^='/runs/']").first.get_attribute("href")
    page.goto("/work/to-be-coded/")
    code = page.locator("a[href$='/code/']").first.get_attribute("href")
    page.goto("/claims/?stage=pending")
    waiting = ID.search(page.content())[1]
    return [
        "/",
        run,
        "/work/",
        "/work/to-be-coded/",
        code,
        "/work/drafts/",
        "/work/import-refused/",
        "/work/parked-files/",
        "/work/run-validations-failure/",
        "/claims/",
        "/claims/?q=nobody",
        *(f"/claims/{claim}/{tab}/" for tab in ("lines", "edits", "remits", "ledger", "x12")),
        f"/claims/{denied}/edit/",
        f"/claims/{waiting}/eob/",
        "/deposits/",
        remittance,
        "/money/",
        "/reports/ageing/",
        "/reports/ageing/?by=practice",
        "/edits/",
        "/rules/",
        "/rules/new/",
        "/reports/rules/",
    ]


def test_every_page_is_sound_in_both_schemes_and_narrow(page, served, shots):
    troubles = watched(page, served, 200)
    told = []
    for path in _addresses(page):
        response = page.goto(path)
        if response.status != 200:
            troubles.append(f"status {response.status}")
        name = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "id", path).strip("/").replace("/", "-")
        for width, scheme in ((1440, "light"), (1440, "dark"), (_NARROW, "light")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if width > _NARROW:  # the example pages are asked at every width
                troubles += broken_rules(page, scheme)
            troubles += overflow(page)
            page.screenshot(path=shots / f"live-{name or 'board'}-{width}-{scheme}.png")
        told += [f"{path}: {words}" for words in troubles]
        troubles.clear()
    assert not told, "\n".join(told)


def test_a_queue_is_worked_by_keys(page):
    page.goto("/work/run-validations-failure/")
    count = page.locator("[data-rows] [data-row]").count()
    first = page.locator("#item .pane-head a").first.inner_text()
    page.keyboard.press("n")
    page.keyboard.type("Asked the client")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("[data-toast]")).to_contain_text("Note kept")
    page.keyboard.press("p")
    with page.expect_navigation():
        page.keyboard.press("3")
    expect(page.locator("[data-toast]")).to_contain_text(f"Claim {first} pended to ")
    expect(page.locator("[data-rows] [data-row]")).to_have_count(count - 1)
    expect(page.locator("#item .pane-head a").first).not_to_have_text(first)


def test_a_claim_is_changed_by_keys_and_checked_again(page):
    page.goto("/work/run-validations-failure/")
    page.keyboard.press("e")
    page.wait_for_url("**/edit/")
    units = page.get_by_label("Units, line 1")
    units.fill("x")
    page.get_by_role("button", name="Save and check again").click()
    expect(page.get_by_label("Units, line 1")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Units, line 1")).to_have_value("x")
    page.get_by_label("Units, line 1").fill("7")
    page.get_by_label("Units, line 1").blur()
    with page.expect_navigation():
        page.keyboard.press("s")
    expect(page.locator("[data-toast]")).to_contain_text("Saved and checked again: ")
    page.get_by_role("link", name="Lines").click()
    expect(page.locator(".timeline").first).to_contain_text("units, line 1: ")


def test_codes_are_found_by_words_while_typing(page):
    page.goto("/work/to-be-coded/")
    page.keyboard.press("e")
    page.wait_for_url("**/code/")
    box = page.get_by_label("Diagnoses", exact=True)
    box.fill("")
    box.press_sequentially("high blood pressure")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("I10")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("codes-"))
    box.press("Enter")
    expect(box).to_have_value("I10 ")
    expect(page.get_by_role("option")).to_have_count(0)


def test_the_strip_of_the_day_asks_again_without_a_page(page):
    page.goto("/")
    with page.expect_response(re.compile("/runs/"), timeout=12_000) as answer:
        pass
    assert answer.value.request.headers["x-unattended"] == "1"
    assert "<html" not in answer.value.text()
    expect(page.locator("#job")).to_have_count(1)


def test_a_decision_asks_for_its_reason_and_keeps_what_was_typed(page):
    page.goto("/work/denial-resolution/")
    page.keyboard.press("o")
    page.wait_for_url("**/claims/*/")
    page.keyboard.press("w")
    amount = page.get_by_label("Amount")
    amount.fill("99999")
    page.get_by_role("button", name="Write off").click()
    expect(page.get_by_role("alert")).to_contain_text("open here")
    expect(page.get_by_label("Amount")).to_have_value("99999")
    expect(page.get_by_label("Amount")).to_be_visible()


def test_a_paper_eob_is_posted_without_the_mouse(page):
    page.goto("/claims/?stage=pending")
    page.goto(f"/claims/{ID.search(page.content())[1]}/eob/")
    page.get_by_label("Check or transfer number").fill("PAPER1")
    page.get_by_label("Check or transfer number").blur()
    page.keyboard.press("e")
    rows = page.locator("tr[data-charge]")
    charges = rows.evaluate_all("rows => rows.map((row) => row.dataset.charge)")
    for charge in charges:  # down the column, in cents, by Enter
        page.keyboard.type(charge)
        page.keyboard.press("Enter")
    expect(page.locator("[data-col=allowed]").first).to_have_value(re.compile(r"\d+\.\d\d"))
    page.locator("[data-col=paid]").first.focus()
    for charge in charges:
        page.keyboard.type(charge)
        page.keyboard.press("Enter")
    expect(page.locator("[data-sum=left]")).to_have_text("0.00")
    page.keyboard.press("Enter")  # from the last cell to the button
    page.keyboard.press("Enter")
    expect(page.locator("[data-toast]")).to_contain_text("Posted: ")
