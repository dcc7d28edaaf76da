"""Making tenants and people; who may is asked by the caller with `refuse_unless`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from cleanclaim.apps.tenancy.models import Person, PersonPractice, Tenant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.models.scope import directory_scope, scope_now, tenant_scope


def tenant_create(*, name: str, slug: str, policy: str, at: datetime, actor: str) -> Tenant:
    """Make a tenant, or find it: the slug is its natural key.

    Raises:
        Refusal: The slug is another tenant's.
    """
    with directory_scope(actor=actor, at=at):
        tenant, is_new = Tenant.objects.get_or_create(
            slug=slug, defaults={"name": name, "policy": policy, "created_at": at}
        )
        if (tenant.name, tenant.policy) != (name, policy):
            raise Refusal("key_reused", f"The tenant {slug} is there already and is another one.")
    if is_new:
        with tenant_scope(tenant.id, actor=actor, at=at):
            audit_record(action="create", resource_type="tenant", resource_ids=[tenant.id])
    return tenant


def tenant_change(tenant: Tenant, settings: dict[str, Any], *, at: datetime, actor: str) -> None:
    """Set some of a tenant's settings; the others stay."""
    with directory_scope(actor=actor, at=at):
        row = Tenant.objects.select_for_update().get(id=tenant.id)
        if row.settings | settings == row.settings:
            return
        row.settings |= settings
        row.save(update_fields=["settings"])
    with tenant_scope(tenant.id, actor=actor, at=at):
        audit_record(
            action="change",
            resource_type="tenant",
            resource_ids=[tenant.id],
            detail={"settings": sorted(settings)},
        )


def person_create(  # noqa: PLR0913  what a person is has this many sides
    *,
    username: str,
    name: str,
    role: str,
    password: str,
    email: str = "",
    practice_ids: Sequence[int] = (),
    has_all_practices: bool = False,
) -> Person:
    """Make a person of the scope's tenant.

    Args:
        username: What is typed at sign-in.
        role: One of `access.ROLES`.
        practice_ids: The practices to work for, where not all of them.

    Raises:
        Refusal: The name is taken, or the password is too weak.
    """
    held = scope_now()
    person = Person(
        tenant_id=held.tenant_id,
        username=username,
        name=name,
        role=role,
        email=email,
        has_all_practices=has_all_practices,
        created_at=held.at,
    )
    try:
        validate_password(password, person)
        person.set_password(password)
        person.full_clean()
    except ValidationError as error:
        raise Refusal("person_refused", " ".join(error.messages)) from error
    person.save(force_insert=True)
    PersonPractice.objects.bulk_create(
        PersonPractice(tenant_id=held.tenant_id, person=person, practice_id=practice_id)
        for practice_id in practice_ids
    )
    audit_record(
        action="create", resource_type="person", resource_ids=[person.pk], detail={"role": role}
    )
    return person


def person_disable(person: Person) -> None:
    """Close a person's account; its sessions end with the next request."""
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    audit_record(action="change", resource_type="person", resource_ids=[person.pk])


def second_factor_create(person: Person) -> str:
    """Give a person a second factor (TOTP) with recovery codes, and return its secret.

    For demo data and for the first administrator; everybody else sets it up in the browser.
    """
    Authenticator.objects.filter(user=person).delete()
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    audit_record(action="create", resource_type="second_factor", resource_ids=[person.pk])
    return secret


def second_factor_secret(person: Person) -> str:
    """Open the secret of a person's second factor; for demo data alone.

    Raises:
        Refusal: The person has none.
    """
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if found is None:
        raise Refusal("no_second_factor", "This person has no second factor.")
    return str(get_adapter().decrypt(found.data["secret"]))
