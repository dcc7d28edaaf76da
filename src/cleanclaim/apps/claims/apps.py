"""The capability as Django knows it."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Claims, versions and findings."""

    name = "cleanclaim.apps.claims"
    label = "claims"
