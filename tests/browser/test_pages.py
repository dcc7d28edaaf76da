"""Every page at every width in both schemes: axe, console, CSP, requests, overflow, a picture."""

import pytest
from seeing import broken_rules, overflow, watched

pytestmark = pytest.mark.browser

_WORKBENCH = ((1440, 900), (1280, 800), (640, 800))
_SITE = ((1440, 900), (390, 800), (360, 740))
# name | path | status | widths
PAGES = [
    (name, path, status, _SITE if path.startswith("/site") else _WORKBENCH)
    for name, path, status in (
        ("board", "/", 200),
        ("board-running", "/?running=1", 200),
        ("workbench", "/work/denied/?toast=1", 200),
        ("workbench-empty", "/work/empty/", 200),
        ("claims", "/claims/?q=example", 200),
        ("claim-lines", "/claims/c104287/", 200),
        ("claim-edits", "/claims/c104287/edits/", 200),
        ("claim-remits", "/claims/c104287/remits/", 200),
        ("claim-ledger", "/claims/c104287/ledger/", 200),
        ("claim-x12", "/claims/c104287/x12/", 200),
        ("deposits", "/deposits/", 200),
        ("remittance", "/deposits/d88121/", 200),
        ("remittance-x12", "/deposits/d88121/?view=x12", 200),
        ("ageing", "/reports/ageing/", 200),
        ("ageing-provider", "/reports/ageing/?by=provider", 200),
        ("ageing-lines", "/reports/ageing/lines/", 200),
        ("run", "/runs/r1/", 200),
        ("parts", "/parts/", 200),
        ("sign-in", "/accounts/login/", 200),
        ("second-step", "/second-step/", 200),
        ("second-step-wrong", "/second-step/?wrong=1", 200),
        ("second-step-set-up", "/allauth/activate/", 200),
        ("recovery-codes", "/allauth/recovery/", 200),
        ("second-step-methods", "/allauth/methods/", 200),
        ("password-again", "/allauth/again/", 200),
        ("sign-out", "/allauth/logout/", 200),
        ("forbidden", "/forbidden/", 403),
        ("missing", "/claims/missing/", 404),
        ("failed", "/boom/", 500),
        ("site", "/site/home/", 200),
        ("portal", "/site/portal/", 200),
    )
]


@pytest.mark.parametrize("case", PAGES, ids=[case[0] for case in PAGES])
def test_page(browser, address, shots, case):
    name, path, status, sizes = case
    with browser.new_context() as context:
        page = context.new_page()
        troubles = watched(page, address, status)
        response = page.goto(address + path, wait_until="load")
        if response.status != status:
            troubles.append(f"status {response.status}")
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                here = f"{width} {scheme}"
                troubles += [f"{here}: {words}" for words in broken_rules(page, scheme)]
                troubles += [f"{here}: {words}" for words in overflow(page)]
                page.screenshot(path=shots / f"{name}-{width}-{scheme}.png")
    assert not troubles, "\n".join(troubles)
