"""Tenants and their people; what a person may do stands in `access`."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from cleanclaim.apps.tenancy.access import ROLES
from cleanclaim.platform.ids import new_id


class Tenant(models.Model):
    """A billing company; `policy` names its policy file.

    `settings` hold how it works: `connection` (by name), `submitter`, `switches` of posting.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    slug = models.SlugField(unique=True)
    policy = models.TextField()
    settings = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """People are found by their sign-in name, whatever its letters' case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find a person for sign-in."""
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who works for a tenant or for one of its practices and signs in.

    `has_all_practices` opens the tenant's practices, also those to come; else `PersonPractice`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT)
    username = models.TextField(unique=True)
    email = models.EmailField(blank=True)
    name = models.TextField()
    role = models.TextField(choices=[(role, role) for role in ROLES])
    has_all_practices = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("username"), name="tenancy_person_username"),)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def actor(self) -> str:
        """The opaque name of this person in grants and in the audit."""
        return f"person:{self.pk}"

    def get_full_name(self) -> Any:
        """Tell the name for greetings."""
        return self.name


class PersonPractice(models.Model):
    """One practice that a person may work for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT)
    person = models.ForeignKey(Person, models.CASCADE, related_name="practices")
    practice_id = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "practice_id"], name="tenancy_person_practice_once"
            ),
        )
