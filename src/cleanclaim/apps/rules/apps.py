"""The capability as Django knows it."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """Own rules."""

    name = "cleanclaim.apps.rules"
    label = "rules"
