import subprocess
import sys

import pytest

from cleanclaim.config import cli
from cleanclaim.kernel.refusal import Refusal


def test_every_command_describes_itself(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for name in cli.command_names():
        assert name in said


def test_wrong_words_end_with_two(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["fly"])
    assert ended.value.code == cli.USAGE
    capsys.readouterr()


def test_a_refusal_is_one_sentence(monkeypatch, capsys):
    def refuse(words):
        raise Refusal("no_disk", "The disk is full: make room.")

    monkeypatch.setattr(cli, "_run", refuse)
    assert cli.main([]) == cli.FAILED
    assert capsys.readouterr().err == "cleanclaim: The disk is full: make room.\n"


def test_a_command_without_data_starts_without_django():
    code = (
        "import sys; from cleanclaim.config import cli; cli.main(['access-table']);"
        " sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


def test_demo_codes_are_for_demo_folders(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    assert cli.main(["demo-code", "dana"]) == cli.FAILED
    assert "holds no demo data" in capsys.readouterr().err
