"""The capability as Django knows it."""

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    """Encounters and charges."""

    name = "cleanclaim.apps.encounters"
    label = "encounters"
