"""The Django app; it stands before allauth in INSTALLED_APPS, whose templates it dresses."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, tags and static files of the face."""

    name = "cleanclaim.platform.ui"
    label = "ui"
