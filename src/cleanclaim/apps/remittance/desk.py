"""Somebody at work on the money of one practice: the leave, the moment, the switches."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from cleanclaim.apps.claims.public import Happening
from cleanclaim.apps.ledger.public import entries_known
from cleanclaim.apps.remittance.store import posting_load, posting_save
from cleanclaim.core.posting.draft import Act, Decision
from cleanclaim.core.posting.state import Policy, Rows
from cleanclaim.core.privacy import Grant


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """What every decision about money needs; a scope of the grant is open around its services.

    Args:
        grant: Opens the practice's claims and payments; its actor decides.
        practice_id: Whose money.
        at: The instant of the writing.
        day: Posting day.
        policy: The tenant's switches.
        key: Names the act: the same key again is done already, another one is another act.
    """

    grant: Grant
    practice_id: int
    at: datetime
    day: date
    policy: Policy = Policy()
    key: str = ""

    @property
    def act(self) -> Act:
        """Say who decides, when, under which policy."""
        return Act(by=self.grant.actor, day=self.day, policy=self.policy, key=self.key)

    def load(
        self, claims: Iterable[str] = (), *, with_history: bool = False, trace: str = ""
    ) -> Rows:
        """Load rows as `posting_load` does."""
        return posting_load(
            self.grant, self.practice_id, claims=claims, with_history=with_history, trace=trace
        )

    def save(self, decision: Decision, event: str) -> None:
        """Store a decision under a word for the timeline; an act that is stored is done already."""
        entries = decision.entries
        if entries and len(entries_known(self.grant, self.practice_id, entries)) == len(entries):
            return
        posting_save(self.grant, self.practice_id, decision, at=self.at, what=Happening(event))
