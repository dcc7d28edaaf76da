"""The capability as Django knows it."""

from django.apps import AppConfig


class SubmissionConfig(AppConfig):
    """Batches and acknowledgements."""

    name = "cleanclaim.apps.submission"
    label = "submission"
