"""The only door of the remittances."""

from cleanclaim.apps.remittance.arrivals import KINDS, money_apply
from cleanclaim.apps.remittance.models import Adjudication, Deposit, Matter, Remittance
from cleanclaim.apps.remittance.secondary import prior_for
from cleanclaim.apps.remittance.services import deposit_take, remittance_post, remittance_take
from cleanclaim.apps.remittance.store import (
    adjudications_load,
    posting_load,
    posting_save,
    remittances_load,
)

__all__ = [
    "KINDS",
    "Adjudication",
    "Deposit",
    "Matter",
    "Remittance",
    "adjudications_load",
    "deposit_take",
    "money_apply",
    "posting_load",
    "posting_save",
    "prior_for",
    "remittance_post",
    "remittance_take",
    "remittances_load",
]
