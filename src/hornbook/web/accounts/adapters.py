"""How django-allauth is held here: no sign-up, and secrets encrypted."""

import base64
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from hornbook.web import vault


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: people are invited by an administrator."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Ask an administrator.",
        "email_password_mismatch": (
            "The e-mail address and password do not go together. "
            "Look at both and try again."
        ),
        "enter_current_password": "That is not the password you have now.",
        "incorrect_password": "That is not your password.",
        "too_many_login_attempts": (
            "There were too many tries with this e-mail address. "
            "Wait five minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets behind the six-digit codes are encrypted."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That is not the code the app shows now. Type the next one.",
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return base64.b64encode(vault.seal(text.encode())).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return vault.unseal(base64.b64decode(encrypted_text)).decode()
