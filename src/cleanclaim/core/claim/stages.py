"""Where a claim stands, on separate axes: stage, outcome, owner of the next action, submission.

The stage says how far the claim has come; the outcome what the payer decided; the owner who has
to act; the submission what was sent and is still unanswered. Holds stand beside them. The guards
are tables, so that every allowed move can be read, and a move that is not listed is refused.
"""

from enum import StrEnum

import msgspec


class Stage(StrEnum):
    """How far the claim has come."""

    DRAFT = "draft"
    SCRUB_HOLD = "scrub_hold"
    READY = "ready"
    BATCHED = "batched"
    TRANSMITTED = "transmitted"
    ACCEPTED_FILE = "accepted_file"
    ACCEPTED_CLEARINGHOUSE = "accepted_clearinghouse"
    ACCEPTED_PAYER = "accepted_payer"
    PENDING = "pending"
    ADJUDICATED = "adjudicated"
    CLOSED = "closed"
    REOPENED = "reopened"
    VOIDED = "voided"
    REJECTED_FILE = "rejected_file"
    REJECTED_CLEARINGHOUSE = "rejected_ch"
    REJECTED_PAYER = "rejected_payer"
    FORWARDED = "forwarded"
    SECONDARY_READY = "secondary_ready"


class Outcome(StrEnum):
    """What the payer decided on a claim."""

    NONE = "none"
    PAID = "paid"
    PARTIALLY_PAID = "partially_paid"
    PR_ONLY = "pr_only"
    DENIED = "denied"
    FORWARDED = "forwarded"
    REVERSED = "reversed"


class LineOutcome(StrEnum):
    """What the payer decided on a line."""

    NONE = "none"
    PAID = "paid"
    PR_ONLY = "pr_only"
    DENIED = "denied"
    BUNDLED = "bundled"
    CAPITATED = "capitated"
    INFORMATIONAL = "informational"
    REVERSED = "reversed"
    VOIDED = "voided"


class Owner(StrEnum):
    """Who has to act next."""

    US = "us"
    CLIENT = "client"
    CODER = "coder"
    PROVIDER = "provider"
    PAYER = "payer"
    PATIENT = "patient"
    NONE = "none"


class SubmissionKind(StrEnum):
    """Why a version goes out."""

    ORIGINAL = "original"
    RESUBMIT = "resubmit_after_rejection"
    REPLACEMENT = "replacement"
    VOID = "void"
    SECONDARY = "secondary"


IN_FLIGHT = frozenset(
    {
        Stage.BATCHED,
        Stage.TRANSMITTED,
        Stage.ACCEPTED_FILE,
        Stage.ACCEPTED_CLEARINGHOUSE,
        Stage.ACCEPTED_PAYER,
        Stage.PENDING,
    }
)
REJECTED = frozenset({Stage.REJECTED_FILE, Stage.REJECTED_CLEARINGHOUSE, Stage.REJECTED_PAYER})
ADJUDICATED = frozenset({Stage.ADJUDICATED, Stage.CLOSED, Stage.REOPENED})

# How far an acknowledgement moves a claim; a late one never moves it back.
_PROGRESS = {
    Stage.BATCHED: 0,
    Stage.TRANSMITTED: 1,
    Stage.ACCEPTED_FILE: 2,
    Stage.REJECTED_FILE: 2,
    Stage.ACCEPTED_CLEARINGHOUSE: 3,
    Stage.REJECTED_CLEARINGHOUSE: 3,
    Stage.ACCEPTED_PAYER: 4,
    Stage.REJECTED_PAYER: 4,
    Stage.PENDING: 5,
}

FREQUENCY_CODES = {
    SubmissionKind.ORIGINAL: "1",
    SubmissionKind.RESUBMIT: "1",
    SubmissionKind.SECONDARY: "1",
    SubmissionKind.REPLACEMENT: "7",
    SubmissionKind.VOID: "8",
}

