"""Django's entry for the audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Lets refusals be recorded."""

    name = "cleanclaim.platform.audit"
    label = "audit"

    def ready(self) -> None:
        """Hear of every refusal that ends a scope."""
        from cleanclaim.platform.audit.record import refusal_record  # noqa: PLC0415  needs models
        from cleanclaim.platform.models.scope import refusal_recorders  # noqa: PLC0415  the same

        if refusal_record not in refusal_recorders:
            refusal_recorders.append(refusal_record)
