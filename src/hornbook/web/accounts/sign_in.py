"""django-allauth's forms in Hornbook's words."""

from typing import Any, Final

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

# Each field's label, and what is said where nothing is typed.
_WORDS: Final = {
    "login": ("E-mail address", "Enter your e-mail address."),
    "password": ("Password", "Enter your password."),
    "oldpassword": ("The password you have now", "Enter the password you have now."),
    "password1": ("A new password", "Choose a new password."),
    "password2": ("The new password again", "Type the new password a second time."),
    "code": ("Code", "Enter the code."),
}
_HINTS: Final = {
    "password1": "At least 10 characters. Three words together are easy to remember."
}


class _Worded(forms.Form):
    """A form of allauth's, without its placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, missing) in _WORDS.items():
            if name in self.fields:
                field = self.fields[name]
                field.label, field.help_text = label, _HINTS.get(name, "")
                field.error_messages["required"] = missing
                field.error_messages["invalid"] = (
                    "An e-mail address looks like name@school.example."
                )
                field.widget.attrs.pop("placeholder", None)


class SignIn(_Worded, LoginForm):  # type: ignore[misc]
    """E-mail address and password."""


class NewPassword(_Worded, ChangePasswordForm):  # type: ignore[misc]
    """The old password, and a new one twice."""


class PasswordAgain(_Worded, ReauthenticateForm):  # type: ignore[misc]
    """The password, before a change to the account."""


class Code(_Worded, AuthenticateForm):  # type: ignore[misc]
    """The code of the second step."""


class CodeAgain(_Worded, CodeAgainForm):  # type: ignore[misc]
    """The code of the second step, before a change to the account."""


class FirstCode(_Worded, ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which shows that the app is set up."""
