"""The second step: its secrets encrypted in the database, its words ours, its wrong codes counted and recorded."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, ClassVar

from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.signals import user_login_failed

from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["SecondSteps", "listen"]

PURPOSE = b"wardline: secrets of second steps"
KINDS = {"totp": "authenticator app", "webauthn": "passkey", "recovery_codes": "recovery codes"}


def _encryption() -> Fernet:
    """With a key made from the deployment's secret, which is in no database: a copy of the database logs nobody in."""
    key = hashlib.blake2b(PURPOSE, key=hashlib.sha256(settings.SECRET_KEY.encode()).digest(), digest_size=32)
    return Fernet(base64.urlsafe_b64encode(key.digest()))


class SecondSteps(DefaultMFAAdapter):
    """What the log-in library asks about second steps."""

    error_messages: ClassVar[dict[str, str]] = {
        "add_email_blocked": "This cannot be changed here. Ask your administrator",
        "cannot_delete_authenticator": "This cannot be removed now",
        "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first",
        "incorrect_code": "This code is not right, or it has been used. Wait for the next one and enter it",
        "unverified_email": "Ask your administrator: this account cannot have a second step yet",
    }

    def encrypt(self, text: str) -> str:
        """A secret as it is kept."""
        return _encryption().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """A kept secret. One that this deployment did not keep opens nothing."""
        try:
            return _encryption().decrypt(encrypted_text.encode("ascii")).decode()
        except InvalidToken:
            return ""

    def generate_authenticator_name(self, user: Any, *_: Any) -> str:
        """The name that a passkey gets where nobody gives it one."""
        there = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN).count()
        return f"Passkey {there + 1}"

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """What a passkey keeps of somebody: what they log in as."""
        kept: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return kept | {"display_name": user.name}


def listen() -> None:
    """Count wrong codes as wrong passwords, and write what is set up and taken away into the trail."""
    signals.authentication_failed.connect(_refused, dispatch_uid="second step refused")
    signals.authenticator_added.connect(_added, dispatch_uid="trail second step added")
    signals.authenticator_reset.connect(_added, dispatch_uid="trail second step reset")
    signals.authenticator_removed.connect(_removed, dispatch_uid="trail second step removed")


def _refused(sender: Any, request: Any, user: Account, **_: Any) -> None:
    user_login_failed.send(sender=__name__, credentials={"email": user.email}, request=request)


def _added(sender: Any, user: Account, authenticator: Any, **_: Any) -> None:
    _record(Did.SET_UP_SECOND_STEP, user, authenticator)


def _removed(sender: Any, user: Account, authenticator: Any, **_: Any) -> None:
    _record(Did.REMOVED_SECOND_STEP, user, authenticator)


def _record(did: Did, user: Account, authenticator: Any) -> None:
    kind = KINDS.get(str(authenticator.type), "other")
    record(did, by=user, about_kind="account", about=user.public_id, kind=kind)
