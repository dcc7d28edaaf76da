"""Taking a whole source in: counted, in batches that are each done or not."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import batched

import msgspec

from cleanclaim.apps.encounters.models import Intake
from cleanclaim.apps.encounters.services import Counts, encounters_take
from cleanclaim.apps.work.public import ItemNote, item_open, items_open, run_note
from cleanclaim.core.intake import EncounterDraft
from cleanclaim.core.intake import Intake as Source
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.models.scope import scope

BATCH = 200
_FINDINGS_KEPT = 1_000


def intake_take(  # noqa: PLR0913  a source with all that is known of it
    grant: Grant,
    practice_id: int,
    source: Source,
    *,
    content: bytes,
    kind: str,
    at: datetime,
    drafts: Iterable[EncounterDraft] | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> Intake:
    """Take in what one source holds for a practice.

    Why batches: each is a transaction of its own, and a source that was cut short is simply given
    again; what is there already is counted as that.

    Args:
        grant: Opens the practice's patients and encounters.
        practice_id: Whose.
        source: What was read.
        content: The bytes; their digest names the source.
        kind: `superbill`, `fhir` or `837P`.
        at: The instant of the writing.
        drafts: The part of the source that is this practice's; all of it where not given.
        told: Hears how many encounters of each batch are done.

    Returns:
        The row that counts how every row of the source ended.
    """
    mine = list(source.drafts if drafts is None else drafts)
    rows = sum(len(draft.places) for draft in mine)
    with scope(grant, at=at):
        row = Intake(
            practice_id=practice_id,
            kind=kind,
            digest=hashlib.sha256(content).hexdigest(),
            given=rows + source.refused_rows,
            refused=source.refused_rows,
            findings=[msgspec.to_builtins(one) for one in source.refused[:_FINDINGS_KEPT]],
            taken_at=at,
            actor=grant.actor,
        )
        row.save(force_insert=True)
    for batch in batched(mine, BATCH, strict=False):
        with scope(grant, at=at):
            counts = encounters_take(grant, practice_id, batch, at=at, intake=row)
            _count(row, counts)
            run_note(at.date(), "imported", len(batch), 0, at=at)
        told(len(batch))
    if row.refused:
        _ask(grant, row, at)
    return row


def _ask(grant: Grant, row: Intake, at: datetime) -> None:
    """Show the rows that were refused to a person, once, until they are settled with the client."""
    note = ItemNote(
        kind="import_refused",
        subject_id=str(row.id),
        subject_kind="intake",
        words=f"{row.refused} of {row.given} rows refused",
    )
    with scope(grant, at=at):
        rows = Intake.objects.under(grant, practice_id=row.practice_id)
        same = map(str, rows.filter(digest=row.digest).values_list("id", flat=True))
        if not items_open(grant, row.practice_id, subjects=same):
            item_open(grant, row.practice_id, note, at=at)


def _count(row: Intake, counts: Counts) -> None:
    row.imported += counts.imported
    row.waiting += counts.waiting
    row.already += counts.already
    row.refused += counts.refused
    room = _FINDINGS_KEPT - len(row.findings)
    row.findings += [msgspec.to_builtins(one) for one in counts.findings[:room]]
    row.save(update_fields=["imported", "waiting", "already", "refused", "findings"])
