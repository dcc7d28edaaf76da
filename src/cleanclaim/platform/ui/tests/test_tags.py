"""Cells as the design writes them."""

from pathlib import Path

import pytest

from cleanclaim.platform.ui.charts import BAR_WIDTH, bar_parts, trend
from cleanclaim.platform.ui.marks import Shape
from cleanclaim.platform.ui.templatetags import ui

MONEY = """
128436 | 1,284.36
-6420  | \N{MINUS SIGN}64.20
0      | <span class="zero">0.00</span>
100000000000 | 1,000,000,000.00
"""
DUES = """
12 | 12 d
4  | 4 d
3  | <span class="urgent">3 d</span>
0  | <span class="urgent">0 d</span>
-3 | <span class="urgent">late 3 d</span>
"""


def table(text):
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("cents", "shown"), table(MONEY))
def test_money(cents, shown):
    assert str(ui.m(int(cents))) == shown


@pytest.mark.parametrize(("days", "shown"), table(DUES))
def test_due(days, shown):
    assert str(ui.due(int(days))) == shown


def test_chip_of_a_deadline():
    assert str(ui.left(1)) == '<span class="chip chip-bad">1 d left</span>'
    assert str(ui.left(-2)) == '<span class="chip chip-bad">late 2 d</span>'
    assert str(ui.left(9)) == '<span class="chip">9 d left</span>'


@pytest.mark.parametrize(
    "show", [ui.m, ui.usd, ui.plain, ui.count, ui.age, ui.due, ui.left, ui.day]
)
def test_nothing_is_shown_as_nothing(show):
    assert show(None) == ""


@pytest.mark.parametrize("shape", list(Shape))
def test_every_shape_is_in_the_sprite(shape):
    sprite = Path(ui.charts.__file__).parent / "static" / "ui" / "glyphs.svg"
    assert f'id="{shape}"' in sprite.read_text()
    assert f"#{shape}" in str(ui.glyph(shape))


def test_glyph_says_its_word_to_those_who_do_not_see_it():
    assert "visually-hidden" in str(ui.glyph("held", "pended"))
    assert "<script>" not in str(ui.glyph("held", "<script>"))


@pytest.mark.parametrize(
    "amounts", [[0] * 5, [1] * 5, [-500, 100, 0, 0, 0], [10**11, 1, 1, 1, 1], [0, 0, 0, 0, 7]]
)
def test_a_bar_stays_within_its_box(amounts):
    parts = bar_parts(amounts, max(sum(amounts), 1))
    assert [part.bucket for part in parts] == [n for n, a in enumerate(amounts, 1) if a > 0]
    assert all(part.x + part.width <= BAR_WIDTH + 10 for part in parts)


@pytest.mark.parametrize("values", [[1, 1], [0.001, 0.002], [32.6, 39.4], [0, 10**6], [-5, 5]])
def test_a_trend_stays_within_its_scale(values):
    drawn = trend(values)
    heights = [y for y, _ in drawn.ticks]
    assert min(heights) == 28.0
    assert max(heights) == 105.0
    assert 28.0 <= drawn.end[1] <= 105.0
