"""The examples of the README run."""

import doctest
from pathlib import Path

import cleanclaim_x12

HOME = Path(cleanclaim_x12.__path__[0])


def test_examples_run():
    golden = HOME / "typed" / "tests" / "golden"
    files = {path.stem: path.read_bytes() for path in golden.glob("*.x12")}
    text = (HOME / "README.md").read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text, {"files": files}, "README.md", None, 0)
    result = doctest.DocTestRunner(verbose=False).run(test)
    assert result.attempted > 20
    assert result.failed == 0


def test_public_names_are_there():
    for name in dir(cleanclaim_x12):
        assert getattr(cleanclaim_x12, name) is not None, name
