"""Posting: what a remittance, a payment or a decision does to claims, ledger and work.

Every function takes the rows it needs (`state.Rows`), a day, and what happened, and gives a
`Decision`: new journal entries, changed rows, work items opened and closed. A service loads the
rows, calls one function, and stores the decision in one transaction; nothing here reads a clock
or a store, and nothing is written on a `Refusal`.

    remittance   receive -> groups_of -> groups_post (any number at a time) -> remittance_close
    claims       what one claim of a remittance posts: payment, adjustments, transfers, reversal
    matching     which claim, which line: a ladder whose last rung is a person
    settle       stage, outcome, owner and work items after money moved
    plb          provider-level adjustments: FB, WO, 72, L6, CT and the rest
    submission   may a version go out, as what; acknowledgements; what the next payer is told
    charges      post, correct (take back and post anew), void
    cash         bank, desk, cards, statements, refunds paid, capitation months, periods
    refunds      credits classified, refunds asked and approved
    decisions    parked parts matched, write-offs, next payer, patient

Rules that hold everywhere: a payment posts in full, an adjustment never takes a line's balance
at its payer below zero; a denial and OA-23 post nothing; a reversal mirrors what exists; what
does not balance, match or mean anything known is parked by name with a work item. Keys are
natural, so the same thing twice is done already, and other content under the same key waits for
a person. The golden stories in `tests/stories` show every rule to the cent.
"""

from cleanclaim.core.posting.draft import Act, Decision, Unposted
from cleanclaim.core.posting.index import Group
from cleanclaim.core.posting.remittance import (
    decisions_join,
    groups_of,
    groups_post,
    header_of,
    remittance_close,
    remittance_post,
    remittance_receive,
)
from cleanclaim.core.posting.state import ClaimState, LineState, Policy, Rows

__all__ = [
    "Act",
    "ClaimState",
    "Decision",
    "Group",
    "LineState",
    "Policy",
    "Rows",
    "Unposted",
    "decisions_join",
    "groups_of",
    "groups_post",
    "header_of",
    "remittance_close",
    "remittance_post",
    "remittance_receive",
]
