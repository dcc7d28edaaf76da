"""Which claim and which line does the payer speak of? A ladder of rungs; a person is the last.

Nothing is matched by elimination or by a name alone: a rung counts only when exactly one
candidate stands on it.
"""

from collections.abc import Iterable, Sequence

from cleanclaim.core.claim.stages import Outcome, Stage
from cleanclaim.core.ledger import Ref
from cleanclaim.core.posting.state import ClaimState, LineState
from cleanclaim.core.remit import RemitClaim, RemitLine

MANUAL = "none: manual"
_AS_SECONDARY = frozenset({"2", "3", "20", "21"})


def claim_match(
    remit: RemitClaim, payer: Ref | None, claims: Iterable[ClaimState]
) -> tuple[ClaimState | None, str]:
    """Find the claim that a payer speaks of.

    Args:
        payer: Who sent the remittance; None if unknown to us.
        claims: Candidates: those that carry this claim number or payer control number, with the
            claims at their next payers.

    Returns:
        The claim or None, and by what it was found.
    """
    known = {claim.claim: claim for claim in claims}
    named = [claim for claim in known.values() if remit.claim_number in claim.numbers]
    direct = [claim for claim in named if payer in (None, claim.payer)]
    forwarded = [
        following
        for claim in named
        for following in _later(claim, known)
        if following.payer == payer
        and (following.payer != claim.payer or following.stage == Stage.FORWARDED)
    ]
    if forwarded and (not direct or remit.status_code in _AS_SECONDARY):
        found = forwarded[0]
        return found, f"CLP01 of the primary claim version + payer of rank {found.rank}"
    if len(direct) == 1:
        return direct[0], "CLP01"
    by_control = [
        claim
        for claim in known.values()
        if remit.payer_control_number
        and remit.payer_control_number in claim.payer_control_numbers
        and payer in (None, claim.payer)
    ]
    if len(by_control) == 1:
        return by_control[0], "CLP07"
    return None, MANUAL


def _later(claim: ClaimState, known: dict[Ref, ClaimState]) -> list[ClaimState]:
    found: list[ClaimState] = []
    step = claim.next_claim
    while step is not None and step in known:
        found.append(known[step])
        step = known[step].next_claim
    return found


def _is_dropped(ours: LineState, theirs: RemitLine) -> str:
    """Words for a code or modifier that the payer changed; empty if it did not."""
    if theirs.procedure_code and ours.code != theirs.procedure_code:
        return f"recode flag {ours.code} -> {theirs.procedure_code}"
    dropped = [item for item in ours.modifiers if item not in theirs.modifiers]
    if dropped:
        return f"modifier {' '.join(dropped)} dropped: recode flag"
    return ""


def lines_match(
    claim: ClaimState, remits: Sequence[RemitLine]
) -> list[tuple[LineState | None, str]]:
    """Find our line for each line of the payer, in the payer's order.

    A payer may split one of our lines, so a line control number may come twice; on the lower
    rungs a line that was named by its control number is out of the question.
    """
    numbers = {line.number: line for line in claim.lines}
    named = {line.line_number for line in remits if line.line_number in numbers}
    free = [line for line in claim.lines if line.number not in named and not line.is_voided]
    return [_line_match(line, numbers, free) for line in remits]


def _line_match(
    theirs: RemitLine, numbers: dict[str, LineState], free: list[LineState]
) -> tuple[LineState | None, str]:
    if theirs.line_number in numbers:
        ours = numbers[theirs.line_number]
        words = _is_dropped(ours, theirs)
        return ours, f"6R ({words})" if words else "6R"
    same = [line for line in free if line.code == theirs.procedure_code]
    rungs = (
        (
            "code + modifiers + DOS",
            [
                line
                for line in same
                if theirs.modifiers
                and line.modifiers == theirs.modifiers
                and line.service_date == theirs.service_date
            ],
        ),
        (
            f"SVC06 original code (recode flag {theirs.original_code} -> {theirs.procedure_code})",
            [line for line in free if theirs.original_code and line.code == theirs.original_code],
        ),
        ("code + charge", [line for line in same if line.charge_cents == theirs.charge_cents]),
        ("unique code", same),
    )
    for words, found in rungs:
        if len(found) == 1:
            return found[0], words
    return None, MANUAL


def claim_outcome(claim: ClaimState, *, is_forwarded: bool, has_denial: bool) -> Outcome:
    """Sum up the outcomes of the lines that still stand."""
    if is_forwarded:
        return Outcome.FORWARDED
    outcomes = {line.outcome.value for line in claim.lines if not line.is_voided}
    refused = outcomes & {"denied", "bundled"}
    settled = outcomes - refused - {"none", "reversed"}
    if outcomes <= {"reversed"}:
        return Outcome.REVERSED
    if outcomes <= {"none", "reversed"}:
        return Outcome.NONE
    if not settled:
        return Outcome.DENIED
    if refused or has_denial or outcomes & {"none", "reversed"}:
        return Outcome.PARTIALLY_PAID
    is_pr_only = "pr_only" in settled and settled <= {"pr_only", "informational"}
    return Outcome.PR_ONLY if is_pr_only else Outcome.PAID
