"""The commands of a privacy officer."""

import io
import json
import os
import subprocess
import sys

import pytest

from cleanclaim.apps.privacy.tests.files import redated, text
from cleanclaim.config.cli import main

REQUEST = {
    "action": "disclose", "categories": ["phi.billing.claims"], "purpose": "billing.claims",
    "recipient": "clearinghouse",
    "facts": {"crosses_practice": False, "leaves_united_states": False,
              "agreed_restriction_applies": False},
}  # fmt: skip


@pytest.fixture
def changed(tmp_path):
    path = tmp_path / "usmed.yaml"

    def write(out, put, *, dated=True):
        source = text("usmed").replace(out, put, 1)
        path.write_text(redated(source) if dated else source)
        return str(path)

    return write


def asked(monkeypatch, capsys, request):
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(request)))
    assert main(["policy", "decide", "usmed"]) == 0
    out = capsys.readouterr().out
    head, _, sentence = out.rstrip().rpartition("\n")
    return json.loads(head), sentence


def test_check_says_that_the_shipped_files_are_in_order(capsys):
    assert main(["policy", "check"]) == 0
    out = capsys.readouterr().out
    assert "usmed.yaml: in order" in out
    assert "umbs.yaml: in order" in out


def test_check_names_each_error_with_its_line(changed, capsys):
    assert main(["policy", "check", changed("keep: P6Y", "keep: P1Y")]) == 1
    out = capsys.readouterr().out
    assert "POLICY-RETENTION-SHORT" in out
    assert out.startswith("usmed.yaml:")


def test_check_tells_which_evidence_lapsed(tmp_path, capsys):
    (tmp_path / "office.yaml").write_text(
        '[{"evidence_id": "attest:usmed.rights", "kind": "attestation", "holds": true,'
        ' "at": "2025-01-01T00:00:00Z", "until": "2025-07-01T00:00:00Z", "by": "officer"}]'
    )
    assert main(["policy", "check", "--evidence", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "PAGE-EVIDENCE-LAPSED: Section rights is published and its evidence lapsed" in out


def test_decide_answers_what_if(monkeypatch, capsys):
    data, sentence = asked(monkeypatch, capsys, REQUEST)
    assert data["outcome"] == "denied"
    assert sentence == (
        "Not allowed: a company that works for us gets health data only under an active agreement"
        " (F-03); nobody checked that a health data agreement with the company is active."
    )
    facts = REQUEST["facts"] | {"baa_active": True}
    data, sentence = asked(monkeypatch, capsys, REQUEST | {"facts": facts})
    assert data["outcome"] == "allowed"
    assert "disclosure_event" in data["obligations"]
    assert sentence == "Allowed: payers and clearinghouses get only what a claim needs (UA-03)."


def test_decide_says_what_it_cannot_read(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO('{"action": "use", "why": 1}'))
    assert main(["policy", "decide", "usmed"]) == 1
    assert "This is no request" in capsys.readouterr().err


def test_diff_tells_a_change_in_words(changed, capsys):
    wider = changed("when: [payer_request_on_file], ", "")
    assert main(["policy", "diff", "usmed", wider]) == 0
    assert capsys.readouterr().out.startswith("Allowed on other terms: disclose clinical notes")
    assert main(["policy", "diff", "usmed", "usmed"]) == 0
    assert capsys.readouterr().out == "No decision differs.\n"


def test_page_is_written(tmp_path, capsys):
    assert main(["policy", "page", "umbs", "--out", str(tmp_path / "site")]) == 0
    names = sorted(path.name for path in (tmp_path / "site").iterdir())
    assert names == ["evidence.html", "history.html", "page.html", "policy.json"]
    assert "sentences proven" in capsys.readouterr().out
    assert main(["policy", "page", "umbs"]) == 0
    assert capsys.readouterr().out.startswith("Privacy policy of United Medical")


def test_pages_need_no_settings_and_no_database(tmp_path):
    command = [sys.executable, "-m", "cleanclaim.config.cli", "policy", "page", "umbs"]
    bare = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    subprocess.run([*command, "--out", str(tmp_path)], check=True, env=bare)
    assert "test_nothing_is_ever_sold" in (tmp_path / "evidence.html").read_text()
    assert "<dd>" in (tmp_path / "page.html").read_text()


def test_explain_tells_of_rules_and_words(capsys):
    assert main(["policy", "explain", "usmed", "F-03"]) == 0
    out = capsys.readouterr().out
    assert "unless a health data agreement with the company is active" in out
    assert main(["policy", "explain", "usmed", "phi.clinical.notes"]) == 0
    assert "Allow UA-04" in capsys.readouterr().out
    assert main(["policy", "explain", "usmed", "nothing"]) == 1
    assert "says anything of nothing" in capsys.readouterr().err


def test_a_tenant_that_is_not_there_is_refused(capsys):
    assert main(["policy", "explain", "nobody", "F-03"]) == 1
    assert "no file nobody" in capsys.readouterr().err


def test_clauses_are_counted(capsys):
    assert main(["clauses"]) == 0
    out = capsys.readouterr().out
    assert "usmed: 44 of 74 clauses proven" in out
    assert "umbs: 29 of 57 clauses proven" in out
    assert main(["clauses", "--open"]) == 0
    assert "A-40: risk assessments" in capsys.readouterr().out
