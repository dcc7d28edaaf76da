"""What allauth asks us: nobody signs up alone, and secrets of second factors are sealed."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from cleanclaim.platform.sealed.master import master_open, master_seal

_PLACE = "mfa_authenticator|data"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up."""
        del request
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors are sealed with the installation's master key."""

    def encrypt(self, text: str) -> str:
        """Seal a secret for its column."""
        return base64.b64encode(master_seal(text, _PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return master_open(base64.b64decode(encrypted_text), _PLACE)

    def get_totp_issuer(self) -> str:
        """Name ourselves in the authenticator."""
        return "cleanclaim"
