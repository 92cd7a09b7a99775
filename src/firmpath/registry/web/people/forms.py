"""The forms of allauth in our words."""

from collections.abc import Callable
from typing import Any, Final

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as key
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.forms import Field, Form

from firmpath.registry.parties.account_words import FACTOR_FAULTS

PASSWORD_HINT: Final = "At least 12 characters. Three words that do not belong together are easy to keep in mind."
_CODE_HINT: Final = "6 digits from your authenticator app, or one of your recovery codes"
_MISSING: Final = "This is missing."
_NO_EMAIL: Final = "This is not an e-mail address. Write it as name@utility.example."


def worded(form: Form, name: str, label: str, hint: str = "") -> Field:
    """Give a field our label, hint and faults."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages |= {"required": _MISSING}
    return field


def _asks_email(field: Field) -> None:
    field.validators = [EmailValidator(_NO_EMAIL)]


class SignInForm(account.LoginForm):  # type: ignore[misc]  # allauth says nothing of its types
    """Sign in with a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _asks_email(worded(self, "login", "E-mail address"))
        worded(self, "password", "Password")


class ConfirmForm(account.ReauthenticateForm):  # type: ignore[misc]
    """Confirm with the password that it is you."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, "password", "Password")


class ChangeForm(account.ChangePasswordForm):  # type: ignore[misc]
    """Change one's password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, "oldpassword", "Present password")
        worded(self, "password1", "New password", PASSWORD_HINT)
        worded(self, "password2", "New password again")


class ForgottenForm(account.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a link to choose a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _asks_email(worded(self, "email", "E-mail address", "The one you sign in with"))


class NewPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    """Choose a new password by the link of an e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, "password1", "New password", PASSWORD_HINT)
        worded(self, "password2", "New password again")


class CodeForm(factor.AuthenticateForm):  # type: ignore[misc]
    """Take the second step of signing in with a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, "code", "Code", _CODE_HINT).widget.attrs["inputmode"] = "numeric"


class ConfirmCodeForm(factor.ReauthenticateForm):  # type: ignore[misc]
    """Confirm with a code that it is you."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, "code", "Code", _CODE_HINT).widget.attrs["inputmode"] = "numeric"


class AppForm(app.ActivateTOTPForm):  # type: ignore[misc]
    """Set up an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "The 6 digits that the app shows now"
        worded(self, "code", "Code", hint).widget.attrs["inputmode"] = "numeric"


class _KeyFaults:
    """Say in words that a key was not accepted; what it sends comes from outside, and may be of any shape."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_key(self)

    def clean_credential(self) -> Any:
        """Read what a key has answered."""
        return _accepted(super().clean_credential)  # type: ignore[misc]


class KeyStepForm(_KeyFaults, key.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """Take the second step of signing in with a key."""


class KeySignInForm(_KeyFaults, key.LoginWebAuthnForm):  # type: ignore[misc]
    """Sign in with a passkey."""


class KeyConfirmForm(_KeyFaults, key.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Confirm with a key that it is you."""


def _word_key(form: Any) -> None:
    for fault in ("required", "invalid"):
        form.fields["credential"].error_messages[fault] = FACTOR_FAULTS["not_accepted"]


def _accepted(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except ValidationError as refusal:
        if refusal.code != "incorrect_code":
            raise
    except (AttributeError, KeyError, TypeError, ValueError):
        pass
    raise ValidationError(FACTOR_FAULTS["not_accepted"])


class KeyForm(key.AddWebAuthnForm):  # type: ignore[misc]
    """Add a passkey or a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, "name", "Name of the key", "To tell it from others, for example Work laptop")
        hint = "It asks for your fingerprint, face or PIN. Otherwise it is the second step after your password."
        worded(self, "passwordless", "Sign in with this key alone, without the password", hint)
        self.fields["passwordless"].initial = True
        _word_key(self)

    def clean(self) -> Any:
        """Read what the key has answered."""
        return _accepted(super().clean)


class KeyNameForm(key.EditWebAuthnForm):  # type: ignore[misc]
    """Rename a passkey or a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, "name", "Name of the key").max_length = 100  # type: ignore[attr-defined]
