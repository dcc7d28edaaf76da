"""The launcher against what breaks launchers: races, kills, zombies, reused numbers, modes."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.postgres import binaries
from cleanclaim.platform.postgres.cluster import (
    FORGETFUL,
    cluster_here,
    cluster_start,
    cluster_stop,
    cluster_used,
)
from cleanclaim.platform.postgres.orphans import orphan_remove, orphans_list
from cleanclaim.platform.postgres.postmaster import leftovers_clear, postmaster_pid

IS_ROOT = os.geteuid() == 0


@pytest.fixture
def open_folder():
    """A folder that every account can enter; pytest's own are closed where we are root."""
    path = Path(tempfile.mkdtemp(prefix="cleanclaim-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def cluster(open_folder, monkeypatch):
    monkeypatch.setenv("CLEANCLAIM_HOME", str(open_folder / "home"))
    monkeypatch.setenv("CLEANCLAIM_STATE", str(open_folder / "state"))
    one = cluster_here(FORGETFUL)
    yield one
    cluster_stop(one)


def asked(cluster, query, **changes):
    with psycopg.connect(**(cluster.address | changes)) as connection:
        return connection.execute(query).fetchone()[0]


def test_it_starts_guarded_keeps_its_data_and_stops(cluster):
    cluster_start(cluster)
    assert asked(cluster, "SHOW listen_addresses") == ""
    assert asked(cluster, "SHOW data_checksums") == "on"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        asked(cluster, "SELECT 1", password="wrong")
    with psycopg.connect(**cluster.address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")
    cluster_start(cluster)  # once more is no error
    assert cluster_stop(cluster)
    assert not cluster_stop(cluster)
    cluster_start(cluster)
    assert asked(cluster, "SELECT number FROM kept") == 42


def test_a_killed_server_starts_again_with_what_was_committed(cluster):
    cluster = cluster_here()  # with durable commits
    cluster_start(cluster)
    with psycopg.connect(**cluster.address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")
    os.kill(postmaster_pid(cluster.data), signal.SIGKILL)
    cluster_start(cluster)
    assert asked(cluster, "SELECT number FROM kept") == 42


def test_a_server_that_recovers_is_stopped_all_the_same(cluster):
    cluster = cluster_here()  # PostgreSQL 15 hangs when it is told to stop while it recovers
    cluster_start(cluster)
    with psycopg.connect(**cluster.address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 200000) AS number")
        connection.commit()
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert cluster_stop(cluster)
    cluster_start(cluster)
    assert asked(cluster, "SELECT count(*) FROM kept") == 200000


def test_a_server_that_hangs_while_it_stops_is_ended_and_started(cluster, monkeypatch):
    monkeypatch.setattr("cleanclaim.platform.postgres.cluster.STOP_SECONDS", 1)
    cluster_start(cluster)
    with psycopg.connect(**cluster.address) as busy:
        # A smart stop waits for this session for ever.
        os.kill(postmaster_pid(cluster.data), signal.SIGTERM)
        time.sleep(0.3)
        cluster_start(cluster)
        with pytest.raises(psycopg.OperationalError):
            busy.execute("SELECT 1")
    assert asked(cluster, "SELECT 1") == 1


def test_a_zombie_and_a_reused_number_count_as_dead(cluster):
    cluster_start(cluster)
    lines = (cluster.data / "postmaster.pid").read_text().splitlines()
    cluster_stop(cluster)
    zombie = subprocess.Popen(["/bin/true"])
    time.sleep(0.3)
    for number in (zombie.pid, 1, os.getpid(), 2**22 - 1):
        left = "\n".join([str(number), *lines[1:]])
        (cluster.data / "postmaster.pid").write_text(left)
        cluster.socket_lock.write_text(left)
        assert postmaster_pid(cluster.data) is None
        cluster_start(cluster)
        assert asked(cluster, "SELECT 1") == 1
        assert not leftovers_clear(cluster.data, cluster.socket_lock)  # it truly runs now
        cluster_stop(cluster)
    zombie.wait()


def test_two_starters_at_once_make_one_server(cluster):
    failures = []

    def start():
        try:
            cluster_start(cluster)
        except Refusal as refusal:
            failures.append(refusal)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == []
    assert asked(cluster, "SELECT count(*) FROM pg_control_system()") == 1


def test_the_last_user_stops_it_also_after_a_kill(cluster):
    with cluster_used(cluster):
        with cluster_used(cluster):
            pass
        assert asked(cluster, "SELECT 1") == 1
    assert postmaster_pid(cluster.data) is None
    code = (
        "import time; from cleanclaim.platform.postgres import *\n"
        "with cluster_used(cluster_here(FORGETFUL)): print('up', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    with other.stdout:
        assert other.stdout.readline() == b"up\n"
    other.kill()
    other.wait()
    assert asked(cluster, "SELECT 1") == 1  # a killed user leaves it running
    with cluster_used(cluster):
        pass
    assert postmaster_pid(cluster.data) is None  # the next user ends it


def test_lost_keys_are_named(cluster):
    cluster_start(cluster)
    shutil.rmtree(Path(os.environ["CLEANCLAIM_HOME"]) / "keys")
    with pytest.raises(Refusal, match="put back the keys folder"):
        cluster_start(cluster_here(FORGETFUL))


def test_a_long_path_gets_a_short_socket(open_folder, monkeypatch):
    long = open_folder / ("long-" * 20)
    monkeypatch.setenv("CLEANCLAIM_HOME", str(long / "home"))
    monkeypatch.setenv("CLEANCLAIM_STATE", str(long / "state"))
    long.mkdir()
    one = cluster_here(FORGETFUL)
    assert len(os.fsencode(one.socket_lock)) <= 107
    one.socket.rmdir()


@pytest.mark.skipif(not IS_ROOT, reason="steps down from root")
def test_as_root_a_closed_folder_is_refused_and_left_as_it_is(open_folder, monkeypatch):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("CLEANCLAIM_HOME", str(open_folder / "home"))
    monkeypatch.setenv("CLEANCLAIM_STATE", str(closed / "state"))
    with pytest.raises(Refusal, match="CLEANCLAIM_STATE, or start cleanclaim as an ordinary user"):
        cluster_here(FORGETFUL)
    assert closed.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not IS_ROOT, reason="steps down from root")
def test_as_root_the_server_runs_as_an_unprivileged_account(cluster):
    cluster_start(cluster)
    pid = postmaster_pid(cluster.data)
    assert Path(f"/proc/{pid}").stat().st_uid == cluster.account.uid != 0
    assert cluster.data.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not IS_ROOT, reason="elsewhere the cluster lies in the data folder")
def test_clusters_without_their_data_folder_are_found_and_removed(cluster, open_folder):
    cluster_start(cluster)
    assert orphans_list() == []
    shutil.rmtree(open_folder / "home")
    assert orphans_list() == []  # it still runs
    cluster_stop(cluster)
    assert orphans_list() == [cluster.folder]
    orphan_remove(cluster.folder)
    assert list((open_folder / "state").iterdir()) == []


def test_the_programs_named_are_checked(open_folder, monkeypatch, cluster):
    monkeypatch.setenv("CLEANCLAIM_PG_BIN", str(open_folder))
    with pytest.raises(Refusal, match="lacks initdb, pg_ctl, postgres"):
        cluster_here()
    for name in ("initdb", "pg_ctl", "postgres"):
        (open_folder / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
        (open_folder / name).chmod(0o755)
    with pytest.raises(Refusal, match="is version 14; 15 to 18 work"):
        cluster_here()
    monkeypatch.delenv("CLEANCLAIM_PG_BIN")
    monkeypatch.setattr(binaries, "_system_folders", lambda: iter(()))
    monkeypatch.setattr(binaries, "_wheel_folder", lambda: None)
    with pytest.raises(Refusal, match="apt-get install postgresql"):
        cluster_here()


def test_the_wheel_serves_where_the_system_has_none(open_folder, monkeypatch, cluster):
    if binaries._wheel_folder() is None:
        pytest.skip("the extra `embedded` is not installed")
    monkeypatch.setattr(binaries, "_system_folders", lambda: iter(()))
    reach = type(cluster.account).can_reach
    monkeypatch.setattr(
        type(cluster.account),
        "can_reach",
        lambda self, path: "site-packages" not in str(path) and reach(self, path),
    )
    one = cluster_here(FORGETFUL)
    assert "site-packages" not in str(one.programs)  # copied to where it can be reached
    cluster_start(one)
    assert asked(one, "SHOW server_version_num") >= "180000"
    monkeypatch.undo()
    monkeypatch.setenv("CLEANCLAIM_HOME", str(open_folder / "home"))
    monkeypatch.setenv("CLEANCLAIM_STATE", str(open_folder / "state"))
    cluster_stop(one)
    # What the wheel made it serves on, though the system may have come to have one.
    assert binaries.version(cluster_here().programs) == 18
    cluster_start(cluster_here(FORGETFUL))
    cluster_stop(cluster_here(FORGETFUL))
    monkeypatch.setattr(binaries, "_wheel_folder", lambda: None)
    if binaries.version(cluster_here().programs) != 18:
        with pytest.raises(Refusal, match=r"^postgres_version_changed"):
            cluster_start(cluster_here(FORGETFUL))