# kind: the stages from which it may go out.
SUBMIT_FROM: dict[SubmissionKind, frozenset[Stage]] = {
    SubmissionKind.ORIGINAL: frozenset({Stage.READY}),
    SubmissionKind.RESUBMIT: frozenset({Stage.READY}) | REJECTED,
    SubmissionKind.REPLACEMENT: frozenset({Stage.READY}) | ADJUDICATED,
    SubmissionKind.VOID: frozenset({Stage.READY}) | ADJUDICATED,
    SubmissionKind.SECONDARY: frozenset({Stage.SECONDARY_READY, Stage.FORWARDED, Stage.READY}),
}


class Standing(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What the guards of submitting read.

    Args:
        planned: A void or replacement that a person decided and that has not gone out.
        in_flight: What went out last and has no adjudication yet.
        was_adjudicated: A payer has decided on some version of it.
        crossover_ends: The payer before forwarded it; we wait until this day (text for people).
        is_waiting: That day has not come.
    """

    stage: Stage
    rank: int = 1
    version: int = 0
    planned: SubmissionKind | None = None
    in_flight: SubmissionKind | None = None
    was_adjudicated: bool = False
    has_payer_control_number: bool = False
    takes_corrections: bool = True
    is_within_window: bool = True
    is_held: bool = False
    crossover_ends: str = ""
    is_waiting: bool = False


def submission_refusal(standing: Standing, kind: SubmissionKind) -> tuple[str, str] | None:
    """Say why a version may not go out now.

    Returns:
        A stable code and a sentence, or None if it may.

    >>> submission_refusal(Standing(stage=Stage.DRAFT), SubmissionKind.ORIGINAL)[0]
    'wrong_stage'
    """
    voiding = SubmissionKind.VOID in (standing.planned, standing.in_flight)
    correcting = kind in (SubmissionKind.REPLACEMENT, SubmissionKind.VOID)
    has_next = standing.was_adjudicated and not correcting
    rows = (
        (
            standing.is_waiting,
            "crossover_pending",
            f"crossover pending until {standing.crossover_ends}: submitting would bill twice",
        ),
        (
            voiding and (kind != SubmissionKind.VOID or standing.in_flight is not None),
            "void_in_flight",
            "a void is in flight: wait for the payer reversal",
        ),
        (standing.is_held, "on_hold", "the claim is on hold: resolve the hold first"),
        (
            standing.stage in IN_FLIGHT,
            "in_flight",
            "a version is with the payer: wait for its answer",
        ),
        (
            has_next,
            "already_adjudicated",
            "the payer has decided: send a replacement or a void",
        ),
        (
            correcting and not standing.has_payer_control_number,
            "no_payer_control_number",
            "a replacement or void needs the payer's number of the claim",
        ),
        (
            correcting and not standing.takes_corrections,
            "corrections_not_taken",
            "this payer takes no replacement or void: ask for a reopening",
        ),
        (
            correcting and not standing.is_within_window,
            "window_closed",
            "the payer's time for corrections is over",
        ),
        (
            standing.stage not in SUBMIT_FROM[kind]
            or (kind == SubmissionKind.SECONDARY and standing.rank == 1)
            or (kind == SubmissionKind.ORIGINAL and standing.rank > 1),
            "wrong_stage",
            f"a claim in stage {standing.stage} can not be sent as {kind}",
        ),
    )
    return next(((code, words) for holds, code, words in rows if holds), None)


def stage_after_acknowledgement(stage: Stage, reached: Stage) -> Stage:
    """Move a claim on by an acknowledgement of its current version; late ones change nothing.

    >>> stage_after_acknowledgement(Stage.TRANSMITTED, Stage.ACCEPTED_PAYER).value
    'accepted_payer'
    >>> stage_after_acknowledgement(Stage.ACCEPTED_PAYER, Stage.ACCEPTED_FILE).value
    'accepted_payer'
    """
    if stage not in _PROGRESS or reached not in _PROGRESS:
        return stage
    return reached if _PROGRESS[reached] > _PROGRESS[stage] else stage


def version_letter(version: int) -> str:
    """Give the ending of a version's claim number: A to Z, then AA, AB and so on.

    >>> version_letter(1), version_letter(2), version_letter(27)
    ('A', 'B', 'AA')
    """
    out = ""
    while version > 0:
        version, digit = divmod(version - 1, 26)
        out = chr(ord("A") + digit) + out
    return out
