"""A whole billing day of the made-up world, against a sandbox in a process of its own."""

import resource
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter

import msgspec

from cleanclaim.apps.claims.public import claim_counts
from cleanclaim.apps.exchange.public import interchange_counts
from cleanclaim.apps.ledger.public import balances_prove, journal_totals
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.work.public import items_counts
from cleanclaim.config.practice_world import (
    ACTOR,
    Company,
    companies_make,
    patients_make,
    sandbox_command,
    visits_make,
)
from cleanclaim.config.trip import Meter, turn
from cleanclaim.core.ledger import Totals
from cleanclaim.platform.models.cost import COST
from cleanclaim.platform.models.scope import scope

_TURNS = 20
_BYTES_PER_MB = 1024  # ru_maxrss is in kilobytes


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a day.

    Args:
        stages: Claims by stage.
        outcomes: Claims by what the payer decided.
        rows: Rows of the superbills by how they ended.
        work: Open work items by kind.
        interchanges: Files out by state.
        differences: Balances that are not what the journal says; empty when all is well.
        leave_seconds: What asking for leaves, checking them and cutting claims to them took.
        leave_calls: How often each was done.
    """

    stages: dict[str, int]
    outcomes: dict[str, int]
    rows: dict[str, int]
    work: dict[str, int]
    interchanges: dict[str, int]
    totals: Totals
    seconds: dict[str, float]
    counts: dict[str, int]
    whole_seconds: float
    peak_mb: float
    differences: int
    leave_seconds: float
    leave_calls: dict[str, int]

    @property
    def leave_share(self) -> float:
        """Give the part of our own time, without the sandbox's, that went into leaves."""
        return self.leave_seconds / (self.whole_seconds - self.seconds.get("sandbox", 0.0))


def billing_day(
    *,
    claims: int,
    seed: int,
    prefix: str | None = None,
    misbehave: str = "",
    heard: Callable[[str, int], None] = lambda _name, _moved: None,
) -> Day:
    """Run the day; again with the same seed, it finds everything done.

    Args:
        claims: Visits of the day, over all practices.
        seed: Decides people, visits and what payers do.
        prefix: Begins the companies' short names; by seed and size where not given.
        misbehave: What the sandbox is ordered to do wrong.
        heard: Hears of each step's name and what it moved.
    """
    named = f"day{seed}-{claims}-" if prefix is None else prefix
    companies = companies_make(seed, at=_now(), prefix=named)
    # The day begins now: making up companies, and reading their policies first, is no part of it.
    start = perf_counter()
    COST.clear()
    meter = Meter(heard)
    rows: Counter[str] = Counter()
    for company, share in zip(companies, _shares(claims, len(companies)), strict=True):
        _visits(company, share, seed, meter, rows)
    for company in companies:
        _turns(company, seed, meter, misbehave)
    return _told(companies, meter, rows, perf_counter() - start)


def _now() -> datetime:
    return datetime.now(UTC)


def _shares(whole: int, parts: int) -> list[int]:
    return [whole // parts + (position < whole % parts) for position in range(parts)]


def _visits(company: Company, claims: int, seed: int, meter: Meter, rows: Counter[str]) -> None:
    shares = _shares(claims, len(company.practices))
    count = max(1, -(-max(shares) * 2 // 3))
    patients = meter.step(
        "patients",
        lambda: list(patients_make(company, seed, count, at=_now())),
        lambda found: sum(len(people) for _, people in found),
    )
    for (practice_id, people), share in zip(patients, shares, strict=True):
        intake = meter.step(
            "imported",
            lambda practice_id=practice_id, people=people, share=share: visits_make(
                company, practice_id, people, share, seed=seed, at=_now()
            ),
            lambda _, share=share: share,
        )
        for name in ("given", "imported", "waiting", "already", "refused"):
            rows[name] += getattr(intake, name)


def _turns(company: Company, seed: int, meter: Meter, misbehave: str) -> None:
    """Let company and sandbox take turns until neither has anything left to do."""
    for done in range(_TURNS):
        # The sandbox is asked once at least: a day that was cut short left files with it.
        if not turn(company.office, _now, meter) and done:
            return
        meter.step("sandbox", lambda: _sandbox(company, seed, misbehave), lambda _: 0)


def _sandbox(company: Company, seed: int, misbehave: str) -> None:
    words = ("--once", "--misbehave", misbehave)
    command = sandbox_command(company.folder, seed, company.sender_id, *words)
    subprocess.run(command, check=True)  # noqa: S603  our own program


def _told(companies: list[Company], meter: Meter, rows: Counter[str], whole_seconds: float) -> Day:
    stages: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    work: Counter[str] = Counter()
    files: Counter[str] = Counter()
    sums: list[Totals] = []
    differences = 0
    for company in companies:
        office = company.office
        at = _now()
        grant = work_grant(office.policy, office.tenant_id, office.practice_ids, actor=ACTOR, at=at)
        with scope(grant, at=at):
            for stage, outcome, count in claim_counts(grant):
                stages[stage] += count
                outcomes[outcome] += count
            for item in items_counts(grant):
                work[item["kind"]] += item["count"]
            files.update(interchange_counts(grant))
            sums.append(journal_totals(grant))
            differences += len(balances_prove(grant))
    return Day(
        stages=dict(sorted(stages.items())),
        outcomes=dict(sorted(outcomes.items())),
        rows=dict(rows),
        work=dict(sorted(work.items())),
        interchanges=dict(sorted(files.items())),
        totals=_added(sums),
        seconds={name: round(value, 3) for name, value in meter.seconds.items()},
        counts=dict(meter.counts),
        whole_seconds=round(whole_seconds, 3),
        peak_mb=_peak_mb(),
        differences=differences,
        leave_seconds=round(COST.seconds, 3),
        leave_calls=dict(sorted(COST.calls.items())),
    )


def _added(sums: list[Totals]) -> Totals:
    names = Totals.__struct_fields__
    return Totals(**{name: sum(getattr(one, name) for one in sums) for name in names})


def _peak_mb() -> float:
    """Give the largest memory of this process and of the sandbox, in MB."""
    used = (
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return round(max(used) / _BYTES_PER_MB, 1)
