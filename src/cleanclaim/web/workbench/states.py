"""State words: one shape and one word per state, for every state machine of the trip."""

from collections.abc import Mapping

from cleanclaim.platform.ui.marks import Shape, Status

_TABLE = """
claim draft = draft Draft
claim scrub_hold = held Held by edits
claim ready = idle Ready to send
claim batched = sent In a batch
claim transmitted = sent Sent
claim accepted_file = waiting File accepted
claim accepted_clearinghouse = waiting At the payer's door
claim accepted_payer = waiting Accepted
claim pending = waiting Pended by payer
claim adjudicated = done Decided
claim closed = done Closed
claim reopened = waiting Reopened
claim voided = done Voided
claim rejected_file = blocked File rejected
claim rejected_ch = blocked Rejected
claim rejected_payer = blocked Rejected by payer
claim forwarded = waiting Forwarded
claim secondary_ready = idle Ready for next payer
outcome none = idle No answer yet
outcome paid = done Paid
outcome partially_paid = waiting Paid in part
outcome pr_only = done Patient share only
outcome denied = blocked Denied
outcome forwarded = waiting Forwarded
outcome reversed = warning Reversed
line none = idle No answer yet
line paid = done Paid
line pr_only = done Patient share
line denied = blocked Denied
line bundled = warning Bundled
line capitated = done Capitated
line informational = done For information
line reversed = warning Reversed
line voided = done Voided
interchange sealed = idle Sealed
interchange sending = sent Under way
interchange unknown = warning Unknown
interchange sent = sent Sent
interchange accepted = done Accepted
interchange rejected = blocked Rejected
batch sealed = idle Sealed
batch accepted_file = done File accepted
batch partially_accepted = warning Accepted in part
batch rejected_file = blocked File rejected
inbound received = idle Received
inbound applied = done Applied
inbound parked = held Parked
inbound refused = blocked Refused
remittance received = idle Received
remittance parsed = idle Read
remittance balanced = done Balanced
remittance out_of_balance = blocked Not balanced
remittance awaiting_eft = waiting No transfer yet
remittance matched = done Bank matched
remittance posting = waiting Being posted
remittance posted = done Posted
remittance posted_awaiting_eft = waiting Posted, no transfer yet
remittance closed = done Closed
remittance closed_not_posted = done Closed, not posted
remittance duplicate_of = warning Duplicate
remittance superseded_by = warning Replaced
remittance parked_trace_conflict = held Parked, trace used twice
remittance balanced_awaiting_decision = held Waits for a decision
remittance partially_posted = blocked Posted in part
remittance parked = held Parked
remittance reversed = warning Reversed
encounter waiting_for_coding = waiting Waits for coding
encounter imported = done Imported
encounter already_there = done Already there
encounter refused = blocked Refused
work open = idle Not started
work in_work = waiting In work
work pended = held Pended
work done = done Done
"""

_WORDS: Mapping[tuple[str, str], Status] = {
    (axis, state): Status(Shape(shape), word)
    for axis, state, _, shape, word in (line.split(" ", 4) for line in _TABLE.strip().splitlines())
}


def status_of(axis: str, state: str) -> Status:
    """Give shape and word of a state.

    Args:
        axis: claim, outcome, line, interchange, batch, inbound, remittance, encounter or work.
        state: As the state machine calls it.

    Returns:
        Its status. A state that has no word yet is shown as it is called, so that a page never
        fails for want of a word; a test holds the table against the state machines.

    >>> status_of("outcome", "partially_paid").word, status_of("claim", "new_state").word
    ('Paid in part', 'New state')
    """
    unknown = Status(Shape.IDLE, state.replace("_", " ").capitalize())
    return _WORDS.get((axis, state), unknown)


def states_of(axis: str) -> frozenset[str]:
    """Give the states of an axis that have a word."""
    return frozenset(state for known, state in _WORDS if known == axis)
