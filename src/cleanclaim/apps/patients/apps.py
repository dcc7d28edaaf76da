"""The capability as Django knows it."""

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    """Patients and coverages."""

    name = "cleanclaim.apps.patients"
    label = "patients"
