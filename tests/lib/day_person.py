"""Make a person of a company who may do everything, signed in: prints the session's key."""

import sys
from datetime import UTC, datetime


def signed_in(slug: str) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from cleanclaim.apps.tenancy.public import person_create, second_factor_create, tenant_list
    from cleanclaim.platform.models.scope import directory_scope, tenant_scope

    at = datetime.now(UTC)
    with directory_scope():
        (tenant,) = [one for one in tenant_list() if one.slug == slug]
    with tenant_scope(tenant.id, actor="command:kills", at=at):
        person = person_create(
            username=f"kim.{slug}",
            name="Kim Fictional",
            role="lead",
            password="long-enough-for-everybody-7",
            has_all_practices=True,
        )
        second_factor_create(person)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    with directory_scope():
        session.create()
    return session.session_key


if __name__ == "__main__":
    from cleanclaim.config.boot import boot
    from cleanclaim.platform.postgres import cluster_used, own_cluster

    with cluster_used(own_cluster()):
        boot("app")
        sys.stdout.write(signed_in(sys.argv[1]))
