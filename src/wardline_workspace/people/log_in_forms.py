"""The forms of log-in, in our words: what the log-in library asks, and what is said where it does not fit."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from axes.handlers.proxy import AxesProxyHandler
from django import forms

__all__ = [
    "AddPasskey",
    "AuthenticatorCode",
    "ChangePassword",
    "LogIn",
    "LogInWithPasskey",
    "PasskeyAsSecondStep",
    "RenamePasskey",
    "SecondStep",
    "ShowWithCode",
    "ShowWithPasskey",
    "ShowWithPassword",
]

NO_PASSKEY = "That passkey is not one of this account, or it did not answer in time. Try again, or log in another way"


def _said(field: forms.Field, label: str, required: str, hint: str = "", **messages: str) -> None:
    field.label = label
    field.help_text = hint
    field.error_messages |= {"required": required} | messages


class LogIn(LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shape = "Enter an address such as name@example.org"
        _said(self.fields["login"], "E-mail address", "Enter your e-mail address", invalid=shape)
        for validator in self.fields["login"].validators:
            if hasattr(validator, "message"):
                validator.message = shape
        _said(self.fields["password"], "Password", "Enter your password")


class ChangePassword(ChangePasswordForm):
    """The old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _said(self.fields["oldpassword"], "The password you have now", "Enter the password you have now")
        hint = "At least 12 characters. Three words that do not belong together are good."
        _said(self.fields["password1"], "A new password", "Enter a new password", hint)
        _said(self.fields["password2"], "The new password again", "Enter the new password again")


class ShowWithPassword(ReauthenticateForm):
    """The password once more, before something about the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _said(self.fields["password"], "Password", "Enter your password")


class _LockedLikePasswords:
    """Wrong codes are counted as wrong passwords are, and lock the account as they do."""

    user: Any
    fields: dict[str, forms.Field]

    def clean_code(self) -> str:
        """The code, unless too many were wrong."""
        if not AxesProxyHandler.is_allowed(context.request, {"email": self.user.email}):
            context.request.axes_locked_out = True
            raise forms.ValidationError("Too many codes were wrong. Wait 15 minutes")
        return str(super().clean_code())  # type: ignore[misc]


class SecondStep(_LockedLikePasswords, AuthenticateForm):
    """The six figures of the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _said(self.fields["code"], "Code", "Enter the six figures, or a recovery code")


class ShowWithCode(_LockedLikePasswords, ReauthenticateByCodeForm):
    """The same once more, before something about the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _said(self.fields["code"], "Code", "Enter the six figures, or a recovery code")


class AuthenticatorCode(ActivateTOTPForm):
    """The first six figures of an authenticator app that is set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _said(self.fields["code"], "The six figures that the app shows now", "Enter the six figures")


# What the library that reads passkeys raises at an answer that is none, which anybody can send.
NOT_AN_ANSWER = (AttributeError, KeyError, IndexError, TypeError, ValueError)


def _of_a_passkey(field: forms.Field) -> None:
    field.error_messages |= {"required": NO_PASSKEY, "invalid": NO_PASSKEY}


class _AnswerOfAPasskey:
    """An answer of a passkey, which may be anything: whatever cannot be read is not one."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _of_a_passkey(self.fields["credential"])

    def clean_credential(self) -> Any:
        """The authenticator that answered."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except NOT_AN_ANSWER:
            raise forms.ValidationError(NO_PASSKEY) from None


class AddPasskey(AddWebAuthnForm):
    """A passkey. Where it asks for a finger, a face or a PIN it can stand for both steps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "So that you know it from others, for example “telephone” or “blue key”."
        _said(self.fields["name"], "Name of this passkey", "Enter a name", hint)
        alone = self.fields["passwordless"]
        alone.label = "Log in with it alone, without password and code"
        alone.help_text = "Not for a security key that asks for no finger, face or PIN."
        alone.initial = True
        _of_a_passkey(self.fields["credential"])

    def clean(self) -> dict[str, Any]:
        """What the passkey answered, if it is an answer."""
        try:
            return dict(super().clean())
        except NOT_AN_ANSWER:
            raise forms.ValidationError(NO_PASSKEY) from None


class RenamePasskey(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _said(self.fields["name"], "Name of this passkey", "Enter a name")


class PasskeyAsSecondStep(_AnswerOfAPasskey, AuthenticateWebAuthnForm):
    """A passkey after the password."""


class LogInWithPasskey(_AnswerOfAPasskey, LoginWebAuthnForm):
    """A passkey in place of password and code."""


class ShowWithPasskey(_AnswerOfAPasskey, ReauthenticateWebAuthnForm):
    """A passkey, before something about the account is changed."""
