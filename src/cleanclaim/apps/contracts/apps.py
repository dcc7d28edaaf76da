"""The capability as Django knows it."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Charge masters, contracts, fee schedules."""

    name = "cleanclaim.apps.contracts"
    label = "contracts"
