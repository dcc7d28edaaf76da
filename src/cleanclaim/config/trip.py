"""One turn of the trip for one company: everything that can move on, moves on.

Each step picks rows up in the state that the step before left them in, so a turn that is cut
short is continued by the next one. Nothing here decides; the order of the calls is all it knows.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from time import perf_counter
from uuid import UUID

import msgspec
from django.db import Error

from cleanclaim.apps.claims.public import claims_make, scrub_check
from cleanclaim.apps.exchange.public import (
    Connection,
    inbound_to_do,
    inbox_poll,
    interchanges_send,
    interchanges_settle,
)
from cleanclaim.apps.privacy.public import disclosure_grant, work_grant
from cleanclaim.apps.remittance import public as remittance
from cleanclaim.apps.submission import public as submission
from cleanclaim.apps.work.public import run_note, run_rest
from cleanclaim.core.posting.state import Policy
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.models.alone import alone
from cleanclaim.platform.models.scope import scope, tenant_scope

CLAIMS_AT_ONCE = 200
CLAIMS_PER_FILE = 5_000


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A company at work: its practices, its way to the payers, its switches."""

    tenant_id: int
    policy: str
    practice_ids: tuple[int, ...]
    connection_id: UUID
    submitter: submission.Submitter
    switches: Policy = Policy()
    actor: str = "job:trip"


class Meter:
    """Seconds and counts by step, for whoever wants to see them.

    Args:
        heard: Hears of each step's name and what it moved, as it happens.
    """

    def __init__(self, heard: Callable[[str, int], None] = lambda _name, _moved: None) -> None:
        self.seconds: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.told: Callable[[str, int, float], None] = lambda _name, _moved, _seconds: None
        self._heard = heard

    def step[T](self, name: str, work: Callable[[], T], count: Callable[[T], int]) -> T:
        """Run one step and note how long it took and what it moved."""
        start = perf_counter()
        done = work()
        seconds = perf_counter() - start
        moved = count(done)
        self.seconds[name] += seconds
        self.counts[name] += moved
        self._heard(name, moved)
        if moved:
            self.told(name, moved, seconds)
        return done


def turn(office: Office, clock: Callable[[], datetime], meter: Meter) -> int:
    """Do one turn, alone for this company, on whatever machine.

    Returns:
        How much moved; 0 when the company waits for its partners.
    """
    with alone(f"trip:{office.tenant_id}"), _seen(office, clock, meter):
        before = sum(meter.counts.values())
        _turn(office, clock(), meter)
        return sum(meter.counts.values()) - before


@contextmanager
def _seen(office: Office, clock: Callable[[], datetime], meter: Meter) -> Iterator[None]:
    """Let everybody see how the day goes on: a row is written after each step that moved."""
    day = clock().date()

    def told(name: str, moved: int, seconds: float) -> None:
        at = clock()
        with tenant_scope(office.tenant_id, actor=office.actor, at=at):
            run_note(day, name, moved, seconds, at=at)

    def rest(problem: str = "") -> None:
        at = clock()
        with tenant_scope(office.tenant_id, actor=office.actor, at=at):
            run_rest(day, at=at, problem=problem)

    meter.told = told
    try:
        yield
    except Exception as error:
        with suppress(Error):  # where the database itself is gone, the first error says more
            rest(type(error).__name__)
        raise
    rest()


def _turn(office: Office, at: datetime, meter: Meter) -> None:
    _settle(office, at)
    grant = work_grant(
        office.policy, office.tenant_id, office.practice_ids, actor=office.actor, at=at
    )
    meter.step(
        "fetched",
        lambda: inbox_poll(office.tenant_id, office.connection_id, actor=office.actor, at=at),
        int,
    )
    _answers(office, grant, at, meter)
    _money(office, grant, at, meter)
    for practice_id in office.practice_ids:
        own = work_grant(office.policy, office.tenant_id, (practice_id,), actor=office.actor, at=at)
        _claims(own, practice_id, at, meter)
        _send(office, own, practice_id, at, meter)


def _settle(office: Office, at: datetime) -> None:
    """Settle sends that were cut short; nobody else sends for this company now."""
    for practice_id in office.practice_ids:
        own = work_grant(office.policy, office.tenant_id, (practice_id,), actor=office.actor, at=at)
        interchanges_settle(own, practice_id, at=at)


def _to_do(office: Office, kinds: tuple[str, ...], at: datetime) -> list[UUID]:
    with tenant_scope(office.tenant_id, actor=office.actor, at=at):
        return inbound_to_do(kinds)


def _answers(office: Office, grant: Grant, at: datetime, meter: Meter) -> None:
    while files := _to_do(office, submission.KINDS, at):
        for file_id in files:
            meter.step(
                "acknowledged",
                lambda file_id=file_id: submission.answers_apply(
                    grant, file_id, at=at, day=at.date()
                ),
                int,
            )


def _money(office: Office, grant: Grant, at: datetime, meter: Meter) -> None:
    while files := _to_do(office, remittance.KINDS, at):
        for file_id in files:
            meter.step(
                "posted",
                lambda file_id=file_id: remittance.money_apply(
                    grant, file_id, policy=office.switches, at=at, day=at.date()
                ),
                lambda counts: counts.get("claims", 0),
            )


def _claims(grant: Grant, practice_id: int, at: datetime, meter: Meter) -> None:
    check = scrub_check(at.date())

    def make() -> int:
        with scope(grant, at=at):
            made = claims_make(
                grant, practice_id, check=check, at=at, day=at.date(), limit=CLAIMS_AT_ONCE
            )
        return made.encounters

    while meter.step("claims made", make, int):
        pass


def _send(office: Office, grant: Grant, practice_id: int, at: datetime, meter: Meter) -> None:
    leave = disclosure_grant(
        office.policy,
        office.tenant_id,
        (practice_id,),
        recipient_id=f"connection:{office.connection_id}",
        actor=office.actor,
        at=at,
    )

    def seal() -> int:
        with scope(grant, at=at):
            ids = submission.claims_to_send(grant, practice_id, CLAIMS_PER_FILE)
            if not ids:
                return 0
            sealed = submission.claims_seal(
                grant,
                practice_id,
                ids,
                leave=leave,
                connection=Connection.objects.get(id=office.connection_id),
                submitter=office.submitter,
                at=at,
                day=at.date(),
                policy=office.switches,
                prior=remittance.prior_for,
            )
        return sealed.claims

    while meter.step("sealed", seal, int):
        pass
    meter.step("sent", lambda: interchanges_send(grant, practice_id, leave=leave, at=at), int)
    with scope(grant, at=at):
        submission.batches_follow(grant, practice_id, at=at)
