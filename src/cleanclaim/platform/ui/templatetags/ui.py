"""Money, ages, dues, glyphs and charts in templates: `{% load ui %}`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cleanclaim.kernel.money import show_cents
from cleanclaim.platform.ui import charts
from cleanclaim.platform.ui.marks import Shape, Status

register = template.Library()

_URGENT_DAYS = 3


@register.filter
def m(amount_cents: int | None) -> SafeString | str:
    """Show whole cents: thousands, cents always, true minus; zero steps back, None is empty.

    >>> str(m(-6420)), m(None)
    ('\N{MINUS SIGN}64.20', '')
    """
    if amount_cents is None:
        return ""
    if amount_cents == 0:
        return mark_safe('<span class="zero">0.00</span>')
    return show_cents(amount_cents)


@register.filter
def plain(amount_cents: int | None) -> str:
    """Write cents for a field: no thousands, an ASCII minus; None leaves it empty.

    >>> plain(128436), plain(None)
    ('1284.36', '')
    """
    if amount_cents is None:
        return ""
    sign = "-" if amount_cents < 0 else ""
    return f"{sign}{abs(amount_cents) // 100}.{abs(amount_cents) % 100:02d}"


@register.filter
def usd(amount_cents: int | None) -> str:
    """Show whole cents with the currency sign: for a page's headline amount and queues.

    >>> usd(2218460), usd(-100)
    ('$22,184.60', '\N{MINUS SIGN}$1.00')
    """
    if amount_cents is None:
        return ""
    sign = "\N{MINUS SIGN}" if amount_cents < 0 else ""
    return f"{sign}${show_cents(abs(amount_cents))}"


@register.filter
def count(number: int | None) -> str:
    """Show a count with thousands.

    >>> count(1204)
    '1,204'
    """
    return "" if number is None else f"{number:,}"


@register.filter
def age(days: int | None) -> str:
    """Show an age.

    >>> age(34)
    '34 d'
    """
    return "" if days is None else f"{days:,} d"


@register.filter
def due(days: int | None) -> SafeString | str:
    """Show the days that are left; within 3 days they are urgent, afterwards late.

    >>> str(due(-3)), due(12)
    ('<span class="urgent">late 3 d</span>', '12 d')
    """
    if days is None:
        return ""
    if days > _URGENT_DAYS:
        return f"{days} d"
    return format_html('<span class="urgent">{}</span>', _due_words(days))


@register.filter
def left(days: int | None) -> SafeString | str:
    """Show a deadline as a chip: "1 d left", "late 3 d"."""
    if days is None:
        return ""
    tone = " chip-bad" if days <= _URGENT_DAYS else ""
    words = _due_words(days) + ("" if days < 0 else " left")
    return format_html('<span class="chip{}">{}</span>', tone, words)


def _due_words(days: int) -> str:
    return f"late {-days} d" if days < 0 else f"{days} d"


@register.filter
def day(value: date | None) -> str:
    """Show a date as the product writes it.

    >>> day(date(2026, 11, 22))
    '2026-11-22'
    """
    return "" if value is None else value.strftime("%Y-%m-%d")


@register.simple_tag
def glyph(shape: Shape | str, word: str = "") -> SafeString:
    """Draw the glyph of a state; with a word, the word stands hidden beside it."""
    tone = Shape(shape).tone
    hidden = format_html('<span class="visually-hidden">{}</span>', word) if word else ""
    return format_html(
        '<svg class="glyph{}" aria-hidden="true"><use href="{}#{}"/></svg>{}',
        f" glyph-{tone}" if tone else "",
        static("ui/glyphs.svg"),
        Shape(shape).value,
        hidden,
    )


@register.simple_tag
def status(state: Status) -> SafeString:
    """Draw glyph and word of a state."""
    return format_html('<span class="status">{}{}</span>', glyph(state.shape), state.word)


@register.simple_tag
def chip(state: Status) -> SafeString:
    """Draw a state as a tinted chip."""
    tone = state.shape.tone
    css = f" chip-{tone}" if tone else ""
    return format_html('<span class="chip{}">{}{}</span>', css, glyph(state.shape), state.word)


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite; `small` makes it 14 px."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" icon-{size}" if size else "",
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def mark() -> SafeString:
    """Draw the product's mark."""
    return format_html(
        '<svg aria-hidden="true"><use href="{}#mark"/></svg>', static("ui/icons.svg")
    )


@register.simple_tag
def spark(values: Sequence[float]) -> SafeString | str:
    """Draw a small line; the figure beside it is the fact."""
    if len(values) < 2:
        return ""
    return format_html(
        '<svg width="84" height="24" viewBox="0 -1 84 26" aria-hidden="true">'
        '<path class="chart-line" d="{}"/></svg>',
        charts.line_path(values, width=84, height=24),
    )


@register.simple_tag
def age_bar(amounts: Sequence[int], largest: int) -> SafeString:
    """Draw one row of an ageing as a bar of its buckets."""
    parts = format_html_join(
        "",
        '<rect class="age-{}" x="{}" y="4" width="{}" height="14"/>',
        ((part.bucket, part.x, part.width) for part in charts.bar_parts(amounts, largest)),
    )
    return format_html(
        '<svg width="100%" height="22" viewBox="0 0 {} 22" preserveAspectRatio="none"'
        ' aria-hidden="true">{}</svg>',
        charts.BAR_WIDTH,
        parts,
    )


@register.inclusion_tag("ui/parts/trend.html")
def trend(record: Any) -> dict[str, Any]:
    """Draw the trend of a figure: needs `values`, `goal`, `sentence`, `first_date`, `last_date`."""
    return {"trend": record, "chart": charts.trend(record.values, record.goal)}


@register.inclusion_tag("ui/parts/field.html")
def field(
    bound: BoundField, label: str = "", css: str = "", has_hint: bool = True
) -> dict[str, Any]:
    """Draw a form field: label above, error below and tied to it, no placeholder."""
    attributes: dict[str, Any] = {"placeholder": False}
    notes = [f"{bound.auto_id}-hint"] if bound.help_text and has_hint else []
    if bound.errors:
        notes.append(f"{bound.auto_id}-error")
        attributes["aria-invalid"] = "true"
    if notes:
        attributes["aria-describedby"] = " ".join(notes)
    if css:
        attributes["class"] = css
    return {
        "field": bound,
        "label": label or bound.label,
        "has_hint": has_hint,
        "widget": bound.as_widget(attrs=attributes),
        "is_check": getattr(bound.field.widget, "input_type", "") == "checkbox",
    }
