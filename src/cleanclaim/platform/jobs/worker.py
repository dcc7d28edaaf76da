"""Running jobs, and taking back those that a killed worker left behind."""

import asyncio
import contextlib
from datetime import UTC, datetime

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status

HEARTBEAT_SECONDS = 3
STALLED_SECONDS = 12
ATTEMPTS_AT_MOST = 20


def worker_run(*, concurrency: int = 2, wait: bool = True, name: str = "worker") -> None:
    """Run jobs until a signal ends it, or, without `wait`, until none is left."""
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as real:
        asyncio.run(_work(real, concurrency=concurrency, wait=wait, name=name))


async def _work(real: App, *, concurrency: int, wait: bool, name: str) -> None:
    async with real.open_async():
        await reap(real)
        reaper = asyncio.create_task(_reap_forever(real))
        try:
            await real.run_worker_async(
                name=name,
                concurrency=concurrency,
                wait=wait,
                fetch_job_polling_interval=2.0,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_SECONDS,
                shutdown_graceful_timeout=20.0,
                delete_jobs="successful",
            )
        finally:
            reaper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reaper


async def reap(real: App, stalled_seconds: float = STALLED_SECONDS) -> int:
    """Queue the jobs of dead workers again; tell how many.

    A job that was taken back too often has killed its workers: it is left to a person.
    """
    stalled = await real.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_seconds)
    count = 0
    for one in stalled:
        if one.id is not None and one.attempts < ATTEMPTS_AT_MOST:
            try:
                await real.job_manager.retry_job_by_id_async(one.id, retry_at=datetime.now(UTC))  # noqa: TID251  a worker is an edge
            except UniqueViolation:
                # The same work was asked for again meanwhile, and waits behind this one's lock.
                await real.job_manager.finish_job_by_id_async(
                    one.id, Status.FAILED, delete_job=True
                )
            count += 1
    return count


async def _reap_forever(real: App) -> None:
    while True:
        await asyncio.sleep(STALLED_SECONDS / 2)
        with contextlib.suppress(OSError, asyncio.TimeoutError, ConnectorException):
            await reap(real)
