"""What is asked when somebody is invited, takes an invitation up, or gets another role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password

from wardline_workspace.people.models import Account
from wardline_workspace.roles import roles_at

__all__ = ["Invite", "Reset", "Role", "TakeUp"]


def _roles() -> list[tuple[str, str]]:
    return [(role.name, role.title) for role in roles_at(settings.DEPLOYMENT.place)]


class Invite(forms.Form):
    """Whom to invite, and as what."""

    name = forms.CharField(label="Name", max_length=100, error_messages={"required": "Enter their name"})
    email = forms.EmailField(
        label="E-mail address",
        help_text="They log in with it. Nothing is sent there: you hand the link over yourself.",
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an address such as name@example.org",
        },
    )
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose a role"})
    body = forms.CharField(label="Council, for a council partner", max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _roles()

    def clean_email(self) -> str:
        """The address, in small letters, if nobody has an account with it."""
        email = str(self.cleaned_data["email"]).lower()
        if Account.objects.filter(email=email).exists():
            raise forms.ValidationError("There is an account with this address already")
        return email

    def clean(self) -> dict[str, Any]:
        """A council partner has a council."""
        found = super().clean() or self.cleaned_data
        if found.get("role") == "council-partner" and not found.get("body"):
            self.add_error("body", "Enter the council whose duties this partner may see")
        return found


class TakeUp(forms.Form):
    """The password of a new account."""

    password = forms.CharField(
        label="Choose a password",
        help_text="At least 12 characters. Three words that do not belong together are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )
    again = forms.CharField(
        label="The same password again",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter the password again"},
    )

    def __init__(self, *args: Any, account: Account | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        """The password, if it is hard enough to guess."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        found = super().clean() or self.cleaned_data
        if "password" in found and "again" in found and found["password"] != found["again"]:
            self.add_error("again", "The two passwords differ")
        return found


class Reset(forms.Form):
    """What a link to a new password also does."""

    forgets_second_step = forms.BooleanField(
        label="They have lost their telephone or passkey too",
        help_text="Their second step is forgotten, and they set another up when they log in.",
        required=False,
    )


class Role(forms.Form):
    """Another role for an account."""

    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose a role"})
    is_agreed = forms.BooleanField(label="The partnership has agreed to this council's account", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _roles()
