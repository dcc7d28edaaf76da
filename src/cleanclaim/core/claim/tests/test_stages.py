import pytest

from cleanclaim.core.claim.stages import (
    Stage,
    Standing,
    SubmissionKind,
    stage_after_acknowledgement,
    submission_refusal,
    version_letter,
)

DONE = {"was_adjudicated": True, "has_payer_control_number": True}

# stage | kind | what else stands | the refusal, or nothing
ROWS = [
    ("ready", "original", {}, ""),
    ("draft", "original", {}, "wrong_stage"),
    ("ready", "original", {"rank": 2}, "wrong_stage"),
    ("ready", "secondary", {}, "wrong_stage"),
    ("secondary_ready", "secondary", {"rank": 2}, ""),
    ("forwarded", "secondary", {"rank": 2, "is_waiting": True}, "crossover_pending"),
    ("forwarded", "secondary", {"rank": 2}, ""),
    ("transmitted", "original", {}, "in_flight"),
    ("accepted_payer", "resubmit_after_rejection", {}, "in_flight"),
    ("rejected_payer", "resubmit_after_rejection", {}, ""),
    ("rejected_file", "replacement", {}, "no_payer_control_number"),
    ("closed", "original", DONE, "already_adjudicated"),
    ("closed", "replacement", DONE, ""),
    ("adjudicated", "replacement", {"was_adjudicated": True}, "no_payer_control_number"),
    ("adjudicated", "replacement", DONE | {"takes_corrections": False}, "corrections_not_taken"),
    ("adjudicated", "void", DONE | {"is_within_window": False}, "window_closed"),
    ("ready", "void", DONE | {"planned": SubmissionKind.VOID}, ""),
    ("ready", "replacement", DONE | {"planned": SubmissionKind.VOID}, "void_in_flight"),
    ("accepted_payer", "original", DONE | {"in_flight": SubmissionKind.VOID}, "void_in_flight"),
    ("accepted_payer", "void", DONE | {"in_flight": SubmissionKind.VOID}, "void_in_flight"),
    ("ready", "original", {"is_held": True}, "on_hold"),
    ("voided", "original", {}, "wrong_stage"),
]


@pytest.mark.parametrize(("stage", "kind", "more", "expected"), ROWS)
def test_what_may_go_out(stage, kind, more, expected):
    found = submission_refusal(Standing(stage=Stage(stage), **more), SubmissionKind(kind))
    assert (found or ("", ""))[0] == expected


# stage | acknowledgement | stage after it
MOVES = """
transmitted|accepted_file|accepted_file
transmitted|rejected_file|rejected_file
transmitted|accepted_payer|accepted_payer
accepted_file|rejected_ch|rejected_ch
accepted_clearinghouse|rejected_payer|rejected_payer
accepted_payer|accepted_file|accepted_payer
accepted_payer|rejected_ch|accepted_payer
rejected_payer|accepted_clearinghouse|rejected_payer
closed|accepted_payer|closed
ready|accepted_file|ready
"""


@pytest.mark.parametrize("row", MOVES.strip().splitlines())
def test_where_an_acknowledgement_moves_a_claim(row):
    stage, reached, after = map(Stage, row.split("|"))
    assert stage_after_acknowledgement(stage, reached) == after


def test_versions_are_lettered_without_end():
    letters = [version_letter(at) for at in range(1, 800)]
    assert len(set(letters)) == len(letters)
    assert letters[25:28] == ["Z", "AA", "AB"]
