"""An account for each role of the place, without a password that anybody knows."""

from __future__ import annotations

import secrets

from django.conf import settings

from wardline_workspace.people.actions import make_account
from wardline_workspace.people.models import Account
from wardline_workspace.roles import roles_at

__all__ = ["accounts_of_the_demonstration", "make_accounts"]

DOMAIN = "made-up.example"
COUNCIL = "Teesmouth Council"


def make_accounts() -> None:
    """Make the accounts that are not there yet."""
    for role in roles_at(settings.DEPLOYMENT.place):
        email = f"{role.name}@{DOMAIN}"
        if not Account.objects.filter(email=email).exists():
            body = COUNCIL if role.name == "council-partner" else ""
            make_account(email=email, name=role.title, role=role.name, body=body, password=secrets.token_urlsafe(32))


def accounts_of_the_demonstration() -> list[Account]:
    """The accounts that the log-in page lists: none outside a demonstration."""
    if not settings.DEPLOYMENT.is_demonstration:
        return []
    by_role = {account.role: account for account in Account.objects.filter(email__endswith=f"@{DOMAIN}")}
    return [by_role[role.name] for role in roles_at(settings.DEPLOYMENT.place) if role.name in by_role]
