"""Django's entry for sealed rows."""

from django.apps import AppConfig


class SealedConfig(AppConfig):
    """Holds the wrapped keysets."""

    name = "cleanclaim.platform.sealed"
    label = "sealed"
