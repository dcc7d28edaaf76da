"""What hands do: keys, the palette, the grid, segments, live parts, colours."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser, address):
    with browser.new_context(
        base_url=address, viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.set_default_timeout(5000)
        yield page


@pytest.mark.parametrize(
    ("letter", "path"),
    [
        ("b", "/"),
        ("q", "/work/"),
        ("c", "/claims/"),
        ("d", "/deposits/"),
        ("r", "/reports/ageing/"),
    ],
)
def test_g_and_a_letter_goes_places(page, letter, path):
    page.goto("/runs/r1/")
    page.keyboard.press("g")
    page.keyboard.press(letter)
    page.wait_for_url(re.compile(rf"{re.escape(path)}$"))


def test_slash_searches_and_letters_are_text_there(page):
    page.goto("/work/")
    page.keyboard.press("/")
    page.keyboard.type("gc?x")
    assert page.locator("#search").input_value() == "gc?x"
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/?q=gc%3Fx")


def test_j_and_k_load_the_item_in_place_and_enter_opens_the_claim(page):
    page.goto("/work/denied/")
    page.keyboard.press("j")
    expect(page.locator("#item h2").first).to_have_text("Placeholder, Priya")
    expect(page).to_have_url(re.compile("item=103871"))
    expect(page.locator('[aria-selected="true"]')).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("#item h2").first).to_have_text("Placeholder, Priya")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/c103871/")


def test_x_selects_and_x_with_shift_selects_all(page):
    page.goto("/work/denied/")
    page.keyboard.press("x")
    expect(page.locator("[data-picked]")).to_have_text("1 selected, 48.00")
    page.keyboard.press("Shift+X")
    expect(page.locator("[data-picked]")).to_have_text("23 selected, 10,953.55")
    page.goto("/claims/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-picked]")).to_have_text("1 selected, 1,842.50")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/c103871/")


def test_question_mark_opens_the_sheet_and_keys_can_be_turned_off(page):
    page.goto("/work/denied/")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.get_by_label("Turn one-letter keys off").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("#item h2").first).to_have_text("Example, Edwina")
    page.reload()
    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("/work/denied/"))


def test_keys_can_be_exchanged(page):
    page.goto("/work/denied/")
    page.keyboard.press("?")
    page.locator("[name=use]").fill("h")
    page.locator("[name=instead]").fill("j")
    page.get_by_role("button", name="Change").click()
    expect(page.locator("[data-keys-said]")).to_have_text("h for j")
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    expect(page.locator("#item h2").first).to_have_text("Placeholder, Priya")


def test_palette_finds_an_action(page):
    page.goto("/claims/c104287/")
    page.keyboard.press("a")
    page.keyboard.type("depos")
    page.keyboard.press("Enter")
    page.wait_for_url("**/deposits/")


def test_p_and_a_digit_pends_that_many_days(page):
    page.goto("/claims/c104287/")
    with page.expect_request("**/pend/") as asked:
        page.keyboard.press("p")
        page.keyboard.press("5")
    assert "days=5" in asked.value.post_data


def test_n_opens_the_note(page):
    page.goto("/claims/c104287/")
    page.keyboard.press("n")
    page.keyboard.type("called")
    assert page.locator("#note-text").input_value() == "called"


def test_grid_takes_ten_key_entry(page):
    page.goto("/deposits/d88121/")
    page.keyboard.press("e")
    page.keyboard.type("4130")
    page.keyboard.press("Enter")
    paid = page.locator('[data-col="paid"]')
    assert paid.nth(0).input_value() == "41.30"
    expect(paid.nth(1)).to_be_focused()
    expect(page.locator("[data-left]").first).to_have_text("0.00")
    expect(page.locator("[data-open-words]")).to_have_text("0.00")
    expect(page.locator("[data-placed-words]")).to_have_text("500.17")
    page.keyboard.press("=")
    assert paid.nth(1).input_value() == "41.30"
    expect(page.locator("[data-left]").nth(1)).to_have_text("\N{MINUS SIGN}41.30")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1250", "12.50"),
        ("12.5", "12.50"),
        ("-5", "-0.05"),
        (".5", "0.50"),
        ("1,250.00", "1250.00"),
    ],
)
def test_grid_reads_amounts(page, typed, shown):
    page.goto("/deposits/d88121/")
    field = page.locator('[data-col="allowed"]').first
    field.fill(typed)
    field.press("Tab")
    assert field.input_value() == shown
    field.fill("12x")
    field.press("Tab")
    expect(field).to_have_attribute("aria-invalid", "true")


def test_arrow_keys_explain_segments(page):
    page.goto("/claims/c104287/x12/")
    page.locator('[data-segment="28"]').focus()
    page.keyboard.press("ArrowDown")
    shown = page.locator("[data-explains]:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("SV1, line 3")
    expect(shown).to_contain_text("Charge, 48.00")


def test_progress_asks_again_and_stays_one_part(page):
    page.goto("/runs/r1/")
    for _ in range(2):
        with page.expect_response("**/runs/r1/", timeout=4000) as answer:
            pass
        assert "<html" not in answer.value.text()
    expect(page.locator("#run")).to_have_count(1)


def test_a_choice_of_colours_is_kept_without_a_flash(page):
    page.goto("/work/denied/")
    page.locator("summary[aria-label^='Dana']").click()
    page.get_by_role("button", name="Dark", exact=True).click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 17, 19)"
    answer = page.request.get("/work/denied/")
    assert 'data-scheme="dark"' in answer.text()


def test_filters_stand_in_the_address_bar(page):
    page.goto("/claims/")
    page.locator("select[name=payer]").select_option("demo medicare")
    page.wait_for_url("**/claims/?payer=demo+medicare")


def test_pages_read_without_script(browser, address):
    with browser.new_context(java_script_enabled=False, base_url=address) as context:
        page = context.new_page()
        page.goto("/claims/c104287/x12/?segment=20")
        expect(page.locator("[data-explains]:visible")).to_contain_text("Diagnos")
        page.goto("/work/denied/")
        page.get_by_role("link", name="Placeholder, Priya").click()
        expect(page.locator("#item h2").first).to_have_text("Placeholder, Priya")


def test_an_idle_session_warns_and_a_key_keeps_it(page):
    page.goto("/work/denied/?idle=122")
    expect(page.locator("dialog#idle")).to_be_visible()
    with page.expect_response("**/awake/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 204
    expect(page.locator("dialog#idle")).to_be_hidden()


def test_an_ended_session_leaves_nothing_on_the_screen(page):
    page.goto("/work/denied/?idle=2")
    with page.expect_navigation():
        pass
