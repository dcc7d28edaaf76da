"""The capability as Django knows it."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Client practices and providers."""

    name = "cleanclaim.apps.practices"
    label = "practices"
