"""Which `up` runs in a data folder: told by a lock, so that neither a stale file nor a reused
number misleads."""

import os
import subprocess
import sys
import time

import pytest

from cleanclaim.config import serving
from cleanclaim.config.commands import stop
from cleanclaim.kernel.refusal import Refusal

HOLDER = (
    "import time; from cleanclaim.config.serving import known_as_up\n"
    "with known_as_up(): print('up', flush=True); time.sleep(60)"
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def other(home):
    process = subprocess.Popen([sys.executable, "-c", HOLDER], stdout=subprocess.PIPE)
    with process.stdout:
        assert process.stdout.readline() == b"up\n"
        yield process
    process.kill()
    process.wait()


def test_the_second_in_one_folder_is_refused(other):
    assert serving.up_pid() == other.pid
    with pytest.raises(Refusal, match="`cleanclaim stop` ends it"), serving.known_as_up():
        pass
    assert serving.up_pid() == other.pid


def test_a_killed_one_is_not_taken_for_running_not_even_as_a_zombie(home, other):
    other.kill()
    for _ in range(100):
        if serving.up_pid() is None:
            break
        time.sleep(0.05)
    assert (home / "run" / "up.pid").read_text() == str(other.pid)
    assert serving.up_pid() is None
    with serving.known_as_up():
        assert serving.up_pid() == os.getpid()


def test_nobody_is_ended_for_a_reused_number(home):
    bystander = subprocess.Popen(["/bin/sleep", "60"])
    (home / "run").mkdir()
    (home / "run" / "up.pid").write_text(str(bystander.pid))
    assert not stop._end_up()
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_a_running_one_is_ended(other):
    assert stop._end_up()
    assert other.wait(10)
