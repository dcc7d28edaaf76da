"""Page records close, and every example page is drawn whole."""

from dataclasses import fields, is_dataclass
from inspect import getdoc

import pytest
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory
from django.urls import set_urlconf

from cleanclaim.core.claim import stages
from cleanclaim.platform.ui import apps as ui_apps
from cleanclaim.web.workbench import apps, keys, pages
from cleanclaim.web.workbench.pages import Equation
from cleanclaim.web.workbench.sheet import SHEET
from cleanclaim.web.workbench.states import states_of
from cleanclaim.web.workbench.tests.example import claim, day, edits, fill, lists, money

ENGINE = DjangoTemplates(
    {
        "NAME": "example",
        "APP_DIRS": False,
        "DIRS": [module.__file__.rsplit("/", 1)[0] + "/templates" for module in (ui_apps, apps)],
        "OPTIONS": {
            "libraries": {
                "ui": "cleanclaim.platform.ui.templatetags.ui",
                "static": "django.templatetags.static",
            },
            "string_if_invalid": "NOT FOUND: %s",
        },
    }
)
DRAWN = {
    "board": [day.board_page(), day.board_page(is_running=True)],
    "claims": [lists.queue_page(), lists.empty_page(), lists.claims_page("x")],
    "claim": [claim.claim_page(tab) for tab in ("lines", "edits", "remits", "ledger", "x12")],
    "deposits": [money.deposits_page()],
    "remittance": [money.remittance_page(), money.remittance_page(is_x12=True)],
    "ageing": [money.ageing_page()],
    "ageing_lines": [money.ageing_lines_page()],
    "run": [day.run_page()],
    "edits": [edits.edits_page(), edits.edits_page("payer")],
    "rules": [edits.rules_page()],
    "rule": [edits.rule_page(), edits.rule_page(is_running=True)],
    "rule_worth": [edits.worth_page()],
    "sheet": [SHEET],
}


@pytest.fixture(autouse=True)
def _no_urls():
    set_urlconf("cleanclaim.web.workbench.urls")
    yield
    set_urlconf(None)


def draw(name, page):
    request = RequestFactory().get("/")
    context = {"page": page, "frame": fill.frame(request, "T", "claims", keys.LIST)}
    return ENGINE.get_template(f"workbench/{name}.html").render(context, request)


@pytest.mark.parametrize(
    ("name", "page"), [(name, page) for name, list_ in DRAWN.items() for page in list_]
)
def test_a_page_is_drawn_from_its_record_alone(name, page):
    drawn = draw(name, page)
    assert "</html>" in drawn
    assert "NOT FOUND" not in drawn


def test_a_person_is_never_named_in_the_title_or_an_address():
    for page in DRAWN["claim"] + DRAWN["claims"]:
        drawn = draw("claim" if page in DRAWN["claim"] else "claims", page)
        addresses = [part.split('"')[0] for part in drawn.split('href="')[1:]]
        assert not [
            address for address in addresses if "Example," in address or "EDWINA" in address
        ]
        assert "Edwina" not in drawn.split("</title>")[0]


def test_what_people_typed_is_escaped():
    drawn = draw("claims", lists.claims_page("<script>alert(1)</script>"))
    assert "<script>alert" not in drawn


def test_the_strip_says_when_it_does_not_close():
    equation = Equation(
        billed_cents=100, paid_cents=10, adjusted_cents=0, balance_cents=80,
        payer_cents=70, patient_cents=0,
    )  # fmt: skip
    assert (equation.open_cents, equation.unowned_cents) == (10, 10)
    page = claim.claim_page("edits")
    assert "does not close" not in draw("claim", page)
    changed = type(page)(**{**_fields(page), "equation": equation})
    assert "does not close" in draw("claim", changed)


def test_the_examples_close():
    assert claim.equation().open_cents == claim.equation().unowned_cents == 0
    assert claim.ledger().debit_cents == claim.ledger().credit_cents
    assert money.document().transfer_cents == money.remittance_page().transfer_cents
    assert sum(money.ageing_table().sums) == money.ageing_table().total_cents
    run = day.run_page()
    parts = run.paid_cents + run.adjusted_cents + run.patient_cents + run.open_cents
    assert run.charged_cents == parts


@pytest.mark.parametrize(
    ("axis", "states"),
    [("claim", stages.Stage), ("outcome", stages.Outcome), ("line", stages.LineOutcome)],
)
def test_every_state_of_a_claim_has_its_word(axis, states):
    assert {state.value for state in states} <= states_of(axis)


@pytest.mark.parametrize(
    "record", [getattr(pages, name) for name in pages.__all__], ids=pages.__all__
)
def test_every_field_of_a_record_is_documented(record):
    assert is_dataclass(record)
    said = getdoc(record)
    if len(fields(record)) > 4:
        assert [field.name for field in fields(record) if f"{field.name}:" not in said] == []


def _fields(record):
    return {field.name: getattr(record, field.name) for field in fields(record)}
