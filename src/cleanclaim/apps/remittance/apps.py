"""The capability as Django knows it."""

from django.apps import AppConfig


class RemittanceConfig(AppConfig):
    """Remittances and deposits."""

    name = "cleanclaim.apps.remittance"
    label = "remittance"
