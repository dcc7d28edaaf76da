"""A billing day of which processes are killed, and which is taken up again until all is quiet.

`make kills N=200` kills at every fail point and at 200 random moments; ordinary runs at every fail
point once and at five moments. Nothing may be lost, doubled or stuck.
"""

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cleanclaim.core.intake import read_superbill
from cleanclaim.platform.failpoints import FAIL_POINTS
from cleanclaim.sandbox.superbills import write_superbill
from cleanclaim.sandbox.world import make_patients, make_practices

KILLS = int(os.environ.get("CLEANCLAIM_KILLS", "0"))
MOMENTS = KILLS or 5
CLAIMS = 300 if KILLS else 12
LONGEST_SECONDS = 10 if KILLS else 5
SEED = 31
# In the order in which a day passes them, so that each finds something to cut.
POINTS = {
    "before_commit": 40,
    "after_commit": 60,
    "put": 1,
    "rename": 1,
    "acknowledge": 1,
    "taken": 2,
}
CLEANCLAIM = [sys.executable, "-m", "cleanclaim.config.cli"]
VICTIMS = ("product", "sandbox", "postmaster", "backend")
IN_WORKERS = {"job_done"}
QUIET_SECONDS = 7  # longer than workers wait between two turns
LONGEST_QUIET_SECONDS = 300
pytestmark = [
    pytest.mark.kills,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]


