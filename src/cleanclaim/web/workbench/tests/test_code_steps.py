"""A diagnosis code is completed step by step while it is typed."""

import json
from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from cleanclaim.web.workbench.typed_acts import codes


@pytest.fixture(scope="module", autouse=True)
def _home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEANCLAIM_HOME", str(tmp_path_factory.mktemp("home")))
        yield


def asked(words, of="diagnosis", on="2026-09-01"):
    request = RequestFactory().get("/codes/", {"q": words, "of": of, "on": on})
    request.user = SimpleNamespace(role="coder")
    return json.loads(codes(request).content)


STEPS = [
    ("S72.0", "Choose what is documented", "S7200"),
    ("S7200", "Choose the side", "S72001"),
    ("S72001", "Choose the 7th character", "S72001A"),
    ("m25.56", "Choose the side", "M25561"),
]


@pytest.mark.parametrize(("words", "ask", "among"), STEPS)
@pytest.mark.parametrize("on", ["2026-09-01", "2026-11-22"])
def test_what_has_to_be_chosen_next(words, ask, among, on):
    answer = asked(words, on=on)
    assert answer["ask"] == ask
    assert among in {one["code"] for one in answer["codes"]}


def test_sides_and_seventh_characters_are_named():
    assert {one["words"] for one in asked("S7200")["codes"]} >= {"right", "left"}
    seventh = {one["code"]: one for one in asked("S72001")["codes"]}
    assert seventh["S72001A"]["whole"]
    assert seventh["S72001A"]["words"].startswith("A: initial encounter")


@pytest.mark.parametrize("words", ["heart attack", "I10", "S72001A", "no such words at all"])
def test_a_whole_code_and_words_are_searched(words):
    assert "ask" not in asked(words)


def test_words_find_what_a_coder_means():
    for words, code in (
        ("heart attack", "I21"),
        ("high blood pressure", "I10"),
        ("kidney stones", "N20"),
        ("pink eye", "H10"),
        ("sugar diabetes", "E11"),
    ):
        assert asked(words)["codes"][0]["code"].startswith(code)
