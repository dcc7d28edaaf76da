"""Notes: what people write about a claim, sealed because it may name somebody."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from cleanclaim.apps.work.models import Note
from cleanclaim.apps.work.records import NoteText
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.sealed.keyset import sealer

LONGEST = 4_000


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A note as it is read."""

    text: str
    actor: str
    at: datetime


def note_add(
    grant: Grant, practice_id: int, note_id: UUID, subject: str, text: str, *, at: datetime
) -> None:
    """Keep a note; the same id again is done already.

    Args:
        note_id: Made with the form, so that it is kept once however often it is sent.
        subject: Opaque id of the claim or other thing it is about.
        text: As it was typed.

    Raises:
        Refusal: `note_empty`, `note_too_long`; `key_reused`: the id has another subject.
    """
    words = text.strip()
    if not words:
        raise Refusal("note_empty", "The note is empty: type what the next person has to know.")
    if len(words) > LONGEST:
        raise Refusal("note_too_long", f"A note has {LONGEST:,} characters at most: shorten it.")
    held = Note.objects.under(grant, practice_id=practice_id).filter(id=note_id).first()
    if held is not None:
        if held.subject_id != subject:
            raise Refusal("key_reused", "This form was used for another note: open it anew.")
        return
    row = Note(id=note_id, practice_id=practice_id, subject_id=subject, actor=grant.actor, at=at)
    row.seal(NoteText(words))
    row.save(force_insert=True)
    audit_record(
        action="create", resource_type="note", resource_ids=[note_id], practice_id=practice_id
    )


def notes_of(grant: Grant, practice_id: int, subjects: Iterable[str]) -> list[Written]:
    """Give the notes about some subjects, newest first; erased ones say so."""
    rows = Note.objects.under(grant, practice_id=practice_id).filter(subject_id__in=list(subjects))
    found = list(rows.order_by("-at", "-id"))
    by = sealer(practice_id) if found else None
    return [
        Written(
            text=row.unseal(NoteText, by).text if row.sealed is not None else "Erased",
            actor=row.actor,
            at=row.at,
        )
        for row in found
    ]
