"""The Django app of the workbench: templates and style sheets of its pages."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """No models; every figure comes from the doors of the capabilities."""

    name = "cleanclaim.web.workbench"
    label = "workbench"
