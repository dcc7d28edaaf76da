"""The capability as Django knows it."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Policies in force, agreements, grants."""

    name = "cleanclaim.apps.privacy"
    label = "privacy"
