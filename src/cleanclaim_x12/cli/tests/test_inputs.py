"""What the command says of inputs that it cannot use, and how it goes on."""

import os
from pathlib import Path

import pytest

import cleanclaim_x12
from cleanclaim_x12.cli import main

GOOD = Path(cleanclaim_x12.__path__[0]) / "tests" / "data" / "837p-cob.x12"
READERS = ("check", "show", "json", "roundtrip", "stats", "split", "anonymize", "ack")


def x12(capfdbinary, command, *files):
    more = ["--out", "out"] if command in ("split", "ack") else []
    code = main([command, *more, *map(str, files)])
    out = capfdbinary.readouterr()
    return code, out.out.decode("latin-1"), out.err.decode()


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("empty").write_bytes(b"")
    Path("garbage").write_bytes(bytes(range(256)) * 20)
    Path("text").write_text("hello world\n")
    Path("cut").write_bytes(GOOD.read_bytes()[:60])
    Path("folder").mkdir()


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize("name", ["empty", "garbage", "text", "cut"])
def test_no_x12_is_unusable(capfdbinary, command, name):
    code, out, err = x12(capfdbinary, command, name)
    assert code == 2
    if command == "check":
        assert '"code":"X12-' in out
    elif command == "ack":
        assert Path("out", f"{name}.999.x12").read_bytes().startswith(b"ISA")
    elif command == "stats":
        assert '"interchanges":0' in out
    else:
        assert err.startswith(f"x12: {name}: "), err


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize(
    ("name", "words"), [("missing", "no such file"), ("folder", "a directory; name the files")]
)
def test_what_cannot_be_read_is_said_and_the_rest_is_done(capfdbinary, command, name, words):
    code, out, err = x12(capfdbinary, command, name, GOOD)
    assert code == 2
    assert err.startswith(f"x12: {name}: ")
    assert words in err
    assert "Errno" not in err
    assert out or command == "check"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_said(capfdbinary):
    Path("secret").write_bytes(b"")
    Path("secret").chmod(0)
    assert "may not be read" in x12(capfdbinary, "check", "secret")[2]


def test_an_overlay_that_is_none_is_said(capfdbinary):
    Path("overlay").write_text('{"payers": []}')
    for name, words in (("overlay", "payers"), ("missing", "no such file"), ("text", "malformed")):
        assert main(["check", "--partner", name, str(GOOD)]) == 2
        assert words in capfdbinary.readouterr().err.decode()


def test_nothing_to_write_is_said(capfdbinary):
    assert main(["write", "empty"]) == 2
    assert "x12 json makes them" in capfdbinary.readouterr().err.decode()
