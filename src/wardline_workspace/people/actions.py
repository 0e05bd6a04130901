"""Every change to accounts and invitations."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from enum import StrEnum

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wardline_workspace.pages.changed_meanwhile import changed_meanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account, Invitation, ResetLink
from wardline_workspace.people.policies import (
    why_not_close,
    why_not_erase,
    why_not_first,
    why_not_reset,
    why_not_take_up,
    why_not_use,
)
from wardline_workspace.roles import Permission, roles_at
from wardline_workspace.trail.actions import NOBODY, record
from wardline_workspace.trail.kinds import Did

__all__ = [
    "Why",
    "change_role",
    "close_account",
    "erase_account",
    "find_invitation",
    "find_reset_link",
    "invite",
    "invite_first_administrator",
    "make_account",
    "make_reset_link",
    "take_up",
    "use_reset_link",
]

INVITATION_HOLDS_FOR = timedelta(days=7)
RESET_LINK_HOLDS_FOR = timedelta(hours=24)


class Why(StrEnum):
    """Why an account is erased: the words that stand in the trail."""

    LEFT = "left"
    ASKED = "asked"
    RETENTION = "retention"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(*, email: str, name: str, role: str, body: str = "", by: Account | str) -> tuple[Invitation, str]:
    """Invite somebody to an account. The secret of their link is returned, once, and not kept."""
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        digest=_digest(secret),
        email=email.lower(),
        name=name,
        role=role,
        body=body,
        invited_by=getattr(by, "public_id", by),
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


@transaction.atomic
def invite_first_administrator(*, email: str, name: str, by: str) -> tuple[Invitation, str]:
    """Invite the first administrator of a workspace. Raises Refused where there is one already."""
    role = next(role.name for role in roles_at(settings.DEPLOYMENT.place) if Permission.INVITE in role.may)
    there = Account.objects.select_for_update().filter(role=role, is_active=True).count()
    if reason := why_not_first(there):
        raise Refused(reason)
    return invite(email=email, name=name, role=role, by=by)


@transaction.atomic
def make_reset_link(*, account: Account, forgets_second_step: bool, by: Account | str) -> tuple[ResetLink, str]:
    """Make a link to a new password, in place of any that is still open. Its secret is returned once and not kept."""
    if reason := why_not_reset(account, by=by):
        raise Refused(reason)
    secret, now = secrets.token_urlsafe(32), timezone.now()
    ResetLink.objects.filter(account=account, used_at=None).update(used_at=now)
    link = ResetLink.objects.create(
        digest=_digest(secret),
        account=account,
        forgets_second_step=forgets_second_step,
        made_by=getattr(by, "public_id", by),
        ends_at=now + RESET_LINK_HOLDS_FOR,
    )
    about = {"about_kind": "account", "about": account.public_id}
    record(Did.MADE_RESET_LINK, by=by, **about, forgets_second_step=forgets_second_step)
    return link, secret


def find_reset_link(secret: str) -> ResetLink | None:
    """The link to a new password that has this secret."""
    return ResetLink.objects.select_related("account").filter(digest=_digest(secret)).first()


@transaction.atomic
def use_reset_link(*, secret: str, password: str) -> Account:
    """Give an account the password that its holder chose. Every session of it ends. Raises Refused."""
    link = ResetLink.objects.select_for_update().filter(digest=_digest(secret)).first()
    if reason := why_not_use(link, now=timezone.now()):
        raise Refused(reason)
    assert link is not None
    account = link.account
    account.set_password(password)
    account.save()
    if link.forgets_second_step:
        Authenticator.objects.filter(user=account).delete()
    link.used_at = timezone.now()
    link.save()
    record(Did.TOOK_UP_RESET_LINK, by=account, about_kind="account", about=account.public_id)
    return account


@transaction.atomic
def erase_account(*, account: Account, why: Why, by: Account | str) -> Account:
    """Take out of a closed account whose it was. What it did stays in the trail, under its code.

    A keyed digest of what was erased stays in the trail, with the reason: whoever has the name and the address can be
    shown that they were erased, and nobody can read them out of it.
    """
    now = Account.objects.select_for_update().get(pk=account.pk)
    if reason := why_not_erase(now):
        raise Refused(reason)
    erased = hmac.new(settings.SECRET_KEY.encode(), f"{now.name}\n{now.email}".encode(), hashlib.sha256).hexdigest()
    Invitation.objects.filter(email=now.email).update(email=f"{now.public_id}@erased.example", name="")
    AccessAttempt.objects.filter(username__iexact=now.email).delete()
    Authenticator.objects.filter(user=now).delete()
    SocialAccount.objects.filter(user=now).delete()
    now.name, now.email, now.body = "Erased", f"{now.public_id}@erased.example", ""
    now.set_unusable_password()
    now.erased_at = timezone.now()
    now.version += 1
    now.save()
    record(Did.ERASED_ACCOUNT, by=by, about_kind="account", about=now.public_id, why=why.value, erased=erased)
    return now