class House:
    """A data folder with its own cluster, and the day that is run in it."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = os.environ | {
            "CLEANCLAIM_HOME": str(folder / "home"),
            "CLEANCLAIM_STATE": str(folder / "state"),
        }
        self.log = (folder / "log").open("ab")
        self.process = None
        self.seed = SEED

    def start(self, **more):
        command = [*CLEANCLAIM, "day", "--claims", str(CLAIMS), "--seed", str(self.seed), "--json"]
        self.process = subprocess.Popen(
            command,
            env=self.environment | more,
            stdout=subprocess.PIPE,
            stderr=self.log,
        )

    def finish(self):
        """Run the day to its end, which a killed part may prevent; tell what it printed."""
        out, _ = self.process.communicate(timeout=900)
        return json.loads(out) if self.process.returncode == 0 else None

    def finished(self):
        """Take the day up again until it ends by itself."""
        for _ in range(5):
            self.start()
            if day := self.finish():
                return day
        pytest.fail((self.folder / "log").read_text()[-3000:])

    def postmaster(self):
        """Read the number of the server; None while it stops or starts."""
        for path in self.folder.glob("*/**/postmaster.pid"):
            with contextlib.suppress(OSError, IndexError, ValueError):
                return int(path.read_text().split()[0])
        return None

    def kill(self, victim, chance):
        """Kill one process of this house, when there is one; tell whether there was."""
        while self.process.poll() is None:
            found = self.victims(victim)
            if found:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(found), signal.SIGKILL)
                    return True
            time.sleep(0.02)
        return False

    def victims(self, victim):
        if victim == "product":
            return [self.process.pid]
        if victim == "sandbox":
            return [pid for pid, words in commands() if f"sandbox {self.folder}" in words]
        postmaster = self.postmaster()
        if postmaster is None:
            return []
        if victim == "postmaster":
            return [postmaster]
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children")
        children = children.read_text().split() if children.exists() else []
        named = {int(pid): words for pid, words in commands() if str(pid) in children}
        return [pid for pid, words in named.items() if "cleanclaim" in words]


def commands():
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        yield int(path.parent.name), words


@pytest.fixture(scope="module")
def house():
    folder = Path(tempfile.mkdtemp(prefix="cleanclaim-kills-"))
    folder.chmod(0o755)
    one = House(folder)
    yield one
    one.process.kill()
    one.process.communicate()
    subprocess.run([*CLEANCLAIM, "stop"], env=one.environment, check=True, capture_output=True)
    one.log.close()
    shutil.rmtree(folder)


def test_every_fail_point_is_passed_here_or_named():
    assert set(POINTS) | IN_WORKERS == set(FAIL_POINTS)


def test_nothing_is_lost_doubled_or_stuck(house):
    chance = random.Random(SEED)
    killed = dict.fromkeys([*POINTS, *VICTIMS], 0)
    for point, passing in POINTS.items():
        house.start(CLEANCLAIM_FAIL=f"{point}:{passing}")
        house.finish()
        killed[point] += house.process.returncode == -signal.SIGKILL
    assert all(killed[point] for point in POINTS), killed
    assert_whole(house, house.finished())
    house.seed += 1
    while (done := sum(killed[one] for one in VICTIMS)) < MOMENTS:
        house.start()
        time.sleep(chance.uniform(0.5, LONGEST_SECONDS))
        victim = VICTIMS[done % len(VICTIMS)]
        was_killed = house.kill(victim, chance)
        killed[victim] += was_killed
        house.finish()
        if not was_killed:  # the day was over before: the next one
            assert_whole(house, house.finished())
            house.seed += 1
    assert_whole(house, house.finished())
    say(killed)


def test_a_killed_worker_is_taken_over(house):
    """Workers and sandboxes that run beside each other, killed and started again."""
    chance = random.Random(SEED)
    house.seed = SEED + 1000
    house.start(CLEANCLAIM_FAIL="put:1")  # everything is taken in, and the first file is cut
    house.finish()
    folders = sorted((house.folder / "home" / "sandbox").glob(f"day{house.seed}-*"))
    beside = {folder: [*CLEANCLAIM, *sandbox_words(house, folder)] for folder in folders}
    beside["worker"] = [*CLEANCLAIM, "worker"]
    environment = house.environment | {"CLEANCLAIM_FAIL": "job_done:4"}
    running = {
        name: subprocess.Popen(words, env=environment, stderr=house.log)
        for name, words in beside.items()
    }
    kills = KILLS // 8
    try:
        assert running["worker"].wait(120) == -signal.SIGKILL
        running["worker"] = start_again(house, beside["worker"])
        for _ in range(kills):
            time.sleep(chance.uniform(2, LONGEST_SECONDS))
            name = chance.choice(list(beside))
            running[name].kill()
            running[name].wait()
            running[name] = start_again(house, beside[name])
        wait_until_quiet(folders)
    finally:
        for process in running.values():
            process.kill()
            process.wait()
    day = house.finished()
    assert not {"fetched", "sealed", "sent", "posted"} & day["rates"].keys()  # nothing was left
    assert_whole(house, day)


def sandbox_words(house, folder):
    receiver = "CC00001" if folder.name.endswith("usmed") else "CC00002"
    return ["sandbox", str(folder), "--seed", str(house.seed), "--receiver", receiver]


def start_again(house, words):
    return subprocess.Popen(words, env=house.environment, stderr=house.log)


def wait_until_quiet(folders):
    """Wait until files have gone both ways and none has for a while."""
    until = time.monotonic() + LONGEST_QUIET_SECONDS
    since, before = time.monotonic(), None
    while time.monotonic() < until:
        now = [
            (part, sorted(one.name for one in (folder / part).iterdir()))
            for folder in folders
            for part in ("in", "out", "kept")
        ]
        if now != before:
            since, before = time.monotonic(), now
        waits = any(names for part, names in now if part != "kept")
        if not waits and now[2][1] and time.monotonic() - since > QUIET_SECONDS + 12:
            return
        time.sleep(0.2)
    pytest.fail(f"it does not come to rest: {before}")


def say(killed):
    sys.stderr.write(f"killed: {killed}\n")


def assert_whole(house, day):
    """Hold the product's books against the sandbox's, and against the bytes that went between."""
    claims, charged_cents = given(house.seed)
    assert (sum(day["stages"].values()), day["charged_cents"]) == (claims, charged_cents)
    assert (day["ledger_sum"], day["differences"]) == (0, 0)
    assert day["charged_cents"] == sum(
        day[f"{name}_cents"] for name in ("paid", "adjusted", "patient", "open")
    )
    assert day["interchanges"].keys() == {"accepted"}
    received = 0
    for folder in (house.folder / "home" / "sandbox").glob(f"day{house.seed}-*"):
        command = [*CLEANCLAIM, "sandbox", str(folder), "--report"]
        report = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        assert report["claims_twice"] == 0
        received += report["interchanges"]
        kept = {hashlib.sha256(one.read_bytes()).hexdigest() for one in (folder / "kept").iterdir()}
        assert len(kept) == report["interchanges"]
        assert not list((folder / "in").iterdir())
        assert not list((folder / "out").iterdir())
    assert received == day["interchanges"]["accepted"]


def given(seed):
    """Count the claims and cents that the superbills of a day hold, without the product's books."""
    claims = cents = 0
    today = datetime.now(UTC).date()
    shares = [CLAIMS // 2 + (place < CLAIMS % 2) for place in range(2)]
    for tenant, share in enumerate(shares):
        own = [share // 3 + (place < share % 3) for place in range(3)]
        count = max(1, -(-max(own) * 2 // 3))
        for practice, visits in zip(make_practices(seed, tenant), own, strict=True):
            people = make_patients(seed, practice.npi, count, today)
            intake = read_superbill(write_superbill(seed, practice, people, today, visits))
            coded = [one for one in intake.drafts if one.is_coded]
            claims += sum(len(one.coverages) for one in coded)
            cents += sum(line.charge_cents for one in coded for line in one.lines)
    return claims, cents
