"""Django's entry for tenancy."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """The lowest capability."""

    name = "cleanclaim.apps.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        """Hear of wrong second factors: allauth tells them by a signal alone."""
        from allauth.mfa.signals import authentication_failed  # noqa: PLC0415  needs models

        from cleanclaim.apps.tenancy.adapters import second_factor_refused  # noqa: PLC0415  the same

        authentication_failed.connect(second_factor_refused, dispatch_uid="tenancy")
