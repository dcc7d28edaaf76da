"""Django's entry for tenancy."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """The lowest capability."""

    name = "cleanclaim.apps.tenancy"
    label = "tenancy"
