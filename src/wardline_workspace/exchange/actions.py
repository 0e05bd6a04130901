"""Whether a key is the other place's, and confirming that it is."""

from __future__ import annotations

from django.db import transaction

from wardline_workspace.exchange.models import KnownKey
from wardline_workspace.exchange.signed_files import SignedFile, fingerprint_in_groups
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["check_key", "confirm_key", "is_known"]


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


def check_key(found: SignedFile, *, is_confirmed: bool, shown_on: str, by: Account) -> None:
    """Take a key as the force's where somebody here compared it by telephone, now or before.

    `shown_on` is the page on which the force sees its fingerprint. Raises Refused where nobody did, with what to do.
    """
    if is_known(found.fingerprint):
        return
    if not is_confirmed:
        groups = fingerprint_in_groups(found.fingerprint)
        raise Refused(
            f"Nobody here has compared this key yet. Telephone the force and ask for the fingerprint on {shown_on}. "
            f"It must be {groups}. If it is another, the file is not from the force: do not take it in, and tell the "
            "force. If it is the same, choose the file again and tick the box",
            field="is_confirmed",
        )
    confirm_key(fingerprint=found.fingerprint, by=by)
