"""Files, functions and names stay small and plain."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE_LINES, FUNCTION_LINES = 400, 70
REFUSED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}
# Path below the root, and why it may be longer; starts empty.
EXEMPT: dict[str, str] = {}
_DATA = ("migrations", "guides", "static")


def hand_written():
    places = [ROOT / "src", ROOT / "tests", ROOT / "benchmarks"]
    files = [
        path for place in places for kind in ("py", "html") for path in place.rglob(f"*.{kind}")
    ]
    return sorted(path for path in files if not set(_DATA) & set(path.parts))


def long_functions(source):
    """Name the functions of a source that are too long, with their lengths."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in found}
    return {name: length for name, length in lengths.items() if length > FUNCTION_LINES}


def test_files_are_short():
    long = {
        str(path.relative_to(ROOT)): count
        for path in hand_written()
        if (count := len(path.read_text().splitlines())) > FILE_LINES
    }
    assert {path: count for path, count in long.items() if path not in EXEMPT} == {}
    assert set(EXEMPT) <= set(long), "an exemption outlived its need"


def test_functions_are_short():
    long = {
        f"{path.relative_to(ROOT)}": found
        for path in hand_written()
        if path.suffix == ".py" and (found := long_functions(path.read_text()))
    }
    assert long == {}
    assert long_functions("def f():\n" + "    x = 1\n" * FUNCTION_LINES) == {"f": 71}


def test_names_say_something():
    names = {path.stem for path in hand_written() if path.suffix == ".py"}
    folders = {path.parent.name for path in hand_written()}
    assert (names | folders) & REFUSED_NAMES <= {"base"}, "base is a template's name alone"
    assert not [path for path in hand_written() if path.stem == "base" and path.suffix == ".py"]


@pytest.mark.parametrize(
    "capability",
    sorted(path.parent for path in (ROOT / "src/cleanclaim/apps").glob("*/__init__.py")),
    ids=lambda path: path.name,
)
def test_every_capability_has_a_readme_of_one_page(capability):
    text = (capability / "README.md").read_text()
    assert "never" in text.lower(), (
        f"{capability.name}/README.md does not say what it must never do"
    )
    assert len(text.splitlines()) <= 60
