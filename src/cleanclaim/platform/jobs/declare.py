"""Declaring a job, deferring it, and what surrounds it when it runs."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job as StoredJob

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.failpoints import fail_point
from cleanclaim.platform.models.scope import bound_to_tenant

LONGEST_WAIT_SECONDS = 600
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
_Function = Callable[..., None]


class Retry(BaseRetryStrategy):
    """Tries again after 2, 4, 8 ... seconds; a refusal stays refused."""

    def __init__(self, attempts: int) -> None:
        self.attempts = attempts

    def get_retry_decision(
        self, *, exception: BaseException, job: StoredJob
    ) -> RetryDecision | None:
        """Decide after a failure."""
        if isinstance(exception, Refusal) or job.attempts + 1 >= self.attempts:
            return None
        return RetryDecision(
            retry_in={"seconds": min(2 ** (job.attempts + 1), LONGEST_WAIT_SECONDS)}
        )


class Job:
    """A function that a worker runs for one tenant.

    The function takes `tenant_id`, `actor` and `at` by keyword, and the ids it was deferred with.
    It opens its own scopes; scopes of another tenant are refused.
    """

    def __init__(self, function: _Function, name: str, queue: str, attempts: int) -> None:
        self.function, self.name = function, name
        run = partial(_run, function, name)
        decorate = app.task(name=name, queue=queue, retry=Retry(attempts), pass_context=True)
        self.task: Any = decorate(run)

    def defer(self, tenant_id: int, *, once: str = "", one_at_a_time: str = "", **ids: Any) -> bool:
        """Ask for the job in the transaction that is open; it runs after the commit.

        Args:
            tenant_id: Whose work it is.
            once: While a job with this key waits, no second one is queued.
            one_at_a_time: Jobs with this key run one after the other.
            ids: Opaque ids and small numbers, never data of a person.

        Returns:
            Whether it was queued.

        Raises:
            ValueError: An argument is no id.
        """
        arguments = {name: _as_id(name, value) for name, value in ids.items()}
        asked = self.task.configure(queueing_lock=once or None, lock=one_at_a_time or None)
        try:
            with transaction.atomic():
                asked.defer(tenant_id=tenant_id, **arguments)
        except AlreadyEnqueued:
            return False
        return True

    def run(self, tenant_id: int, *, actor: str, at: datetime, **ids: Any) -> None:
        """Do the work now, in this process."""
        with bound_to_tenant(tenant_id):
            self.function(tenant_id=tenant_id, actor=actor, at=at, **ids)


def job(*, queue: str = "default", attempts: int = 5) -> Callable[[_Function], Job]:
    """Make a function of a `tasks.py` a job; its name is `capability.function`."""

    def decorate(function: _Function) -> Job:
        place = function.__module__.removeprefix("cleanclaim.").removesuffix(".tasks")
        name = f"{place.rpartition('.')[2]}.{function.__name__}"
        return Job(function, name, queue, attempts)

    return decorate


def _run(
    function: _Function, name: str, context: JobContext, *, tenant_id: int, **ids: Any
) -> None:
    actor = f"job:{name}:{context.job.id}"
    with bound_to_tenant(tenant_id):
        function(tenant_id=tenant_id, actor=actor, at=datetime.now(UTC), **ids)  # noqa: TID251  a job is an edge
    fail_point("job_done")


def _as_id(name: str, value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str) and (_ID.fullmatch(value) or value == ""):
        return value
    if isinstance(value, list | tuple):
        return [_as_id(name, one) for one in value]
    msg = f"the argument {name} of a job is no id"
    raise ValueError(msg)
