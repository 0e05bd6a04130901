"""Whether this person may: the question that views, actions and templates ask. No, wherever it is unclear."""

from __future__ import annotations

from typing import Any

import rules
from django.conf import settings

from wardline_workspace.roles.permissions import Permission
from wardline_workspace.roles.roles import Role, role_named

__all__ = ["may", "role_of"]


def role_of(account: Any) -> Role | None:
    """The role that an account holds here; None for nobody, a closed account, and a role of the other place.

    A council partner holds none until the partnership has agreed (`Account.is_agreed`).
    """
    if not getattr(account, "is_authenticated", False) or not account.is_active:
        return None
    role = role_named(account.role)
    if role is None or role.place is not settings.DEPLOYMENT.place:
        return None
    return role if account.is_agreed or role.name != "council-partner" else None


def _holds(permission: Permission) -> Any:
    @rules.predicate(f"may {permission.value}")
    def predicate(account: Any) -> bool:
        role = role_of(account)
        return role is not None and permission in role.may

    return predicate


for _permission in Permission:
    rules.add_perm(_permission.name, _holds(_permission))


def may(account: Any, permission: Permission) -> bool:
    """Whether the account may. No for nobody and for whatever is not known."""
    return bool(rules.has_perm(permission.name, account))
