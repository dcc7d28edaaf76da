"""The only door of the work items."""

from cleanclaim.apps.work.models import Run, WorkItem
from cleanclaim.apps.work.notes import Written, note_add, notes_of
from cleanclaim.apps.work.queries import (
    claims_queued,
    holds_active,
    item_get,
    items_claims,
    items_counts,
    items_list,
    items_of_claims,
    items_open,
    timers_active,
)
from cleanclaim.apps.work.runs import run_get, run_is_silent, run_last, run_note, run_rest
from cleanclaim.apps.work.services import (
    ItemNote,
    holds_save,
    item_done,
    item_open,
    items_assign,
    items_close,
    items_pend,
    items_save,
    timers_save,
)

__all__ = [
    "ItemNote",
    "Run",
    "WorkItem",
    "Written",
    "claims_queued",
    "holds_active",
    "holds_save",
    "item_done",
    "item_get",
    "item_open",
    "items_assign",
    "items_claims",
    "items_close",
    "items_counts",
    "items_list",
    "items_of_claims",
    "items_open",
    "items_pend",
    "items_save",
    "note_add",
    "notes_of",
    "run_get",
    "run_is_silent",
    "run_last",
    "run_note",
    "run_rest",
    "timers_active",
    "timers_save",
]
