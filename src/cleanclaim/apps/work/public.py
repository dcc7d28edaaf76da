"""The only door of the work items."""

from cleanclaim.apps.work.models import WorkItem
from cleanclaim.apps.work.queries import (
    holds_active,
    items_claims,
    items_counts,
    items_list,
    items_open,
    timers_active,
)
from cleanclaim.apps.work.services import (
    ItemNote,
    holds_save,
    item_open,
    items_close,
    items_save,
    timers_save,
)

__all__ = [
    "ItemNote",
    "WorkItem",
    "holds_active",
    "holds_save",
    "item_open",
    "items_claims",
    "items_close",
    "items_counts",
    "items_list",
    "items_open",
    "items_save",
    "timers_active",
    "timers_save",
]
