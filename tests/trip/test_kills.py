"""A billing day of which processes are killed, and which is taken up again until all is quiet.

`make kills N=200` kills at every fail point and at 200 random moments; ordinary runs at every fail
point once and at five moments chosen by the commit. A day is run by its command alone, or by web,
worker and sandboxes side by side with a person at the pages. Nothing may be lost, doubled or stuck:
afterwards the books are those of the same day undisturbed, row by row.

CLEANCLAIM_KILLS_LOG names a file that keeps a row for each kill and each day; a run that finds one
goes on after its last day.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from day_house import CLEANCLAIM, House, kill
from day_visitor import Visitor

from cleanclaim.core.intake import read_superbill
from cleanclaim.platform.failpoints import FAIL_POINTS
from cleanclaim.sandbox.superbills import write_superbill
from cleanclaim.sandbox.world import make_patients, make_practices

KILLS = int(os.environ.get("CLEANCLAIM_KILLS", "200"))
IS_WHOLE = os.environ.get("CLEANCLAIM_PROOF") == "whole"
CLAIMS = 300 if IS_WHOLE else 12
KILLS_PER_DAY = 20 if IS_WHOLE else 3
LONGEST_SECONDS = 10 if IS_WHOLE else 4
FIRST_SEED = 31
# In the order in which a day passes them, so that each finds something to cut.
POINTS = {
    "before_commit": 40,
    "after_commit": 60,
    "put": 1,
    "rename": 1,
    "acknowledge": 1,
    "taken": 2,
}
IN_WORKERS = {"job_done": 4}
ALONE = ("day", "sandbox", "postmaster", "backend")
TOGETHER = ("web", "web server", "worker", "sandbox", "postmaster", "backend", "up")
WARNINGS = """SELECT finding.id::text FROM claim_finding finding
  JOIN practice ON practice.id = finding.practice_id
  JOIN tenancy_tenant tenant ON tenant.id = practice.tenant_id
  WHERE severity = 'warns' AND tenant.slug = %s ORDER BY 1"""
OVERRIDDEN = """SELECT
  (SELECT count(*) FROM claim_finding WHERE id::text = ANY (%(ids)s) AND overridden_by <> ''),
  (SELECT count(*) FROM claim_event WHERE event = 'warning_overridden'
    AND claim_id IN (SELECT claim_id FROM claim_finding WHERE id::text = ANY (%(ids)s)))"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


class Log:
    """Kills and days so far, kept in a file where one is named."""

    def __init__(self):
        named = os.environ.get("CLEANCLAIM_KILLS_LOG")
        self.path = Path(named) if named else None
        there = self.path is not None and self.path.exists()
        self.rows = [json.loads(row) for row in self.path.open()] if there else []
        # Kills of a day that was not finished do not count.
        last = max((at for at, row in enumerate(self.rows) if "whole" in row), default=-1)
        self.rows = self.rows[: last + 1]

    def add(self, **row):
        self.rows.append({"at": datetime.now(UTC).isoformat(timespec="seconds"), **row})
        if self.path:
            with self.path.open("a") as file:
                file.write(json.dumps(self.rows[-1]) + "\n")

    @property
    def kills(self):
        return Counter(row["victim"] for row in self.rows if "victim" in row)

    @property
    def next_seed(self):
        return max((row["seed"] for row in self.rows), default=FIRST_SEED) + 1


@pytest.fixture(scope="module")
def house():
    one = House(CLAIMS)
    yield one
    one.close()


@pytest.fixture(scope="module")
def undisturbed():
    """Give the books of a day that nothing disturbed."""
    one = House(CLAIMS)

    def books(seed):
        one.day_finished(seed)
        return one.books(seed)["books"]

    yield books
    one.close()


@pytest.mark.kills
@pytest.mark.proof
def test_every_fail_point_is_passed_here_or_named(proof):
    assert POINTS.keys() | IN_WORKERS.keys() == FAIL_POINTS.keys()
    proof.tell(cases=len(FAIL_POINTS))


@pytest.mark.kills
@pytest.mark.proof
def test_each_fail_point_cuts_a_day_and_nothing_is_lost(house, undisturbed, proof):
    killed = {}
    for point, passing in POINTS.items():
        day = house.day_start(FIRST_SEED, CLEANCLAIM_FAIL=f"{point}:{passing}")
        house.day_end()
        killed[point] = day.returncode == -signal.SIGKILL
    assert all(killed.values()), killed
    assert_whole(house, FIRST_SEED, undisturbed(FIRST_SEED))
    proof.tell(cases=len(POINTS))


@pytest.mark.kills
@pytest.mark.proof
def test_a_killed_worker_is_taken_over(house, undisturbed, proof):
    """The first worker is killed at a fail point that only workers pass; the next one goes on."""
    (point, passing), seed = *IN_WORKERS.items(), FIRST_SEED - 1
    take_in(house, seed)
    worker = subprocess.Popen(
        [*CLEANCLAIM, "worker"],
        env=house.environment | {"CLEANCLAIM_FAIL": f"{point}:{passing}"},
        stderr=house.log,
    )
    assert worker.wait(120) == -signal.SIGKILL
    house.start(seed)
    house.wait_until_quiet()
    house.end()
    assert_whole(house, seed, undisturbed(seed), is_at_rest=True)
    proof.tell(cases=1)


