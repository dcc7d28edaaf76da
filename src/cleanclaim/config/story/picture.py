"""The whole picture after a step, read from the database and told in the story's words."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from cleanclaim.apps.claims.public import claims_load
from cleanclaim.apps.ledger.public import closed_periods, entries_by_key, entry_keys
from cleanclaim.apps.remittance.public import Deposit, Desk, Remittance, matters_load
from cleanclaim.apps.work.public import holds_active, items_list, timers_active
from cleanclaim.core.posting.state import Hold, Timer
from cleanclaim.core.stories import Json, Outbound, Picture, Story
from cleanclaim.core.stories.show import (
    renamed,
    show_claim,
    show_holds,
    show_refunds,
    show_timers,
)

if TYPE_CHECKING:
    from cleanclaim.config.story.world import DatabaseWorld

_ITEMS = 10_000


def show(
    world: "DatabaseWorld", desk: Desk, facts: dict[str, Any], sent: tuple[Outbound, ...]
) -> Picture:
    """Show everything; what a step showed besides comes in as `facts`."""
    names, grant, practice_id = world.names, desk.grant, desk.practice_id
    _entries(world, desk)
    remittances = list(Remittance.objects.under(grant, practice_id=practice_id).order_by("id"))
    known = names.all("remittance")
    status = {str(row.id): row.state for row in remittances}
    refs = [*names.all("claim").values(), *names.all("patient").values()]
    timers = [
        Timer(kind=one.kind, claim=str(one.claim_id), due=one.due_date)
        for one in timers_active(grant, practice_id, map(UUID, names.all("claim").values()))
    ]
    facts["timers"] = show_timers(timers, names.told)
    facts["refund_items"] = show_refunds(
        matters_load(grant, practice_id, "refund").values(), names.told
    )
    facts["periods"] = dict.fromkeys(closed_periods(grant, practice_id), "closed")
    holds = [
        Hold(kind=kind, subject=subject, what=what)
        for kind, subject, what in holds_active(grant, practice_id, refs)
    ]
    return Picture(
        entries=tuple(renamed(entry, names.names) for entry in world.entries),
        claims=_claims(world.story, world, desk),
        items=frozenset(
            (one.kind, names.told(one.subject_id), one.owner)
            for one in items_list(grant, limit=_ITEMS)
        ),
        holds=show_holds(holds, names.told),
        remittances={name: names.told(status[ref]) for name, ref in known.items()}
        | {name: names.told(f"duplicate_of:{ref}") for name, ref in world.twins.items()},
        deposits={
            f"EFT-{row.trace}": row.state
            for row in Deposit.objects.under(grant, practice_id=practice_id)
        },
        outbound=sent,
        facts=facts,
    )


def _entries(world: "DatabaseWorld", desk: Desk) -> None:
    """Add what the journal holds since the last look."""
    seen = {entry.key for entry in world.entries}
    keys = [key for key in entry_keys(desk.grant, desk.practice_id) if key not in seen]
    found = entries_by_key(desk.grant, desk.practice_id, keys)
    world.entries += [found[key] for key in keys]


def _claims(story: Story, world: "DatabaseWorld", desk: Desk) -> dict[str, Json]:
    """Show claims; one whose visit has not come in yet is a draft."""
    names = world.names
    states = claims_load(desk.grant, desk.practice_id, names.all("claim").values())
    out = {}
    for name, claim in story.claims.items():
        if names.has("claim", name):
            out[name] = show_claim(states[names.ref("claim", name)], names.told)
        else:
            out[name] = {
                "stage": "draft",
                "outcome": "none",
                "owner": "us",
                "version": 0,
                "pcn": None,
                "lines": dict.fromkeys(claim["lines"], "none"),
            }
    return out
