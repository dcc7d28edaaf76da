"""Set-up names what the machine lacks, and what to do about it."""

import shutil
import subprocess
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).parents[2] / "Makefile"
WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexit 0\n'


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize(
    ("python", "remedy"),
    [
        (WITHOUT_VENV, "apt-get install python3-venv"),
        (None, "install it, or name it with HOST_PYTHON="),
    ],
)
def test_set_up_says_what_to_install(tmp_path, python, remedy):
    shutil.copy(MAKEFILE, tmp_path)
    given = "HOST_PYTHON="
    if python:
        program = tmp_path / "python"
        program.write_text(python)
        program.chmod(0o755)
        given += str(program)
    done = subprocess.run(
        ["make", given, ".tools/bin/uv"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode
    assert remedy in done.stdout
