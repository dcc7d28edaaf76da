"""The capability as Django knows it."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Connections and files."""

    name = "cleanclaim.apps.exchange"
    label = "exchange"
