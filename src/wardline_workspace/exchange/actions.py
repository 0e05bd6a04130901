"""Confirming that a key is the other place's."""

from __future__ import annotations

from django.db import transaction

from wardline_workspace.exchange.models import KnownKey
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["confirm_key", "is_known"]


def is_known(fingerprint: str) -> bool:
    """Whether somebody here has compared this key by telephone."""
    return KnownKey.objects.filter(fingerprint=fingerprint).exists()


@transaction.atomic
def confirm_key(*, fingerprint: str, by: Account) -> KnownKey:
    """Keep that somebody compared a key's fingerprint by telephone with those who sign with it."""
    known, is_new = KnownKey.objects.get_or_create(fingerprint=fingerprint, defaults={"confirmed_by": by.public_id})
    if is_new:
        record(Did.CONFIRMED_KEY, by=by, about_kind="key", about=fingerprint[:16])
    return known
