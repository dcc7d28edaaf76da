"""The face keeps its own rules: raw values in one sheet, readable colours, nothing inline."""

import hashlib
import json
import re
from pathlib import Path

import pytest

UI = Path(__file__).parents[1]
WORKBENCH = UI.parents[1] / "web" / "workbench"
STATIC = UI / "static" / "ui"
TOKENS = (STATIC / "css" / "tokens.css").read_text()
SHEETS = [
    path
    for root in (UI, WORKBENCH)
    for path in sorted(root.glob("static/**/*.css"))
    if path.name != "tokens.css"
]
TEMPLATES = [path for root in (UI, WORKBENCH) for path in sorted(root.glob("templates/**/*.html"))]
_RAW = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b\d*\.?\d+px\b|\b(?:rgba?|hsla?|oklch)\(")
_INLINE = re.compile(
    r"""\sstyle=|<style|\son[a-z]+=|\bhx-on|\bjs:|href=["']javascript:|https?://"""
    r"""|<script(?![^>]*(?:\ssrc=|type="application/json"))|["']data:|#[0-9a-fA-F]{6}\b"""
)
_STATIC = re.compile(r"{% static '((?:ui|workbench)/[^']+)' %}")
_USED = re.compile(r"var\((--[a-z0-9-]+)")


def raw_values(text: str) -> list[str]:
    return _RAW.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_raw_values_stand_in_the_tokens_only(path):
    assert raw_values(path.read_text()) == []


@pytest.mark.parametrize("text", ["a{color:#fff}", "a{width:3px}", "a{color:rgb(1 2 3)}"])
def test_lint_sees_raw_values(text):
    assert raw_values(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(UI.parents[1])))
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(path):
    assert _INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "text",
    ['<p style="x">', "<script>x</script>", '<a onclick="x">', '<i hx-on:click="x">', "http://x"],
)
def test_lint_sees_what_is_inline(text):
    assert _INLINE.search(text)


@pytest.mark.parametrize("path", [*SHEETS, STATIC / "css" / "tokens.css"], ids=lambda p: p.name)
def test_every_token_used_is_defined(path):
    text = path.read_text()
    defined = set(re.findall(r"(--[a-z0-9-]+):", TOKENS + text))
    assert set(_USED.findall(text)) - defined == set()


def test_every_static_file_named_is_there():
    roots = [root / "static" for root in (UI, WORKBENCH)]
    named = {name for path in TEMPLATES for name in _STATIC.findall(path.read_text())}
    assert {n for n in named if not any((root / n).is_file() for root in roots)} == set()


def test_modules_import_only_what_has_no_effects():
    # Under hashed names a module that a page loads is another one than the imported one.
    loaded = {
        name.rsplit("/", 1)[-1] for path in TEMPLATES for name in _STATIC.findall(path.read_text())
    }
    imported = {
        name
        for path in (STATIC / "js").glob("*.js")
        for name in re.findall(r'from "\./([^"]+)"', path.read_text())
    }
    assert imported
    assert imported & loaded == set()


def test_templates_stay_small():
    assert [path.name for path in TEMPLATES if path.read_text().count("\n") > 400] == []


def test_vendored_files_are_what_they_were():
    for entry in json.loads((STATIC / "vendor" / "vendor.json").read_text()):
        content = (STATIC / "vendor" / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        assert entry["version"] in entry["file"]
    names = {path.name for path in (STATIC / "vendor").iterdir()} - {"vendor.json"}
    assert names == {"htmx-2.0.11.min.js"}


# Contrast, as DESIGN 2 asks: text 4.5 on every surface, own tint included; glyphs 3.
_SURFACES = ("bg", "surface", "sunk", "hover", "sel")
_TEXT = ("ink", "ink-2", "ink-3", "accent", "ok", "wait", "bad", "hold")
_PAIRS = [
    *((text, ground, 4.5) for text in _TEXT for ground in _SURFACES),
    *((tone, f"{tone}-bg", 4.5) for tone in ("ok", "wait", "bad", "hold")),
    *((f"{tone}-f", g, 3) for tone in ("ok", "wait", "bad", "hold") for g in _SURFACES),
    ("on-solid", "solid", 4.5),
    ("on-solid", "solid-hover", 4.5),
    ("ctl", "surface", 3),
]


def colours(block: str) -> dict[str, tuple[str, str]]:
    found = {}
    for name, value in re.findall(r"--([a-z0-9-]+):\s*([^;]+);", block):
        hexes = re.findall(r"#[0-9A-F]{6}", value)
        if hexes:
            found[name] = (hexes[0], hexes[-1])
    return found


def contrast(one: str, other: str) -> float:
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("tenant", ["", ".tenant-usmed", ".tenant-umbs"])
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_can_be_read(tenant, scheme):
    known = colours(TOKENS.split(":root[data-scheme")[0])
    if tenant:
        known |= colours(TOKENS.split(f"{tenant} {{")[1].split("}")[0])
    poor = [
        (text, ground, round(contrast(known[text][scheme], known[ground][scheme]), 2))
        for text, ground, least in _PAIRS
        if contrast(known[text][scheme], known[ground][scheme]) < least
    ]
    assert poor == []
