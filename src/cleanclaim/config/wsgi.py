"""The web application as granian makes it, once in each process of the server."""

from typing import Any

from cleanclaim.config.boot import boot
from cleanclaim.platform.serving.processes import die_with_parent


def application_make() -> Any:
    """Boot this process as the app role and make the application."""
    die_with_parent()
    boot("app", migrated=False)
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415  only after boot

    return get_wsgi_application()
