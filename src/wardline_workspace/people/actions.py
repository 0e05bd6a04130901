"""Every change to accounts and invitations."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wardline_workspace.pages.changed_meanwhile import changed_meanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account, Invitation
from wardline_workspace.people.policies import why_not_close, why_not_take_up
from wardline_workspace.trail.actions import NOBODY, record
from wardline_workspace.trail.kinds import Did

__all__ = ["change_role", "close_account", "find_invitation", "invite", "make_account", "take_up"]

INVITATION_HOLDS_FOR = timedelta(days=7)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(*, email: str, name: str, role: str, body: str = "", by: Account) -> tuple[Invitation, str]:
    """Invite somebody to an account. The secret of their link is returned, once, and not kept."""
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        digest=_digest(secret),
        email=email.lower(),
        name=name,
        role=role,
        body=body,
        invited_by=by.public_id,
        ends_at=timezone.now() + INVITATION_HOLDS_FOR,
    )
    record(Did.INVITED, by=by, about_kind="invitation", about=invitation.pk, role=role)
    return invitation, secret


def find_invitation(secret: str) -> Invitation | None:
    """The invitation whose link has this secret."""
    return Invitation.objects.filter(digest=_digest(secret)).first()


@transaction.atomic
def take_up(*, secret: str, password: str) -> Account:
    """Make the account that an invitation is for. Raises Refused where the link is spent or expired."""
    invitation = Invitation.objects.select_for_update().filter(digest=_digest(secret)).first()
    if reason := why_not_take_up(invitation, now=timezone.now()):
        raise Refused(reason)
    assert invitation is not None
    if Account.objects.filter(email=invitation.email).exists():
        raise Refused("There is an account with this address already. Log in with it.")
    account = make_account(
        email=invitation.email, name=invitation.name, role=invitation.role, body=invitation.body, password=password
    )
    invitation.taken_up_at = timezone.now()
    invitation.taken_up_by = account.public_id
    invitation.save()
    record(Did.TOOK_UP_INVITATION, by=account, about_kind="invitation", about=invitation.pk, role=account.role)
    return account


@transaction.atomic
def make_account(
    *, email: str, name: str, role: str, password: str, body: str = "", by: Account | str = NOBODY
) -> Account:
    """Make an account: from an invitation, from the command line for the first administrator, or a demonstration."""
    account = Account(email=email.lower(), name=name, role=role, body=body)
    account.set_password(password)
    account.save()
    record(Did.MADE_ACCOUNT, by=by, about_kind="account", about=account.public_id, role=role)
    return account


@transaction.atomic
def change_role(*, account: Account, role: str, is_agreed: bool, version: int, by: Account) -> Account:
    """Give an account another role. Raises ChangedMeanwhile where somebody else changed it since `version`."""
    now = Account.objects.select_for_update().get(pk=account.pk)
    changed_meanwhile(now.version, version, theirs={"role": now.role})
    before, now.role, now.is_agreed = now.role, role, is_agreed
    now.version += 1
    now.save()
    record(Did.CHANGED_ROLE, by=by, about_kind="account", about=now.public_id, before=before, role=role)
    return now


@transaction.atomic
def close_account(*, account: Account, by: Account) -> Account:
    """Close an account: nobody logs in with it again, and what it did stays in the trail."""
    now = Account.objects.select_for_update().get(pk=account.pk)
    if reason := why_not_close(now, by=by):
        raise Refused(reason)
    now.is_active = False
    now.version += 1
    now.save()
    record(Did.CLOSED_ACCOUNT, by=by, about_kind="account", about=now.public_id)
    return now
