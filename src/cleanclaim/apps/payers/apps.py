"""The capability as Django knows it."""

from django.apps import AppConfig


class PayersConfig(AppConfig):
    """Payers of a billing company."""

    name = "cleanclaim.apps.payers"
    label = "payers"