@pytest.mark.kills
@pytest.mark.proof
def test_nothing_is_lost_doubled_or_stuck(house, undisturbed, proof):
    log = Log()
    overridden = 0
    while (done := log.kills.total()) < proof.count(KILLS, 5):
        seed = log.next_seed
        together = (seed - FIRST_SEED) % 2 == 1
        if together:
            overridden += kill_together(house, seed, proof.random, log)
        else:
            kill_alone(house, seed, proof.random, log)
        assert_whole(house, seed, undisturbed(seed), is_at_rest=together and proof.is_whole)
        log.add(seed=seed, whole=True, kills=log.kills.total() - done)
    sys.stderr.write(f"killed: {dict(log.kills)}, overridden meanwhile: {overridden}\n")
    days = sum("whole" in row for row in log.rows)
    proof.tell(cases=log.kills.total(), days=days, claims=CLAIMS * days, killed=log.kills)


def kill_alone(house, seed, chance, log):
    """Kill during the day's command, and start it again after each."""
    for _ in range(KILLS_PER_DAY):
        day = house.day_start(seed)
        time.sleep(chance.uniform(0.5, LONGEST_SECONDS))
        kill_one(house, seed, ALONE, chance, log, until=lambda day=day: day.poll() is not None)
        if house.day_end():
            return


def kill_together(house, seed, chance, log):
    """Kill among all processes of the product while a person is at the pages."""
    take_in(house, seed)
    slug = f"{house.prefix(seed)}usmed"
    session = house.script("day_person.py", slug)
    house.start(seed)
    while not house.victims("web server"):
        time.sleep(0.2)
    with house.backup() as backup:
        warnings = [row[0] for row in backup.execute(WARNINGS, [slug])]
    authority = house.folder / "home" / "tls" / "authority.pem"
    with Visitor(house.port, authority, session, warnings) as visitor:
        for _ in range(KILLS_PER_DAY):
            time.sleep(chance.uniform(0.5, LONGEST_SECONDS))
            kill_one(house, seed, TOGETHER, chance, log)
            house.keep_up()
        house.wait_until_quiet()
        until = time.monotonic() + 60
        while len(visitor.passed) < len(warnings) and time.monotonic() < until:
            time.sleep(0.2)
    house_answers(house, visitor, warnings)
    house.end()
    return len(visitor.passed)


def house_answers(house, visitor, warnings):
    """Hold what the pages said against what is kept: each act once, no page broken."""
    assert visitor.passed == warnings
    assert visitor.answers["200"]
    assert not visitor.answers.keys() - {"200", "503", "nobody there"}, visitor.answers
    with house.backup() as backup:
        kept = backup.execute(OVERRIDDEN, {"ids": warnings}).fetchone()
    assert kept == (len(warnings), len(warnings))


def take_in(house, seed):
    """Take the day's visits in, and cut the first file that goes out."""
    day = house.day_start(seed, CLEANCLAIM_FAIL="put:1")
    house.day_end()
    assert day.returncode == -signal.SIGKILL


def kill_one(house, seed, kinds, chance, log, until=lambda: False):
    """Kill one process, of each kind in turn, when there is one."""
    made = log.kills
    kind = min(kinds, key=lambda one: (made[one], kinds.index(one)))
    while not until():
        found = house.victims(kind)
        if found and kill(pid := chance.choice(found)):
            log.add(seed=seed, victim=kind, pid=pid)
            return
        house.keep_up() if kinds is TOGETHER else None
        time.sleep(0.02)


def assert_whole(house, seed, expected, *, is_at_rest=False):
    """Hold the product's books against the undisturbed day, the sandbox, and the superbills.

    Args:
        is_at_rest: The workers said that nothing is left, so the day's command finds nothing to do.
    """
    day = house.day_finished(seed)
    if is_at_rest:
        assert not {"fetched", "sealed", "sent", "posted"} & day["rates"].keys()
    claims, charged_cents = given(seed)
    assert (sum(day["stages"].values()), day["charged_cents"]) == (claims, charged_cents)
    assert (day["ledger_sum"], day["differences"]) == (0, 0)
    assert day["charged_cents"] == sum(
        day[f"{name}_cents"] for name in ("paid", "adjusted", "patient", "open")
    )
    assert day["interchanges"].keys() == {"accepted"}
    for folder in house.sandboxes(seed):
        report = json.loads(house.command("sandbox", str(folder), "--report"))
        assert report["claims_twice"] == 0
    assert house.files_waiting() == []
    told = house.books(seed)
    assert differences(told["books"], expected) == []
    there = house.files_there(seed)
    assert {name: sorted(one) for name, one in told["files"].items()} == {
        name: sorted(one) for name, one in there.items()
    }


def differences(books, expected):
    """List what differs, row by row; acts of the person at the pages are looked at apart."""
    told = []
    for name in sorted(books.keys() | expected.keys()):
        one, other = books.get(name, {}), expected.get(name, {})
        for kind in sorted(one.keys() | other.keys()):
            rows, wanted = Counter(one.get(kind, ())), Counter(other.get(kind, ()))
            if rows != wanted:
                told.append((name, kind, dict(rows - wanted), dict(wanted - rows)))
    return told


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


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"c1": {"ledger": ["a | 5", "a | 5", "b | -5"]}}, ("c1", "ledger")),  # doubled
        ({"c1": {"ledger": ["a | 5"]}}, ("c1", "ledger")),  # lost
        ({"c1": {"ledger": ["a | 5", "b | -6"]}}, ("c1", "ledger")),  # another amount
        ({}, ("c1", "ledger")),  # a claim lost
        ({"c1": {"ledger": ["a | 5", "b | -5"]}, "c2": {"state": ["ready"]}}, ("c2", "state")),
    ],
)
def test_what_is_lost_doubled_or_stuck_is_told(wrong, place):
    right = {"c1": {"ledger": ["a | 5", "b | -5"]}}
    assert differences(right, right) == []
    ((name, kind, *_),) = differences(wrong, right)
    assert (name, kind) == place
