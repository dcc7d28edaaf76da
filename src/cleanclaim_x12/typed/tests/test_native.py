"""What is compiled does what its Python sources say."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from plain import __file__ as plain_file
from plain import made_of

from cleanclaim_x12.hatch_build import MODULES, compiled, is_compiled
from cleanclaim_x12.typed import native

HERE = Path(__file__).parents[2]
FILES = sorted(HERE.glob("**/*.x12"))
_ODD = "*:^~0A- .\xe9"
needs_compiled = pytest.mark.skipif(not native.built_from(), reason="nothing is compiled here")


def damaged(data, chance):
    """Change some characters, to what stands in files and to what does not."""
    text = [*data.decode("latin-1")]
    for at in chance.sample(range(110, len(text)), min(12, len(text) - 110)):
        text[at] = chance.choice(_ODD)
    return "".join(text).encode("latin-1")


def test_what_is_compiled_is_what_lies_here():
    stands = [name for name in MODULES if compiled(name).exists()]
    assert not stands or is_compiled(), "make dev compiles anew"


@needs_compiled
def test_both_make_the_same(tmp_path):
    chance = random.Random(7)  # noqa: S311 - the same files each time
    paths = []
    for path in FILES:
        for number in range(4):
            paths.append(tmp_path / f"{number}-{path.name}")
            data = path.read_bytes()
            paths[-1].write_bytes(damaged(data, chance) if number else data)
    done = subprocess.run(
        [sys.executable, plain_file, *paths],
        env={**os.environ, "X12_PLAIN": "1", "PYTHONPATH": str(HERE.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    expected = done.stdout.splitlines()
    assert [f"{made_of(path.read_bytes())}" for path in paths] == expected
    assert len(set(expected)) > len(FILES)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1", 100),
        ("12.5", 1250),
        ("-.05", -5),
        ("0012.30", 1230),
        ("1.", 100),
        ("12.340", 1234),
        ("9999999999999.99", 999999999999999),
        ("99999999999999.99", 9999999999999999),
        ("", None),
        ("-", "refused"),
        (".", "refused"),
        ("1.2.3", "refused"),
        ("1-2", "refused"),
        ("12.345", "refused"),
        ("\xb2", "refused"),
        ("1e3", "refused"),
        (" 1", "refused"),
    ],
)
def test_amounts(text, cents):
    from cleanclaim_x12.typed.t835 import stream_835

    head = (HERE / "typed/tests/golden/835.x12").read_bytes().partition(b"CLP*")[0]
    data = head + f"CLP*A*1*{text}*0**12~SE*1*1~".encode("latin-1")
    claim = next(stream_835(data))
    found = claim.charge_cents if not claim.unknown else "refused"
    assert found == cents
