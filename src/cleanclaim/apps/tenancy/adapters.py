"""What allauth asks us: nobody signs up alone, sign-ins are recorded, secrets are sealed."""

import base64
import logging
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from cleanclaim.apps.tenancy.models import Person
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.models.scope import tenant_scope
from cleanclaim.platform.sealed.master import master_open, master_seal

TOTP = str(Authenticator.Type.TOTP)
_PLACE = "mfa_authenticator|data"
_log = logging.getLogger("cleanclaim.sign_in")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are made by an administrator; every sign-in leaves an event."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up."""
        del request
        return False

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse:
        """Record a sign-in that passed every step."""
        sign_in_record(user, "sign_in", "done")
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a wrong password; of a name that nobody has, only that it happened."""
        super().authentication_failed(request, **credentials)
        name = credentials.get("username") or ""
        person = Person.objects.filter(username__iexact=name).first()
        if person is None:
            _log.warning("sign-in refused: no such name")
        else:
            sign_in_record(person, "sign_in", "refused")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again, but not on the way to the first second factor."""
        user = self.request.user
        is_new = not Authenticator.objects.filter(user_id=user.pk, type=TOTP).exists()
        asks: bool = super().is_reauthentication_required(app=app, **kwargs)
        return asks and not is_new

    def logout(self, request: HttpRequest) -> None:
        """Record a sign-out."""
        if request.user.is_authenticated:
            sign_in_record(request.user, "sign_out", "done")
        super().logout(request)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors are sealed with the master key and are not given up by their owner."""

    def encrypt(self, text: str) -> str:
        """Seal a secret for its column."""
        return base64.b64encode(master_seal(text, _PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return master_open(base64.b64decode(encrypted_text), _PLACE)

    def get_totp_issuer(self) -> str:
        """Name ourselves in the authenticator."""
        return "cleanclaim"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the second factor: an administrator gives a new one."""
        return str(authenticator.type) != TOTP


def second_factor_refused(user: AbstractBaseUser, **kwargs: Any) -> None:
    """Record a wrong second factor."""
    del kwargs
    sign_in_record(user, "second_factor", "refused")


def sign_in_record(user: Any, action: str, outcome: str) -> None:
    """Write one event of a person's coming and going."""
    now = datetime.now(UTC)  # noqa: TID251  a sign-in is an edge
    with tenant_scope(user.tenant_id, actor=user.actor, at=now):
        audit_record(
            action=action, resource_type="session", resource_ids=[user.pk], outcome=outcome
        )
