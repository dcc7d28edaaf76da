import io
import json
import sys
from pathlib import Path

import pytest

import cleanclaim_x12
from cleanclaim_x12.cli import main

GOLDEN = Path(cleanclaim_x12.__path__[0]) / "typed" / "tests" / "golden"


def x12(capfdbinary, *argv):
    code = main([str(each) for each in argv])
    out = capfdbinary.readouterr()
    return code, out.out.decode("latin-1"), out.err.decode()


def test_roundtrip_says_same(capfdbinary):
    code, out, _ = x12(capfdbinary, "roundtrip", GOLDEN / "835.x12")
    assert code == 0
    assert out.endswith("835.x12: same, 40 segments\n")


def test_stats_count_and_add_up(capfdbinary):
    code, out, _ = x12(capfdbinary, "stats", "--json", GOLDEN / "835.x12")
    counts = json.loads(out)
    assert code == 0
    assert counts["transactions"] == {"835 005010X221A1": 1}
    assert (counts["remittance_claims"], counts["paid_cents"]) == (3, 13280)


def test_stats_of_no_x12_is_unusable_input(capfdbinary, tmp_path):
    (tmp_path / "x").write_text("hello")
    assert x12(capfdbinary, "stats", tmp_path / "x")[0] == 2


@pytest.mark.parametrize("name", ["837p", "835", "277ca", "999"])
def test_json_and_back_is_the_file(capfdbinary, tmp_path, name):
    source = GOLDEN / f"{name}.x12"
    _, lines, _ = x12(capfdbinary, "json", source)
    assert all(json.loads(line)["kind"] == name.upper() for line in lines.splitlines())
    (tmp_path / "lines").write_text(lines)
    code, out, err = x12(capfdbinary, "write", "--lines", tmp_path / "lines")
    assert (code, err) == (0, "")
    assert out == source.read_text()


def test_json_lines_fit_their_schema(capfdbinary):
    jsonschema = pytest.importorskip("jsonschema")
    _, schema, _ = x12(capfdbinary, "json", "--schema")
    validate = jsonschema.Draft202012Validator(json.loads(schema)).validate
    _, lines, _ = x12(capfdbinary, "json", *sorted(GOLDEN.glob("*.x12")))
    for line in lines.splitlines():
        validate(json.loads(line))
    with pytest.raises(jsonschema.ValidationError):
        validate({"kind": "837P", "part": "claim", "data": {"charge_cents": "many"}})


def test_write_refuses_a_delimiter_in_a_value(capfdbinary, tmp_path):
    _, lines, _ = x12(capfdbinary, "json", GOLDEN / "837p.x12")
    (tmp_path / "lines").write_text(lines.replace("5 OAK AVE", "5 OAK*AVE"))
    code, out, err = x12(capfdbinary, "write", tmp_path / "lines")
    assert (code, out) == (1, "")
    finding = json.loads(err)
    assert (finding["code"], finding["segment"], finding["element"]) == ("X12-WRITE-VALUE", "N3", 1)
    code, out, _ = x12(capfdbinary, "write", "--transliterate", tmp_path / "lines")
    assert code == 0
    assert "N3*5 OAK AVE~" in out


def test_show_is_a_tree_in_words(capfdbinary):
    _, out, _ = x12(capfdbinary, "show", GOLDEN / "837p.x12")
    assert "  claim ENC1001A @19\n" in out
    assert "dates: 472 2026-11-01 D8\n" in out


def test_diff_is_by_meaning(capfdbinary, tmp_path):
    text = (GOLDEN / "835.x12").read_text()
    same = tmp_path / "same"
    same.write_text(text.replace("~\n", "!").replace("*200*92.8*", "*200.00*92.80*"))
    assert x12(capfdbinary, "diff", GOLDEN / "835.x12", same)[:2] == (0, "")
    other = tmp_path / "other"
    other.write_text(text.replace("*200*92.8*", "*200*92.9*"))
    code, out, _ = x12(capfdbinary, "diff", GOLDEN / "835.x12", other)
    assert (code, out) == (1, "835 claim ENC1001.paid_cents: 9280 -> 9290\n")


def test_split_makes_a_file_of_each_transaction(capfdbinary, tmp_path):
    text = (GOLDEN / "835.x12").read_text()
    start, end = text.index("ST*"), text.index("GE*")
    twice = (
        text[:end] + text[start:end].replace("*0001~", "*0002~") + "GE*2*101~\nIEA*1*000000101~\n"
    )
    (tmp_path / "two.x12").write_text(twice)
    code, out, _ = x12(capfdbinary, "split", tmp_path / "two.x12", "--out", tmp_path / "out")
    first, second = [Path(name) for name in out.split()]
    assert code == 0
    assert first.read_text() == text.replace("\n", "")
    assert second.name == "two-00002-835-0002.x12"


def test_standard_input(capfdbinary, monkeypatch):
    data = (GOLDEN / "999.x12").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert x12(capfdbinary, "roundtrip", "-")[:2] == (0, "-: same, 13 segments\n")


def test_a_file_that_is_not_there_is_unusable_input(capfdbinary):
    code, _, err = x12(capfdbinary, "json", "/nowhere")
    assert code == 2
    assert err == "x12: /nowhere: there is no such file\n"
