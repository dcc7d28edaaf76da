"""The capability as Django knows it."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Work items."""

    name = "cleanclaim.apps.work"
    label = "work"
