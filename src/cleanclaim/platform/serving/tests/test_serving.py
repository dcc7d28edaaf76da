import logging
import os
import signal
import ssl
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from cryptography import x509

from cleanclaim.platform.serving import certificate, processes
from cleanclaim.platform.serving.certificate import certificate_here
from cleanclaim.platform.serving.logs import PlainFormatter


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    return tmp_path


def leaf(made):
    return x509.load_pem_x509_certificate(made.chain.read_bytes())


def test_a_certificate_lives_ninety_days_and_is_renewed_in_time(home, now):
    first = leaf(certificate_here(now))
    assert first.not_valid_after_utc - first.not_valid_before_utc == timedelta(days=90)
    assert leaf(certificate_here(now + timedelta(days=50))) == first
    later = certificate_here(now + timedelta(days=61))
    assert leaf(later) != first
    authority = x509.load_pem_x509_certificate(later.authority.read_bytes())
    leaf(later).verify_directly_issued_by(authority)
    first.verify_directly_issued_by(authority)  # who trusts it once trusts the next one too


@pytest.mark.parametrize("name", ["server.pem", "server.key", "authority.pem", "authority.key"])
def test_what_a_killed_start_left_apart_is_made_anew(home, now, name):
    other = certificate_here(now).chain.with_name(name).read_bytes()
    for path in (home / "tls").iterdir():
        path.unlink()
    for content in (other, b"half of it"):
        (certificate_here(now).chain.parent / name).write_bytes(content)
        made = certificate_here(now)
        leaf(made).verify_directly_issued_by(
            x509.load_pem_x509_certificate(made.authority.read_bytes())
        )
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(made.chain, made.key)


def test_a_browser_is_told_whom_to_trust(home, now, tmp_path, monkeypatch):
    authority = certificate_here(now).authority
    monkeypatch.setattr(certificate, "_SYSTEM_STORE", tmp_path / "nowhere")
    monkeypatch.setattr("shutil.which", lambda _: None)
    said = certificate.authority_trust(authority)
    assert [f"sudo cp {authority}" in said[0], "libnss3-tools" in said[1]] == [True, True]
    program = tmp_path / "certutil"
    program.write_text('#!/bin/sh\necho "$@" > "$HOME/asked"\n')
    program.chmod(0o755)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda _: str(program))
    assert "now trusts the authority" in certificate.authority_trust(authority)[1]
    asked = (tmp_path / "asked").read_text()
    assert f"-d sql:{tmp_path}/.pki/nssdb -A -t C,," in asked
    assert asked.strip().endswith(str(authority))


def test_python_s_own_tls_accepts_it(home, now):
    made = certificate_here(now)
    context = ssl.create_default_context(cafile=str(made.authority))
    assert context.cert_store_stats()["x509_ca"] == 1
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(made.chain, made.key)
    assert made.key.stat().st_mode & 0o077 == 0


SUPERVISOR = """
import sys
from cleanclaim.platform.serving import certificate, processes
processes.KILL_AFTER_SECONDS = 0.5
child = [sys.executable, '-c', {child!r}]
sys.exit(processes.supervise({{'child': child}}, say=lambda words: print(words, flush=True)))
"""


def supervised(child):
    command = [sys.executable, "-c", SUPERVISOR.format(child=child)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_child_that_ends_is_started_again_and_one_that_will_not_end_is_killed():
    stubborn = (
        "import os, signal, sys, time; signal.signal(15, signal.SIG_IGN);"
        " print(os.getpid(), flush=True); time.sleep(60)"
    )
    process = supervised(stubborn)
    with process.stdout:
        first = int(process.stdout.readline())
        os.kill(first, signal.SIGKILL)
        assert process.stdout.readline() == "child ended with -9 and is started again\n"
        second = int(process.stdout.readline())
        assert second != first
        process.terminate()
        assert process.wait(10) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="the system's own means")
def test_children_of_a_killed_supervisor_end():
    process = supervised("import os, time; print(os.getpid(), flush=True); time.sleep(60)")
    with process.stdout:
        child = int(process.stdout.readline())
        process.kill()
        process.wait()
    for _ in range(50):
        if _is_gone(child):
            return
        time.sleep(0.1)
    pytest.fail("the child outlived its supervisor")


def _is_gone(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123  a file of the system
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_logs_hold_no_words_of_an_exception():
    try:
        raise ValueError("patient Roe")
    except ValueError:
        record = logging.LogRecord("x", 40, "f", 1, "failed", (), sys.exc_info())
    text = PlainFormatter("%(message)s").format(record)
    assert "Roe" not in text
    assert "ValueError" in text
    assert "test_serving.py" in text


def test_the_time_out_is_short_enough_to_wait_for():
    assert processes.KILL_AFTER_SECONDS <= 20
