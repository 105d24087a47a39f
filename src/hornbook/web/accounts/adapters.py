"""How django-allauth is held here: no sign-up, and secrets encrypted."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from hornbook.web import vault


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: people are invited by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets behind the six-digit codes are encrypted."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return base64.b64encode(vault.seal(text.encode())).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return vault.unseal(base64.b64decode(encrypted_text)).decode()
