"""The only door of the payers."""

from cleanclaim.apps.payers.models import Payer
from cleanclaim.apps.payers.queries import (
    payer_list,
    payers_by_exchange_id,
    payers_by_id,
    payers_by_trace,
)
from cleanclaim.apps.payers.services import (
    payer_complete,
    payer_confirm,
    payer_create,
    payer_profiles_keep,
    payers_draft,
)

__all__ = [
    "Payer",
    "payer_complete",
    "payer_confirm",
    "payer_create",
    "payer_list",
    "payer_profiles_keep",
    "payers_by_exchange_id",
    "payers_by_id",
    "payers_by_trace",
    "payers_draft",
]
