"""Rows and decisions of posting in the words of stories; both worlds show themselves by these."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from cleanclaim.core.ledger import Entry, Ref
from cleanclaim.core.posting.draft import Decision
from cleanclaim.core.posting.state import ClaimState, Hold, Policy, Refund, Timer
from cleanclaim.core.remit import Remittance, remittance_imbalances
from cleanclaim.core.stories.story import Json, Story

type Name = Callable[[Ref], str]


def policy_of(story: Story) -> Policy:
    """Read the switches of a story; those that posting does not know have no influence."""
    given = story.data["policies"]
    known = {key: value for key, value in given.items() if key in Policy.__struct_fields__}
    return msgspec.convert(known, Policy)


def show_claim(claim: ClaimState, name: Name = str) -> Json:
    """Show a claim as stories do; `name` gives the story's name of a line."""
    return {
        "stage": str(claim.stage),
        "outcome": str(claim.outcome),
        "owner": str(claim.owner),
        "version": claim.version,
        "pcn": claim.number or None,
        "lines": {name(line.line): str(line.outcome) for line in claim.lines},
    }


def show_holds(holds: Iterable[Hold], name: Name = str) -> frozenset[tuple[str, str]]:
    """Show active holds: kind and subject, `A1 statements` for the statements of a patient."""
    return frozenset(
        (
            one.kind,
            f"{name(one.subject)} {one.what}"
            if one.what in ("statements", "refunds")
            else name(one.subject),
        )
        for one in holds
        if one.is_active
    )


def show_timers(timers: Iterable[Timer], name: Name = str) -> list[Json]:
    """Show active timers."""
    return [
        {"kind": one.kind, "claim": name(one.claim), "due": one.due.isoformat()}
        for one in timers
        if one.is_active
    ]


def show_refunds(refunds: Iterable[Refund], name: Name = str) -> list[Json]:
    """Show refunds."""
    return [
        {
            "claim": name(one.claim) if one.claim is not None else None,
            "cents": one.amount_cents,
            "status": one.status,
        }
        for one in refunds
    ]


def show_imbalances(content: Remittance) -> list[Json]:
    """Show what does not add up in a remittance."""
    return [
        {
            "rule": f"835 {one.rule} balance",
            **({"line": one.line_number} if one.rule == "line" else {}),
            **({"claim": one.claim_number} if one.rule == "claim" else {}),
            "expected_cents": one.expected_cents,
            "found_cents": one.found_cents,
        }
        for one in remittance_imbalances(content)
    ]


def decision_facts(decision: Decision, facts: dict[str, Any], name: Name = str) -> None:
    """Add what a decision showed besides its rows to the facts of a step."""
    facts.setdefault("denials", []).extend(
        {
            "line": name(one.line),
            "carc": one.carc,
            "rarc": list(one.remarks),
            "field": one.field,
            "cents": one.amount_cents,
            "action": one.action,
        }
        for one in decision.denials
    )
    facts.setdefault("not_posted", []).extend(
        {"line": name(one.line), "adjustment": one.reason, "cents": one.amount_cents}
        for one in decision.unposted
    )
    facts.setdefault("matched_by", {}).update(
        {name(key): words for key, words in decision.matched_by.items()}
    )
    spread = facts.setdefault("claim_level_allocation", {})
    for reason, line, cents in decision.shares:
        spread.setdefault(reason, {})[name(line)] = cents


def renamed(entry: Entry, names: Mapping[Ref, str]) -> Entry:
    """Give an entry with the story's names for claims, lines, payers, patients, remittances."""

    def told(ref: Ref | None) -> Ref | None:
        return names.get(ref, ref) if ref is not None else None

    return msgspec.structs.replace(
        entry,
        lines=tuple(
            msgspec.structs.replace(
                line,
                payer=told(line.payer),
                claim=told(line.claim),
                line=told(line.line),
                patient=told(line.patient),
                provider=told(line.provider),
                remittance=told(line.remittance),
            )
            for line in entry.lines
        ),
    )
