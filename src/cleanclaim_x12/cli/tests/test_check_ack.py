"""The commands check and ack: exit codes, keys, files written."""

import json
from pathlib import Path

import pytest

from cleanclaim_x12.cli import main

DATA = Path(__file__).parents[2] / "tests" / "data"
CLEAN = DATA / "837p-patient.x12"
KEYS = (
    "code snip severity control loop segment segment_position "
    "element component offset line expected"
)


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.x12"
    path.write_bytes(CLEAN.read_bytes().replace(b"PAT*19", b"PAT*91"))
    return path


def test_clean_file_ends_with_zero_and_says_nothing(capsys):
    assert main(["check", "--json", str(CLEAN)]) == 0
    assert capsys.readouterr().out == ""


def test_finding_is_one_object_with_the_keys_in_order(broken, capsys):
    assert main(["check", "--json", str(broken)]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    record = json.loads(line)
    assert " ".join(record) == KEYS
    assert record["segment"] == "PAT"
    assert (record["segment_position"], record["element"], record["line"]) == (24, 1, 26)


def test_values_only_on_request(broken, capsys):
    main(["check", "--json", "--values", str(broken)])
    assert json.loads(capsys.readouterr().out)["found"] == "91"


@pytest.mark.parametrize("data", [b"", b"hello"])
def test_unusable_input_ends_with_two(tmp_path, data):
    path = tmp_path / "none.x12"
    path.write_bytes(data)
    assert main(["check", str(path)]) == 2
    assert main(["check", str(tmp_path / "absent.x12")]) == 2


def test_lower_snip_types_only(tmp_path):
    path = tmp_path / "npi.x12"
    path.write_bytes(CLEAN.read_bytes().replace(b"XX*1234567893", b"XX*1234567890"))
    assert main(["check", "--snip", "4", str(path)]) == 0
    assert main(["check", "--snip", "5", str(path)]) == 1


def test_partner_overlay(tmp_path, capsys):
    overlay = tmp_path / "partner.json"
    rule = {"segment": "CLM", "element": 5, "component": 3, "allow": ["1"]}
    overlay.write_text(json.dumps({"name": "P", "rules": [rule]}))
    assert main(["check", "--json", "--partner", str(overlay), str(CLEAN)]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "X12-PARTNER-VALUE"
    overlay.write_text("{}}")
    assert main(["check", "--partner", str(overlay), str(CLEAN)]) == 2


def test_ack_writes_a_999_and_a_277ca(tmp_path, broken):
    out = tmp_path / "out"
    assert main(["ack", "--out", str(out), str(CLEAN)]) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "837p-patient.277ca.x12",
        "837p-patient.999.x12",
    ]
    assert main(["check", "--json", *map(str, out.iterdir())]) == 0
    assert main(["ack", "--out", str(out), str(broken)]) == 1
    assert b"IK5*R*5~" in (out / "broken.999.x12").read_bytes()
    assert not (out / "broken.277ca.x12").exists()
