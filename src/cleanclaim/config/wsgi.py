"""The web application as granian loads it, one process for each worker of the server."""

from django.core.wsgi import get_wsgi_application

from cleanclaim.config.boot import boot
from cleanclaim.platform.serving.processes import die_with_parent

die_with_parent()
boot("app", migrated=False)
application = get_wsgi_application()
