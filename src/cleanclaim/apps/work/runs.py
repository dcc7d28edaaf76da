"""The running day: written by whoever moves it, read by whoever looks."""

from datetime import date, datetime, timedelta
from uuid import UUID

from cleanclaim.apps.work.models import Run
from cleanclaim.platform.models.scope import scope_now

SILENCE = timedelta(seconds=90)


def run_note(day: date, step: str, moved: int, seconds: float, *, at: datetime) -> None:
    """Add to the day of the scope's tenant what one step has just moved.

    Args:
        day: The billing day; its first step begins its row.
        step: Name of the step.
        moved: How much it moved.
        seconds: How long it took.
        at: Now.
    """
    row, _ = Run.objects.select_for_update().get_or_create(
        day=day,
        defaults={"actor": scope_now().actor, "started_at": at, "moved_at": at, "seen_at": at},
    )
    row.counts[step] = row.counts.get(step, 0) + moved
    row.seconds[step] = round(row.seconds.get(step, 0) + seconds, 3)
    row.state, row.step, row.problem = Run.State.RUNNING, step, ""
    row.moved_at = row.seen_at = at
    row.save()


def run_rest(day: date, *, at: datetime, problem: str = "") -> None:
    """Note that a turn is over: the day waits for its partners, or a step failed.

    Args:
        problem: Name of what went wrong; empty when nothing did.
    """
    state = Run.State.FAILED if problem else Run.State.WAITING
    Run.objects.filter(day=day).update(state=state, seen_at=at, problem=problem)


def run_get(run_id: UUID) -> Run | None:
    """Give a run of the scope's tenant."""
    found: Run | None = Run.objects.filter(id=run_id).first()
    return found


def run_last() -> Run | None:
    """Give the newest run of the scope's tenant."""
    found: Run | None = Run.objects.order_by("-day").first()
    return found


def run_is_silent(run: Run, at: datetime) -> bool:
    """Say whether a run gives no sign of life: its worker is gone, or none is started."""
    return at - run.seen_at > SILENCE
