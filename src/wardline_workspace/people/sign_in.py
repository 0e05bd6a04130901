"""Logging in: by invitation only, with password and second step, a passkey, or the body's own single sign-on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wardline_workspace.people import second_step
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import NOBODY, record
from wardline_workspace.trail.kinds import Did

__all__ = ["InvitedOnly", "KnownAccountsOnly", "listen", "locked_out", "tried"]

MINUTES_LOCKED = 15


class InvitedOnly(DefaultAccountAdapter):
    """Nobody signs up by themselves, and nothing is sent by e-mail."""

    error_messages: ClassVar[dict[str, str]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed",
        "email_password_mismatch": "The e-mail address or the password is not right. Check both, and try again",
        "enter_current_password": "This is not the password you have now",
        "incorrect_code": "This code is not right. Wait for the next one and enter it",
        "incorrect_password": "The password is not right",
        "too_many_login_attempts": "Too many tries. Wait 15 minutes",
        "rate_limited": "Too many tries. Wait a few minutes",
        "same_as_current": "Choose another password than the one you have now",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No: accounts are made from invitations."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whether somebody shows once more that it is them: not while they set up their first second step."""
        if app == "allauth.mfa":
            minutes_ago = timezone.now() - timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
            return Authenticator.objects.filter(user=context.request.user, created_at__lt=minutes_ago).exists()
        return bool(super().is_reauthentication_required(app=app))

    def send_mail(self, *_: Any, **__: Any) -> None:
        """Nothing is sent from here."""

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Nothing is sent from here."""


class KnownAccountsOnly(DefaultSocialAccountAdapter):
    """Single sign-on opens an account that is there already, and never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """No: accounts are made from invitations."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join a first single sign-on to the account with the address that the body's own directory has verified."""
        if sociallogin.is_existing:
            return
        verified = [one.email for one in sociallogin.email_addresses if one.verified]
        account = Account.objects.filter(email__in=[email.lower() for email in verified], is_active=True).first()
        if account is None:
            raise ImmediateHttpResponse(render(request, "people/no_account.html", status=403))
        sociallogin.connect(request, account)


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """The page after too many wrong passwords."""
    return render(request, "people/locked_out.html", {"minutes": MINUTES_LOCKED}, status=429)


def listen() -> None:
    """Write log-ins and log-outs into the trail."""
    user_logged_in.connect(_logged_in, dispatch_uid="trail logged in")
    user_logged_out.connect(_logged_out, dispatch_uid="trail logged out")
    user_login_failed.connect(_refused, dispatch_uid="trail refused")
    user_locked_out.connect(_locked, dispatch_uid="trail locked")
    password_changed.connect(_password_changed, dispatch_uid="trail password changed")
    second_step.listen()


def _logged_in(sender: object, user: Account, **_: Any) -> None:
    record(Did.LOGGED_IN, by=user)


def _logged_out(sender: object, user: Account | None, **_: Any) -> None:
    if user is not None:
        record(Did.LOGGED_OUT, by=user)


def _password_changed(sender: object, user: Account, **_: Any) -> None:
    record(Did.CHANGED_PASSWORD, by=user, about_kind="account", about=user.public_id)


def _refused(sender: object, credentials: dict[str, Any], **_: Any) -> None:
    record(Did.LOG_IN_REFUSED, by=NOBODY, about_kind="account", about=_known(credentials))


def _locked(sender: object, username: str | None = None, **_: Any) -> None:
    record(Did.LOCKED_OUT, by=NOBODY, about_kind="account", about=_known({"email": username or ""}))


def tried(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """What somebody tried to log in as: tries are counted by it, whether or not there is such an account."""
    given = credentials or {}
    typed = given.get("email") or given.get("username") or given.get("login")
    if not typed and request is not None:
        typed = request.POST.get("login")
    return str(typed or "").strip().lower()


def _known(credentials: dict[str, Any]) -> str:
    """The public id of the account that somebody tried, or nothing: what was typed is not kept."""
    address = tried(None, credentials)
    account = Account.objects.filter(email__iexact=address).first() if address else None
    return "" if account is None else account.public_id
