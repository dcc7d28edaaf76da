"""Record of a running day."""

from dataclasses import dataclass

from cleanclaim.platform.ui.marks import Shape
from cleanclaim.web.workbench.pages.parts import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStage:
    """One stage of the run.

    Args:
        shape: IDLE not begun, WAITING under way, DONE finished, BLOCKED stopped.
        words: "Read encounters".
        done: Units done.
        total: Units in all; 0 while unknown.
        unit: "claims", "files".
        seconds_words: "3.4 s"; or empty.
        href: What it made; or empty.
    """

    shape: Shape
    words: str
    done: int
    total: int
    unit: str
    seconds_words: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPage:
    """A run of the billing day, live or long finished.

    Args:
        title: "Billing day 2026-11-23".
        started_words: "started 07:38:04 by Dana Fictional".
        job: Overall progress, remaining time, findings so far.
        stages: In the order of the trip.
        charged_cents: So far.
        paid_cents: So far.
        adjusted_cents: So far.
        patient_cents: So far.
        open_cents: So far; charged = paid + adjusted + patient + open.
        said: What a screen reader is told at the end of a stage; empty in between.
    """

    title: str
    started_words: str
    job: Job
    stages: tuple[RunStage, ...]
    charged_cents: int = 0
    paid_cents: int = 0
    adjusted_cents: int = 0
    patient_cents: int = 0
    open_cents: int = 0
    said: str = ""
