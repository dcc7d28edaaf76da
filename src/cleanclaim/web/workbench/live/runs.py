"""The running day: what each step has moved, what is left for it, and what stands in the way."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest
from django.urls import reverse

from cleanclaim.apps.claims.public import claim_stage_sums, claims_ready_count
from cleanclaim.apps.encounters.public import encounters_left, intakes_of_day
from cleanclaim.apps.exchange.public import inbound_counts, interchanges_left
from cleanclaim.apps.work.public import Run, items_counts, run_get, run_is_silent, run_last
from cleanclaim.platform.ui.marks import Shape
from cleanclaim.web.workbench.live.desk import Desk, desk, opaque
from cleanclaim.web.workbench.live.words import item_words
from cleanclaim.web.workbench.pages import Job, JobFound, RunPage, RunStage

_STEPS = (
    ("imported", "Read visits", "rows"),
    ("claims made", "Make and check claims", "visits"),
    ("sealed", "Write as 837P", "claims"),
    ("sent", "Send files", "files"),
    ("fetched", "Fetch answers", "files"),
    ("acknowledged", "Read acknowledgements", "answers"),
    ("posted", "Post remittances", "claims"),
)
_STATES = {
    Run.State.RUNNING: "under way",
    Run.State.WAITING: "waits for partners",
    Run.State.FAILED: "a step failed",
}
_POLL_SECONDS = {Run.State.RUNNING: 1, Run.State.WAITING: 5, Run.State.FAILED: 5}


def run_page(request: HttpRequest, run_id: str) -> RunPage:
    """Fill the page of a run; money is added up for the whole page, not for its live part."""
    with desk(request, "read", "claim") as place:
        run = run_get(opaque(run_id))
        if run is None:
            raise Http404
        left = _left(place)
        job = run_job(place, run, left=left)
        sums = [] if request.headers.get("HX-Target") else claim_stage_sums(place.grant)
        charged, paid, patient, still = (
            sum(int(row[name] or 0) for row in sums if row["stage"] != "draft")
            for name in ("charge", "paid", "patient", "open")
        )
        return RunPage(
            title=f"Billing day {run.day:%Y-%m-%d}",
            started_words=f"begun {run.started_at:%H:%M}, last moved {run.moved_at:%H:%M:%S} UTC",
            job=job,
            stages=_stages(place, run, left),
            charged_cents=charged,
            paid_cents=paid,
            adjusted_cents=charged - paid - patient - still,
            patient_cents=patient,
            open_cents=still,
            said=job.words,
        )


def board_job(place: Desk) -> Job | None:
    """Give the strip of the board: the newest day, or nothing where none was begun."""
    run = run_last()
    return run_job(place, run, left=_left(place)) if run else None


def _left(place: Desk) -> dict[str, int]:
    """Count what each step has still to do; each is one look at a small index."""
    return {
        "claims made": encounters_left(place.grant).get("charge_ready", 0),
        "sealed": claims_ready_count(place.grant),
        "sent": interchanges_left(place.grant).get("sealed", 0),
        "fetched": 0,
    }


def run_job(place: Desk, run: Run, *, left: dict[str, int]) -> Job:
    """Say in one strip what runs now, how far it is and what it found."""
    at = datetime.now(UTC)  # noqa: TID251  a page is an edge
    done = run.counts.get("sealed", 0)
    to_do = left["sealed"] + left["claims made"]
    is_over = run.day < place.today
    here = reverse("workbench:run", args=[run.id])
    return Job(
        words=f"Billing day {run.day:%Y-%m-%d}: {_state_words(run, at)}",
        done=done,
        total=done + to_do,
        unit="claims written",
        left_words=_left_words(run, done, to_do, at),
        found=_found(place),
        href=here,
        poll_href="" if is_over else here,
        poll_seconds=_POLL_SECONDS[Run.State(run.state)],
        is_ended=is_over,
    )


def _state_words(run: Run, at: datetime) -> str:
    if run_is_silent(run, at):
        return f"no sign of life for {int((at - run.seen_at).total_seconds() // 60)} min"
    if run.state == Run.State.RUNNING:
        return next((words.lower() for name, words, _ in _STEPS if name == run.step), run.step)
    if run.state == Run.State.FAILED:
        return f"a step failed ({run.problem}); it is tried again"
    return _STATES[Run.State(run.state)]


def _left_words(run: Run, done: int, to_do: int, at: datetime) -> str:
    if run_is_silent(run, at):
        return "start the worker: cleanclaim up"
    if not to_do:
        return f"last moved {run.moved_at:%H:%M} UTC"
    seconds = sum(run.seconds.get(name, 0.0) for name in ("claims made", "sealed"))
    return f"about {max(1, round(to_do * seconds / done))} s left" if done and seconds else ""


def _found(place: Desk) -> tuple[JobFound, ...]:
    parked = inbound_counts(place.grant).get("parked", 0)
    found = [
        JobFound(
            Shape.BLOCKED,
            f"{row['count']} {item_words(row['kind']).lower()}",
            reverse("workbench:queue", args=[row["kind"].replace("_", "-")]),
        )
        for row in items_counts(place.grant, day=place.today)
    ]
    if parked:
        href = reverse("workbench:queue", args=["parked-files"])
        found.append(JobFound(Shape.HELD, f"{parked} files parked", href))
    return tuple(found)


def _stages(place: Desk, run: Run, left: dict[str, int]) -> tuple[RunStage, ...]:
    given = intakes_of_day(place.grant, run.day)
    read = sum(given.get(name, 0) for name in ("imported", "waiting", "already", "refused"))
    stages = []
    for name, words, unit in _STEPS:
        done = run.counts.get(name, 0)
        total = done + left.get(name, 0)
        if name == "imported":
            done, total = read, given.get("given", 0)
        seconds = run.seconds.get(name, 0.0)
        stages.append(
            RunStage(
                shape=_shape(run, name, done, total),
                words=words,
                done=done,
                total=total,
                unit=unit,
                seconds_words=f"{seconds:.1f} s" if seconds else "",
            )
        )
    return tuple(stages)


def _shape(run: Run, name: str, done: int, total: int) -> Shape:
    if run.state == Run.State.FAILED and run.step == name:
        return Shape.BLOCKED
    if done < total or (run.state == Run.State.RUNNING and run.step == name):
        return Shape.WAITING
    return Shape.DONE if done else Shape.IDLE
