"""The capability as Django knows it."""

from django.apps import AppConfig


class AuthorizationConfig(AppConfig):
    """Authorizations, referrals and eligibility answers."""

    name = "cleanclaim.apps.authorization"
    label = "authorization"
