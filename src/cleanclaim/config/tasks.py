"""The trip by itself: a turn for each company every few seconds, and after an intake."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from cleanclaim.apps.tenancy.public import tenant_list
from cleanclaim.config.offices import office_by_id
from cleanclaim.config.trip import Meter, turn
from cleanclaim.platform.jobs import job

_TURNS = 20


@app.periodic(cron="* * * * * */5")
@app.task(name="config.trips_start", queue="default", queueing_lock="trips_start")
def trips_start(timestamp: int) -> None:
    """Ask for a turn of every company; one that waits already is not asked for again."""
    del timestamp
    for tenant in tenant_list():
        trip_ask(tenant.id)


def trip_ask(tenant_id: int) -> bool:
    """Ask for a turn of a company soon, in the transaction that is open; once is enough."""
    name = f"trip:{tenant_id}"
    return trip.defer(tenant_id, once=name, one_at_a_time=name)


@job()
def trip(*, tenant_id: int, actor: str, at: datetime) -> None:
    """Do turns for a company until it waits for its partners."""
    office = office_by_id(tenant_id, actor=actor, at=at)
    if office is None:
        return
    for _ in range(_TURNS):
        if not turn(office, lambda: datetime.now(UTC), Meter()):
            return
