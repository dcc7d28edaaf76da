"""What a wrong system does in a step, in the story's words; each phrase we know is tested.

Most of these are also shown by the exact comparison of journals, items and claims; a phrase that
matches no pattern here is covered by that alone.
"""

import re
from collections.abc import Callable, Iterator

import msgspec

from cleanclaim.core.ledger import Account, Entry, balances_of
from cleanclaim.core.stories.world import Picture


class _Seen(msgspec.Struct, frozen=True):
    """What happened in the step that a phrase is tested against."""

    new: tuple[Entry, ...]
    before: Picture
    after: Picture

    def has_new_item(self, kind: str) -> bool:
        return any(one == kind for one, _, _ in self.after.items - self.before.items)

    def has_reason(self, reason: str) -> bool:
        return any(line.reason == reason for one in self.new for line in one.lines)

    def has_account(self, account: str) -> bool:
        return any(line.account == account for one in self.new for line in one.lines)

    def patient_grew(self) -> bool:
        sums = [balances_of(one.entries).accounts[Account.PATIENT] for one in self._both()]
        return sums[1] > sums[0]

    def _both(self) -> tuple[Picture, Picture]:
        return self.before, self.after


_ITEM = (
    r"(\w+_\w+) (?:work item|item)|^(denial_resolution|reversal_without_correction|unmatched_era)"
)
_TABLE: tuple[tuple[str, Callable[[_Seen, re.Match[str]], bool]], ...] = (
    (_ITEM, lambda seen, found: seen.has_new_item(found[1] or found[2] or found[3])),
    (r"denial case", lambda seen, _: bool(seen.after.facts.get("denials"))),
    (r"^any journal$|^journal entry$", lambda seen, _: bool(seen.new)),
    (r"any journal line for (\w\w-\w+)", lambda seen, found: seen.has_reason(found[1])),
    (
        r"journal with period (\d{4}-\d\d)",
        lambda seen, found: any(one.period == found[1] for one in seen.new),
    ),
    (
        r"outbound 837 for (\w+)",
        lambda seen, found: any(one.claim == found[1] for one in seen.after.outbound),
    ),
    (r"^patient balance", lambda seen, _: seen.patient_grew()),
    (r"^(\d{4}) at receipt", lambda seen, found: seen.has_account(found[1])),
    (
        r"reinstatement (?:of \S+ )?on (\w+)",
        lambda seen, found: any(
            line.account == Account.INSURANCE and line.claim == found[1] and line.plb == "WO"
            for one in seen.new
            for line in one.lines
        ),
    ),
    (r"any entry to .* for (\w\w-\w+)", lambda seen, found: seen.has_reason(found[1])),
    (
        r"transfer of (\S+) to the patient",
        lambda seen, found: any(
            line.account == Account.PATIENT and line.line in found[1].split("/")
            for one in seen.new
            for line in one.lines
        ),
    ),
    (
        r"one netted entry of (\d+)\.(\d\d)",
        lambda seen, found: any(
            line.account == Account.EFT_CLEARING and line.amount_cents == int(found[1] + found[2])
            for one in seen.new
            for line in one.lines
        ),
    ),
    (r"a new charge", lambda seen, _: any(one.event == "charge" for one in seen.new)),
    (
        r"a statement moves any balance",
        lambda seen, _: bool(seen.new) or seen.before.claims != seen.after.claims,
    ),
    (r"refund to the patient|second refund", lambda seen, _: seen.has_account("2000")),
    (
        r"any change of the claim",
        lambda seen, _: seen.before.claims != seen.after.claims,
    ),
)


def wrongs_done(phrases: list[str], before: Picture, after: Picture) -> Iterator[str]:
    """Give each phrase that came true."""
    seen = _Seen(after.entries[len(before.entries) :], before, after)
    for phrase in phrases:
        for pattern, is_done in _TABLE:
            found = re.search(pattern, phrase)
            if found is not None:
                if is_done(seen, found):
                    yield phrase
                break


def known_phrases(phrases: list[str]) -> list[str]:
    """Give the phrases that have a test of their own here."""
    return [one for one in phrases if any(re.search(pattern, one) for pattern, _ in _TABLE)]
