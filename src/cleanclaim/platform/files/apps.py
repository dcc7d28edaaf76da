"""Django's entry for files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Holds files of tenants."""

    name = "cleanclaim.platform.files"
    label = "files"
