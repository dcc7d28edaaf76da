"""The capability as Django knows it."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Journal and balances."""

    name = "cleanclaim.apps.ledger"
    label = "ledger"
