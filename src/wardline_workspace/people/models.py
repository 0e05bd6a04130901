"""Accounts and invitations."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from wardline_workspace.roles import Permission, Role, SeenBy, may, role_named

__all__ = ["Account", "Invitation", "ResetLink"]

PUBLIC_ID_BYTES = 6


def _public_id() -> str:
    return secrets.token_hex(PUBLIC_ID_BYTES)


class _Accounts(BaseUserManager["Account"]):
    """Accounts by the address they log in with."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who may log in. `public_id` is what the trail knows them by; their name and address stay here.

    `body` is a council partner's council; `is_agreed` says that the partnership has agreed to its account. Where an
    account was erased (`erased_at`) its name and address are gone, and what it did stays in the trail.
    """

    public_id = models.CharField(max_length=40, unique=True, default=_public_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=40)
    body = models.CharField(max_length=100, blank=True)
    is_agreed = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        "password": SeenBy.NOBODY,
        "last_login": SeenBy.ADMINISTRATORS,
        "public_id": SeenBy.KEEPERS,
        "email": SeenBy.ADMINISTRATORS,
        "name": SeenBy.EVERYBODY,
        "role": SeenBy.EVERYBODY,
        "body": SeenBy.EVERYBODY,
        "is_agreed": SeenBy.ADMINISTRATORS,
        "is_active": SeenBy.ADMINISTRATORS,
        "joined_at": SeenBy.ADMINISTRATORS,
        "erased_at": SeenBy.ADMINISTRATORS,
        "version": SeenBy.NOBODY,
    }

    objects = _Accounts()

    class Meta:
        ordering = ("name",)
        constraints = (models.CheckConstraint(condition=~models.Q(role=""), name="an_account_has_a_role"),)

    def __str__(self) -> str:
        return self.public_id  # whoever logs or prints an account prints no name

    @property
    def held_role(self) -> Role | None:
        """The role, whether or not it may be used now."""
        return role_named(self.role)

    def may(self, permission: Permission) -> bool:
        """Whether the account may."""
        return may(self, permission)

    def has_perm(self, permission: str, thing: Any = None) -> bool:
        """What Django and its apps ask: the same answer."""
        return permission in Permission.__members__ and may(self, Permission[permission])

    def has_module_perms(self, _: str) -> bool:
        """No: there are no pages of Django's own here."""
        return False


class Invitation(models.Model):
    """An invitation to an account, taken up with a link that is handed over and works once.

    Only a digest of the link's secret is kept. `taken_up_at` and `taken_up_by` are there together or not at all.
    """

    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=40)
    body = models.CharField(max_length=100, blank=True)
    invited_by = models.CharField(max_length=40)
    invited_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    taken_up_at = models.DateTimeField(null=True, blank=True)
    taken_up_by = models.CharField(max_length=40, blank=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        "digest": SeenBy.NOBODY,
        **dict.fromkeys(
            ("email", "name", "role", "body", "invited_by", "invited_at", "ends_at", "taken_up_at", "taken_up_by"),
            SeenBy.ADMINISTRATORS,
        ),
    }

    class Meta:
        ordering = ("-invited_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(taken_up_at__isnull=True, taken_up_by="")
                | models.Q(taken_up_at__isnull=False) & ~models.Q(taken_up_by=""),
                name="taken_up_when_and_by_whom",
            ),
        )

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class ResetLink(models.Model):
    """A link with which somebody who cannot get in chooses a new password. It works once; only a digest is kept.

    `forgets_second_step` is for somebody who has lost their telephone too: they set a second step up anew.
    """

    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="reset_links")
    forgets_second_step = models.BooleanField(default=False)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        "digest": SeenBy.NOBODY,
        **dict.fromkeys(
            ("account", "forgets_second_step", "made_by", "made_at", "ends_at", "used_at"), SeenBy.ADMINISTRATORS
        ),
    }

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"reset link {self.pk}"
